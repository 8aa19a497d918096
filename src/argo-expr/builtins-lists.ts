import { type Builtin, builtin, itemsOf, textOf } from './builtin.ts';
import { any } from './nature.ts';
import { isInteger, order } from './operators.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { type GoValue, intValue, nil, stringValue, type ValueKind } from './value.ts';

const texts: readonly ValueKind[] = ['string'];
const lists: readonly ValueKind[] = ['list'];
const maps: readonly ValueKind[] = ['map'];

/** Functions of expr-lang over lists and maps. What Go leaves to chance, the order of a map, is refused. */
export const listBuiltins: Readonly<Record<string, Builtin>> = {
  keys: builtin([maps], 0, 'list', ([map]) => listOf(entriesOf(map).map(([key]) => stringValue(key)))),
  values: builtin([maps], 0, 'list', ([map]) => listOf(entriesOf(map).map(([, value]) => value))),
  toPairs: builtin([maps], 0, 'list', ([map]) =>
    listOf(entriesOf(map).map(([key, value]) => listOf([stringValue(key), value]))),
  ),
  sort: builtin([lists], 0, 'list', ([list]) => listOf(sorted(itemsOf(list)))),
  reverse: builtin([lists], 0, 'list', ([list]) => listOf([...itemsOf(list)].reverse())),
  sum: builtin([lists], 0, any, ([list]) => total(itemsOf(list))),
  concat: builtin([lists], -1, 'list', (all) => listOf(all.flatMap(itemsOf))),
  flatten: builtin([lists], 0, 'list', ([list]) => listOf(flat(itemsOf(list)))),
  uniq: builtin([lists], 0, 'list', ([list]) => listOf(unique(itemsOf(list)))),
  get: builtin([['map', 'list'], 'any'], 0, any, ([from, key]) => elementAt(from ?? nil, key ?? nil)),
  type: builtin(['any'], 0, 'string', ([value]) => stringValue(typeName(value ?? nil))),
  round: builtin([['int', 'int64', 'float']], 0, 'float', ([value]) => ({
    kind: 'float',
    value: rounded(value ?? nil),
  })),
  toBase64: builtin([texts], 0, 'string', ([text]) => stringValue(encoded(textOf(text)))),
  fromBase64: builtin([texts], 0, 'string', ([text]) => stringValue(decoded(textOf(text)))),
};

export function listOf(items: readonly GoValue[]): GoValue {
  return { kind: 'list', items };
}

function entriesOf(map: GoValue | undefined): readonly (readonly [string, GoValue])[] {
  const entries = map?.kind === 'map' ? [...map.entries] : [];
  if (entries.length > 1) throw new Refusal('the order of the entries of a map');
  return entries;
}

/** Numbers, or texts; expr-lang compares nothing else. */
function sorted(items: readonly GoValue[]): readonly GoValue[] {
  const kinds = new Set(items.map(({ kind }) => kind));
  if (kinds.size > 1 || [...kinds].some((kind) => kind !== 'int' && kind !== 'float' && kind !== 'string'))
    throw new Refusal('the order of other things than numbers or texts');
  return [...items].sort((a, b) => order('<', a, b));
}

function total(items: readonly GoValue[]): GoValue {
  if (items.every(isInteger)) return intValue(items.reduce((sum, item) => sum + item.value, 0n));
  if (!items.every((item) => isInteger(item) || item.kind === 'float'))
    throw new ExpressionError('the sum of what is no number');
  throw new Refusal('the sum of floats');
}

function flat(items: readonly GoValue[]): readonly GoValue[] {
  return items.flatMap((item) => (item.kind === 'list' ? flat(item.items) : [item]));
}

function unique(items: readonly GoValue[]): readonly GoValue[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (item.kind !== 'string' && item.kind !== 'int' && item.kind !== 'bool')
      throw new Refusal('equality of other values');
    const key = `${item.kind} ${String(item.value)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function elementAt(from: GoValue, key: GoValue): GoValue {
  if (from.kind === 'map' && key.kind === 'string') return from.entries.get(key.value) ?? nil;
  if (from.kind !== 'list' || key.kind !== 'int' || key.value < 0n) throw new Refusal('get with other arguments');
  return from.items[Number(key.value)] ?? nil;
}

function typeName(value: GoValue): string {
  switch (value.kind) {
    case 'nil':
    case 'bool':
    case 'int':
    case 'float':
    case 'string':
    case 'map':
      return value.kind;
    case 'list':
      return 'array';
    default:
      throw new Refusal(`the type of a ${value.kind}`);
  }
}

/** Halves away from zero. */
function rounded(value: GoValue): number {
  if (isInteger(value)) return Number(value.value);
  if (value.kind !== 'float') throw new ExpressionError(`a ${value.kind} is no number`);
  return Math.sign(value.value) * Math.round(Math.abs(value.value));
}

export function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Standard base64 of a text; other bytes and loose forms are refused. */
export function decoded(text: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    throw new Refusal('base64 that is not whole');
  const bytes = Buffer.from(text, 'base64');
  const plain = bytes.toString('utf8');
  if (!Buffer.from(plain, 'utf8').equals(bytes) || encoded(plain) !== text) throw new Refusal('base64 of no text');
  return plain;
}
