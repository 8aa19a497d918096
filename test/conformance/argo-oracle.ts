import { z } from 'zod';
import { type Program, runProgram } from './run-program.ts';

const deepFinding = z.object({
  file: z.string(),
  document: z.number(),
  kind: z.string(),
  name: z.string(),
  path: z.string(),
  reason: z.string(),
});

const lintAnswer = z.object({
  ok: z.boolean(),
  /** False where the linter found nothing that it knows. */
  linted: z.boolean(),
  errors: z.array(z.string()),
  objects: z.array(z.object({ kind: z.string(), namespace: z.string(), name: z.string(), ok: z.boolean() })),
  /** Fields that decoding loses. */
  deep: z.array(deepFinding).default([]),
  /** Kinds that the deep check has no Go type for. */
  unchecked: z.array(z.string()).default([]),
});

export type LintAnswer = z.infer<typeof lintAnswer>;

/** Lints texts as `argo lint --offline --strict` does, with the deep check; all in one process. */
export async function lintManifests(
  oracle: Program,
  requests: readonly { readonly manifest: string; readonly namespace: string }[],
): Promise<readonly LintAnswer[]> {
  const answers = await ask(
    oracle,
    ['lint', '--stream'],
    requests.map((request) => ({ ...request, deep: true })),
  );
  return answers.map((answer) => lintAnswer.parse(answer));
}

/** Sends requests as JSON Lines and returns the answers in the same order. */
export async function ask(
  oracle: Program,
  args: readonly string[],
  requests: readonly unknown[],
): Promise<readonly unknown[]> {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const { code, stdout, stderr } = await runProgram(oracle, args, { input });
  const answers = stdout.split('\n').filter((line) => line !== '');
  if (code !== 0 || answers.length !== requests.length) {
    throw new Error(
      `${oracle.file} ${args.join(' ')}: exit ${code}, ${answers.length} answers to ${requests.length} requests\n${stderr.trim()}`,
    );
  }
  return answers.map((line) => JSON.parse(line) as unknown);
}
