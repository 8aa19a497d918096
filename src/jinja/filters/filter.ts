import type { Runtime } from '../eval/runtime.ts';
import { type Signature, signature } from '../values/arguments.ts';
import type { Value } from '../values/value.ts';

/** A built-in filter with the signature of its Python function. */
export interface Filter {
  readonly signature: Signature;
  readonly run: (runtime: Runtime, ...args: Value[]) => Value;
}

export function define(text: string, run: Filter['run']): Filter {
  return { signature: signature(text), run };
}

/** Stands for an argument that `bind` always fills. */
export const none: Value = null;
