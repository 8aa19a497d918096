import { bare, note, peek, union } from '../tags/tracker.ts';
import { bind, type Signature, signature } from './arguments.ts';
import { call } from './call.ts';
import { equal, sortValues } from './compare.ts';
import { PyDict, PyView } from './dict.ts';
import { PyError, valueError } from './error.ts';
import { listOf, truthy } from './iterate.ts';
import { indexOf } from './number.ts';
import { repr } from './print.ts';
import { failUndefined } from './types.ts';
import {
  type CallArgs,
  type Labels,
  noLabels,
  type Plain,
  PyFunction,
  PyList,
  PyRange,
  PyTuple,
  Undefined,
  type Value,
} from './value.ts';

type Method<T> = readonly [Signature, (self: T, ...args: Value[]) => Value];

function method<T>(text: string, run: (self: T, ...args: Value[]) => Value): Method<T> {
  return [signature(text), run];
}

/** Set by the evaluator: what the tags around decide, since a change made under an `if` depends on its condition. */
let ambient: () => Labels = () => noLabels;
export function setAmbientLabels(labels: () => Labels): void {
  ambient = labels;
}

function changed(container: PyList | PyDict): void {
  container.shape = union(container.shape, ambient());
}

const none: Value = null;

const listMethods: ReadonlyMap<string, Method<PyList>> = new Map(
  [
    method<PyList>('append(object)', (self, item = none) => {
      changed(self);
      self.items.push(item);
      return null;
    }),
    method<PyList>('extend(iterable)', (self, items = none) => {
      for (const item of listOf(items)) self.items.push(item);
      changed(self);
      return null;
    }),
    method<PyList>('insert(index, object)', (self, index = none, item = none) => {
      changed(self);
      self.items.splice(position(self.items.length, indexOf(peek(index))), 0, item);
      return null;
    }),
    method<PyList>('pop(index=-1)', (self, index = none) => {
      note(self.shape);
      changed(self);
      const at = indexOf(peek(index));
      if (self.items.length === 0) throw new PyError('IndexError', 'pop from empty list');
      const [item] = self.items.splice(at < 0 ? at + self.items.length : at, 1);
      if (item === undefined) throw new PyError('IndexError', 'pop index out of range');
      return item;
    }),
    method<PyList>('remove(value)', (self, value = none) => {
      const at = self.items.findIndex((item) => equal(item, value));
      if (at < 0) throw valueError('list.remove(x): x not in list');
      changed(self);
      self.items.splice(at, 1);
      return null;
    }),
    method<PyList>('clear()', (self) => {
      changed(self);
      self.items = [];
      return null;
    }),
    method<PyList>('copy()', (self) => new PyList([...self.items], self.shape)),
    method<PyList>('reverse()', (self) => {
      changed(self);
      self.items.reverse();
      return null;
    }),
    method<PyList>('sort(key=None, reverse=False)', (self, key = none, reverse = none) => {
      changed(self);
      const keyOf =
        peek(key) === null
          ? (item: Value): Value => item
          : (item: Value): Value => call(key, { args: [item], kwargs: new Map() });
      self.items = sortValues(self.items, keyOf, truthy(reverse));
      return null;
    }),
    method<PyList>('index(value, start=0, stop=9007199254740991)', (self, value = none, start = none, stop = none) =>
      indexIn(self.items, 'list', value, start, stop),
    ),
    method<PyList>('count(value)', (self, value = none) => {
      note(self.shape);
      return self.items.filter((item) => equal(item, value)).length;
    }),
  ].map((entry) => [entry[0].name, entry]),
);

const tupleMethods: ReadonlyMap<string, Method<PyTuple>> = new Map(
  [
    method<PyTuple>('index(value, start=0, stop=9007199254740991)', (self, value = none, start = none, stop = none) =>
      indexIn(self.items, 'tuple', value, start, stop),
    ),
    method<PyTuple>('count(value)', (self, value = none) => self.items.filter((item) => equal(item, value)).length),
  ].map((entry) => [entry[0].name, entry]),
);

const rangeMethods: ReadonlyMap<string, Method<PyRange>> = new Map(
  [
    method<PyRange>('index(value)', (self, value = none) => {
      const at = listOf(self).findIndex((item) => equal(item, value));
      if (at < 0) throw valueError(`${repr(value)} is not in range`);
      return at;
    }),
    method<PyRange>('count(value)', (self, value = none) => listOf(self).filter((item) => equal(item, value)).length),
  ].map((entry) => [entry[0].name, entry]),
);

function rangeAttribute(value: Value, range: PyRange, name: string): Value | undefined {
  if (name === 'start' || name === 'stop' || name === 'step') return range[name];
  return bound(value, range, rangeMethods.get(name));
}

const dictMethods: ReadonlyMap<string, Method<PyDict>> = new Map(
  [
    method<PyDict>('keys()', (self) => new PyView('dict_keys', self)),
    method<PyDict>('values()', (self) => new PyView('dict_values', self)),
    method<PyDict>('items()', (self) => new PyView('dict_items', self)),
    method<PyDict>('get(key, default=None)', (self, key = none, fallback = none) => {
      const found = self.get(key);
      if (found === undefined) note(self.shape);
      return found === undefined ? fallback : found;
    }),
    method<PyDict>('copy()', (self) => new PyDict(self.pairs(), self.shape)),
    method<PyDict>('clear()', (self) => {
      changed(self);
      self.clear();
      return null;
    }),
    method<PyDict>('pop(key, *args)', (self, key = none, rest = none) => {
      note(self.shape);
      const found = self.get(key);
      const others = bare(rest);
      const fallback = others instanceof PyTuple ? others.items[0] : undefined;
      changed(self);
      if (found !== undefined) self.delete(key);
      const result = found === undefined ? fallback : found;
      if (result === undefined) throw new PyError('KeyError', repr(key));
      return result;
    }),
    method<PyDict>('popitem()', (self) => {
      note(self.shape);
      const last = self.pairs().at(-1);
      if (last === undefined) throw new PyError('KeyError', "'popitem(): dictionary is empty'");
      changed(self);
      self.delete(last[0]);
      return new PyTuple(last);
    }),
    method<PyDict>('setdefault(key, default=None)', (self, key = none, fallback = none) => {
      const found = self.get(key);
      if (found !== undefined) return found;
      note(self.shape);
      changed(self);
      self.set(key, fallback);
      return fallback;
    }),
    method<PyDict>('fromkeys(iterable, value=None)', (_, keys = none, item = none) => {
      return new PyDict(listOf(keys).map((key): [Value, Value] => [key, item]));
    }),
    method<PyDict>('update(*args, **kwargs)', (self, args = none, kwargs = none) => {
      changed(self);
      const given = bare(args);
      for (const source of given instanceof PyTuple ? given.items : []) updateFrom(self, source);
      updateFrom(self, kwargs);
      return null;
    }),
  ].map((entry) => [entry[0].name, entry]),
);

/** dict(source) and dict.update(source). */
export function updateFrom(dict: PyDict, source: Value): void {
  const plain = peek(source);
  // Python asks for its `keys` before it would iterate.
  if (plain instanceof Undefined) failUndefined(plain);
  if (plain instanceof PyDict) {
    note(plain.shape);
    for (const [key, value] of plain.pairs()) dict.set(key, value);
    return;
  }
  listOf(source).forEach((pair, at) => {
    const items = listOf(pair);
    const [key, value] = items;
    if (key === undefined || value === undefined || items.length !== 2) {
      throw valueError(`dictionary update sequence element #${at} has length ${items.length}; 2 is required`);
    }
    dict.set(key, value);
  });
}

function position(length: number, index: number): number {
  return index < 0 ? Math.max(0, length + index) : Math.min(length, index);
}

function indexIn(items: readonly Value[], type: string, value: Value, start: Value, stop: Value): number {
  const from = position(items.length, indexOf(peek(start)));
  const to = position(items.length, indexOf(peek(stop)));
  for (let at = from; at < to; at += 1) {
    if (equal(items[at] ?? null, value)) return at;
  }
  throw valueError(type === 'list' ? `${repr(value)} is not in list` : 'tuple.index(x): x not in tuple');
}

/** A bound method of list, tuple or dict; undefined where the type has none of that name. */
export function containerMethod(value: Value, plain: Plain, name: string): Value | undefined {
  if (plain instanceof PyList) return bound(value, plain, listMethods.get(name));
  if (plain instanceof PyTuple) return bound(value, plain, tupleMethods.get(name));
  if (plain instanceof PyDict) return bound(value, plain, dictMethods.get(name));
  if (plain instanceof PyRange) return rangeAttribute(value, plain, name);
  return undefined;
}

function bound<T extends PyList | PyTuple | PyDict | PyRange>(
  value: Value,
  self: T,
  found: Method<T> | undefined,
): PyFunction | undefined {
  if (found === undefined) return undefined;
  const [shape, run] = found;
  return new PyFunction(
    shape.name,
    (given: CallArgs) => {
      peek(value);
      return run(self, ...bind(shape, given));
    },
    `<built-in method ${shape.name} of ${self.type} object>`,
  );
}
