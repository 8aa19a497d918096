import { describe, expect, test } from 'vitest';
import { canonicalPod } from '../../src/k8s/canonical.ts';
import type { Plain, SessionEffect } from '../../src/verify/effect.ts';
import { convertSample } from '../generated.ts';
import { play } from './play.ts';
import { type RecordedEffect, type Recording, recordings } from './recorded.ts';

/**
 * Argo's side against what the legacy platform was seen to do: for each recorded session the same pods in the same
 * places, the same messages, the same commands, in an order that the recording allows. A field may differ only where
 * the report names it as an accepted difference.
 */
const all = recordings().filter((recording) => recording.failing_task === undefined);
let compared = 0;

describe('shop-batch as recorded', () => {
  test('there are recordings', () => expect(all.length).toBeGreaterThan(130));

  test.each(all.map((recording) => [recording.file, recording] as const))('%s', async (_, recording) => {
    const name = recording.workflow.replaceAll('_', '-');
    const run = await play('shop-batch', name, {
      environment: recording.environment,
      sessionTime: recording.session_time,
      creationTime: '2027-01-01T00:00:00Z',
      targetDate: await target(recording),
    });
    expect({ status: run.status, refused: run.refused, message: run.message }).toEqual({ status: 'Succeeded' });
    expect(run.effects.map(label).sort()).toEqual(recording.effects.map(recordedLabel).sort());
    const accepted = await acceptedPaths(recording.workflow);
    const positions = new Map<string, number>();
    const used = new Set<number>();
    for (const effect of recording.effects) {
      const at = run.effects.findIndex(
        (candidate, index) => !used.has(index) && label(candidate) === recordedLabel(effect),
      );
      used.add(at);
      positions.set(effect.task, at);
      for (const before of effect.after) expect(positions.get(before) ?? -1).toBeLessThan(at);
      const mine = run.effects[at];
      if (effect.job !== undefined && mine?.kind === 'job') comparePods(effect.job.manifest, mine.manifest, accepted);
    }
  });

  test('pods were compared', () => {
    console.info(`${compared} pods of ${all.length} recorded sessions compared`);
    expect(compared).toBeGreaterThan(400);
  });
});

/** The session as a person would ask for it: by day, or by time where the job's sessions are shorter. */
async function target(recording: Recording): Promise<string> {
  const job = (await convertSample('shop-batch')).files.find((file) =>
    file.path.endsWith(`/${recording.workflow.replaceAll('_', '-')}/base/workflow.yaml`),
  );
  return job?.text.includes('name: session_time') === true
    ? recording.session_time
    : recording.session_time.slice(0, 10);
}

async function acceptedPaths(workflow: string): Promise<readonly string[]> {
  const job = (await convertSample('shop-batch')).report.details.find((detail) => detail.job === workflow);
  return (job?.accepted ?? []).map((difference) => difference.path.replace(/^spec\./, ''));
}

function label(effect: SessionEffect): string {
  if (effect.kind === 'job') return `job ${effect.cluster} ${effect.namespace} ${podLabel(effect.manifest)}`;
  if (effect.kind === 'notify') return `notify ${effect.to} ${effect.body}`;
  return effect.kind === 'command' ? `command ${effect.source.trim()}` : effect.kind;
}

function recordedLabel(effect: RecordedEffect): string {
  if (effect.job !== undefined)
    return `job ${effect.job.cluster} ${effect.job.namespace} ${podLabel(templateOf(effect.job.manifest))}`;
  if (effect.notify !== undefined) return `notify ${effect.notify.to} ${effect.notify.text}`;
  return `command ${effect.command?.script.trim() ?? ''}`;
}

type Pod = {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly command?: readonly string[];
      readonly args?: readonly string[];
    }[];
  };
};

function podLabel(pod: Plain): string {
  const labels = (pod as Pod).metadata?.labels ?? {};
  return `${labels['app'] ?? ''} ${labels['country'] ?? ''}`;
}

function templateOf(manifest: Plain): Plain {
  return (manifest as { readonly spec: { readonly template: Plain } }).spec.template;
}

function comparePods(manifest: Plain, got: Plain, accepted: readonly string[]): void {
  const template = templateOf(manifest);
  const want = canonicalPod(template, (template as Pod).spec.containers[0]?.name);
  const differing = differences(want, got, '').map((path) => path.replace(/^spec\./, ''));
  expect(differing.filter((path) => !accepted.some((known) => covers(known, path)))).toEqual([]);
  compareWords(want as Pod, got as Pod);
  compared += 1;
}

/** `containers[main].args[0]` stands for the program's text, which moves into command and args when its shell goes. */
function covers(known: string, path: string): boolean {
  const container = /^containers\[[^\]]+\]/.exec(known)?.[0];
  if (container !== undefined && /\.(?:args|command)/.test(path) && path.startsWith(container)) return true;
  const volume = /^volumes(\[[^\]]+\])$/.exec(known)?.[1];
  if (volume !== undefined && path.includes(`volumeMounts${volume}`)) return true;
  return path === known || path.startsWith(`${known}.`) || path.startsWith(`${known}[`);
}

/** Where a shell text became words, every word stood in the text; only what replaced a look at the clock is new. */
function compareWords(want: Pod, got: Pod): void {
  for (const container of got.spec.containers) {
    const legacy = want.spec.containers.find((other) => other.name === container.name);
    const text = [...(legacy?.command ?? []), ...(legacy?.args ?? [])]
      .join(' ')
      .replaceAll(/\\\n\s*/g, '')
      .replaceAll(/["']/g, '');
    const clock = /date|datetime/.test(text);
    for (const word of [...(container.command ?? []), ...(container.args ?? [])]) {
      const plain = word.replaceAll(/["']/g, '');
      const known = plain.split('\n').every((line) => text.includes(line.trim()));
      expect(known || (clock && /\d{4}[-/]?\d{2}/.test(plain)), `${word} in ${text}`).toBe(true);
    }
  }
}

/** Paths at which two pods differ; items of named lists by name. */
function differences(a: Plain | undefined, b: Plain | undefined, path: string): readonly string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (Array.isArray(a) && Array.isArray(b)) {
    const key = (item: Plain, index: number): string =>
      typeof item === 'object' && item !== null && 'name' in item ? String(item['name']) : String(index);
    const keys = new Set([...a.map(key), ...b.map(key)]);
    return [...keys].flatMap((each) =>
      differences(
        a.find((item, i) => key(item, i) === each),
        b.find((item, i) => key(item, i) === each),
        `${path}[${each}]`,
      ),
    );
  }
  if (isMap(a) && isMap(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differences(a[key], b[key], path === '' ? key : `${path}.${key}`),
    );
  return [path];
}

function isMap(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
