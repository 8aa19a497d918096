import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { LegacyPlayer } from '../../../src/verify/legacy/play.ts';
import type { LegacyEffect } from '../../../src/verify/legacy/types.ts';
import { samplePlatform } from './platform.ts';

const expected = new URL('../../../samples/shop-batch/expected/', import.meta.url);
const files = readdirSync(expected).flatMap((environment) =>
  readdirSync(new URL(environment, expected)).map((file) => `${environment}/${file}`),
);

interface Recorded {
  readonly workflow: string;
  readonly environment: string;
  readonly session_time: string;
  readonly failing_task?: string;
  readonly succeeded: boolean;
  readonly effects: readonly Record<string, unknown>[];
}

/** What the recorder writes down of an effect; `calls` are what programs a plain command started under bash. */
function recorded(effect: LegacyEffect): unknown {
  // The recorder names the task alone where an attempt is waited for.
  const after = effect.after.map((name) => name.replace(/#\d+#\d+$/, ''));
  const head = { task: effect.task, after, ...(effect.attempt > 1 ? { attempt: effect.attempt } : {}) };
  switch (effect.kind) {
    case 'job': {
      const wait = effect.wait;
      return {
        ...head,
        job: {
          cluster: effect.cluster,
          ...(effect.project === undefined ? {} : { project: effect.project }),
          namespace: effect.namespace,
          manifest: effect.manifest,
          wait: {
            ...(wait?.timeoutSeconds === undefined ? {} : { timeout_seconds: wait.timeoutSeconds }),
            sees_failure: wait?.seesFailure.replace('-', '_'),
          },
        },
      };
    }
    case 'command':
      return { ...head, command: { script: effect.source, env: effect.env } };
    case 'notify':
      return { ...head, notify: { via: effect.via, to: effect.to, text: effect.body } };
    default:
      return { ...head, kind: effect.kind };
  }
}

function withoutCalls(effect: Record<string, unknown>): unknown {
  const command = effect['command'] as Record<string, unknown> | undefined;
  if (command === undefined) return effect;
  const { calls: _, ...rest } = command;
  return { ...effect, command: rest };
}

describe('sessions of shop-batch as the recorder saw them', () => {
  const player = new LegacyPlayer(samplePlatform('shop-batch'));

  it('has recorded sessions', () => expect(files.length).toBeGreaterThan(150));

  it.each(files)('%s', async (file) => {
    const want = parse(readFileSync(new URL(file, expected), 'utf8')) as Recorded;
    const run = await player.play({
      environment: want.environment,
      workflow: want.workflow,
      sessionTime: want.session_time,
      fails: (task) => task === want.failing_task,
      // The recorder's clock stands still.
      now: 1_700_000_000,
    });
    if (run.kind !== 'played') throw new Error(run.reason);
    expect(run.effects.map(recorded)).toEqual(want.effects.map(withoutCalls));
    expect(run.succeeded).toBe(want.succeeded);
  });
});
