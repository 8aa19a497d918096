import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { asList, asMap, asText, isMap, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { LeafOutcome } from '../../../src/verify/argo/run-types.ts';

/** Whether a template is a script for a shell: what else an image may hold, only that image can run. */
export function isPlayable({ script }: PlainMap): boolean {
  return ['sh', 'bash'].includes(basename(asText(asList(asMap(script)['command'])[0])));
}

const timeoutMs = 10_000;
const mostOutput = 256 * 1024;

/**
 * Runs a script template: in a folder of its own, with the variables that the template states and `PATH`, for ten seconds
 * at most. What it does below /tmp, and the files of its outputs, are in the folder.
 */
export async function playScript(template: PlainMap): Promise<LeafOutcome> {
  const script = asMap(template['script']);
  const folder = await mkdtemp(join(tmpdir(), 'dig2argo-script-'));
  try {
    const declared = asList(asMap(template['outputs'])['parameters']).map(asMap);
    const files = new Map<string, OutputFile>();
    for (const [at, { name, valueFrom }] of declared.entries()) {
      const path = asText(asMap(valueFrom)['path']);
      if (path !== '') files.set(asText(name), { path, inside: join(folder, `output-${at}-${basename(path)}`) });
    }
    const source = moved(asText(script['source']), [...files.values()], folder);
    await writeFile(join(folder, 'script'), source);
    const { code, stdout } = await execute(asList(script['command']).map(asText), folder, environmentOf(script));
    const written: Record<string, string> = {};
    for (const [name, { inside }] of files) {
      const text = await textOf(inside);
      // The executor takes off one line end.
      if (text !== undefined) written[name] = text.replace(/\n$/, '');
    }
    return {
      status: code === 0 ? 'Succeeded' : 'Failed',
      outputs: written,
      result: stdout.replace(/\n$/, ''),
      ...(code === 0 ? {} : { exitCode: code }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface OutputFile {
  readonly path: string;
  /** Where it is instead. */
  readonly inside: string;
}

/** A script's text with the files of its outputs, and everything below /tmp, in a folder of its own. */
function moved(source: string, files: readonly OutputFile[], folder: string): string {
  const paths = [...files.map(({ path }) => path), '/tmp/'].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(paths.map((path) => path.replaceAll(/[^\w/]/g, '\\$&')).join('|'), 'g');
  return source.replaceAll(pattern, (path) => files.find((file) => file.path === path)?.inside ?? `${folder}/`);
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
  const [program = '', ...args] = command;
  const shell = basename(program);
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
