import type { DigTask } from '../dig/types.ts';
import { byDefault, map, runtimeText, scalar, text } from '../ir/build-value.ts';
import type { Loop, TaskId } from '../ir/graph.ts';
import { type LoopItem, loopItems } from '../ir/loop-items.ts';
import { entriesOf, entryOf, staticScalar, staticText } from '../ir/read-value.ts';
import type { Provenance, Value } from '../ir/value.ts';
import type { YamlNode } from '../yaml/node.ts';

/** The loop that `loop>`, `for_each>` or `for_range>` describes. */
export function readLoop(task: DigTask, read: (node: YamlNode) => Value): Loop | undefined {
  const node = task.operator?.command;
  if (node === undefined) return undefined;
  const command = read(node);
  switch (task.operator?.type) {
    case 'loop':
      return { kind: 'times', count: command };
    case 'for_each':
      return { kind: 'product', lists: withParsedLists(command) };
    case 'for_range':
      return readRange(command);
    default:
      return undefined;
  }
}

/** The loop's variables while the item is open. */
export function loopVariables(loop: Loop, id: TaskId): ReadonlyMap<string, Value> {
  const item = (key: string, types?: 'json' | 'mixed'): Value =>
    runtimeText(
      { kind: 'item', loop: id, key, ...(types === undefined ? {} : { types }) },
      byDefault('loop variable'),
      key,
    );
  switch (loop.kind) {
    case 'times':
      return new Map([['i', item('i', 'json')]]);
    case 'product':
      return new Map(entriesOf(loop.lists).map(([key, list]) => [key, item(key, typesIn(list))]));
    case 'range': {
      const fields = ['from', 'to', 'index'].map((field): [string, Value] => [field, item(`range.${field}`, 'json')]);
      return new Map([
        ['range', { kind: 'map', entries: new Map(fields), from: byDefault('loop variable'), control: [] }],
      ]);
    }
  }
}

/** What the text of an item alone does not say: numbers and booleans are their JSON, of other and unknown ones some may be. */
function typesIn(list: Value): 'json' | 'mixed' | undefined {
  if (list.kind !== 'list') return 'mixed';
  if (list.items.every((item) => item.kind === 'text')) return undefined;
  return list.items.every((item) => item.kind === 'scalar' && item.value !== null) ? 'json' : 'mixed';
}

/** Digdag takes a list also as JSON text. */
function withParsedLists(lists: Value): Value {
  if (lists.kind !== 'map') return lists;
  const entries = [...lists.entries].map(([key, value]): [string, Value] => [
    key,
    value.kind === 'text' ? (parsedList(value) ?? value) : value,
  ]);
  return { ...lists, entries: new Map(entries) };
}

function parsedList(value: Value): Value | undefined {
  const written = staticText(value);
  if (written === undefined || !written.trimStart().startsWith('[')) return undefined;
  try {
    const items: unknown = JSON.parse(written);
    if (!Array.isArray(items)) return undefined;
    return {
      kind: 'list',
      items: items.map((item: unknown) => jsonItem(item, value.from)),
      from: value.from,
      control: [],
    };
  } catch {
    return undefined;
  }
}

function jsonItem(item: unknown, from: Provenance): Value {
  if (typeof item === 'number' || typeof item === 'boolean') return scalar(item, from);
  return text(typeof item === 'string' ? item : JSON.stringify(item), from);
}

function readRange(command: Value): Loop | undefined {
  const [from, to, step, slices] = ['from', 'to', 'step', 'slices'].map((key) => entryOf(command, key));
  if (from === undefined || to === undefined) return undefined;
  if (step !== undefined) return { kind: 'range', from, to, by: { step } };
  return slices === undefined ? undefined : { kind: 'range', from, to, by: { slices } };
}

/** One iteration as parameters: fields of a range are entries of the map `range`. */
export function boundVariables(item: LoopItem): ReadonlyMap<string, Value> {
  const fields = [...item].filter(([key]) => key.startsWith('range.'));
  if (fields.length === 0) return item;
  const range = fields.map(([key, value]): [string, Value] => [key.slice('range.'.length), value]);
  return new Map([['range', map(range, byDefault('loop variable'))]]);
}

export interface NamedItem {
  readonly item: LoopItem;
  /** For names of steps: the values, cleaned. */
  readonly label: string;
  /** Digdag's generated task name, `+for-0=table=1=order-it`: key and value by index, the value cut to 8 characters. */
  readonly generated: string;
}

/** The iterations of a loop with their names; empty where the items are not known. */
export function namedItems(loop: Loop): readonly NamedItem[] {
  const items = loopItems(loop) ?? [];
  return items.map((item, index) => {
    const written = [...item.values()].map((value) => staticScalar(value) ?? '');
    const label = written
      .join('-')
      .replaceAll(/[^A-Za-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    return { item, label: label === '' ? String(index) : label, generated: generatedName(loop, item, index) };
  });
}

function generatedName(loop: Loop, item: LoopItem, index: number): string {
  if (loop.kind === 'times') return `+loop-${index}`;
  if (loop.kind === 'range')
    return `+range-from=${staticScalar(item.get('range.from')) ?? ''}&to=${staticScalar(item.get('range.to')) ?? ''}`;
  const parts = [...item].map(([key, value], keyIndex) => {
    const list = loop.lists.kind === 'map' ? loop.lists.entries.get(key) : undefined;
    const valueIndex = list?.kind === 'list' ? list.items.indexOf(value) : 0;
    return `${keyIndex}=${key}=${valueIndex}=${encodeURIComponent((staticScalar(value) ?? '').slice(0, 8))}`;
  });
  return `+for-${parts.join('&')}`;
}

/** True where an empty list was passed over: its variable is unknown in the body. */
export function passesOver(loop: Loop, items: readonly LoopItem[] | undefined): boolean {
  if (loop.kind !== 'product' || loop.lists.kind !== 'map') return false;
  const names = [...loop.lists.entries.keys()];
  return items?.some((item) => names.some((name) => !item.has(name))) ?? false;
}
