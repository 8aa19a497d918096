import { type Program, runOrThrow } from '../run-program.ts';

/** The machine's Ruby, which nothing here can install. */
export async function findRuby(): Promise<Program> {
  const program: Program = { file: 'ruby', args: [] };
  await describeRuby(program);
  return program;
}

export async function describeRuby(program: Program): Promise<string> {
  return (await runOrThrow(program, ['--version'])).stdout.trim();
}
