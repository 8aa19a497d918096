import { canonicalKey } from '../ir/canonical.ts';
import type { Value } from '../ir/value.ts';
import { alignItems } from './text-slots.ts';

/**
 * The base of several documents: structure of the reference, and at each leaf that all of them have the value that most
 * of them have; the reference decides ties.
 */
export function majority(reference: Value, all: ReadonlyMap<string, Value>): Value {
  if (reference.kind === 'map') {
    const entries = [...reference.entries].map(([key, value]): [string, Value] => [
      key,
      majority(value, entriesNamed(all, key)),
    ]);
    return { ...reference, entries: new Map(entries) };
  }
  if (reference.kind === 'list') return { ...reference, items: majorityItems(reference.items, all) };
  return mostFrequent(reference, [...all.values()]);
}

function entriesNamed(all: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return new Map(
    [...all].flatMap(([environment, value]): [string, Value][] => {
      const entry = value.kind === 'map' ? value.entries.get(key) : undefined;
      return entry === undefined ? [] : [[environment, entry]];
    }),
  );
}

function majorityItems(items: readonly Value[], all: ReadonlyMap<string, Value>): readonly Value[] {
  const lists = new Map<string, readonly Value[]>([
    ['\u0000reference', items],
    ...[...all].map(([environment, value]): [string, readonly Value[]] => [
      environment,
      value.kind === 'list' ? value.items : [],
    ]),
  ]);
  const columns = alignItems(lists);
  if (columns.size === 0) return items;
  const byReference = new Map(
    [...columns.values()].flatMap((column): [Value, ReadonlyMap<string, Value>][] => {
      const own = column.get('\u0000reference');
      return own === undefined
        ? []
        : [[own, new Map([...column].filter(([environment]) => environment !== '\u0000reference'))]];
    }),
  );
  return items.map((item) => majority(item, byReference.get(item) ?? new Map()));
}

function mostFrequent(reference: Value, values: readonly Value[]): Value {
  const counts = new Map<string, { value: Value; count: number }>();
  for (const value of values) {
    const key = canonicalKey(value);
    const known = counts.get(key) ?? { value, count: 0 };
    counts.set(key, { value: known.value, count: known.count + 1 });
  }
  const own = counts.get(canonicalKey(reference))?.count ?? 0;
  let best = { value: reference, count: own };
  for (const candidate of counts.values()) if (candidate.count > best.count) best = candidate;
  return best.value.kind === reference.kind ? best.value : reference;
}
