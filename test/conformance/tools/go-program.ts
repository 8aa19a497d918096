import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Program, runOrThrow } from '../run-program.ts';
import { cachedFolder } from './cache-folder.ts';

export const go: Program = { file: 'go', args: [] };

/** Builds the Go module in `folder`; `also` names further folders whose sources it takes in by `replace`. */
export async function buildGoProgram(name: string, folder: string, also: readonly string[]): Promise<Program> {
  const hash = await hashSources([folder, ...also]);
  const cached = await cachedFolder(`${name}-${hash}`, async (target) => {
    await runOrThrow(go, ['build', '-buildvcs=false', '-o', join(target, name), '.'], { cwd: folder });
  });
  return { file: join(cached, name), args: [] };
}

/**
 * Builds the main packages `names`, folders of the Go module in `folder`, and returns the folder that holds the programs;
 * `finish` may add more to it.
 */
export async function buildGoPrograms(
  name: string,
  folder: string,
  names: readonly string[],
  flags: readonly string[],
  finish: (target: string) => Promise<void>,
): Promise<string> {
  const hash = await hashSources([folder, ...names.map((part) => join(folder, part))]);
  return cachedFolder(`${name}-${hash}`, async (target) => {
    const packages = names.map((part) => `./${part}`);
    await runOrThrow(go, ['build', '-buildvcs=false', ...flags, '-o', `${target}/`, ...packages], { cwd: folder });
    await finish(target);
  });
}

/** Installs a released command at an exact version. */
export async function installGoCommand(module: string, version: string, command: string): Promise<Program> {
  const cached = await cachedFolder(`${command}-${version}`, async (target) => {
    await runOrThrow(go, ['install', '-buildvcs=false', `${module}@${version}`], { env: { GOBIN: target } });
  });
  return { file: join(cached, command), args: [] };
}

/** Runs the tests of a Go module; throws with their output when one fails. */
export async function testGoModule(folder: string): Promise<void> {
  await runOrThrow(go, ['test', '-buildvcs=false', './...'], { cwd: folder });
}

async function goVersion(): Promise<string> {
  const { stdout } = await runOrThrow(go, ['env', 'GOVERSION']);
  return stdout.trim();
}

/** A short hash over go.mod, go.sum and the Go sources: what decides the built program. */
async function hashSources(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(await goVersion());
  for (const folder of folders) {
    const names = (await readdir(folder)).filter((name) => /^go\.(mod|sum)$|(?<!_test)\.go$/.test(name)).sort();
    for (const name of names) {
      const text = await readFile(join(folder, name));
      hash.update(`\0${name}\0${text.length}\0`).update(text);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
