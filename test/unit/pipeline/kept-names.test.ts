import { expect, test } from 'vitest';
import { convertTree, plainConfig } from './convert-tree.ts';

const dig = 'timezone: UTC\nschedule:\n  daily>: 07:00:00\n+a:\n  sh>: echo ${session_date}\n';
const tree = { 'dig2argo.yaml': plainConfig, 'sales_daily.dig': dig };

test('a job keeps the name that an earlier run gave it, also when another comes that is spelt more like it', async () => {
  const both = { ...tree, 'sales-daily.dig': dig };
  const anew = await convertTree(both);
  expect(anew.jobs.map(({ job, name }) => [job, name])).toEqual([
    ['sales-daily', 'sales-daily'],
    ['sales_daily', expect.stringMatching(/^sales-daily-\w{6}$/)],
  ]);
  const kept = await convertTree(both, { names: { sales_daily: 'sales-daily' } });
  expect(kept.jobs.map(({ job, name }) => [job, name])).toEqual([
    ['sales-daily', expect.stringMatching(/^sales-daily-\w{6}$/)],
    ['sales_daily', 'sales-daily'],
  ]);
  expect(kept.files['cron/sales-daily/base/workflow.yaml']).toContain('workflows.argoproj.io/title: sales_daily\n');
});

test('a job converted alone becomes what it becomes beside the others', async () => {
  const both = { ...tree, 'sales-daily.dig': dig };
  const { files } = await convertTree(both);
  const alone = await convertTree(both, { jobs: ['sales_daily'] });
  expect(alone.jobs.map(({ job }) => job)).toEqual(['sales_daily']);
  expect(Object.keys(alone.files).length).toBeGreaterThan(0);
  for (const [path, text] of Object.entries(alone.files)) expect(files[path]).toBe(text);
});
