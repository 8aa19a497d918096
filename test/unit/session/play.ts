import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { compileProject } from '../../../src/dig/compile-workflow.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import type { Evaluator } from '../../../src/expr/evaluator.ts';
import { playSession } from '../../../src/session/play-session.ts';
import type { SessionOptions, Trace } from '../../../src/session/types.ts';

let evaluator: Promise<Evaluator> | undefined;

/** Plays `w.dig`, or another file of a small project, at midnight UTC of 7 December 2021. */
export async function play(
  files: Readonly<Record<string, string>> | string,
  options: Partial<SessionOptions> = {},
  workflow = 'w',
): Promise<Trace> {
  const all = typeof files === 'string' ? { 'w.dig': files } : files;
  const sink = new DiagnosticList();
  const read = (path: string): string | undefined => all[path as keyof typeof all];
  const workflows = compileProject('', Object.keys(all).sort().map(repoPath), read, sink);
  evaluator ??= createEvaluator();
  return playSession({ workflows, folder: '', read }, workflow, {
    sessionTime: Date.UTC(2021, 11, 7),
    evaluator: await evaluator,
    ...options,
  });
}

/** `task: command` for each call. */
export function steps(trace: Trace): readonly string[] {
  return trace.calls.map((call) => `${call.task}: ${typeof call.command === 'string' ? call.command : call.type}`);
}

/** `task <- tasks it waits for` for each call. */
export function waits(trace: Trace): readonly string[] {
  return trace.calls.map((call) => `${call.task} <- ${call.after.map((index) => trace.calls[index]?.task).join(' ')}`);
}

/** An outcome in which these tasks fail at their first so many starts. */
export function failing(times: Readonly<Record<string, number>>): NonNullable<SessionOptions['outcome']> {
  return (call) =>
    call.attempt < (times[call.task] ?? 0) ? { kind: 'failure', message: 'broken' } : { kind: 'success' };
}
