import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { RepoPath, SourceSpan } from '../core/source.ts';
import type { DigWorkflow } from '../dig/types.ts';
import type { Effect, LaunchRecord, Schedule, Sla, TaskId } from '../ir/graph.ts';
import type { Provenance, TextValue, Value } from '../ir/value.ts';

/** One operator step as the launchers see it. */
export interface OperatorStep {
  readonly task: TaskId;
  readonly operator: string;
  readonly command: Value;
  readonly commandSpan: SourceSpan;
  readonly options: ReadonlyMap<string, Value>;
  /** Every parameter the step sees: exports, loop variables, what was given at start; session built-ins are known to the expression reader. */
  readonly scope: ReadonlyMap<string, Value>;
  readonly environment: string;
  /** Legacy folder the command runs in. */
  readonly workdir: string;
}

/** What a step does, and how that was found out. */
export interface StepReading {
  readonly effects: readonly Effect[];
  readonly launch?: LaunchRecord;
}

export interface GraphServices {
  /** The workflow file that `call>` names; undefined where it does not exist or does not compile (a diagnostic was added). */
  loadCallee(path: RepoPath, span: SourceSpan): DigWorkflow | undefined;
  /** A file of the project, for the names that a program of it stores. */
  readFile(path: RepoPath): string | undefined;
  /** Whether an operator connects to a cluster around the tasks of its `_do`. */
  isContext(operator: string): boolean;
  /** Undefined: nothing is known about the step (a diagnostic was added). */
  readStep(step: OperatorStep, sink: DiagnosticSink): StepReading | undefined;
  /** A text with its `${…}` resolved; what is the same in every session has been run in the sandbox. */
  readText(written: string, from: Provenance, scope: ReadonlyMap<string, Value>, timezone: string): TextValue;
}

export interface GraphInput {
  readonly workflow: DigWorkflow;
  readonly environment: string;
  /** Parameters given at start (`-p env=prd`). */
  readonly parameters: ReadonlyMap<string, string>;
  readonly schedule?: Schedule;
  readonly sla?: Sla;
  readonly services: GraphServices;
  readonly sink: DiagnosticSink;
}
