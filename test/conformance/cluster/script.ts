import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { asList, asMap, asText, isMap, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { LeafOutcome } from '../../../src/verify/argo/run-types.ts';

const timeoutMs = 10_000;
const mostOutput = 256 * 1024;

/**
 * Runs a script template: in a folder of its own, with the variables that the template states and `PATH`, for ten seconds
 * at most. Files that it writes its output parameters to are moved into the folder.
 */
export async function playScript(template: PlainMap): Promise<LeafOutcome> {
  const script = asMap(template['script']);
  const folder = await mkdtemp(join(tmpdir(), 'dig2argo-script-'));
  try {
    const declared = asList(asMap(template['outputs'])['parameters']).map(asMap);
    const files = new Map<string, string>();
    let source = asText(script['source']);
    for (const [at, { name, valueFrom }] of declared.entries()) {
      const path = asText(asMap(valueFrom)['path']);
      if (path === '') continue;
      const inside = join(folder, `output-${at}-${basename(path)}`);
      source = source.replaceAll(path, inside);
      files.set(asText(name), inside);
    }
    await writeFile(join(folder, 'script'), source);
    const { code, stdout } = await execute(asList(script['command']).map(asText), folder, environmentOf(script));
    const written: Record<string, string> = {};
    for (const [name, file] of files) {
      const text = await textOf(file);
      // The executor takes off one line end.
      if (text !== undefined) written[name] = text.replace(/\n$/, '');
    }
    return { status: code === 0 ? 'Succeeded' : 'Failed', outputs: written, result: stdout.replace(/\n$/, '') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function environmentOf(script: PlainMap): Readonly<Record<string, string>> {
  const own = asList(script['env'])
    .map(asMap)
    .filter(({ valueFrom }) => !isMap(valueFrom))
    .map(({ name, value }) => [asText(name), asText(value)] as const);
  return { PATH: '/usr/bin:/bin', ...Object.fromEntries(own) };
}

function execute(
  command: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const [program, ...args] = command;
  const shell = basename(program ?? '');
  // What else an image may hold, only that image can run.
  if (program === undefined || !['sh', 'bash'].includes(shell))
    throw new Error(`a script for ${command.join(' ') || 'its image'} cannot be played`);
  return new Promise((resolve) => {
    const options = {
      cwd: folder,
      env: { ...env, HOME: folder, TMPDIR: folder },
      timeout: timeoutMs,
      maxBuffer: mostOutput,
    };
    execFile(shell, [...args, join(folder, 'script')], { ...options, killSignal: 'SIGKILL' }, (error, stdout) =>
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout }),
    );
  });
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
