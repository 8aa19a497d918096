import type { Call, Result } from '../call.ts';
import type { Shell } from '../shell.ts';

/** A program that takes no part in starting a Job: noted with its arguments, for a notification rule or the report to tell. */
export function otherProgram(shell: Shell, call: Call): Result {
  shell.facts.messages.push({
    program: call.name,
    arguments: call.args,
    span: call.span,
    condition: shell.conditions.at(-1),
  });
  return { stdout: { kind: 'unknown', why: `the output of ${call.name}` }, status: 'ok' };
}
