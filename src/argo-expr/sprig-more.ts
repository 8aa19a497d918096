import { createHash } from 'node:crypto';
import { type Builtin, builtin, itemsOf, textOf } from './builtin.ts';
import { decoded, encoded, listOf } from './builtins-lists.ts';
import { goJson, parseGoJson } from './go-json.ts';
import { type GoTime, UTC } from './go-time.ts';
import { formatGoTime } from './go-time-format.ts';
import { goZone, parseGoTime } from './go-time-parse.ts';
import { kindOf } from './methods.ts';
import { any } from './nature.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { type GoValue, nil, stringValue } from './value.ts';

const texts = ['string'] as const;
const amount = ['int', 'int64'] as const;

/** Numbers, slices, lists and dates of sprig 3.3; Go counts bytes, so that only ASCII texts are cut. */
export const sprigMore: Readonly<Record<string, Builtin>> = {
  add: builtin(['any'], -1, 'int64', (values) => wide(values.map(integer).reduce((sum, value) => sum + value, 0n))),
  mod: builtin(['any', 'any'], 0, 'int64', ([value, by]) => wide(remainder(integer(value), integer(by)))),
  max: builtin(['any'], -1, 'int64', (values) => wide(values.map(integer).reduce(larger))),
  min: builtin(['any'], -1, 'int64', (values) => wide(values.map(integer).reduce(smaller))),
  int: builtin(['any'], 0, 'int', ([value]) => ({ kind: 'int', value: integer(value) })),
  join: builtin([texts, ['list']], 0, 'string', ([separator, list]) =>
    stringValue(itemsOf(list).map(textOf).join(textOf(separator))),
  ),
  trunc: builtin([amount, texts], 0, 'string', ([length, text]) => stringValue(cut(ascii(text), small(length)))),
  substr: builtin([amount, amount, texts], 0, 'string', ([from, to, text]) =>
    stringValue(between(ascii(text), small(from), small(to))),
  ),
  repeat: builtin([amount, texts], 0, 'string', ([times, text]) => stringValue(textOf(text).repeat(small(times, 0)))),
  trimSuffix: builtin([texts, texts], 0, 'string', ([end, text]) =>
    stringValue(
      textOf(text).endsWith(textOf(end))
        ? textOf(text).slice(0, textOf(text).length - textOf(end).length)
        : textOf(text),
    ),
  ),
  trimPrefix: builtin([texts, texts], 0, 'string', ([start, text]) =>
    stringValue(textOf(text).startsWith(textOf(start)) ? textOf(text).slice(textOf(start).length) : textOf(text)),
  ),
  nospace: builtin([texts], 0, 'string', ([text]) => stringValue(mangled(textOf(text)).replaceAll(/\s/g, ''))),
  indent: builtin([amount, texts], 0, 'string', ([width, text]) =>
    stringValue(indented(textOf(text), small(width, 0))),
  ),
  quote: builtin([texts], 0, 'string', ([text]) => stringValue(JSON.stringify(ascii(text)))),
  b64enc: builtin([texts], 0, 'string', ([text]) => stringValue(encoded(textOf(text)))),
  b64dec: builtin([texts], 0, 'string', ([text]) => stringValue(decoded(textOf(text)))),
  sha256sum: builtin([texts], 0, 'string', ([text]) =>
    stringValue(createHash('sha256').update(textOf(text), 'utf8').digest('hex')),
  ),
  ternary: builtin(
    ['any', 'any', ['bool']],
    0,
    any,
    ([yes, no, test]) => (kindOf(test, 'bool').value ? yes : no) ?? nil,
  ),
  coalesce: builtin([texts], -1, any, (values) => values.find((value) => textOf(value) !== '') ?? nil),
  regexMatch: builtin([texts, texts], 0, 'bool', ([pattern, text]) => ({
    kind: 'bool',
    value: simplePattern(textOf(pattern)).test(textOf(text)),
  })),
  list: builtin(['any'], -1, 'list', (values) => listOf(values)),
  dict: builtin([texts, 'any'], 0, 'map', ([key, value]) => ({
    kind: 'map',
    entries: new Map([[textOf(key), value ?? nil]]),
  })),
  toJson: builtin(['any'], 0, 'string', ([value]) => stringValue(goJson(value ?? nil))),
  fromJson: builtin([texts], 0, any, ([text]) => parseGoJson(textOf(text))),
  toDate: builtin([texts, texts], 0, 'time', ([layout, text]) => ({
    kind: 'time',
    time: parseGoTime(textOf(layout), textOf(text)),
  })),
  dateInZone: builtin([texts, ['time'], texts], 0, 'string', ([layout, time, zone]) =>
    stringValue(formatGoTime({ ...timeOf(time), zone: goZone(textOf(zone)) }, textOf(layout))),
  ),
  // The controller's own zone is UTC.
  htmlDate: builtin([['time']], 0, 'string', ([time]) =>
    stringValue(formatGoTime({ ...timeOf(time), zone: UTC }, '2006-01-02')),
  ),
};

/** Taken out of sprig by Argo. */
const withoutSprig: ReadonlySet<string> = new Set(['env', 'expandenv']);

function timeOf(value: GoValue | undefined): GoTime {
  return kindOf(value, 'time').time;
}

function wide(value: bigint): GoValue {
  if (value >= 2n ** 63n || value < -(2n ** 63n)) throw new Refusal('numbers beyond 64 bits');
  return { kind: 'int64', value };
}

/** Decimal texts count as numbers; other forms, which Go reads by their prefix, are refused. */
function integer(value: GoValue | undefined): bigint {
  if (value?.kind === 'int' || value?.kind === 'int64') return value.value;
  if (value?.kind === 'string' && /^(?:0|-?[1-9]\d{0,17})$/.test(value.value)) return BigInt(value.value);
  throw new Refusal('other things than whole numbers');
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function smaller(a: bigint, b: bigint): bigint {
  return a > b ? b : a;
}

function remainder(value: bigint, by: bigint): bigint {
  if (by === 0n) throw new Refusal('a division by zero');
  return value % by;
}

function small(value: GoValue | undefined, least = Number.NEGATIVE_INFINITY): number {
  const number = Number(integer(value));
  if (Math.abs(number) > 10_000 || number < least) throw new Refusal('unusual lengths');
  return number;
}

function ascii(value: GoValue | undefined): string {
  const text = textOf(value);
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Refusal('cutting a text that is not ASCII');
  return text;
}

function cut(text: string, length: number): string {
  if (length < 0) return text.length + length > 0 ? text.slice(length) : text;
  return text.slice(0, length);
}

function between(text: string, from: number, to: number): string {
  if (from < 0) {
    if (to < 0 || to > text.length) throw new Refusal('a slice beyond the text');
    return text.slice(0, to);
  }
  if (from > text.length) throw new Refusal('a slice beyond the text');
  if (to >= 0 && to < from) throw new Refusal('a slice that ends before it begins');
  return to < 0 || to > text.length ? text.slice(from) : text.slice(from, to);
}

/** The library takes each byte for a character. */
function mangled(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  if (/[\x80-\xa0]/.test(bytes)) throw new Refusal('bytes that count as white space');
  return bytes;
}

function indented(text: string, width: number): string {
  const pad = ' '.repeat(width);
  return pad + text.replaceAll('\n', `\n${pad}`);
}

/** Patterns that mean the same everywhere: letters and digits between anchors. */
function simplePattern(pattern: string): RegExp {
  if (!/^\^?[A-Za-z0-9_-]*\$?$/.test(pattern)) throw new Refusal('regular expressions');
  // Go's $ is the end of the text alone.
  return new RegExp(pattern.replace(/\$$/, '(?![\\s\\S])'), 'u');
}

export function missingSprig(name: string): never {
  if (withoutSprig.has(name)) throw new ExpressionError(`sprig.${name} is missing`);
  throw new Refusal(`sprig.${name}`);
}
