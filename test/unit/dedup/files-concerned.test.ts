import { describe, expect, test } from 'vitest';
import { folderHost, memoryHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';

type Files = Readonly<Record<string, string>>;

function inputOf(golden: string): Files {
  const host = folderHost(`test/golden/dedup/${golden}/input`);
  return Object.fromEntries(host.list().map((path) => [path, host.read(path) ?? '']));
}

interface Output {
  readonly files: ReadonlyMap<string, string>;
  /** As the ledger keeps them for the next run. */
  readonly names: Readonly<Record<string, string>>;
}

async function outputOf(input: Files, { dedup = true, names = {} }: { dedup?: boolean; names?: Output['names'] } = {}) {
  const { files, report } = await convert(memoryHost(input), { rules: packageRules(), dedup, names });
  return {
    files: new Map(files.map(({ path, text }) => [path, text])),
    names: Object.fromEntries(report.details.map(({ job, name, heldBy }) => [job, heldBy?.ownName ?? name])),
  };
}

/** What speaks of the whole platform is written with every run. */
const ofAll = /^(?:reports\/|environments\/|README\.md$|platform\/|templates\/components\/)/;

/** Job folders and shared files in which the next run differs from the one before. */
async function changed(before: Promise<Output>, after: Files, dedup = true): Promise<readonly string[]> {
  const { files: old, names } = await before;
  const { files: made } = await outputOf(after, { dedup, names });
  const paths = [...new Set([...old.keys(), ...made.keys()])].filter((path) => old.get(path) !== made.get(path));
  return [
    ...new Set(paths.filter((path) => !ofAll.test(path)).map((path) => path.replace(/^(cron\/[^/]+)\/.*/, '$1'))),
  ].sort();
}

describe('a family', () => {
  const input = inputOf('family-across-jobs');
  const output = outputOf(input);
  const isOf = (job: string) => (path: string) => new RegExp(`[/-]${job}\\.(?:dig|yaml\\.j2)$`).test(path);
  const copies = Object.entries(input)
    .filter(([path]) => isOf('orders')(path))
    .map(([path, text]) => [path.replace('orders', 'refunds'), text.replaceAll('orders', 'refunds')])
    // Another step, or it would also be like the orders as a whole.
    .map(([path = '', text]) => [path, path.endsWith('.dig') ? `${text}\n+count:\n  sh>: echo refunds\n` : text]);
  const four: Files = { ...input, ...Object.fromEntries(copies) };

  test('that gets a member changes its template, and the member is new', async () => {
    expect(copies).toHaveLength(3);
    expect(await changed(output, four)).toEqual(['cron/refunds', 'templates/export.yaml']);
  });

  test('that loses a member, be it the first, changes its template, and the member is gone', async () => {
    const left = Object.entries(four).filter(([path]) => !path.endsWith('/customers.dig'));
    expect(left).toHaveLength(Object.keys(four).length - 2);
    expect(await changed(outputOf(four), Object.fromEntries(left))).toEqual([
      'cron/customers',
      'templates/export.yaml',
    ]);
  });

  test('of steps keeps its members when two of them become alike as a whole', async () => {
    const twins = Object.fromEntries(
      Object.entries(four).map(([path, text]) => [path, text.replace(/\n\+count:[\s\S]*$/, '')]),
    );
    expect(await changed(outputOf(four), twins)).toEqual([
      'cron/orders',
      'cron/refunds',
      'templates/export-workflow.yaml',
      'templates/kustomization.yaml',
    ]);
  });

  test('that is not wanted any more gives its members back to their own files', async () => {
    expect(await changed(output, input, false)).toEqual([
      'cron/customers',
      'cron/orders',
      'cron/stock',
      'templates/export.yaml',
      'templates/kustomization.yaml',
    ]);
  });
});

describe('a CronWorkflow with the schedules of several', () => {
  const all = inputOf('schedules-join');
  const twins = /stock_sync_(?:evening|morning)/;
  const input = Object.fromEntries(Object.entries(all).filter(([path]) => !path.endsWith('.dig') || twins.test(path)));
  const output = outputOf(input);

  test('takes one more in its own folder', async () => {
    const noon = Object.entries(input)
      .filter(([path]) => path.includes('evening'))
      .map(([path, text]) => [path.replace('evening', 'dawn'), text.replace('18:30', '04:30')]);
    expect(await changed(output, { ...input, ...Object.fromEntries(noon) })).toEqual(['cron/stock-sync-evening']);
  });

  test('gives one back to a folder of its own', async () => {
    const names = ['cron/stock-sync-evening', 'cron/stock-sync-morning'];
    expect(await changed(output, input, false)).toEqual(names);
    const config = `${input['dig2argo.yaml']}dedup: {reject: [stock_sync_morning]}\n`;
    const apart = await changed(output, { ...input, 'dig2argo.yaml': config });
    // Apart they are two whole workflows that differ in a name: each becomes values for a shared one.
    expect(apart.filter((path) => !path.startsWith('templates/'))).toEqual(names);
  });
});
