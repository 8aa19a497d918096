import type { RepoPath } from '../core/source.ts';
import type { DigTask, DigWorkflow } from '../dig/types.ts';
import type { ConfigMap, ConfigValue } from '../expr/config-value.ts';
import type { Evaluator } from '../expr/evaluator.ts';

/** A Digdag project: its workflows, and how to read the files that `call>` names. */
export interface SessionProject {
  readonly workflows: readonly DigWorkflow[];
  /** The project's folder; the empty text where it is the top. */
  readonly folder: string;
  /** Operators that Digdag does not bring are those of plug-ins, whose work is outside; without it they are errors. */
  readonly plugIns?: boolean;
  read(path: RepoPath): string | undefined;
}

export interface SessionOptions {
  /** Epoch milliseconds. */
  readonly sessionTime: number;
  /** Parameters given at start (`-p`); weaker than any `_export`. */
  readonly params?: ConfigMap;
  /** How operators that do work end; all succeed where it is absent. */
  readonly outcome?: (call: OperatorCall) => CallOutcome | Promise<CallOutcome>;
  /** One for many sessions saves the start of a sandbox for each. */
  readonly evaluator?: Evaluator;
}

export type CallOutcome =
  | {
      readonly kind: 'success';
      readonly store?: ConfigMap /** Tasks the operator makes, as `http_call>` does. */;
      readonly subtask?: ConfigMap;
    }
  | { readonly kind: 'failure' /** Without it: as a command that ended with code 1. */; readonly message?: string };

/** One start of an operator, with everything it was given. */
export interface OperatorCall {
  /** Position in the trace. */
  readonly index: number;
  readonly task: string;
  /** `sh` for `sh>`. */
  readonly type: string;
  readonly command: ConfigValue;
  /** The task's own keys, evaluated. */
  readonly params: ConfigMap;
  /** The other parameters it sees, evaluated, without Digdag's built-ins. */
  readonly exports: ConfigMap;
  /** All of them together, built-ins too. */
  readonly config: ConfigMap;
  /** Environment variables that `sh>` adds; empty for the other operators. */
  readonly env: ReadonlyMap<string, string>;
  /** The folder it works in, below the project's. */
  readonly workdir: string;
  /** The compiled task, for positions. */
  readonly source: DigTask;
  /** 0 for the first execution of the task, more after retries of it or of what it stands in. */
  readonly attempt: number;
  /** The calls that end right before this one may start. */
  readonly after: readonly number[];
}

export interface FinishedCall extends OperatorCall {
  readonly store: ConfigMap;
  /** The generated children of a flow operator, unevaluated. */
  readonly subtask?: ConfigMap;
  readonly failure?: Failure;
}

export interface Failure {
  /** `config`: wrong use of Digdag, found before or inside the operator. `runtime`: work that failed. `plain`: `fail>` and its like. */
  readonly kind: 'config' | 'runtime' | 'plain';
  readonly message: string;
}

export interface FailedTask {
  readonly task: string;
  /** As Digdag logs it: `Command failed with code 1 (runtime)`. */
  readonly message: string;
}

export interface Trace {
  readonly workflow: string;
  readonly sessionTime: number;
  readonly timezone: string;
  /** How the attempt ends. A failed task that a group retry made good is in `failed`, and the status is success. */
  readonly status: 'success' | 'error';
  readonly calls: readonly FinishedCall[];
  readonly failed: readonly FailedTask[];
  /** True where Digdag's own failure notice was sent. */
  readonly failureAlert: boolean;
  /** Digdag's parameters that are the same in every task of the session. */
  readonly builtIns: ConfigMap;
  /** Sessions of other workflows that `require>` started, in order; one that another call started before is not among them. */
  readonly required: readonly RequiredSession[];
}

/** A session that a `require>` started and waited for. */
export interface RequiredSession {
  /** Index of the call. */
  readonly call: number;
  readonly trace: Trace;
}
