import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { sha256 } from './output/hash.ts';
import { LEDGER_PATH } from './output/ledger.ts';

/** An output folder, and what its ledger says of the legacy files that it was made of. */
export interface OutputTree {
  readonly folder: string;
  /** Legacy file → sha256. */
  readonly inputs: ReadonlyMap<string, string>;
}

const inputsSchema = z.object({ inputs: z.record(z.string(), z.string()) });

/** The output folder that a file lies in. */
export function outputAround(file: string): OutputTree | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const tree = outputTree(folder);
    if (tree !== undefined || folder === dirname(folder)) return tree;
  }
}

export function outputTree(folder: string): OutputTree | undefined {
  const path = join(folder, LEDGER_PATH);
  if (!existsSync(path)) return undefined;
  try {
    const parsed = inputsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? { folder, inputs: new Map(Object.entries(parsed.data.inputs)) } : undefined;
  } catch {
    return undefined;
  }
}

/** The name that the conversion knows a legacy file by: the longest input path that the file's own path ends with. */
export function inputNameOf(file: string, tree: OutputTree): string | undefined {
  const path = file.split(sep).join('/');
  const names = [...tree.inputs.keys()].filter((name) => path.endsWith(`/${name.slice(name.indexOf(':') + 1)}`));
  return names.sort((a, b) => b.length - a.length)[0];
}

/** Output folders near a place: in the folder itself, beside it, and where the user stands. */
export function outputsNear(cwd: string, file: string): readonly OutputTree[] {
  const bases = new Set([cwd]);
  for (let folder = dirname(file); folder !== dirname(folder) && bases.size < 8; folder = dirname(folder))
    bases.add(folder);
  const folders = [...new Set([...bases].flatMap((base) => [base, ...subfolders(base)]))];
  return folders.flatMap((folder) => outputTree(folder) ?? []);
}

/** The legacy folder of an output tree, if it lies near: its files are those that the ledger has read. */
export function legacyNear(cwd: string, { folder, inputs }: OutputTree): string | undefined {
  const parent = dirname(folder);
  const candidates = [...new Set([cwd, parent, ...subfolders(cwd), ...subfolders(parent)])];
  const own = [...inputs].filter(([name]) => !name.includes(':') && name !== 'dig2argo.review.yaml');
  return candidates.find((candidate) =>
    own.some(([name, hash]) => {
      const path = join(candidate, name);
      return existsSync(path) && statSync(path).isFile() && sha256(readFileSync(path, 'utf8')) === hash;
    }),
  );
}

/** `FILE` or `FILE:LINE` as the user wrote it; a colon in a file's name is no line. */
export function fileAndLine(cwd: string, given: string): { readonly file: string; readonly line: number } {
  const match = /^(.+?):(\d+)(?::\d+)?$/.exec(given);
  const whole = resolve(cwd, given);
  if (match === null || existsSync(whole)) return { file: whole, line: 0 };
  return { file: resolve(cwd, match[1] ?? ''), line: Number(match[2]) };
}

export function pathBelow(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

function subfolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map((entry) => join(folder, entry.name))
      .sort();
  } catch {
    return [];
  }
}
