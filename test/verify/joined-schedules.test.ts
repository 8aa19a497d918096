import { describe, expect, test } from 'vitest';
import { mapFiles } from '../../src/cli/output/map-files.ts';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { folderHost, memoryHost } from '../../src/pipeline/host.ts';
import { convert } from '../../src/pipeline/run.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import { packageRules, proofFrom } from '../generated.ts';

async function outputOf(folder: string): Promise<Record<string, string>> {
  const { files } = await convert(folderHost(folder), { rules: packageRules(), dedup: true });
  return Object.fromEntries([...files, ...mapFiles(files)].map(({ path, text }) => [path, text]));
}

async function proved(folder: string, files: Record<string, string>, jobs?: readonly string[]) {
  const options = { fromMs: proofFrom, times: 1, ...(jobs === undefined ? {} : { jobs }) };
  const proof = await verifyOutput(folderHost(folder), memoryHost(files), options, new DiagnosticList());
  return proof?.jobs ?? [];
}

test('a workflow that only refers to a shared one is proved like any other', async () => {
  const folder = 'test/golden/dedup/whole-workflows/input';
  const files = await outputOf(folder);
  expect(files['cron/store-osaka/base/workflow.yaml']).toContain('workflowTemplateRef');
  const jobs = await proved(folder, files);
  expect(jobs.length).toBe(4);
  for (const { rows, schedule, aids } of jobs) {
    expect(rows.map(({ verdict }) => verdict.kind).filter((kind) => kind !== 'proved')).toEqual([]);
    expect(schedule.kind).toBe('proved');
    expect(aids).toEqual([]);
  }
});

describe('workflows that run from one CronWorkflow', () => {
  const folder = 'test/golden/dedup/schedules-join/input';
  const both = ['stock_sync_evening', 'stock_sync_morning'];
  const base = 'cron/stock-sync-evening/base/workflow.yaml';
  const output = outputOf(folder);

  test('each is proved by itself, and no fire of either is lost', async () => {
    const jobs = await proved(folder, await output, both);
    expect(jobs.map(({ job, name }) => [job, name])).toEqual([
      ['stock_sync_evening', 'stock-sync-evening'],
      ['stock_sync_morning', 'stock-sync-evening'],
      ['stock_sync_evening', 'stock-sync-evening'],
      ['stock_sync_morning', 'stock-sync-evening'],
    ]);
    for (const { rows, schedule, aids } of jobs) {
      expect(rows.length).toBeGreaterThan(3);
      expect(rows.map(({ verdict }) => verdict.kind).filter((kind) => kind !== 'proved')).toEqual([]);
      // Both fire each day of 366.
      expect(schedule).toEqual({ kind: 'proved', fires: 732 });
      expect(aids).toEqual([]);
    }
  });

  test.each([
    ['a schedule is gone', /\n {4}# stock_sync_evening\n.*/, '', /starts.*\(none\)/],
    ['a schedule at the minute of the other', /30 18 \* \* \*/, '0 6 * * *', /starts.*\(none\)/],
    ['a policy that looks at both', 'concurrencyPolicy: Allow', 'concurrencyPolicy: Forbid', /may overlap/],
    ['a title without one of them', 'stock_sync_evening, stock_sync_morning', 'stock_sync_evening', /\(none\)/],
  ])('%s is a difference', async (_, from, to, said) => {
    const files = await output;
    const text = files[base] ?? '';
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    // The patch of dev guards a schedule by its place.
    const jobs = (await proved(folder, { ...files, [base]: changed }, both)).filter(
      ({ environment }) => environment === 'prd',
    );
    const found = jobs.flatMap(({ schedule }) => (schedule.kind === 'differs' ? schedule.differences : []));
    expect(found.map(({ path, legacy, argo }) => `${path}: ${legacy} / ${argo}`).join('\n')).toMatch(said);
  });
});
