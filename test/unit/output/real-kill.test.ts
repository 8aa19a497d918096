import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { nodeDisk } from '../../../src/cli/output/node-disk.ts';
import { thisProcess } from '../../../src/cli/this-process.ts';
import { run } from './output-case.ts';
import { firstRun, secondRun } from './real-kill-case.ts';

const writer = fileURLToPath(new URL('./killed-writer.ts', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'dig2argo-kill-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function read(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

function writeKilledAt(folder: string, at: number): { readonly signal: string | null; readonly changes: number } {
  const { signal, stdout } = spawnSync(process.execPath, ['--import', 'tsx', writer, folder, String(at)], {
    encoding: 'utf8',
  });
  return { signal, changes: Number(stdout) };
}

test('after a real kill -9, the next run ends as an undisturbed one does', { timeout: 120_000 }, () => {
  const start = join(temporary, 'start');
  run(nodeDisk(start), firstRun, 'write', thisProcess);
  const undisturbed = join(temporary, 'undisturbed');
  cpSync(start, undisturbed, { recursive: true });
  const { signal, changes } = writeKilledAt(undisturbed, 0);
  expect([signal, changes > 20]).toEqual([null, true]);
  const wanted = read(undisturbed);
  // While staging, before and behind the journal, in the middle of the swap, before the ledger, while cleaning up.
  for (const at of [1, 5, Math.ceil(changes / 2), Math.ceil(changes / 2) + 1, changes - 5, changes - 1, changes]) {
    const folder = join(temporary, `at-${at}`);
    cpSync(start, folder, { recursive: true });
    expect(writeKilledAt(folder, at).signal, `at ${at} of ${changes}`).toBe('SIGKILL');
    run(nodeDisk(folder), secondRun, 'write', thisProcess);
    expect(read(folder), `killed at change ${at} of ${changes}`).toEqual(wanted);
  }
});
