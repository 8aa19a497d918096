import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { mapFiles } from '../../src/cli/output/map-files.ts';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { folderHost, memoryHost } from '../../src/pipeline/host.ts';
import { convert } from '../../src/pipeline/run.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import type { VerifiedJob } from '../../src/verify/proof.ts';
import { packageRules, proofFrom } from '../generated.ts';

const update = process.env['UPDATE_GOLDEN'] === 'true';
const folders = fg.sync('test/golden/*/*/case.yaml').sort().map(dirname);

/** `proof.txt` of a case says of each job and environment what `verify` finds; a line that is not `proved` has a reason that a person has read. */
describe('proofs of the golden cases', () => {
  test.each(folders)('%s', async (folder) => {
    const golden = parse(readFileSync(join(folder, 'case.yaml'), 'utf8')) as { readonly dedup?: boolean };
    const legacy = folderHost(join(folder, 'input'));
    const { files } = await convert(legacy, { rules: packageRules(), dedup: golden.dedup ?? false });
    const out = memoryHost(Object.fromEntries([...files, ...mapFiles(files)].map(({ path, text }) => [path, text])));
    const proof = await verifyOutput(legacy, out, { fromMs: proofFrom, times: 1 }, new DiagnosticList());
    const lines = [...new Set((proof?.jobs ?? []).flatMap(verdicts))];
    const text = lines.map((line) => `${line}\n`).join('');
    const path = join(folder, 'proof.txt');
    if (update) writeFileSync(path, text);
    expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : 'no proof.txt');
  });
});

function verdicts({ job, environment, rows }: VerifiedJob): readonly string[] {
  return rows.flatMap(({ verdict }): readonly string[] => {
    const head = `${job} ${environment}: `;
    if (verdict.kind === 'proved-given') return [`${head}proved given ${verdict.assumption}`];
    if (verdict.kind === 'not-provable') return [`${head}not provable: ${verdict.reason}`];
    if (verdict.kind !== 'differs') return [`${head}${verdict.kind}`];
    const good = verdict.differences.filter(({ path }) => !path.startsWith('where '));
    // What differs without any failure differs with one too.
    return (good.length === 0 ? verdict.differences : good).map(({ path }) => `${head}differs: ${path}`);
  });
}
