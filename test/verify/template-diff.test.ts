import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { messageOf } from '../../src/core/messages.ts';
import { templateText } from '../../src/diff/template-text.ts';
import { diffTemplate } from '../../src/pipeline/diff-template.ts';
import { folderHost, memoryHost } from '../../src/pipeline/host.ts';
import { convert } from '../../src/pipeline/run.ts';
import { packageRules } from '../generated.ts';

const at = '2026-03-01';

async function outputOf(legacy: string): Promise<Record<string, string>> {
  const { files } = await convert(folderHost(legacy), { rules: packageRules(), dedup: true });
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

async function diffOf(legacy: string, files: Record<string, string>, template: string) {
  const sink = new DiagnosticList();
  const found = await diffTemplate(folderHost(legacy), memoryHost(files), { template, at }, sink);
  return { found, said: sink.items.map(messageOf) };
}

describe('a change of a shared template', () => {
  const legacy = 'test/golden/dedup/family-across-jobs/input';
  const output = outputOf(legacy);
  const [file, template] = ['templates/export.yaml', 'export'];
  const members = ['customers', 'orders', 'stock'].flatMap((job) => [`${job} dev`, `${job} prd`]);
  // The stock is exported twice, by the other form of the family, which has no such variable.
  const region = ['manifest.spec.containers[main].env[REGION].value'];
  const played = (found: Awaited<ReturnType<typeof diffOf>>['found']) =>
    (found?.members ?? []).flatMap((member) => (member.kind === 'played' ? [member.diff] : []));

  test('touches each job that calls it, in each environment; unchanged they are all equal', async () => {
    const { found } = await diffOf(legacy, await output, template);
    const diffs = played(found);
    expect(diffs.map(({ job, environment }) => `${job} ${environment}`)).toEqual(members);
    for (const { pairs } of diffs) {
      expect(new Set(pairs.map(({ template: owner }) => owner))).toEqual(new Set([template]));
      expect(pairs.flatMap(({ differences }) => differences)).toEqual([]);
    }
    const text = found === undefined ? '' : templateText(found, { columns: 100, color: false });
    expect(text).toMatch(/^export: called by 3 jobs, session 2026-03-01\n {2}customers {2}dev {2}equal: 1 pod\n/);
    expect(text.split('\n')).toHaveLength(8);
  });

  test('is named with the pods of every member, and shown', async () => {
    const files = await output;
    const changed = (files[file] ?? '').replaceAll('value: asia-northeast1', 'value: europe-west1');
    expect(changed).not.toBe(files[file]);
    const { found } = await diffOf(legacy, { ...files, [file]: changed }, template);
    expect(
      played(found).map(({ pairs }) => pairs.map(({ differences }) => differences.map(({ path }) => path))),
    ).toEqual(members.map((member) => (member.startsWith('stock') ? [[], []] : [region])));
    const text = found === undefined ? '' : templateText(found, { columns: 120, color: false });
    expect(text.match(/differs: 1 of 1 pod, in manifest/g)).toHaveLength(4);
    expect(text).toMatch(/stock {6}prd {2}equal: 2 pods/);
    expect(text).toContain('europe-west1');
  });

  test('says of a job that cannot be played why, and nothing that holds for all of them', async () => {
    const host = folderHost(legacy);
    const others = host.list().filter((path) => !path.endsWith('/stock.dig'));
    const left = memoryHost(Object.fromEntries(others.map((path) => [path, host.read(path) ?? ''])));
    const found = await diffTemplate(left, memoryHost(await output), { template, at }, new DiagnosticList());
    const reasons = (found?.members ?? []).flatMap((member) =>
      member.kind === 'not-played' ? [`${member.job} ${member.environment}: ${member.reason}`] : [],
    );
    expect(reasons).toEqual([
      'stock dev: stock cannot be shown for dev: Digdag refuses the workflow',
      'stock prd: stock cannot be shown for prd: Digdag refuses the workflow',
    ]);
  });

  test('of a legacy tree whose configuration is broken is refused, with what is wrong', async () => {
    const broken = memoryHost({ 'dig2argo.yaml': 'dedup: 3\n' });
    const sink = new DiagnosticList();
    const found = await diffTemplate(broken, memoryHost(await output), { template, at }, sink);
    expect(found).toBeUndefined();
    expect(sink.items.map(({ severity }) => severity)).toEqual(['error']);
  });

  test('that nothing calls is refused, with what there is', async () => {
    const { found, said } = await diffOf(legacy, await output, 'exports');
    expect(found).toBeUndefined();
    expect(said).toEqual(['no job of the output calls a shared template exports']);
  });
});

test('a whole workflow is called by those that only refer to it', async () => {
  const legacy = 'test/golden/dedup/whole-workflows/input';
  const { found } = await diffOf(legacy, await outputOf(legacy), 'store');
  const pods = (found?.members ?? []).map((member) =>
    member.kind === 'played' ? member.diff.pairs.length : member.reason,
  );
  expect(pods).toHaveLength(4);
  expect(pods.filter((count) => count === 0 || typeof count === 'string')).toEqual([]);
});
