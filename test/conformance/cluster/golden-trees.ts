import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fg from 'fast-glob';
import { folderHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';
import type { Program } from '../run-program.ts';
import { type Environment, environmentsOf } from './trees.ts';

/** Every golden case converted as a whole: what is committed of its output is only what the case is about. */
export async function goldenTrees(
  kustomize: Program,
  root: string,
): Promise<readonly { readonly name: string; readonly environments: readonly Environment[] }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dig2argo-golden-'));
  try {
    const cases = (await fg('test/golden/*/*/case.yaml', { cwd: root })).sort().map(dirname);
    const trees = [];
    for (const name of cases) {
      const { files } = await convert(folderHost(join(root, name, 'input')), { rules: packageRules() });
      for (const file of files) {
        const path = join(folder, name, file.path);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, file.text);
      }
      trees.push({ name, environments: await environmentsOf(kustomize, join(folder, name)) });
    }
    return trees;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
