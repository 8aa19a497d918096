import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../../src/config/load.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { discover } from '../../../src/discover/discover.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import { evaluateSession, type SessionPoint } from '../../../src/expr/evaluate-session.ts';
import type { Effect, TaskGraph } from '../../../src/ir/graph.ts';
import type { TextPart, Value } from '../../../src/ir/value.ts';
import { folderHost } from '../../../src/pipeline/host.ts';
import { ManifestRenderer } from '../../../src/pipeline/manifests.ts';
import { readGraphs } from '../../../src/pipeline/read-graphs.ts';
import { lastSession, nextSession } from '../../../src/session/schedule/fires.ts';
import { builtInRules } from './project.ts';

/** What real bash with recording kubectl, curl and gcloud did in one session. */
interface Recorded {
  readonly workflow: string;
  readonly environment: string;
  readonly session_time: string;
  readonly effects: readonly RecordedEffect[];
}

interface RecordedEffect {
  readonly task: string;
  readonly job?: {
    readonly cluster: string;
    readonly namespace: string;
    readonly manifest: { readonly metadata: { readonly name: string } };
    readonly wait: { readonly timeout_seconds?: number; readonly sees_failure: string };
  };
  readonly notify?: { readonly to: string; readonly text: string };
  readonly command?: { readonly script: string };
}

const root = 'samples/shop-batch';
const diagnostics = new DiagnosticList();
const evaluator = await createEvaluator();
const graphs = readPlatform();

function readPlatform(): ReadonlyMap<string, TaskGraph> {
  const host = folderHost(`${root}/legacy`);
  const config = loadConfig({ path: repoPath('dig2argo.yaml'), text: host.read('dig2argo.yaml') ?? '' }, diagnostics);
  if (config === undefined) throw new Error('no configuration');
  const read = readGraphs({
    host,
    project: discover(host, config, diagnostics),
    rules: builtInRules(),
    manifests: new ManifestRenderer(host, config),
    evaluator,
    sink: diagnostics,
  });
  return new Map(read.map(({ graph }) => [`${graph.environment}/${graph.job}`, graph]));
}

const recordings = ['dev', 'stg', 'prd'].flatMap((environment) =>
  readdirSync(`${root}/expected/${environment}`)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.failing.yaml'))
    .sort()
    .map(
      (file) =>
        [
          `${environment}/${file}`,
          parse(readFileSync(`${root}/expected/${environment}/${file}`, 'utf8')) as Recorded,
        ] as const,
    ),
);

test('the launchers of the platform are read without an error, and there is something to compare with', () => {
  expect(
    diagnostics.items.filter(
      (found) => found.severity !== 'info' && /^(LAUNCHER|WORKER_ENV|NOTIFY|RULE|OPERATOR)/.test(found.code),
    ),
  ).toEqual([]);
  expect(recordings.length).toBeGreaterThan(100);
});

describe.each(recordings)('%s', (_, recorded) => {
  const graph = graphs.get(`${recorded.environment}/${recorded.workflow}`);
  test.each(recorded.effects.map((effect) => [effect.task, effect] as const))('%s', (_task, effect) => {
    if (graph === undefined) throw new Error('no graph');
    const { own, items } = effectOf(graph, effect.task, kindOf(effect));
    const plain = (value: Value): unknown => plainAt(value, pointOf(graph, recorded.session_time), items);
    if (effect.job !== undefined && own.kind === 'job') {
      const manifest = plain(own.manifest) as { readonly metadata: { readonly name: string } };
      expect(effect.job.manifest.metadata.name).toMatch(new RegExp(`^${manifest.metadata.name}$`));
      expect({ ...manifest, metadata: { ...manifest.metadata, name: effect.job.manifest.metadata.name } }).toEqual(
        effect.job.manifest,
      );
      expect([plain(own.cluster), plain(own.namespace)]).toEqual([effect.job.cluster, effect.job.namespace]);
      expect([own.wait.timeoutSeconds, own.wait.seesFailure]).toEqual([
        effect.job.wait.timeout_seconds,
        effect.job.wait.sees_failure.replaceAll('_', '-'),
      ]);
    } else if (effect.notify !== undefined && own.kind === 'notify')
      expect([plain(own.to), plain(own.body)]).toEqual([effect.notify.to, effect.notify.text]);
    else if (own.kind === 'command') expect(plain(own.source)).toBe(effect.command?.script);
  });
});

function kindOf(effect: RecordedEffect): Effect['kind'] {
  return effect.job !== undefined ? 'job' : effect.notify !== undefined ? 'notify' : 'command';
}

/** The effect of a task; a loop that stays one has one task for all items. */
function effectOf(
  graph: TaskGraph,
  name: string,
  kind: Effect['kind'],
): { readonly own: Effect; readonly items: ReadonlyMap<string, string> } {
  const items = new Map<string, string>();
  const general = name.replace(/for-\d+=(\w+)=\d+=([^^+]+)/g, (_, key: string, value: string) => {
    items.set(key, value);
    return 'for-n';
  });
  // Both branches of an `if>` are in the graph; the record names the one that ran.
  const tasks = [...graph.tasks.values()].filter(({ id }) => [name, general].includes(id.replaceAll('^else', '')));
  const own = tasks
    .flatMap((task) => (task.kind === 'operator' ? task.effects : []))
    .find((effect) => effect.kind === kind);
  if (own === undefined) throw new Error(`no ${kind} of ${name}`);
  return { own, items };
}

function pointOf(graph: TaskGraph, sessionTime: string): SessionPoint {
  const sessionMs = Date.parse(sessionTime);
  const [lastMs, nextMs] =
    graph.schedule === undefined
      ? []
      : [lastSession(graph.schedule, sessionMs), nextSession(graph.schedule, sessionMs)];
  return {
    sessionMs,
    zone: graph.timezone,
    ...(lastMs === undefined ? {} : { lastMs }),
    ...(nextMs === undefined ? {} : { nextMs }),
  };
}

function plainAt(value: Value, at: SessionPoint, items: ReadonlyMap<string, string>): unknown {
  switch (value.kind) {
    case 'text':
      return value.parts.map((part) => partAt(part, at, items)).join('');
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map((item) => plainAt(item, at, items));
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plainAt(entry, at, items)]));
  }
}

/** A unique text becomes a pattern: only names hold one. */
function partAt(part: TextPart, at: SessionPoint, items: ReadonlyMap<string, string>): string {
  if (part.kind !== 'runtime') return part.text;
  switch (part.expr.kind) {
    case 'session':
      return evaluateSession(part.expr.ast, at);
    case 'item':
      return items.get(part.expr.key) ?? '';
    case 'unique':
      return '[a-z0-9]+';
    default:
      throw new Error(`${part.expr.kind} in a text`);
  }
}
