import { beforeAll, describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import type { Host } from '../../src/core/host.ts';
import { BuiltOutput } from '../../src/pipeline/built-output.ts';
import { folderHost } from '../../src/pipeline/host.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import { playArgo } from '../../src/verify/argo/play.ts';
import type { Plain, Start } from '../../src/verify/effect.ts';
import { sampleOutput } from '../generated.ts';

/** How runs of the small sample were started on a real controller, and the arguments of the pods that it made. */
const table: readonly (readonly [how: string, given: Partial<Start>, extract: string, report: string])[] = [
  ['scheduled 2021-12-06T22:00:00Z', { scheduledTime: '2021-12-06T22:00:00Z' }, '2021-12-07', '20211206'],
  ['target_date=2021-03-01', { targetDate: '2021-03-01' }, '2021-03-01', '20210228'],
  ['by hand 2026-11-23', {}, '2026-11-23', '20261122'],
];

describe('the pods of daily-sales as converted, at the times that a real controller was asked for', () => {
  let output: Host;
  let objects: readonly Plain[];

  beforeAll(async () => {
    output = await sampleOutput('daily-sales');
    const found = new BuiltOutput(output).job('daily_sales_report', 'prd');
    if (found.kind !== 'found') throw new Error(found.kind);
    objects = found.job.objects;
  });

  const play = (given: Partial<Start>) => {
    const start = { environment: 'prd', sessionTime: '', creationTime: '2026-11-23T02:00:00Z', ...given };
    return playArgo(objects, null, start, () => ({ status: 'Succeeded' }), { job: 'daily-sales-report' });
  };

  test.each(table)('%s', (how, given, extract, report) => {
    const lines = play(given).effects.map((effect) => [
      effect.task,
      ...argsOf(effect.kind === 'job' ? effect.manifest : null),
    ]);
    expect(lines).toEqual([
      ['run/extract(0)', '--env=prd', `--date=${extract}`],
      ['run/report', '--env=prd', `--date=${report}`],
    ]);
    console.info(`| ${how} | ${lines.map((line) => line.slice(1).join(' ')).join(' | ')} |`);
  });

  test.each(['20260228', '2026-2-8', '2026-02-30', '2026-02-28 '])(
    'target_date=%j starts no pod of the job',
    (targetDate) => {
      const run = play({ targetDate });
      expect(run.status).toBe('Failed');
      expect(run.effects.filter(({ task }) => !task.startsWith('exit-handler'))).toEqual([]);
    },
  );

  test('are those of the legacy platform on these days', async () => {
    const options = { fromMs: 0, at: ['2021-12-07', '2021-03-01', '2026-11-23'], environments: ['prd'] };
    const legacy = folderHost('samples/daily-sales/legacy');
    const proof = await verifyOutput(legacy, output, options, new DiagnosticList());
    expect(proof?.jobs.flatMap(({ rows }) => rows.map(({ verdict }) => verdict.kind))).toEqual([
      'proved-given',
      'proved-given',
      'proved-given',
    ]);
  });
});

function argsOf(pod: Plain): readonly string[] {
  const { spec } = (pod ?? {}) as {
    readonly spec?: { readonly containers: readonly { name: string; args?: string[] }[] };
  };
  return spec?.containers.find(({ name }) => name === 'main')?.args ?? [];
}
