import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** `reports/<sample>/out`, and the hand-written tree of a sample that has one. */
export async function outputTrees(root: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, 'samples'), { withFileTypes: true });
  const samples = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return samples.sort().flatMap((sample) => {
    const byHand = join('samples', sample, 'converted');
    return [join('reports', sample, 'out'), ...(existsSync(join(root, byHand)) ? [byHand] : [])];
  });
}
