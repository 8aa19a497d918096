import type { Runtime } from '../eval/runtime.ts';
import { rich } from '../tags/rich.ts';
import { note, peek } from '../tags/tracker.ts';
import { compareValues, sortValues } from '../values/compare.ts';
import { hashKey, PyDict, PyView } from '../values/dict.ts';
import { PyError, typeError } from '../values/error.ts';
import { isIterable, iterate, lengthOf, listOf, truthy } from '../values/iterate.ts';
import { checkItems, spend } from '../values/limits.ts';
import { joinValues } from '../values/methods-text.ts';
import { arithmetic, indexOf } from '../values/number.ts';
import { str } from '../values/print.ts';
import { codePoints } from '../values/text.ts';
import { failUndefined, isText, refuseStrict, textOf, typeName } from '../values/types.ts';
import {
  GroupTuple,
  Markup,
  type Plain,
  PyIterator,
  PyList,
  PyRange,
  PyTuple,
  Undefined,
  type Value,
} from '../values/value.ts';
import { attributeGetter, attributesGetter, ignoreCase } from './attribute-path.ts';
import { define, type Filter, none } from './filter.ts';
import { joinEscaped } from './html.ts';

const caseOf = (caseSensitive: Value): ((value: Value) => Value) | undefined =>
  truthy(caseSensitive) ? undefined : ignoreCase;

/** A generator function's result: evaluated when something iterates it. */
export function lazily(items: () => Generator<Value>): Value {
  return new PyIterator('generator', items());
}

function* walk(value: Value): Generator<Value> {
  const iterator = iterate(value);
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) yield step.value;
}

function* batches(value: Value, count: Value, fill: Value): Generator<Value> {
  let batch: Value[] = [];
  const size = peek(count);
  for (const item of walk(value)) {
    refuseStrict(size);
    if (batch.length === size) {
      yield new PyList(batch);
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length === 0) return;
  if (peek(fill) !== null && compareValues('<', batch.length, count)) {
    checkItems(indexOf(peek(count)));
    while (batch.length < indexOf(peek(count))) batch.push(fill);
  }
  yield new PyList(batch);
}

function* slices(value: Value, count: Value, fill: Value): Generator<Value> {
  const items = listOf(value);
  const number = peek(count);
  const perSlice = peek(arithmetic('//', items.length, number) ?? refuseDivision(number));
  const extra = Number(arithmetic('%', items.length, number));
  let offset = 0;
  for (let at = 0; at < indexOf(number); at += 1) {
    spend(1);
    const start = offset + at * Number(perSlice);
    if (at < extra) offset += 1;
    const slice = items.slice(start, offset + (at + 1) * Number(perSlice));
    if (peek(fill) !== null && at >= extra) slice.push(fill);
    yield new PyList(slice);
  }
}

function refuseDivision(plain: Plain): never {
  if (plain instanceof Undefined) failUndefined(plain);
  throw typeError(`unsupported operand type(s) for //: 'int' and '${typeName(plain)}'`);
}

/** reversed(value); undefined where Python raises TypeError. */
function reversed(plain: Plain): { readonly type: string; readonly items: readonly Value[] } | undefined {
  if (isText(plain)) {
    const points = Array.from(
      codePoints(textOf(plain)),
      (char): Value => (plain instanceof Markup ? new Markup(char) : char),
    );
    return { type: 'reversed', items: points.reverse() };
  }
  if (plain instanceof PyList) {
    note(plain.shape);
    return { type: 'list_reverseiterator', items: [...plain.items].reverse() };
  }
  if (plain instanceof PyTuple) return { type: 'reversed', items: [...plain.items].reverse() };
  if (plain instanceof PyRange) return { type: 'range_iterator', items: listOf(plain).reverse() };
  if (plain instanceof PyDict || plain instanceof PyView)
    return { type: 'dict_reversekeyiterator', items: listOf(plain).reverse() };
  return plain instanceof Undefined ? { type: 'reversed', items: listOf(plain) } : undefined;
}

function reverse(value: Value): Value {
  const plain = peek(value);
  if (isText(plain)) {
    const text = Array.from(textOf(plain)).reverse().join('');
    return plain instanceof Markup ? new Markup(text) : text;
  }
  const items = reversed(plain);
  if (items !== undefined) return new PyIterator(items.type, items.items[Symbol.iterator]());
  if (!isIterable(plain)) throw new PyError('FilterArgumentError', 'argument must be iterable');
  return new PyList(listOf(plain).reverse());
}

function pairsOf(value: Value): [Value, Value][] {
  const plain = peek(value);
  if (plain instanceof Undefined) failUndefined(plain);
  if (!(plain instanceof PyDict))
    throw new PyError('AttributeError', `'${typeName(plain)}' object has no attribute 'items'`);
  note(plain.shape);
  return plain.pairs();
}

function extreme(runtime: Runtime, operator: '<' | '>', value: Value, caseSensitive: Value, attribute: Value): Value {
  const [first, ...rest] = listOf(value);
  if (first === undefined) return runtime.undefined({ hint: 'No aggregated item, sequence was empty.' });
  const getter = attributeGetter(runtime, attribute, caseOf(caseSensitive));
  let best = { item: first, key: getter(first) };
  for (const item of rest) {
    const key = getter(item);
    if (compareValues(operator, key, best.key)) best = { item, key };
  }
  return best.item;
}

function* unique(runtime: Runtime, value: Value, caseSensitive: Value, attribute: Value): Generator<Value> {
  const getter = attributeGetter(runtime, attribute, caseOf(caseSensitive));
  const seen = new Set<unknown>();
  for (const item of walk(value)) {
    const key = hashKey(getter(item));
    if (seen.has(key)) continue;
    seen.add(key);
    yield item;
  }
}

function groupBy(runtime: Runtime, value: Value, attribute: Value, fallback: Value, caseSensitive: Value): Value {
  const getter = attributeGetter(runtime, attribute, caseOf(caseSensitive), fallback);
  const shown = attributeGetter(runtime, attribute, undefined, fallback);
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of sortValues(listOf(value), getter, false)) {
    const key = getter(item);
    const last = groups.at(-1);
    if (last !== undefined && compareValues('==', last.key, key)) last.items.push(item);
    else groups.push({ key, items: [item] });
  }
  const keyOf = (group: { readonly key: Value; readonly items: Value[] }): Value =>
    truthy(caseSensitive) ? group.key : shown(group.items[0] ?? null);
  return new PyList(groups.map((group) => new GroupTuple([keyOf(group), new PyList(group.items)])));
}

/** The argument `reverse` of sorted(), which wants an integer. */
function isReversed(reverse: Value): boolean {
  return indexOf(peek(reverse)) !== 0;
}

export const sequenceFilters: Readonly<Record<string, Filter>> = {
  batch: define('do_batch(value, linecount, fill_with=None)', (_, value = none, count = none, fill = none) =>
    lazily(() => batches(value, count, fill)),
  ),
  dictsort: define(
    "do_dictsort(value, case_sensitive=False, by='key', reverse=False)",
    (_, value = none, caseSensitive = none, by = none, reverse = none) => {
      const field = str(by);
      if (field !== 'key' && field !== 'value')
        throw new PyError('FilterArgumentError', 'You can only sort by either "key" or "value"');
      const pairs = pairsOf(value);
      const keyOf = ([key, item]: [Value, Value]): Value => {
        const chosen = field === 'key' ? key : item;
        const change = caseOf(caseSensitive);
        return change === undefined ? chosen : change(chosen);
      };
      return new PyList(sortValues(pairs, keyOf, isReversed(reverse)).map((pair) => new PyTuple(pair)));
    },
  ),
  first: define('sync_do_first(environment, seq)', (runtime, value = none) => {
    const step = iterate(value).next();
    return step.done === true ? runtime.undefined({ hint: 'No first item, sequence was empty.' }) : step.value;
  }),
  groupby: define(
    'sync_do_groupby(environment, value, attribute, default=None, case_sensitive=False)',
    (runtime, value = none, attribute = none, fallback = none, caseSensitive = none) =>
      groupBy(runtime, value, attribute, fallback, caseSensitive),
  ),
  items: define('do_items(value)', (_, value = none) =>
    lazily(function* () {
      const plain = peek(value);
      if (plain instanceof Undefined) return;
      if (!(plain instanceof PyDict)) throw typeError('Can only get item pairs from a mapping.');
      note(plain.shape);
      for (const pair of plain.pairs()) yield new PyTuple(pair);
    }),
  ),
  join: define(
    "sync_do_join(eval_ctx, value, d='', attribute=None)",
    (runtime, value = none, separator = none, attribute = none) => {
      const getter = attributeGetter(runtime, attribute);
      const items = listOf(value).map(getter);
      if (runtime.autoescape) return joinEscaped(items, separator);
      return joinValues(str(separator), items, rich);
    },
  ),
  last: define('do_last(environment, seq)', (runtime, value = none) => {
    const plain = peek(value);
    const items = reversed(plain);
    if (items === undefined) throw typeError(`'${typeName(plain)}' object is not reversible`);
    const [item] = items.items;
    return item === undefined ? runtime.undefined({ hint: 'No last item, sequence was empty.' }) : item;
  }),
  list: define('sync_do_list(value)', (_, value = none) => new PyList(listOf(value))),
  max: define(
    'do_max(environment, value, case_sensitive=False, attribute=None)',
    (runtime, value = none, caseSensitive = none, attribute = none) =>
      extreme(runtime, '>', value, caseSensitive, attribute),
  ),
  min: define(
    'do_min(environment, value, case_sensitive=False, attribute=None)',
    (runtime, value = none, caseSensitive = none, attribute = none) =>
      extreme(runtime, '<', value, caseSensitive, attribute),
  ),
  random: define('do_random(context, seq)', (runtime, value = none) => {
    const size = lengthOf(value);
    if (size === 0) return runtime.undefined({ hint: 'No random item, sequence was empty.' });
    if (size > 1) throw new PyError('ClockError', 'random');
    return listOf(value)[0] ?? null;
  }),
  reverse: define('do_reverse(value)', (_, value = none) => reverse(value)),
  slice: define('sync_do_slice(value, slices, fill_with=None)', (_, value = none, count = none, fill = none) =>
    lazily(() => slices(value, count, fill)),
  ),
  sort: define(
    'do_sort(environment, value, reverse=False, case_sensitive=False, attribute=None)',
    (runtime, value = none, reverse = none, caseSensitive = none, attribute = none) => {
      const getter = attributesGetter(runtime, attribute, caseOf(caseSensitive));
      return new PyList(sortValues(listOf(value), getter, isReversed(reverse)));
    },
  ),
  unique: define(
    'sync_do_unique(environment, value, case_sensitive=False, attribute=None)',
    (runtime, value = none, caseSensitive = none, attribute = none) =>
      lazily(() => unique(runtime, value, caseSensitive, attribute)),
  ),
};

const length = define('len(obj)', (_, value = none) => lengthOf(value));
export const lengthFilters: Readonly<Record<string, Filter>> = { length, count: length };
