import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Check, tally } from '../check.ts';
import { type Program, runProgram } from '../run-program.ts';
import { buildArguments, isWantedVersion, kustomizeVersion } from '../tools/kustomize.ts';
import { readVectors } from '../vector-files.ts';

const kustomizeVector = z.object({
  id: z.string(),
  files: z.record(z.string(), z.string()),
  build: z.string(),
  expect: z.union([z.object({ output: z.string(), warnings: z.string().optional() }), z.object({ error: z.string() })]),
});
type KustomizeVector = z.infer<typeof kustomizeVector>;

/** Builds the recorded cases again. */
export const kustomizeVectors: Check = {
  name: 'kustomize-vectors',
  needs: ['kustomize'],
  async run(context) {
    const cases = tally();
    const kustomize = await context.tools.program('kustomize');
    if (!isWantedVersion(kustomize)) {
      cases.fail(`the cases were recorded with kustomize ${kustomizeVersion}, which is missing`);
      return cases.result('nothing built');
    }
    for (const entry of await readVectors(context, 'argo/kustomize')) {
      const { id, expect, ...input } = kustomizeVector.parse(entry);
      const [want, got] = [textOf(expect), textOf(await build(kustomize, input))];
      if (want === got) cases.pass();
      else cases.fail(`${id}: ${firstDifference(want, got)}`);
    }
    return cases.result('recorded builds by the real kustomize');
  },
};

/** The recording replaced what differs from run to run: the folder, pointers, all of a panic but its first line. */
async function build(
  kustomize: Program,
  input: Pick<KustomizeVector, 'files' | 'build'>,
): Promise<KustomizeVector['expect']> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'kustomize-vector-')));
  const folder = join(parent, 'files');
  try {
    for (const [path, text] of Object.entries(input.files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const { code, stdout, stderr } = await runProgram(kustomize, buildArguments(kustomize, join(folder, input.build)));
    const relative = stderr.replaceAll(folder, '<ROOT>').replaceAll(parent, '<ROOT>/..');
    const said = relative.replace(/0x[0-9a-f]{6,}/g, '0xADDR').trim();
    if (code !== 0) return { error: said.startsWith('panic: ') ? said.split('\n')[0]! : said };
    return said === '' ? { output: stdout } : { output: stdout, warnings: said };
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

function textOf(answer: KustomizeVector['expect']): string {
  return 'error' in answer ? `error: ${answer.error}` : `${answer.warnings ?? ''}\n${answer.output}`;
}

function firstDifference(want: string, got: string): string {
  const [wanted, given] = [want.split('\n'), got.split('\n')];
  const line = wanted.findIndex((text, i) => text !== given[i]);
  const at = line < 0 ? wanted.length : line;
  return `line ${at + 1}\nwant ${wanted[at] ?? '(end)'}\ngot  ${given[at] ?? '(end)'}`;
}
