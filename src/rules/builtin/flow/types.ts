import type { DiagnosticSink } from '../../../core/diagnostic.ts';
import type { SourceSpan } from '../../../core/source.ts';
import type { Effect, OperatorTask, TaskGraph, TaskId } from '../../../ir/graph.ts';
import type { MapValue, TextValue, Value } from '../../../ir/value.ts';
import type { PodTemplate, StepFact } from '../../types.ts';
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
  readonly call: Call;
  /** Text of the step's `when`, in the legacy sense like an argument. */
  readonly when?: TextValue;
  readonly withItems?: Items;
  /** Run when the step has failed. */
  readonly onError?: Call;
}

/** The items of a parallel static loop, and how the loop's variables are read inside the step. */
export interface Items {
  readonly loop: TaskId;
  readonly values: readonly Value[];
  /** True where each item is the value of the only variable; false where items are maps by variable name. */
  readonly single: boolean;
}

/** How `main` fixes the session and what it hands down. */
export type SessionInput = { readonly kind: 'date' | 'time'; readonly name: 'session_date' | 'session_time' };

/** What becomes of one effect; supplied by the pipeline from the operator rules. */
export type EffectConverter = (task: OperatorTask, effect: Effect) => PodTemplate | undefined;

export interface FlowContext {
  readonly graph: TaskGraph;
  readonly environment: string;
  readonly session: SessionInput;
  readonly convertEffect: EffectConverter;
  readonly book: TemplateBook;
  readonly pods: PodTemplate[];
  readonly steps: StepFact[];
  readonly sink: DiagnosticSink;
  /** Spans of steps whose run-time text could not be written for Argo. */
  readonly untranslated: SourceSpan[];
}

/** An Argo template's body before it has a name. */
export type Body = MapValue;
