import { describe, expect, test } from 'vitest';
import type { Plain } from '../../src/verify/effect.ts';
import { SampleProof } from './prove-sample.ts';

/** Errors such as a wrong rule, a wrong merge or a slip in the printer would make; each must be seen. */
const mutations: readonly (readonly [workflow: string, what: string, from: string, to: string])[] = [
  ['daily_sales', 'a character of an argument', '--compare-with=', '--compare_with='],
  ['daily_sales', 'a value of a parameter', '"name":"pool","value":"batch"', '"name":"pool","value":"batch2"'],
  ['daily_sales', 'a date by one day', 'AddDate(0, 0, -1)', 'AddDate(0, 0, -2)'],
  ['daily_sales', 'a number of attempts', '"limit":3', '"limit":2'],
  ['daily_sales', 'a memory limit', '"memory":"8Gi"', '"memory":"8G"'],
  ['daily_sales', 'a deadline', '"activeDeadlineSeconds":5400', '"activeDeadlineSeconds":540'],
  ['daily_sales', 'a service account', '"serviceAccountName":"batch-runner"', '"serviceAccountName":"batch"'],
  ['daily_sales', 'a channel', '"value":"#batch-alert-prd"', '"value":"#batch-alert-dev"'],
  ['daily_sales', 'a message', 'failed (session', 'failed (Session'],
  ['daily_sales', 'the exit handler', '"onExit":"exit-handler",', ''],
  ['daily_sales', 'a namespace', '"namespace":"batch"', '"namespace":"batches"'],
  [
    'daily_sales',
    'a secret',
    '"secretKeyRef":{"key":"password","name":"mysql-shop"}',
    '"secretKeyRef":{"key":"user","name":"mysql-shop"}',
  ],
  [
    'daily_sales',
    'what an expression falls back to',
    'workflow.scheduledTime ??',
    'workflow.creationTimestamp.RFC3339 ??',
  ],
  ['inventory_sync', 'a condition', "== '23'", "!= '23'"],
  ['friday13_campaign', 'an argument', '--campaign=friday13-', '--campaign=friday-'],
  ['table_export', 'the text of a command', '_SUCCESS_', '_SUCCES_'],
];

describe('the proof sees', { timeout: 300_000 }, () => {
  const proof = new SampleProof('shop-batch');

  test.each(mutations)('in %s %s', async (workflow, _, from, to) => {
    const text = JSON.stringify(sorted(await proof.objects('prd', workflow)));
    expect(text, `nothing to change: ${from}`).toContain(from);
    const objects = JSON.parse(text.replace(from, to)) as readonly Plain[];
    const starts = await proof.starts('prd', workflow);
    const rows = await proof.prove('prd', workflow, starts, objects);
    expect(rows.map((row) => row.verdict.kind)).toContain('differs');
  });
});

/** Keys in one order, so that a place can be named by its text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
