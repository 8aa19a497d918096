import { pointerTo } from '../core/json-pointer.ts';
import { canonicalKey } from '../ir/canonical.ts';
import { entryOf } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import { diffTexts } from './diff-texts.ts';
import { itemKeys } from './item-keys.ts';
import type { PatchOperation } from './types.ts';

/**
 * JSON6902 operations that make `to` of `from`, in an order in which each path is right when its turn comes.
 * Operations inside a list item are guarded by `test` on the item's name, replacements by `test` on the old value,
 * so that a base that has moved on fails the build instead of being patched in the wrong place.
 */
export function diffDocuments(from: Value, to: Value): readonly PatchOperation[] {
  return withoutRepeatedGuards(diff(from, to, '', []));
}

/** A name that was tested stays true until an operation changes the list it stands in. */
function withoutRepeatedGuards(operations: readonly PatchOperation[]): readonly PatchOperation[] {
  const kept: PatchOperation[] = [];
  const tested = new Set<string>();
  for (const operation of operations) {
    const key = `${operation.path}\u0000${operation.value === undefined ? '' : canonicalKey(operation.value)}`;
    if (operation.op === 'test') {
      if (tested.has(key)) continue;
      tested.add(key);
    } else {
      const list = operation.path.slice(0, operation.path.lastIndexOf('/') + 1);
      const moves = operation.op !== 'replace' && /\/\d+$/.test(operation.path);
      for (const known of tested) if (known.startsWith(moves ? list : operation.path)) tested.delete(known);
    }
    kept.push(operation);
  }
  return kept;
}

/** Changes a reviewer has to understand: guards do not count, and a request that moves with its limit counts once. */
export function changeCount(operations: readonly PatchOperation[]): number {
  const changes = operations.filter((operation) => operation.op !== 'test');
  return new Set(changes.map(({ path }) => path.replace(/\/resources\/.*$/, '/resources'))).size;
}

function diff(from: Value, to: Value, path: string, guards: readonly PatchOperation[]): readonly PatchOperation[] {
  if (canonicalKey(from) === canonicalKey(to)) return [];
  if (from.kind === 'map' && to.kind === 'map') return diffMaps(from, to, path, guards);
  if (from.kind === 'list' && to.kind === 'list') {
    const aligned = diffTexts(from.items, to.items, path, guards) ?? diffLists(from.items, to.items, path, guards);
    if (aligned !== undefined) return aligned;
  }
  return [...guards, { op: 'test', path, value: from }, { op: 'replace', path, value: to }];
}

function diffMaps(
  from: MapValue,
  to: MapValue,
  path: string,
  guards: readonly PatchOperation[],
): readonly PatchOperation[] {
  const operations: PatchOperation[] = [];
  const guarded = (list: readonly PatchOperation[]): void => {
    // One guard is enough for all operations below the same item.
    operations.push(...(operations.length > 0 ? list.filter((operation) => !guards.includes(operation)) : list));
  };
  for (const [key, value] of from.entries) {
    const other = to.entries.get(key);
    const below = pointerTo(path, key);
    if (other === undefined) guarded([...guards, { op: 'remove', path: below }]);
    else guarded(diff(value, other, below, guards));
  }
  for (const [key, value] of to.entries)
    if (!from.entries.has(key)) guarded([...guards, { op: 'add', path: pointerTo(path, key), value }]);
  return operations;
}

/** Undefined where items cannot be told apart or stand in another order. */
function diffLists(
  from: readonly Value[],
  to: readonly Value[],
  path: string,
  guards: readonly PatchOperation[],
): readonly PatchOperation[] | undefined {
  const [fromKeys, toKeys] = [itemKeys(from), itemKeys(to)];
  if (fromKeys === undefined || toKeys === undefined) {
    if (from.length !== to.length) return undefined;
    return from.flatMap((item, index) => diffAt(item, to[index], pointerTo(path, index), guards));
  }
  const common = fromKeys.filter((key) => toKeys.includes(key));
  if (toKeys.filter((key) => fromKeys.includes(key)).join('\u0000') !== common.join('\u0000')) return undefined;
  if (common.length === 0 && from.length > 0 && to.length > 0 && from.every((item) => item.kind !== 'map'))
    return undefined;
  const operations: PatchOperation[] = [];
  for (let index = from.length - 1; index >= 0; index--) {
    const item = from[index];
    const key = fromKeys[index];
    if (item === undefined || key === undefined || toKeys.includes(key)) continue;
    operations.push(...guardsForAll(item, pointerTo(path, index), guards), {
      op: 'remove',
      path: pointerTo(path, index),
    });
  }
  to.forEach((item, index) => {
    const key = toKeys[index];
    if (key !== undefined && !fromKeys.includes(key))
      operations.push(...guards, { op: 'add', path: pointerTo(path, index), value: item });
  });
  to.forEach((item, index) => {
    const old = from[fromKeys.indexOf(toKeys[index] ?? '')];
    if (old !== undefined) operations.push(...diffAt(old, item, pointerTo(path, index), guards));
  });
  return operations;
}

function diffAt(
  from: Value,
  to: Value | undefined,
  path: string,
  guards: readonly PatchOperation[],
): readonly PatchOperation[] {
  return to === undefined ? [] : diff(from, to, path, guardsFor(from, path, guards));
}

/** A group of steps has no name of its own: that of its first step tells which group goes. */
function guardsForAll(item: Value, path: string, outer: readonly PatchOperation[]): readonly PatchOperation[] {
  const first = item.kind === 'list' ? item.items[0] : undefined;
  return first === undefined ? guardsFor(item, path, outer) : guardsFor(first, pointerTo(path, 0), outer);
}

/** The name of the item that a path goes through; the innermost named item is enough, and named by position all the way down. */
function guardsFor(item: Value, path: string, outer: readonly PatchOperation[]): readonly PatchOperation[] {
  const name = entryOf(item, 'name');
  return name === undefined ? outer : [...outer, { op: 'test', path: pointerTo(path, 'name'), value: name }];
}
