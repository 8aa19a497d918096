import { bare, note, peek } from '../tags/tracker.ts';
import { PyDict } from './dict.ts';
import { PyError, typeError } from './error.ts';
import { containerMethod } from './methods-container.ts';
import { numberAttribute } from './methods-number.ts';
import { textMethod } from './methods-text.ts';
import { indexOf } from './number.ts';
import { printsAddress } from './print.ts';
import { codePoints } from './text.ts';
import { failUndefined, isInteger, isText, textOf, typeName } from './types.ts';
import {
  GroupTuple,
  Markup,
  type Plain,
  PyDate,
  PyFloat,
  PyFunction,
  PyList,
  PyObject,
  PyRange,
  type PySlice,
  PyTuple,
  Special,
  Undefined,
  type UndefinedKind,
  type Value,
} from './value.ts';

/** Attributes that every Python object, or bytes and texts, have and that lead out of what a template can print. */
function isUnsupported(plain: Plain, name: string): boolean {
  if (plain instanceof PyDate || /^__\w+__$/.test(name)) return true;
  if (isText(plain)) return name === 'maketrans';
  if (plain instanceof PyFloat) return name === 'fromhex';
  return isInteger(plain) && ['to_bytes', 'from_bytes'].includes(name);
}

/** `value.name`: the attribute, else the item, else undefined. */
export function getAttribute(value: Value, name: string, kind: UndefinedKind): Value {
  const plain = bare(value);
  if (plain instanceof Undefined) return attributeOfUndefined(plain);
  const found = attribute(value, plain, name);
  if (found !== undefined) return found;
  const entry = item(value, plain, name);
  return entry === undefined ? missing(value, name, kind) : entry;
}

/** `value[key]`: the item, else the attribute, else undefined. */
export function getItem(value: Value, key: Value, kind: UndefinedKind): Value {
  const plain = bare(value);
  if (plain instanceof Undefined) return attributeOfUndefined(plain);
  const found = item(value, plain, key);
  if (found !== undefined) return found;
  const name = peek(key);
  const named = isText(name) ? attribute(value, plain, textOf(name)) : undefined;
  return named === undefined ? missing(value, name, kind) : named;
}

function attributeOfUndefined(plain: Undefined): Value {
  return plain.kind === 'chainable' ? plain : failUndefined(plain);
}

function missing(value: Value, name: Plain, kind: UndefinedKind): Value {
  const plain = peek(value);
  if (typeof name === 'string' && !(plain instanceof Special) && isUnsupported(plain, name))
    throw new PyError('UnsupportedError', `${typeName(plain)}.${name}`);
  if (plain instanceof PyDict || plain instanceof PyList) note(plain.shape);
  return new Undefined(kind, { obj: plain, name });
}

/** `value.__class__`: prints like the class, and knows its name. */
function classOf(plain: Plain): Value {
  const module = plain instanceof PyObject ? plain.module : 'builtins';
  const name = typeName(plain);
  const shown = `<class '${module === 'builtins' ? name : `${module}.${name}`}'>`;
  return new PyFunction(name, () => printsAddress(name), shown, 'type');
}

/** A Python attribute: bound method or property. */
export function attribute(value: Value, plain: Plain, name: string): Value | undefined {
  if (name === '__class__') return classOf(peek(value));
  if (name === '__name__' && plain instanceof PyFunction && plain.type === 'type') return plain.name;
  if (isText(plain)) return textMethod(value, plain instanceof Markup, name);
  if (plain instanceof Special) {
    peek(value);
    return plain.attribute(name);
  }
  if (plain instanceof GroupTuple && (name === 'grouper' || name === 'list')) {
    peek(value);
    return plain.items[name === 'grouper' ? 0 : 1];
  }
  return containerMethod(value, plain, name) ?? numberAttribute(value, plain, name);
}

/** `value[key]` where it exists; undefined where Python raises TypeError or LookupError. */
function item(value: Value, plain: Plain, key: Value): Value | undefined {
  if (plain instanceof PyDict) {
    peek(value);
    try {
      return plain.get(key);
    } catch (error) {
      if (error instanceof PyError && error.kind === 'TypeError') return undefined;
      throw error;
    }
  }
  if (plain instanceof Special) {
    peek(value);
    const name = peek(key);
    return isText(name) ? plain.attribute(`[${textOf(name)}]`) : undefined;
  }
  const index = peek(key);
  if (!isInteger(index)) return undefined;
  peek(value);
  return at(plain, Number(index));
}

function at(plain: Plain, index: number): Value | undefined {
  if (isText(plain)) {
    const points = codePoints(textOf(plain));
    const char = points[index < 0 ? points.length + index : index];
    return char !== undefined && plain instanceof Markup ? new Markup(char) : char;
  }
  if (plain instanceof PyList || plain instanceof PyTuple) {
    if (index < 0 && plain instanceof PyList) note(plain.shape);
    return plain.items[index < 0 ? plain.items.length + index : index];
  }
  if (plain instanceof PyRange) {
    const position = index < 0 ? plain.length + index : index;
    return position >= 0 && position < plain.length ? plain.start + position * plain.step : undefined;
  }
  return undefined;
}

/** `value[start:stop:step]`. */
export function slice(value: Value, bounds: PySlice): Value {
  const plain = peek(value);
  if (plain instanceof Undefined) return attributeOfUndefined(plain);
  if (isText(plain)) {
    const points = codePoints(textOf(plain));
    const picked = pick(points.length, bounds).map((index) => points[index] ?? '');
    return plain instanceof Markup ? new Markup(picked.join('')) : picked.join('');
  }
  if (plain instanceof PyList) {
    note(plain.shape);
    return new PyList(pick(plain.items.length, bounds).map((index) => plain.items[index] ?? null));
  }
  if (plain instanceof PyTuple)
    return new PyTuple(pick(plain.items.length, bounds).map((index) => plain.items[index] ?? null));
  if (plain instanceof PyRange) {
    const { start, stop, step } = indicesOf(plain.length, bounds);
    return new PyRange(plain.start + start * plain.step, plain.start + stop * plain.step, step * plain.step);
  }
  if (plain instanceof PyDict) throw typeError("unhashable type: 'slice'");
  throw typeError(`'${typeName(plain)}' object is not subscriptable`);
}

function boundOf(value: Value): number | undefined {
  const plain = peek(value);
  if (plain === null) return undefined;
  return indexOf(plain, 'slice indices must be integers or None or have an __index__ method');
}

/** slice.indices(length). */
function indicesOf(
  length: number,
  bounds: PySlice,
): { readonly start: number; readonly stop: number; readonly step: number } {
  const step = boundOf(bounds.step) ?? 1;
  if (step === 0) throw new PyError('ValueError', 'slice step cannot be zero');
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number | undefined, fallback: number): number => {
    if (bound === undefined) return fallback;
    return Math.max(low, Math.min(high, bound < 0 ? bound + length : bound));
  };
  const start = clamp(boundOf(bounds.start), step > 0 ? low : high);
  const stop = clamp(boundOf(bounds.stop), step > 0 ? high : low);
  return { start, stop, step };
}

function pick(length: number, bounds: PySlice): number[] {
  const { start, stop, step } = indicesOf(length, bounds);
  const indices: number[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) indices.push(index);
  return indices;
}
