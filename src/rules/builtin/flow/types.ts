import type { DiagnosticSink } from '../../../core/diagnostic.ts';
import type { SourceSpan } from '../../../core/source.ts';
import type { Effect, OperatorTask, TaskGraph, TaskId } from '../../../ir/graph.ts';
import type { MapValue, TextValue, Value } from '../../../ir/value.ts';
import type { PodTemplate, StepFact } from '../../types.ts';
import type { StoreReaders } from './store-readers.ts';
import type { TemplateBook } from './template-book.ts';

/** A value handed to an input. Its run-time parts are in the legacy sense; the calling template writes them in its own scope. */
export interface Argument {
  readonly name: string;
  readonly value: TextValue;
}

/** What a step must say to run a task. */
export interface Call {
  readonly target:
    | { readonly kind: 'template'; readonly name: string }
    | { readonly kind: 'shared'; readonly name: string; readonly template: string };
  readonly args: readonly Argument[];
}

export interface Step {
  readonly name: string;
  /** The task that the step is for. */
  readonly span?: SourceSpan;
  readonly call: Call;
  /** Text of the step's `when`, in the legacy sense like an argument. */
  readonly when?: TextValue;
  readonly items?: Items;
  /** Run when the step has failed. */
  readonly onError?: Call;
  /** Its failure fails nothing. */
  readonly mayFail?: boolean;
  /** Tasks whose stored values the step hands up, and in which output parameter. */
  readonly stores?: ReadonlyMap<TaskId, StoreOutput>;
}

export interface StoreOutput {
  readonly parameter: string;
  /** True for a step with items: its output is the list of those of its items. */
  readonly many: boolean;
}

/** What a step runs once for each of, and how the loop's variables are read inside the step. */
export type Items = {
  readonly loop: TaskId;
  /** The loop variables that are known inside. */
  readonly keys: ReadonlySet<string>;
} & (
  | {
      readonly kind: 'listed';
      readonly values: readonly Value[];
      /** True where each item is the value of the only variable; false where items are maps by variable name. */
      readonly single: boolean;
    }
  /** A JSON list known at run time; each item is the value of the only variable. */
  | { readonly kind: 'list'; readonly list: TextValue }
  /** Numbers from 0, as many as a text of run time says. */
  | { readonly kind: 'count'; readonly count: TextValue }
);

/** How `main` fixes the session and what it hands down. */
export type SessionInput = { readonly kind: 'date' | 'time'; readonly name: 'session_date' | 'session_time' };

/** What becomes of one effect; supplied by the pipeline from the operator rules. */
export type EffectConverter = (task: OperatorTask, effect: Effect) => PodTemplate | undefined;

/** A workflow that a `require>` names. */
export interface RequiredWorkflow {
  /** Kubernetes name of its job. */
  readonly name: string;
  readonly graph: TaskGraph;
  readonly convertEffect: EffectConverter;
}

export interface FlowContext {
  readonly graph: TaskGraph;
  readonly environment: string;
  readonly session: SessionInput;
  readonly convertEffect: EffectConverter;
  readonly book: TemplateBook;
  readonly pods: PodTemplate[];
  readonly steps: StepFact[];
  readonly sink: DiagnosticSink;
  /** Who reads what tasks of the graph store. */
  readonly readers: StoreReaders;
  /** Tasks that got a step, among those whose stored values are read; of some of them nothing can be handed up. */
  readonly stored: Map<TaskId, 'handed-up' | 'lost'>;
  /** Loops whose items are known only at run time. */
  readonly dynamicLoops: Set<TaskId>;
  /** The workflow that a `require>` names, with the parameters it is given; undefined where it is not known. */
  readonly required: (workflow: string, params: Value | undefined) => RequiredWorkflow | undefined;
  /** Workflows being required, against cycles. */
  readonly requiring: readonly string[];
  /** False where the policy says that a required workflow runs each time. */
  readonly requireOnce: boolean;
  /** What notifications of the exit handler say besides their text. */
  readonly recovery?: readonly Argument[];
  /** Spans of steps whose run-time text could not be written for Argo. */
  readonly untranslated: SourceSpan[];
}

/** An Argo template's body before it has a name. */
export type Body = MapValue;
