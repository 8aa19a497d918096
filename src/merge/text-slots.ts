import type { TextValue, Value } from '../ir/value.ts';
import { itemKeys } from './item-keys.ts';

/** A step on the way to a value: a map key, or a list item by its key or position. */
export interface PathStep {
  readonly key: string;
  /** For list items: the item's `name`-like key, or its position. */
  readonly item: boolean;
}

/** One text that stands at the same place in several environments. */
export interface TextSlot {
  readonly path: readonly PathStep[];
  /** Environment → the text there; environments without the place are missing. */
  readonly texts: ReadonlyMap<string, TextValue>;
  /** The map that holds the text, in the first environment that has it. */
  readonly holder: Value | undefined;
}

/** Walks aligned documents side by side and yields each place that holds a text in all environments that have it. */
export function textSlots(documents: ReadonlyMap<string, Value>): readonly TextSlot[] {
  const slots: TextSlot[] = [];
  walk(documents, [], undefined, slots);
  return slots;
}

function walk(
  values: ReadonlyMap<string, Value>,
  path: readonly PathStep[],
  holder: Value | undefined,
  slots: TextSlot[],
): void {
  const all = [...values];
  const texts = all.filter((entry): entry is [string, TextValue] => entry[1].kind === 'text');
  if (texts.length === all.length && texts.length > 0) slots.push({ path, texts: new Map(texts), holder });
  if (texts.length > 0) return;
  if (all.every(([, value]) => value.kind === 'map')) walkMaps(values, path, slots);
  else if (all.every(([, value]) => value.kind === 'list')) walkLists(values, path, slots);
}

function walkMaps(values: ReadonlyMap<string, Value>, path: readonly PathStep[], slots: TextSlot[]): void {
  const keys = new Set(
    [...values.values()].flatMap((value) => (value.kind === 'map' ? [...value.entries.keys()] : [])),
  );
  const holder = [...values.values()][0];
  for (const key of keys) {
    const below = new Map(
      [...values].flatMap(([environment, value]): [string, Value][] => {
        const entry = value.kind === 'map' ? value.entries.get(key) : undefined;
        return entry === undefined ? [] : [[environment, entry]];
      }),
    );
    walk(below, [...path, { key, item: false }], holder, slots);
  }
}

function walkLists(values: ReadonlyMap<string, Value>, path: readonly PathStep[], slots: TextSlot[]): void {
  const columns = alignItems(
    new Map([...values].map(([environment, value]) => [environment, value.kind === 'list' ? value.items : []])),
  );
  for (const [key, items] of columns) walk(items, [...path, { key, item: true }], undefined, slots);
}

/** Items that belong together, by key or, in lists of one length without keys, by position. Empty where nothing aligns. */
export function alignItems(
  lists: ReadonlyMap<string, readonly Value[]>,
): ReadonlyMap<string, ReadonlyMap<string, Value>> {
  const columns = new Map<string, Map<string, Value>>();
  const keyed = new Map([...lists].map(([environment, items]) => [environment, itemKeys(items)]));
  const byKey = [...keyed.values()].every((keys) => keys !== undefined);
  const lengths = new Set([...lists.values()].map((items) => items.length));
  if (!byKey && lengths.size > 1) return columns;
  for (const [environment, items] of lists) {
    items.forEach((item, index) => {
      const key = (byKey ? keyed.get(environment)?.[index] : undefined) ?? String(index);
      const column = columns.get(key) ?? new Map<string, Value>();
      column.set(environment, item);
      columns.set(key, column);
    });
  }
  return columns;
}
