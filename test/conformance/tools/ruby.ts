import { type Program, runOrThrow } from '../run-program.ts';
import { installPackages } from './apt.ts';

const ruby: Program = { file: 'ruby', args: [] };

/** The machine's Ruby, else Debian's. */
export async function findRuby(): Promise<Program> {
  try {
    await describeRuby(ruby);
  } catch {
    // It is not there, or is broken: what is installed says which on its first use.
    await installPackages('ruby');
  }
  return ruby;
}

export async function describeRuby(program: Program): Promise<string> {
  return (await runOrThrow(program, ['--version'])).stdout.trim();
}
