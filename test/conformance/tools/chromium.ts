import { existsSync } from 'node:fs';
import { type Program, runOrThrow } from '../run-program.ts';

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium; installed where it is missing and this user may install packages. */
export async function findChromium(): Promise<Program> {
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return { file: found, args: [] };
  try {
    const apt: Program = { file: 'apt-get', args: [] };
    await runOrThrow(apt, ['update', '-qq']);
    await runOrThrow(apt, ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
  } catch (error) {
    throw new Error(
      `no Chromium: install it with \`apt-get install chromium fonts-noto-cjk\` (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return { file: '/usr/bin/chromium', args: [] };
}

export async function describeChromium(program: Program): Promise<string> {
  const { stdout } = await runOrThrow(program, ['--version']);
  return stdout.trim();
}
