import { note, peek } from '../tags/tracker.ts';
import { typeError } from './error.ts';
import { failUndefined, typeName } from './types.ts';
import {
  type Labels,
  Markup,
  noLabels,
  type Plain,
  PyDate,
  PyFloat,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  Undefined,
  type Value,
} from './value.ts';

/** A Python dict: keeps insertion order, and 1, 1.0 and True are one key. */
export class PyDict extends PyObject {
  readonly type = 'dict';
  /** What the set of keys depends on. */
  shape: Labels;
  readonly #entries = new Map<unknown, [Value, Value]>();
  constructor(pairs: Iterable<readonly [Value, Value]> = [], shape: Labels = noLabels) {
    super();
    this.shape = shape;
    for (const [key, value] of pairs) this.set(key, value);
  }
  get size(): number {
    return this.#entries.size;
  }
  get(key: Value): Value | undefined {
    return this.#entries.get(hashKey(key))?.[1];
  }
  has(key: Value): boolean {
    return this.#entries.has(hashKey(key));
  }
  set(key: Value, value: Value): void {
    const hash = hashKey(key);
    const entry = this.#entries.get(hash);
    if (entry === undefined) this.#entries.set(hash, [key, value]);
    else entry[1] = value;
  }
  delete(key: Value): void {
    this.#entries.delete(hashKey(key));
  }
  clear(): void {
    this.#entries.clear();
  }
  keys(): Value[] {
    return Array.from(this.#entries.values(), (entry) => entry[0]);
  }
  values(): Value[] {
    return Array.from(this.#entries.values(), (entry) => entry[1]);
  }
  pairs(): [Value, Value][] {
    return [...this.#entries.values()];
  }
}

/** dict.keys(), .values() and .items(): views that follow the dict. */
export class PyView extends PyObject {
  readonly type: 'dict_keys' | 'dict_values' | 'dict_items';
  readonly dict: PyDict;
  constructor(type: PyView['type'], dict: PyDict) {
    super();
    this.type = type;
    this.dict = dict;
  }
  items(): Value[] {
    note(this.dict.shape);
    switch (this.type) {
      case 'dict_keys':
        return this.dict.keys();
      case 'dict_values':
        return this.dict.values();
      case 'dict_items':
        return this.dict.pairs().map((pair) => new PyTuple(pair));
    }
  }
}

/** What makes two keys the same key; lists and dicts are not hashable. */
export function hashKey(key: Value): unknown {
  const plain = peek(key);
  if (plain === null) return null;
  switch (typeof plain) {
    case 'string':
    case 'number':
    case 'bigint':
      return plain;
    case 'boolean':
      return Number(plain);
  }
  return objectKey(plain);
}

function objectKey(plain: Exclude<Plain, null | string | number | bigint | boolean>): unknown {
  if (plain instanceof PyFloat)
    return Number.isInteger(plain.n)
      ? Number.isSafeInteger(plain.n)
        ? plain.n
        : BigInt(plain.n)
      : `\u0000f${plain.n}`;
  if (plain instanceof Markup) return plain.text;
  if (plain instanceof PyTuple) return `\u0000t${plain.items.map((item) => tupleKey(hashKey(item))).join('\u0001')}`;
  if (plain instanceof PyDate) return `\u0000d${plain.text}`;
  if (plain instanceof Undefined) return plain.kind === 'strict' ? failUndefined(plain) : `\u0000u${plain.kind}`;
  if (plain instanceof PyView && plain.type === 'dict_values') return plain;
  if (plain instanceof PyList || plain instanceof PyDict || plain instanceof PyView || plain instanceof PySlice)
    throw typeError(`unhashable type: '${typeName(plain)}'`);
  return plain;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

function tupleKey(hash: unknown): string {
  if (typeof hash === 'string') return `s${hash}`;
  if (typeof hash !== 'object' || hash === null) return String(hash);
  let id = identities.get(hash);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(hash, id);
  }
  return `o${id}`;
}
