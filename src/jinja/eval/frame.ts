import type { Template } from '../analyze.ts';
import type { Control } from '../values/value.ts';
import type { Context } from './context.ts';
import type { Output, Runtime } from './runtime.ts';
import type { Scope } from './scope.ts';

/** Where a statement runs. */
export interface Frame {
  readonly runtime: Runtime;
  readonly template: Template;
  readonly context: Context;
  readonly scope: Scope;
  readonly out: Output;
  /** Where an include without context writes, whatever is captured around it; undefined in macros. */
  readonly direct: Output | undefined;
  /** Assignments go to the context as well: the top of a template, also inside `if`. */
  readonly toplevel: boolean;
  readonly inheritance: Inheritance;
  /** Text at the top of a template that extends another is not written. */
  readonly checksOutput: boolean;
  /** The loop around, whose control grows by what decides a break. */
  readonly loop: Control | undefined;
  /** Only where a macro body may call it. */
  readonly filterInput: Output | undefined;
}

/** One per running root function. */
export interface Inheritance {
  parent: Template | undefined;
}
