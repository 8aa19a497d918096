import { pointerTo } from '../core/json-pointer.ts';
import { canonicalKey } from '../ir/canonical.ts';
import type { Value } from '../ir/value.ts';
import type { PatchOperation } from './types.ts';

/**
 * Operations that change a list of plain values, such as arguments, item by item: each guarded by what stood there, or,
 * for one that comes in, by its neighbour. Undefined for other lists, and where nothing stays.
 */
export function diffTexts(
  from: readonly Value[],
  to: readonly Value[],
  path: string,
  guards: readonly PatchOperation[],
): readonly PatchOperation[] | undefined {
  if (![...from, ...to].every((item) => item.kind === 'text' || item.kind === 'scalar')) return undefined;
  const kept = commonItems(from.map(canonicalKey), to.map(canonicalKey));
  if (kept.length === 0) return undefined;
  const operations: PatchOperation[] = [...guards];
  // From the end, so that no operation moves what a later one speaks of.
  const bounds = [...kept, [from.length, to.length] as const];
  for (let index = bounds.length - 1; index >= 0; index--) {
    const [untilFrom, untilTo] = bounds[index] ?? [0, 0];
    const [lastFrom, lastTo] = bounds[index - 1] ?? [-1, -1];
    const removed = from.slice(lastFrom + 1, untilFrom);
    const added = to.slice(lastTo + 1, untilTo);
    operations.push(...changeRun(from, removed, added, lastFrom + 1, path));
  }
  return operations;
}

/** The items from `start` on become others: replaced as far as both go, then what is too much goes, or what is missing comes. */
function changeRun(
  from: readonly Value[],
  removed: readonly Value[],
  added: readonly Value[],
  start: number,
  path: string,
): readonly PatchOperation[] {
  const operations: PatchOperation[] = [];
  const both = Math.min(removed.length, added.length);
  for (let index = removed.length - 1; index >= both; index--)
    operations.push(...tested(from, start + index, path), { op: 'remove', path: pointerTo(path, start + index) });
  const incoming = added.slice(both);
  const at = start + both;
  if (incoming.length > 0) operations.push(...tested(from, Math.min(at, from.length - 1), path));
  incoming.forEach((value, index) => {
    const place = at === from.length ? '-' : at + index;
    operations.push({ op: 'add', path: pointerTo(path, place), value });
  });
  for (let index = 0; index < both; index++) {
    const value = added[index];
    if (value === undefined) continue;
    operations.push(...tested(from, start + index, path), {
      op: 'replace',
      path: pointerTo(path, start + index),
      value,
    });
  }
  return operations;
}

function tested(from: readonly Value[], index: number, path: string): readonly PatchOperation[] {
  const value = from[index];
  return value === undefined ? [] : [{ op: 'test', path: pointerTo(path, index), value }];
}

/** Index pairs of a longest common subsequence, in order. */
function commonItems(from: readonly string[], to: readonly string[]): readonly (readonly [number, number])[] {
  const width = to.length + 1;
  const lengths = new Int32Array((from.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      lengths[i * width + j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < from.length && j < to.length; ) {
    if (from[i] === to[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
