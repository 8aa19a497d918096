import { note, peek, tag } from '../tags/tracker.ts';
import { PyDict, PyView } from './dict.ts';
import { PyError, typeError } from './error.ts';
import { checkItems, maxIterations, spend } from './limits.ts';
import { isText, refuseStrict, textOf, typeName } from './types.ts';
import {
  type Plain,
  PyBytes,
  PyFloat,
  PyIterator,
  PyList,
  PyRange,
  PyTuple,
  Special,
  Tagged,
  Undefined,
  type Value,
} from './value.ts';

/** `iter(value)`; notes what the number of items depends on. */
export function iterate(
  value: Value,
  message = (type: string): string => `'${type}' object is not iterable`,
): Iterator<Value> {
  const plain = peek(value);
  if (plain instanceof PyList) {
    note(plain.shape);
    return plain.items[Symbol.iterator]();
  }
  if (plain instanceof PyTuple) return plain.items[Symbol.iterator]();
  if (plain instanceof PyDict) {
    note(plain.shape);
    return plain.keys()[Symbol.iterator]();
  }
  if (isText(plain))
    return value instanceof Tagged ? taggedCharacters(textOf(plain), value) : textOf(plain)[Symbol.iterator]();
  if (plain instanceof PyView) return plain.items()[Symbol.iterator]();
  if (plain instanceof PyRange) return rangeIterator(plain);
  if (plain instanceof PyBytes) return [...plain.bytes][Symbol.iterator]();
  if (plain instanceof PyIterator) return plain.iterator;
  if (plain instanceof Undefined) {
    refuseStrict(plain);
    return [][Symbol.iterator]();
  }
  if (plain instanceof Special && plain.iterate !== undefined) return plain.iterate();
  throw typeError(message(typeName(plain)));
}

function* taggedCharacters(text: string, of: Tagged): Generator<Value> {
  for (const char of text) yield tag(char, of.labels);
}

function* rangeIterator(range: PyRange): Generator<Value> {
  for (let at = 0; at < range.length; at += 1) {
    spend(1);
    yield range.start + at * range.step;
  }
}

/** `list(value)` as an array. */
export function listOf(value: Value): Value[] {
  const iterator = iterate(value);
  const items: Value[] = [];
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    items.push(step.value);
    if (items.length > maxIterations) checkItems(items.length);
    spend(1);
  }
  return items;
}

/** `bool(value)`. */
export function truthy(value: Value): boolean {
  const plain = peek(value);
  if (plain === null) return false;
  switch (typeof plain) {
    case 'boolean':
      return plain;
    case 'string':
      return plain !== '';
    case 'number':
      return plain !== 0;
    case 'bigint':
      return true;
  }
  if (plain instanceof PyFloat) return plain.n !== 0;
  if (plain instanceof Undefined) {
    refuseStrict(plain);
    return false;
  }
  return (sizeOf(plain) ?? 1) > 0;
}

/** `len(value)`. */
export function lengthOf(value: Value): number {
  const plain = peek(value);
  const size = sizeOf(plain);
  if (size === undefined) throw typeError(`object of type '${typeName(plain)}' has no len()`);
  return size;
}

/** len(), undefined for what has none. */
export function sizeOf(plain: Plain): number | undefined {
  if (isText(plain)) return codePointCount(textOf(plain));
  if (plain instanceof PyList) {
    note(plain.shape);
    return plain.items.length;
  }
  if (plain instanceof PyTuple) return plain.items.length;
  if (plain instanceof PyBytes) return plain.bytes.length;
  if (plain instanceof PyDict || plain instanceof PyView) {
    const dict = plain instanceof PyDict ? plain : plain.dict;
    note(dict.shape);
    return dict.size;
  }
  if (plain instanceof PyRange) return plain.length;
  if (plain instanceof Undefined) {
    refuseStrict(plain);
    return 0;
  }
  return plain instanceof Special ? plain.size?.() : undefined;
}

function codePointCount(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        count -= 1;
        at += 1;
      }
    }
  }
  return count;
}

export function isIterable(plain: Plain): boolean {
  try {
    iterate(plain);
    return true;
  } catch (error) {
    if (error instanceof PyError && error.kind === 'TypeError') return false;
    throw error;
  }
}
