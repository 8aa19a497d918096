import type { MapValue, Value } from '../ir/value.ts';
import { itemKeys } from './item-keys.ts';
import { plainKey, shownValue, textKey } from './plain-text.ts';
import type { PathStep } from './types.ts';

/** The first place where two values say something else, and what stands there; empty where one has nothing. */
export interface FirstDifference {
  readonly path: readonly PathStep[];
  readonly values: readonly [string, string];
}

/** Undefined for values that make the same manifest. */
export function firstDifference(a: Value, b: Value, path: readonly PathStep[] = []): FirstDifference | undefined {
  if (textKey(a) === textKey(b)) return undefined;
  if (a.kind === 'map' && b.kind === 'map') return inMaps(a, b, path);
  if (a.kind === 'list' && b.kind === 'list') return inLists(a.items, b.items, path);
  return { path, values: [shownValue(a), shownValue(b)] };
}

function inMaps(a: MapValue, b: MapValue, path: readonly PathStep[]): FirstDifference | undefined {
  for (const key of new Set([...a.entries.keys(), ...b.entries.keys()])) {
    const found = below(a.entries.get(key), b.entries.get(key), [...path, { key, item: false }]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inLists(a: readonly Value[], b: readonly Value[], path: readonly PathStep[]): FirstDifference | undefined {
  const keys = itemKeys(a.length < b.length ? b : a);
  for (const [at, key] of keys.entries()) {
    const found = below(a[at], b[at], [...path, { key, item: true }]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function below(a: Value | undefined, b: Value | undefined, path: readonly PathStep[]): FirstDifference | undefined {
  if (a !== undefined && b !== undefined) return firstDifference(a, b, path);
  return plainKey(a) === plainKey(b) ? undefined : { path, values: [shownValue(a), shownValue(b)] };
}
