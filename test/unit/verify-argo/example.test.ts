import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildKustomization } from '../../../src/kustomize/build.ts';
import { playArgo } from '../../../src/verify/argo/play.ts';
import type { Plain, Start } from '../../../src/verify/effect.ts';

const folder = new URL('../../../samples/daily-sales/converted/', import.meta.url);

function built(path: string): readonly Plain[] {
  const result = buildKustomization(path, (file) => {
    try {
      return readFileSync(new URL(file, folder), 'utf8');
    } catch {
      return undefined;
    }
  });
  if (result.kind !== 'built') throw new Error(JSON.stringify(result));
  return result.objects as readonly Plain[];
}

const objects = [...built('cron/daily-sales-report/overlays/prd'), ...built('templates')];
const start = (more: Partial<Start>): Start => ({
  environment: 'prd',
  sessionTime: '2021-12-07T00:00:00+09:00',
  creationTime: '2026-11-23T02:00:00Z',
  ...more,
});

function argsOf(manifest: Plain): unknown {
  const { spec } = manifest as { spec: { containers: { name: string; args: unknown }[] } };
  return spec.containers.find((container) => container.name === 'main')?.args;
}

describe('the example, as the real controller ran it', () => {
  test.each<[string, Partial<Start>, string, string]>([
    ['scheduled', { scheduledTime: '2021-12-06T22:00:00Z' }, '2021-12-07', '20211206'],
    ['target_date', { targetDate: '2021-03-01' }, '2021-03-01', '20210228'],
    ['by hand', {}, '2026-11-23', '20261122'],
  ])('%s', (_, more, day, before) => {
    const run = playArgo(objects, null, start(more), () => ({ status: 'Succeeded' }), { cluster: 'c' });
    expect(run.status).toBe('Succeeded');
    expect(run.effects.map((effect) => [effect.task, effect.kind, effect.after])).toEqual([
      ['run/extract(0)', 'job', []],
      ['run/report', 'job', ['run/extract(0)']],
    ]);
    expect(run.effects.map((effect) => (effect.kind === 'job' ? argsOf(effect.manifest) : undefined))).toEqual([
      ['--env=prd', `--date=${day}`],
      ['--env=prd', `--date=${before}`],
    ]);
  });

  test.each(['20260228', '2026-2-8', '2026-02-30', '2026-02-28 '])(
    'a malformed target_date, %j, starts no pod but the exit handler',
    (targetDate) => {
      const run = playArgo(objects, null, start({ targetDate }), () => ({ status: 'Succeeded' }));
      expect(run.status).toBe('Failed');
      expect(run.effects.map((effect) => [effect.task, effect.kind])).toEqual([
        ['exit-handler/slack-notify-failed', 'notify'],
      ]);
    },
  );

  test('a job that always fails is tried three times, then reported', () => {
    const run = playArgo(objects, null, start({ scheduledTime: '2021-12-06T22:00:00Z' }), (attempt) => ({
      status: attempt.node === 'run/extract' ? 'Failed' : 'Succeeded',
    }));
    expect(run.status).toBe('Failed');
    expect(run.effects.map((effect) => effect.task)).toEqual([
      'run/extract(0)',
      'run/extract(1)',
      'run/extract(2)',
      'exit-handler/slack-notify-failed',
    ]);
    expect(run.effects.at(-1)).toMatchObject({
      via: 'slack',
      to: '#prd-batch-alert',
      body: 'daily_sales_report failed: daily-sales-report-1638828000 Failed',
      after: ['run/extract(0)', 'run/extract(1)', 'run/extract(2)'],
    });
  });

  test('the pod is the one the Job would make, in canonical form', () => {
    const run = playArgo(
      objects,
      null,
      start({ scheduledTime: '2021-12-06T22:00:00Z' }),
      () => ({ status: 'Succeeded' }),
      { cluster: 'c' },
    );
    expect(run.effects[0]).toMatchObject({
      cluster: 'c',
      namespace: 'batch',
      manifest: {
        spec: {
          activeDeadlineSeconds: 3480,
          containers: [
            {
              name: 'cloudsql-proxy',
              image: 'gcr.io/cloudsql-docker/gce-proxy:1.23.1-alpine',
              command: ['/cloud_sql_proxy'],
              args: ['--dir=/tmp'],
            },
            { name: 'main', image: 'asia.gcr.io/acme/sales-extract:v1.2.3', command: ['/app/run'] },
          ],
        },
      },
    });
  });

  test('a parameter that an overlay lost stops the run before any pod', () => {
    const lost = JSON.parse(
      JSON.stringify(objects).replace('{"name":"image_tag","value":"v1.2.3"},', ''),
    ) as readonly Plain[];
    const run = playArgo(lost, null, start({}), () => ({ status: 'Succeeded' }));
    expect(run).toEqual({
      effects: [],
      status: 'Failed',
      message: 'invalid spec: failed to resolve {{workflow.parameters.image_tag}}',
    });
  });
});
