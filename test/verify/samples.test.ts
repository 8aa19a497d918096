import { afterAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/verify/effect.ts';
import { from, SampleProof } from './prove-sample.ts';

const counts = new Map<string, number>();

function expectProved(verdict: Verdict): void {
  counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1);
  if (verdict.kind === 'differs') expect(verdict.differences).toEqual([]);
  expect(verdict.kind).toMatch(/^proved/);
}

describe.each(['daily-sales', 'shop-batch'] as const)('%s', (sample) => {
  const proof = new SampleProof(sample);

  test.each(proof.all())('%s %s', async (environment, workflow) => {
    const starts = await proof.starts(environment, workflow);
    expect(starts.length).toBeGreaterThan(3);
    // The reference environment at all its times, the others at their first one with every failure.
    const rows = await proof.prove(environment, workflow, environment === 'prd' ? starts : starts.slice(0, 1));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expectProved(row.verdict);
  });
});

describe('schedules, fire by fire', () => {
  const proof = new SampleProof('shop-batch');
  const daily = ['daily_sales', 'table_export', 'weekly_ranking', 'point_expire', 'friday13_campaign', 'data_repair'];

  test.each(daily)('%s for a year', async (workflow) => {
    expect(await proof.schedule('prd', workflow)).toMatchObject({ kind: 'proved' });
  });

  test.each(['inventory_sync', 'search_index'])('%s for a week', async (workflow) => {
    const verdict = await proof.schedule('prd', workflow, from + 7 * 86_400_000);
    expect(verdict).toMatchObject({ kind: 'proved' });
    expect(verdict.kind === 'proved' ? verdict.fires : 0).toBeGreaterThan(160);
  });

  test('the hour that New York has twice starts Argo twice', async () => {
    expect(await proof.schedule('prd', 'us_store_settlement')).toEqual({
      kind: 'differs',
      differences: [{ path: 'fire 2027-11-07T01:15:00-05:00', legacy: '(none)', argo: 'starts' }],
    });
  });
});

afterAll(() => console.info([...counts].map(([kind, count]) => `${kind}: ${count}`).join(', ')));
