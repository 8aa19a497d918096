import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { convertSample } from '../generated.ts';

interface ExpectedFamily {
  readonly workflow: string;
  readonly members: readonly string[];
}

test('the families of the sample are those that its author knows, and no member is false', async () => {
  const { families } = parse(readFileSync('samples/shop-batch/families.yaml', 'utf8')) as {
    readonly families: Readonly<Record<string, ExpectedFamily>>;
  };
  const { report } = await convertSample('shop-batch', true);
  const found = report.families ?? [];
  const wanted = Object.entries(families).map(([name, family]) => [name, family.workflow, family.members.length]);
  expect(found.map((family) => [family.id, family.members[0]?.job, family.members.length])).toEqual(
    wanted.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
  for (const family of found) {
    const expected = families[family.id]?.members ?? [];
    const values = family.parameters.flatMap((parameter) => Object.values(parameter.values));
    expect(
      expected.filter((member) => !values.some((value) => value === member || value.replaceAll('_', '-') === member)),
    ).toEqual([]);
  }
});

test('--dedup shrinks the output further, and accounts for as much', async () => {
  const alone = (await convertSample('shop-batch')).report;
  const folded = (await convertSample('shop-batch', true)).report;
  const saved = 1 - folded.lines.all.after / alone.lines.all.after;
  console.info(`--dedup: ${alone.lines.all.after} → ${folded.lines.all.after} lines (-${(saved * 100).toFixed(1)} %)`);
  expect(saved).toBeGreaterThan(0.03);
  expect(folded.accounting).toEqual(alone.accounting);
  expect(folded.jobs).toEqual(alone.jobs);
});

test('only the files of the families and of their members change', async () => {
  const files = async (dedup: boolean) =>
    new Map((await convertSample('shop-batch', dedup)).files.map((file) => [file.path, file.text]));
  const [alone, folded] = [await files(false), await files(true)];
  const changed = [...new Set([...alone.keys(), ...folded.keys()])].filter(
    (path) => alone.get(path) !== folded.get(path),
  );
  const jobs = ['table-export', 'partner-feed'];
  const elsewhere = changed.filter(
    (path) => !/^(?:templates|reports|environments)\//.test(path) && !jobs.some((job) => path.includes(`/${job}/`)),
  );
  expect(changed.length).toBeGreaterThan(10);
  expect(elsewhere).toEqual([]);
});
