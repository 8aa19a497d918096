import { existsSync } from 'node:fs';
import { type Program, runOrThrow } from '../run-program.ts';
import { installPackages } from './apt.ts';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium; installed where it is missing and this user may install packages. */
export async function findChromium(): Promise<Program> {
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return { file: found, args: [] };
  await installPackages('chromium', 'fonts-noto-cjk');
  return { file: '/usr/bin/chromium', args: [] };
}

export async function describeChromium(program: Program): Promise<string> {
  const { stdout } = await runOrThrow(program, ['--version']);
  return stdout.trim();
}
