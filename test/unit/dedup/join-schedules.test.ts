import { expect, test } from 'vitest';
import { folderHost, memoryHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import type { ConvertOptions } from '../../../src/pipeline/types.ts';
import { packageRules } from '../../generated.ts';

const input = folderHost('test/golden/dedup/schedules-join/input');
const names = ['stock_sync_evening', 'stock_sync_morning'] as const;

/** Two workflows, the same but for their schedules, with some files changed. */
function twins(change: (text: string, path: string) => string | undefined): Record<string, string> {
  const kept = input.list().filter((path) => !path.endsWith('.dig') || names.some((name) => path.includes(name)));
  return Object.fromEntries(
    kept.flatMap((path) => {
      const text = change(input.read(path) ?? '', path);
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

async function converted(files: Record<string, string>, more: Partial<ConvertOptions> = {}) {
  const { report, files: output } = await convert(memoryHost(files), { rules: packageRules(), dedup: true, ...more });
  return { report, workflows: output.map(({ path }) => path).filter((path) => /^cron\/.*base\/workflow/.test(path)) };
}

const same = (text: string): string => text;
const configured = (more: string) => (text: string, path: string) =>
  path === 'dig2argo.yaml' ? `${text}${more}\n` : text;
const morning =
  (from: string | RegExp, to: string, where = '') =>
  (text: string, path: string) =>
    path.includes('stock_sync_morning') && path.includes(where) ? text.replace(from, to) : text;

test('one CronWorkflow runs both, and each says so', async () => {
  const { report, workflows } = await converted(twins(same));
  expect(workflows).toEqual(['cron/stock-sync-evening/base/workflow.yaml']);
  expect(report.families).toMatchObject([
    {
      id: 'stock-sync-evening',
      kind: 'schedules',
      members: [{ job: 'stock_sync_evening' }, { job: 'stock_sync_morning' }],
      parameters: [
        { values: { stock_sync_evening: '30 18 * * *', stock_sync_morning: 'dev: 0 5 * * *, prd: 0 6 * * *' } },
      ],
    },
  ]);
  const [evening, other] = report.details;
  expect(evening).toMatchObject({ name: 'stock-sync-evening', holds: ['stock_sync_morning'] });
  expect(other).toMatchObject({
    job: 'stock_sync_morning',
    name: 'stock-sync-evening',
    heldBy: { job: 'stock_sync_evening', ownName: 'stock-sync-morning' },
  });
  expect(other?.outputs).toEqual(evening?.outputs);
  expect(report.plan?.groups).toMatchObject([{ jobs: ['stock_sync_evening', 'stock_sync_morning'] }]);
});

test('a person, or an earlier run, decides whose name it has', async () => {
  const pin = configured('dedup: {representative: {stock-sync-evening: stock_sync_morning}}');
  expect((await converted(twins(pin))).workflows).toEqual(['cron/stock-sync-morning/base/workflow.yaml']);
  const known = { stock_sync_morning: 'stock-sync-morning' };
  expect((await converted(twins(same), { names: known })).workflows).toEqual([
    'cron/stock-sync-morning/base/workflow.yaml',
  ]);
});

test('one of them cannot be converted without the other', async () => {
  const { report, workflows } = await converted(twins(same), { jobs: ['stock_sync_morning'] });
  expect(workflows).toEqual(['cron/stock-sync-evening/base/workflow.yaml']);
  expect(report.details.map(({ job }) => job)).toEqual([...names]);
});

const apart: Readonly<
  Record<string, readonly [change: Parameters<typeof twins>[0], why: RegExp, where: string, values: readonly string[]]>
> = {
  'one minute in common': [
    morning(/daily>: .*/, 'cron>: "30 18 * * 1"'),
    /^both start at 18:30 on some days/,
    'schedules in dev',
    ['30 18 * * *', '30 18 * * 1'],
  ],
  'a session that may not overlap': [
    morning(/daily>: .*/, '$&\n  skip_on_overtime: true'),
    /beside the schedule/,
    'concurrencyPolicy',
    ['Allow', 'Forbid'],
  ],
  'runs that would wait for each other': [
    configured('policies: {concurrency: Forbid}'),
    /would not any more/,
    'concurrencyPolicy',
    ['Forbid', 'Forbid'],
  ],
  'another time zone': [morning('Asia/Tokyo', 'UTC'), /beside the schedule/, 'timezone', ['Asia/Tokyo', 'UTC']],
  'another session of the same kind of fire': [
    morning(/daily>: .*/, 'daily>: 29:00:00'),
    /beside the schedule/,
    'templates[main].steps[0][run].arguments.parameters[session_date].value',
    [],
  ],
  'a text that names the workflow': [
    morning("'stock sync", "'stock_sync_morning stock sync"),
    /beside the schedule/,
    'templates[exit-handler].steps[0][slack-notify-failed].arguments.parameters[message].value',
    [],
  ],
  'an environment without it': [
    (text, path) => (path === 'digdag/dev/stock_sync_morning.dig' ? undefined : text),
    /not in the same environments/,
    '',
    ['dev, prd', 'prd'],
  ],
  'a schedule that is off': [
    morning(/schedule:\n {2}daily/, '#schedule:\n#  daily', '/dev/'),
    /only one of them is scheduled in dev/,
    '',
    ['active', 'commented-out'],
  ],
  'one that Argo runs already': [
    configured('cutover: {stock_sync_morning: {prd: argo}}'),
    /only one of them has been cut over in prd/,
    '',
    ['digdag', 'argo'],
  ],
  'a person who says no': [configured('dedup: {reject: [stock_sync_morning]}'), /dedup.reject/, '', ['', '']],
};

test.each(Object.entries(apart))('%s keeps them apart', async (_, [change, why, where, values]) => {
  const { report, workflows } = await converted(twins(change));
  expect(workflows).toHaveLength(2);
  const misses = (report.apart ?? []).filter(({ beside }) => beside === 'stock-sync-evening');
  expect(misses).toMatchObject([{ job: 'stock_sync_morning', why: expect.stringMatching(why), where }]);
  if (values.length > 0) expect(misses[0]?.values).toEqual(values);
  expect(report.details.filter(({ holds, heldBy }) => holds !== undefined || heldBy !== undefined)).toEqual([]);
});

test('a workflow whose sessions another one waits for stays its own', async () => {
  const files = twins(configured('policies: {require: each-time}'));
  for (const environment of ['dev', 'prd'])
    files[`digdag/${environment}/after_stock.dig`] = '+wait:\n  require>: stock_sync_morning\n';
  const { report } = await converted(files);
  expect(report.apart?.find(({ job }) => job === 'stock_sync_morning')?.why).toMatch(/another workflow requires/);
});
