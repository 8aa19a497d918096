import { note, peek } from '../tags/tracker.ts';
import { PyDict } from './dict.ts';
import { PyError } from './error.ts';
import { asDouble } from './number.ts';
import { str } from './print.ts';
import { failUndefined, isNumeric, isText, textOf, typeName } from './types.ts';
import { PyDate, PyFloat, PyList, PyTuple, Undefined, type Value } from './value.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value for a function outside the templates; all its tags are noted. */
export function jsonOf(value: Value): Json {
  const plain = peek(value);
  if (plain === null || typeof plain === 'boolean') return plain;
  if (isText(plain)) return textOf(plain);
  if (isNumeric(plain)) {
    const number = asDouble(plain);
    if (typeof plain === 'bigint' || !Number.isFinite(number))
      throw new PyError('UnsupportedError', `the number ${str(plain)} as an argument of a function in dig2argo.yaml`);
    return number;
  }
  if (plain instanceof PyDate) return plain.text;
  if (plain instanceof PyList) note(plain.shape);
  if (plain instanceof PyList || plain instanceof PyTuple) return plain.items.map(jsonOf);
  if (plain instanceof PyDict) {
    note(plain.shape);
    return Object.fromEntries(plain.pairs().map(([key, item]) => [str(key), jsonOf(item)]));
  }
  if (plain instanceof Undefined) return failUndefined(plain);
  throw new PyError('UnsupportedError', `a ${typeName(plain)} object as an argument of a function in dig2argo.yaml`);
}

/** What such a function gives: whole numbers are ints, others floats. */
export function pythonOf(json: Json | undefined): Value {
  if (json === undefined || json === null || typeof json === 'boolean' || typeof json === 'string') return json ?? null;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : new PyFloat(json);
  if (isList(json)) return new PyList(json.map(pythonOf));
  return new PyDict(Object.entries(json).map(([key, item]): [Value, Value] => [key, pythonOf(item)]));
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
