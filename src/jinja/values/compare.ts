import { note, peek } from '../tags/tracker.ts';
import { PyDict, PyView } from './dict.ts';
import { typeError } from './error.ts';
import { iterate } from './iterate.ts';
import { spend } from './limits.ts';
import { failUndefined, isNumeric, isText, refuseStrict, textOf, typeName } from './types.ts';
import { type Plain, PyDate, PyFloat, PyList, PyRange, PyTuple, Undefined, type Value } from './value.ts';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export function compareValues(operator: Comparison, left: Value, right: Value): boolean {
  if (operator === '==') return equal(left, right);
  if (operator === '!=') return !equal(left, right);
  return ordered(operator, peek(left), peek(right));
}

export function equal(left: Value, right: Value): boolean {
  return equalPlain(peek(left), peek(right));
}

function equalPlain(a: Plain, b: Plain): boolean {
  refuseStrict(a);
  refuseStrict(b);
  if (a === b) return true;
  if (isNumeric(a)) return isNumeric(b) && compareNumbers(a, b) === 0;
  if (isText(a)) return isText(b) && textOf(a) === textOf(b);
  if (a instanceof PyList) return b instanceof PyList && equalLists(a, b);
  if (a instanceof PyTuple) return b instanceof PyTuple && equalItems(a.items, b.items);
  if (a instanceof PyDict) return b instanceof PyDict && equalDicts(a, b);
  if (a instanceof PyRange) return b instanceof PyRange && equalItems([...rangeItems(a)], [...rangeItems(b)]);
  if (a instanceof PyDate) return b instanceof PyDate && a.type === b.type && a.text === b.text;
  if (a instanceof PyView)
    return b instanceof PyView && a.type === b.type && a.type !== 'dict_values' && equalSets(a.items(), b.items());
  if (a instanceof Undefined) return b instanceof Undefined && a.kind === b.kind;
  return false;
}

function* rangeItems(range: PyRange): Generator<Value> {
  for (let at = 0; at < Math.min(range.length, 1_000_000); at += 1) yield range.start + at * range.step;
}

function equalItems(a: readonly Value[], b: readonly Value[]): boolean {
  spend(a.length + 1);
  return a.length === b.length && a.every((item, at) => same(item, b[at] ?? null));
}

function equalSets(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item) => b.some((other) => same(item, other)));
}

function equalLists(a: PyList, b: PyList): boolean {
  note(a.shape);
  note(b.shape);
  return equalItems(a.items, b.items);
}

function equalDicts(a: PyDict, b: PyDict): boolean {
  note(a.shape);
  note(b.shape);
  spend(a.size + 1);
  if (a.size !== b.size) return false;
  return a.pairs().every(([key, value]) => {
    const other = b.get(key);
    return other !== undefined && same(value, other);
  });
}

/** Identity or equality, as containers compare their items. */
function same(left: Value, right: Value): boolean {
  const [a, b] = [peek(left), peek(right)];
  return a === b || equalPlain(a, b);
}

/** Negative, zero, positive; NaN compares as nothing. */
function compareNumbers(a: number | bigint | boolean | PyFloat, b: number | bigint | boolean | PyFloat): number {
  const [x, y] = [a instanceof PyFloat ? a.n : a, b instanceof PyFloat ? b.n : b];
  return x < y ? -1 : x > y ? 1 : x <= y ? 0 : Number.NaN;
}

function ordered(operator: Comparison, a: Plain, b: Plain): boolean {
  if (a instanceof Undefined) failUndefined(a);
  if (b instanceof Undefined) failUndefined(b);
  if (isNumeric(a) && isNumeric(b)) return holds(operator, compareNumbers(a, b));
  if (isText(a) && isText(b)) return holds(operator, compareTexts(textOf(a), textOf(b)));
  if (a instanceof PyList && b instanceof PyList) {
    note(a.shape);
    note(b.shape);
    return orderedItems(operator, a.items, b.items);
  }
  if (a instanceof PyTuple && b instanceof PyTuple) return orderedItems(operator, a.items, b.items);
  if (a instanceof PyDate && b instanceof PyDate && a.type === b.type)
    return holds(operator, compareTexts(a.text, b.text));
  throw typeError(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function orderedItems(operator: Comparison, a: readonly Value[], b: readonly Value[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a[at] ?? null, b[at] ?? null];
    if (!same(left, right)) return compareValues(operator, left, right);
  }
  return holds(operator, a.length - b.length);
}

function holds(operator: Comparison, difference: number): boolean {
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
  }
}

/** By code point, as Python orders texts. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    if (a.charCodeAt(at) !== b.charCodeAt(at))
      return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0) || a.charCodeAt(at) - b.charCodeAt(at);
  }
  return a.length - b.length;
}

/** `item in container`. */
export function contains(container: Value, item: Value): boolean {
  const plain = peek(container);
  if (isText(plain)) {
    const sought = peek(item);
    if (!isText(sought)) throw typeError(`'in <string>' requires string as left operand, not ${typeName(sought)}`);
    return textOf(plain).includes(textOf(sought));
  }
  if (plain instanceof PyDict || (plain instanceof PyView && plain.type === 'dict_keys')) {
    const dict = plain instanceof PyDict ? plain : plain.dict;
    note(dict.shape);
    return dict.has(item);
  }
  if (plain instanceof Undefined) refuseStrict(plain);
  const iterator = iterate(plain, (type) => `argument of type '${type}' is not iterable`);
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    spend(1);
    if (same(step.value, item)) return true;
  }
  return false;
}

/** Stable sort by Python's `<`, with its TypeErrors. */
export function sortValues<T>(
  items: readonly T[],
  key: (item: T) => Value,
  reverse: boolean,
  isLess: (left: Value, right: Value) => boolean = (left, right) => compareValues('<', left, right),
): T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  const order = keyed.length < 2 ? keyed : mergeSort(keyed, reverse, isLess);
  return order.map((entry) => entry.item);
}

type IsLess = (left: Value, right: Value) => boolean;

interface Keyed<T> {
  readonly item: T;
  readonly key: Value;
}

/** Array.sort may ask in any order; the operand order of Python's comparisons shows in its messages. */
function mergeSort<T>(entries: Keyed<T>[], reverse: boolean, isLess: IsLess): Keyed<T>[] {
  const source = reverse ? [...entries].reverse() : entries;
  const sorted = insertionSort(source, isLess);
  return reverse ? sorted.reverse() : sorted;
}

/** Python's sort of short lists: the leading run, then binary insertion. */
function insertionSort<T>(entries: readonly Keyed<T>[], isLess: IsLess): Keyed<T>[] {
  const run = leadingRun(entries, isLess);
  const sorted = run.descending ? entries.slice(0, run.length).reverse() : entries.slice(0, run.length);
  for (const entry of entries.slice(run.length)) {
    spend(1 + sorted.length / 1024);
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = sorted[middle];
      if (at !== undefined && isLess(entry.key, at.key)) high = middle;
      else low = middle + 1;
    }
    sorted.splice(low, 0, entry);
  }
  return sorted;
}

function leadingRun<T>(
  entries: readonly Keyed<T>[],
  isLess: IsLess,
): { readonly length: number; readonly descending: boolean } {
  const goesDown = (at: number): boolean => {
    const [entry, before] = [entries[at], entries[at - 1]];
    return entry !== undefined && before !== undefined && isLess(entry.key, before.key);
  };
  const descending = goesDown(1);
  let length = 2;
  while (length < entries.length && goesDown(length) === descending) length += 1;
  return { length, descending };
}
