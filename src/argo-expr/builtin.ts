import { kindOf } from './methods.ts';
import type { Nature } from './nature.ts';
import type { GoValue, ValueKind } from './value.ts';

/** A function without predicate. `args` gives the kinds each argument may have; an argument of unknown nature is checked when it is known. */
export interface Builtin {
  readonly args: readonly (readonly ValueKind[] | 'any')[];
  /** Arguments that may be left out, counted from the end; -1: the last one repeats. */
  readonly optional: number;
  readonly result: Nature;
  readonly run: (args: readonly GoValue[]) => GoValue;
}

export function builtin(
  args: Builtin['args'],
  optional: number,
  result: ValueKind | Nature,
  run: Builtin['run'],
): Builtin {
  return { args, optional, result: typeof result === 'string' ? { kind: result } : result, run };
}

export function textOf(value: GoValue | undefined): string {
  return kindOf(value, 'string').value;
}

export function itemsOf(value: GoValue | undefined): readonly GoValue[] {
  return kindOf(value, 'list').items;
}
