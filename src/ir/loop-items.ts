import { scalar } from './build-value.ts';
import type { Loop } from './graph.ts';
import { entriesOf, itemsOf, staticInteger } from './read-value.ts';
import type { Value } from './value.ts';

/** The values of one iteration, by variable name (`range.from` for a field). */
export type LoopItem = ReadonlyMap<string, Value>;

/**
 * The iterations of a loop whose lists are known, in Digdag's order: the last key of a product varies fastest.
 * Undefined where something is known only at run time.
 */
export function loopItems(loop: Loop): readonly LoopItem[] | undefined {
  switch (loop.kind) {
    case 'times':
      return timesItems(loop.count);
    case 'product':
      return productItems(loop.lists);
    case 'range':
      return rangeItems(loop);
  }
}

function timesItems(count: Value): readonly LoopItem[] | undefined {
  const times = staticInteger(count);
  if (times === undefined) return undefined;
  return Array.from({ length: Math.max(0, times) }, (_, i) => new Map([['i', scalar(i, count.from)]]));
}

/** An empty list before another is passed over, as Digdag does it: its variable is then missing in every item. */
function productItems(lists: Value): readonly LoopItem[] | undefined {
  if (lists.kind !== 'map') return undefined;
  let items: readonly LoopItem[] = [];
  for (const [key, values] of entriesOf(lists)) {
    if (values.kind !== 'list') return undefined;
    const before = items.length === 0 ? [new Map<string, Value>()] : items;
    items = before.flatMap((item) => itemsOf(values).map((value) => new Map([...item, [key, value]])));
  }
  return items;
}

/** Half-open range in steps; the last slice is cut at the end. */
function rangeItems(loop: Extract<Loop, { kind: 'range' }>): readonly LoopItem[] | undefined {
  const [from, to] = [staticInteger(loop.from), staticInteger(loop.to)];
  const size = staticInteger('step' in loop.by ? loop.by.step : loop.by.slices);
  if (from === undefined || to === undefined || size === undefined || size <= 0) return undefined;
  const step = 'step' in loop.by ? size : Math.ceil((to - from) / size);
  const items: LoopItem[] = [];
  for (let at = from; at < to && step > 0; at += step) {
    const value = (n: number): Value => scalar(n, loop.from.from);
    items.push(
      new Map([
        ['range.from', value(at)],
        ['range.to', value(Math.min(at + step, to))],
        ['range.index', value(items.length)],
      ]),
    );
  }
  return items;
}
