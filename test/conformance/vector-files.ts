import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Context } from './check.ts';

const vector = z.looseObject({ id: z.string(), expect: z.unknown(), expect407: z.unknown().optional() });

/** One recorded case: the input in fields of its own, the answer in `expect`. */
export type Vector = z.infer<typeof vector>;

/** Reads the cases of one file, e.g. `argo/lint`. */
export async function readVectors(context: Context, name: string): Promise<readonly Vector[]> {
  const text = await readFile(join(context.vectors, `${name}.jsonl`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => vector.parse(JSON.parse(line)));
}
