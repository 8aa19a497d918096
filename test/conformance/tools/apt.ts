import { type Program, runOrThrow } from '../run-program.ts';

/** Installs Debian packages, where this user may. */
export async function installPackages(...names: readonly string[]): Promise<void> {
  const apt: Program = { file: 'apt-get', args: [] };
  try {
    await runOrThrow(apt, ['update', '-qq']);
    await runOrThrow(apt, ['install', '-y', '-qq', '--no-install-recommends', ...names]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`install it with \`apt-get install ${names.join(' ')}\` (${why})`);
  }
}
