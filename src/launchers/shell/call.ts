import type { Fate } from '../../core/accounting.ts';
import type { SourceSpan } from '../../core/source.ts';
import type { TextValue } from '../../ir/value.ts';
import type { Content, Outcome, Status } from './content.ts';
import type { Substitution } from './expand.ts';
import type { Shell } from './shell.ts';
import type { ShellNode } from './syntax.ts';

/** One command with its words expanded. */
export interface Call {
  readonly name: string;
  readonly args: readonly TextValue[];
  readonly stdin: Content | undefined;
  /** The command as written. */
  readonly source: string;
  readonly span: SourceSpan;
  /** Its status is looked at by `if`, `&&`, `||` or `!`. */
  readonly guarded: boolean;
  /** Nothing follows it in the script. */
  readonly last: boolean;
  /** `command NAME`: a function of that name is passed over. */
  readonly noFunction?: true;
}

export interface Result extends Outcome {
  /** What becomes of the command in the account; consumed by the launcher's rule where absent. */
  readonly fate?: Fate;
}

/** What a command handler may ask of the interpreter. */
export interface Interpreter {
  /** Runs another command in the place of this one (`exec`, `env`, `timeout`, a function). */
  call(shell: Shell, call: Call): Result;
  run(shell: Shell, nodes: readonly ShellNode[], stdin: Content | undefined): Outcome;
  /** Runs a script of the tree as a process of its own; undefined where there is none. */
  script(shell: Shell, path: TextValue, args: readonly TextValue[], call: Call): Result | undefined;
  /** Runs a text as a script. */
  text(shell: Shell, text: TextValue, name: TextValue, args: readonly TextValue[], call: Call): Result;
  /** Reads a file into the shell (`.`). */
  include(shell: Shell, path: TextValue, call: Call): Result | undefined;
}

/** Where a command stands: its status is looked at, or nothing follows it. */
export interface Position {
  readonly guarded: boolean;
  readonly last: boolean;
}

/** The interpreter with what its own parts ask of each other. */
export interface Runner extends Interpreter {
  readonly substitution: Substitution;
  node(shell: Shell, node: ShellNode, stdin: Content | undefined, position: Position): Outcome;
  nodes(shell: Shell, nodes: readonly ShellNode[], stdin: Content | undefined, last: boolean): Outcome;
}

/** Calls of scripts by scripts, and of functions by functions, after which the reading gives up. */
export const MAX_DEPTH = 16;

export type CommandHandler = (shell: Shell, call: Call, interpreter: Interpreter) => Result;

export function dropped(rule: string, reason: string, status: Status = 'ok', stdout?: Content): Result {
  return {
    stdout: stdout ?? {
      kind: 'text',
      text: { kind: 'text', parts: [], from: { via: 'default', reason: 'no output' }, control: [] },
    },
    status,
    fate: { kind: 'dropped', rule, reason },
  };
}
