import { describe, expect, test } from 'vitest';
import type { ArgoRun } from '../../src/verify/argo/play.ts';
import type { Plain, Start } from '../../src/verify/effect.ts';
import { play } from './play.ts';

/** What samples/daily-sales/README.md says the pods of the hand-written answer were, on a real controller. */
const started: readonly (readonly [string, Partial<Start>, string, string])[] = [
  ['schedule', { scheduledTime: '2021-12-06T22:00:00Z' }, '--date=2021-12-07', '--date=20211206'],
  ['target_date', { targetDate: '2021-03-01' }, '--date=2021-03-01', '--date=20210228'],
  ['no scheduled time', {}, '--date=2026-11-23', '--date=20261122'],
];

const base: Start = { environment: 'prd', sessionTime: '', creationTime: '2026-11-23T03:00:00Z' };

describe('the example job', () => {
  test.each(started)('started by %s', async (_, given, extract, report) => {
    const run = await play('daily-sales', 'daily-sales-report', { ...base, ...given });
    expect(run.status).toBe('Succeeded');
    expect(argsOf(run)).toEqual([
      ['--env=prd', extract],
      ['--env=prd', report],
    ]);
  });

  test.each(['20260228', '2026-2-8', '2026-02-30', '2026-02-28 '])(
    'target_date %j starts no pod, and the exit handler runs',
    async (targetDate) => {
      const run = await play('daily-sales', 'daily-sales-report', { ...base, targetDate });
      expect(run.status).not.toBe('Succeeded');
      expect(run.effects.map((effect) => effect.kind)).toEqual(['notify']);
    },
  );

  test('a failing first step is tried three times, the second never starts, the team hears of it', async () => {
    const run = await play(
      'daily-sales',
      'daily-sales-report',
      { ...base, scheduledTime: '2021-12-06T22:00:00Z' },
      'extract',
    );
    expect(run.status).toBe('Failed');
    expect(argsOf(run)).toEqual(Array.from({ length: 3 }, () => ['--env=prd', '--date=2021-12-07']));
    expect(run.effects.at(-1)).toMatchObject({
      kind: 'notify',
      to: '#prd-batch-alert',
      body: 'daily_sales_report failed',
    });
  });
});

function argsOf(run: ArgoRun): readonly Plain[] {
  return run.effects.flatMap((effect) => {
    if (effect.kind !== 'job') return [];
    const pod = effect.manifest as {
      readonly spec: { readonly containers: readonly { readonly name: string; readonly args: Plain }[] };
    };
    return [pod.spec.containers.find((container) => container.name === 'main')?.args ?? null];
  });
}
