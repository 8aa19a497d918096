// One table of functions: longer than other files because it is one list.
import { type Builtin, builtin, itemsOf, textOf } from './builtin.ts';
import { listBuiltins } from './builtins-lists.ts';
import { parseDuration } from './go-duration.ts';
import { goJson, parseGoJson } from './go-json.ts';
import { civilOf } from './go-time.ts';
import { goZone, parseAnyGoTime, parseGoTime } from './go-time-parse.ts';
import { kindOf } from './methods.ts';
import { any, type Nature } from './nature.ts';
import { isInteger, order } from './operators.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { type GoValue, intValue, nil, stringValue, type ValueKind } from './value.ts';

const texts: readonly ValueKind[] = ['string'];
const numeric: readonly ValueKind[] = ['int', 'int64', 'float'];
const lists: readonly ValueKind[] = ['list'];

export const builtins: Readonly<Record<string, Builtin>> = {
  ...listBuiltins,
  date: builtin(['any', texts, texts], 2, 'time', dateOf),
  timezone: builtin([texts], 0, 'zone', ([name]) => ({ kind: 'zone', zone: goZone(textOf(name)) })),
  duration: builtin([texts], 0, 'duration', ([text]) => ({ kind: 'duration', nanos: parseDuration(textOf(text)) })),
  int: builtin([[...numeric, 'string', 'month', 'weekday', 'duration']], 0, 'int', ([value]) => toInt(value ?? nil)),
  float: builtin([[...numeric, 'string']], 0, 'float', ([value]) => ({ kind: 'float', value: toFloat(value ?? nil) })),
  string: builtin(['any'], 0, 'string', ([value]) => stringValue(goText(value ?? nil))),
  len: builtin([['string', 'list', 'map']], 0, 'int', ([value]) => intValue(lengthOf(value ?? nil))),
  upper: builtin([texts], 0, 'string', ([text]) => stringValue(sameLength(textOf(text), textOf(text).toUpperCase()))),
  lower: builtin([texts], 0, 'string', ([text]) => stringValue(sameLength(textOf(text), textOf(text).toLowerCase()))),
  trim: builtin([texts], 0, 'string', ([text]) => stringValue(trimmed(textOf(text)))),
  trimPrefix: builtin([texts, texts], 0, 'string', ([text, prefix]) =>
    stringValue(withoutPrefix(textOf(text), textOf(prefix))),
  ),
  trimSuffix: builtin([texts, texts], 0, 'string', ([text, suffix]) =>
    stringValue(withoutSuffix(textOf(text), textOf(suffix))),
  ),
  hasPrefix: builtin([texts, texts], 0, 'bool', ([text, prefix]) => ({
    kind: 'bool',
    value: textOf(text).startsWith(textOf(prefix)),
  })),
  hasSuffix: builtin([texts, texts], 0, 'bool', ([text, suffix]) => ({
    kind: 'bool',
    value: textOf(text).endsWith(textOf(suffix)),
  })),
  replace: builtin([texts, texts, texts], 0, 'string', ([text, search, by]) =>
    stringValue(replaceAll(textOf(text), textOf(search), textOf(by))),
  ),
  repeat: builtin([texts, ['int']], 0, 'string', ([text, times]) =>
    stringValue(repeated(textOf(text), kindOf(times, 'int').value)),
  ),
  split: builtin([texts, texts], 0, 'list', ([text, separator]) => split(textOf(text), textOf(separator))),
  join: builtin([lists, texts], 1, 'string', ([list, separator]) =>
    stringValue(
      itemsOf(list)
        .map(textOf)
        .join(separator === undefined ? '' : textOf(separator)),
    ),
  ),
  fromJSON: builtin([texts], 0, any, ([text]) => parseGoJson(textOf(text))),
  toJSON: builtin(['any'], 0, 'string', ([value]) => stringValue(goJson(value ?? nil, '  '))),
  first: builtin([lists], 0, any, ([list]) => knownItems(list)[0] ?? nil),
  last: builtin([lists], 0, any, ([list]) => knownItems(list).at(-1) ?? nil),
  take: builtin([lists, ['int']], 0, 'list', ([list, count]) => taken(itemsOf(list), kindOf(count, 'int').value)),
  abs: builtin([numeric], 0, any, ([value]) => absolute(value ?? nil)),
  floor: builtin([numeric], 0, 'float', ([value]) => ({ kind: 'float', value: Math.floor(numberOf(value ?? nil)) })),
  ceil: builtin([numeric], 0, 'float', ([value]) => ({ kind: 'float', value: Math.ceil(numberOf(value ?? nil)) })),
  max: builtin([[...numeric, 'list']], -1, any, (values) => extreme(values, 1)),
  min: builtin([[...numeric, 'list']], -1, any, (values) => extreme(values, -1)),
};

/** Argo's own additions, which expr-lang calls without checking natures. */
export const argoBuiltins: Readonly<Record<string, Builtin>> = {
  asInt: builtin(['any'], 0, any, ([value]) => toInt(value ?? nil)),
  asFloat: builtin(['any'], 0, any, ([value]) => ({ kind: 'float', value: toFloat(value ?? nil) })),
  toJson: builtin(['any'], 0, 'string', ([value]) => stringValue(goJson(value ?? nil))),
  jsonpath: builtin([texts, texts], 0, any, ([json, path]) => jsonPath(textOf(json), textOf(path))),
};

export function checkBuiltin(name: string, called: Builtin, natures: readonly Nature[]): Nature {
  const most = called.optional < 0 ? Number.POSITIVE_INFINITY : called.args.length;
  const least = called.optional < 0 ? called.args.length : called.args.length - called.optional;
  if (natures.length < least || natures.length > most)
    throw new ExpressionError(`wrong number of arguments to call ${name}`);
  natures.forEach((nature, index) => {
    const allowed = called.args[Math.min(index, called.args.length - 1)] ?? 'any';
    if (allowed !== 'any' && nature.kind !== 'any' && !allowed.includes(nature.kind))
      throw new ExpressionError(`invalid argument for ${name} (type ${nature.kind})`);
  });
  return called.result;
}

function dateOf(args: readonly GoValue[]): GoValue {
  const [first, ...rest] = args;
  const zone = first?.kind === 'zone' ? first.zone : undefined;
  const [text, layout, zoneName] = (zone === undefined ? args : rest).map(textOf);
  if (text === undefined) throw new ExpressionError('a date needs a text');
  if (layout === undefined) return { kind: 'time', time: parseAnyGoTime(text, zone) };
  const time = parseGoTime(layout, text, zoneName === undefined ? zone : goZone(zoneName));
  civilOf(time);
  return { kind: 'time', time };
}

/** Only plain paths: names and indexes. */
function jsonPath(json: string, path: string): GoValue {
  const root = parseGoJson(json);
  if (!path.startsWith('$')) throw new ExpressionError(`invalid JSONPath selector '${path}'`);
  // All elements of a list are the list.
  if (path.endsWith('[*]')) {
    const of = jsonPath(json, path.slice(0, -'[*]'.length));
    if (of.kind !== 'list') throw new Refusal(`the JSON path ${path}`);
    return of;
  }
  if (!/^\$(?:\.[A-Za-z_][A-Za-z0-9_]*|\[\d+\])*$/.test(path)) throw new Refusal(`the JSON path ${path}`);
  const steps = path.match(/[A-Za-z_][A-Za-z0-9_]*|\d+(?=\])/g) ?? [];
  return steps.reduce<GoValue>((at, step) => {
    const found =
      at.kind === 'map'
        ? at.entries.get(step)
        : at.kind === 'list' && /^\d+$/.test(step)
          ? at.items[Number(step)]
          : undefined;
    if (found === undefined) throw new ExpressionError(`jsonpath finds nothing at ${path}`);
    return found;
  }, root);
}

function toInt(value: GoValue): GoValue {
  if (isInteger(value)) return intValue(value.value);
  if (value.kind === 'month' || value.kind === 'weekday') return intValue(value.value);
  if (value.kind === 'duration') return intValue(value.nanos);
  if (value.kind === 'float') {
    if (!Number.isFinite(value.value) || Math.abs(value.value) >= 2 ** 63)
      throw new Refusal('floats beyond 64-bit integers');
    return intValue(BigInt(Math.trunc(value.value)));
  }
  if (value.kind !== 'string' || !/^[+-]?\d+$/.test(value.value))
    throw new ExpressionError(`invalid operation: int(${value.kind})`);
  const number = BigInt(value.value.replace(/^\+/, ''));
  if (number >= 2n ** 63n || number < -(2n ** 63n)) throw new ExpressionError('invalid operation: int, out of range');
  return intValue(number);
}

function toFloat(value: GoValue): number {
  if (isInteger(value)) return Number(value.value);
  if (value.kind === 'float') return value.value;
  const text = textOf(value);
  if (/^[+-]?(?:inf|nan|0x)/i.test(text) || text.includes('_')) throw new Refusal('unusual floats');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text))
    throw new ExpressionError(`invalid operation: float(${text})`);
  const number = Number(text);
  if (!Number.isFinite(number)) throw new ExpressionError(`invalid operation: float(${text})`);
  return number;
}

/** Go's %v. */
function goText(value: GoValue): string {
  if (value.kind === 'string') return value.value;
  if (isInteger(value) || value.kind === 'bool') return String(value.value);
  if (value.kind !== 'float') throw new Refusal(`the text of a ${value.kind}`);
  const size = Math.abs(value.value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6 || Object.is(value.value, -0)))
    throw new Refusal('the text of a very large or small float');
  return String(value.value);
}

function lengthOf(value: GoValue): number {
  if (value.kind === 'string') return [...value.value].length;
  if (value.kind === 'list') return value.items.length;
  if (value.kind === 'map') return value.entries.size;
  throw new ExpressionError(`invalid argument for len (type ${value.kind})`);
}

export function sameLength(before: string, after: string): string {
  if (before.length !== after.length) throw new Refusal('letters whose case changes their number');
  return after;
}

function trimmed(text: string): string {
  if (/[\ufeff\u0085]/.test(text)) throw new Refusal('unusual white space');
  return text.trim();
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

function replaceAll(text: string, search: string, by: string): string {
  if (search === '') throw new Refusal('replacing the empty text');
  return text.split(search).join(by);
}

function repeated(text: string, times: bigint): string {
  if (times < 0n || times > 10_000n) throw new Refusal('unusual repetitions');
  return text.repeat(Number(times));
}

function split(text: string, separator: string): GoValue {
  if (separator === '') throw new Refusal('splitting by the empty text');
  return { kind: 'list', items: text.split(separator).map(stringValue) };
}

function taken(items: readonly GoValue[], count: bigint): GoValue {
  if (count < 0n) throw new ExpressionError('cannot take a negative number of elements');
  return { kind: 'list', items: items.slice(0, Number(count)) };
}

function absolute(value: GoValue): GoValue {
  if (value.kind === 'float') return { kind: 'float', value: Math.abs(value.value) };
  if (!isInteger(value)) throw new ExpressionError(`invalid argument for abs (type ${value.kind})`);
  return { kind: value.kind, value: value.value < 0n ? -value.value : value.value };
}

function extreme(values: readonly GoValue[], sign: number): GoValue {
  const flat = values.flatMap((value) => (value.kind === 'list' ? value.items : [value]));
  for (const value of flat) numberOf(value);
  const [first, ...rest] = flat;
  if (first === undefined) throw new Refusal('the extreme of nothing');
  return rest.reduce((best, value) => (order('<', value, best) * sign > 0 ? value : best), first);
}

function numberOf(value: GoValue): number {
  if (value.kind === 'float') return value.value;
  if (isInteger(value)) return Number(value.value);
  throw new ExpressionError(`a ${value.kind} is no number`);
}

/** expr-lang's `first` and `last` give nil, not an error, for what is no list. */
function knownItems(value: GoValue | undefined): readonly GoValue[] {
  if (value?.kind !== 'list') throw new Refusal('the first or last element of what is no list');
  return value.items;
}
