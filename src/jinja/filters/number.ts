import { peek } from '../tags/tracker.ts';
import { PyError, typeError, valueError } from '../values/error.ts';
import { listOf, truthy } from '../values/iterate.ts';
import {
  asDouble,
  exactDecimal,
  float,
  indexOf,
  int,
  parseFloatText,
  parseInteger,
  roundFloat,
} from '../values/number.ts';
import { binary } from '../values/operators.ts';
import { repr, str } from '../values/print.ts';
import { failUndefined, isInteger, isNumeric, isText, textOf, typeName } from '../values/types.ts';
import { type Plain, PyFloat, Undefined, type Value } from '../values/value.ts';
import { attributeGetter } from './attribute-path.ts';
import { define, type Filter, none } from './filter.ts';

/** float(value), with Python's errors. */
function toFloat(plain: Plain): number {
  if (isNumeric(plain)) return asDouble(plain);
  if (plain instanceof Undefined) failUndefined(plain);
  if (!isText(plain)) throw typeError(`float() argument must be a string or a real number, not '${typeName(plain)}'`);
  const parsed = parseFloatText(textOf(plain));
  if (parsed === undefined) throw valueError(`could not convert string to float: ${repr(textOf(plain))}`);
  return parsed;
}

function truncated(value: number): Plain {
  if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new PyError('OverflowError', 'cannot convert float infinity to integer');
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole + 0 : int(BigInt(whole));
}

function toInteger(value: Value, fallback: Value, base: Value): Value {
  const plain = peek(value);
  if (isInteger(plain)) return typeof plain === 'boolean' ? Number(plain) : plain;
  if (plain instanceof PyFloat) return Number.isNaN(plain.n) ? fallback : truncated(plain.n);
  if (plain instanceof Undefined) failUndefined(plain);
  if (!isText(plain)) return fallback;
  const radix = peek(base);
  const parsed = isInteger(radix) ? parseInteger(textOf(plain), indexOf(radix)) : undefined;
  if (parsed !== undefined) return parsed;
  const asFloat = parseFloatText(textOf(plain));
  return asFloat === undefined || !Number.isFinite(asFloat) ? fallback : truncated(asFloat);
}

function round(value: Value, precision: Value, method: Value): Value {
  const how = str(method);
  if (!['common', 'ceil', 'floor'].includes(how))
    throw new PyError('FilterArgumentError', 'method must be common, ceil or floor');
  const plain = peek(value);
  if (how === 'common') return roundCommon(plain, peek(precision));
  const scale = peek(binary('**', 10, precision));
  const scaled = peek(binary('*', plain, scale));
  if (!isNumeric(scaled)) throw typeError(`must be real number, not ${typeName(scaled)}`);
  const whole = isInteger(scaled) ? scaled : truncated(how === 'ceil' ? Math.ceil(scaled.n) : Math.floor(scaled.n));
  return binary('/', whole, scale);
}

function roundCommon(plain: Plain, precision: Plain): Value {
  if (!isNumeric(plain)) throw typeError(`type ${typeName(plain)} doesn't define __round__ method`);
  const digits = precision === null ? undefined : indexOf(precision);
  if (plain instanceof PyFloat)
    return digits === undefined ? truncated(roundFloat(plain.n, 0)) : float(roundFloat(plain.n, digits));
  if (digits === undefined || digits >= 0) return typeof plain === 'boolean' ? Number(plain) : plain;
  const magnitude = BigInt(plain) < 0n ? -BigInt(plain) : BigInt(plain);
  if (-digits > magnitude.toString().length) return 0;
  const unit = 10n ** BigInt(-digits);
  let quotient = magnitude / unit;
  const twice = (magnitude % unit) * 2n;
  if (twice > unit || (twice === unit && quotient % 2n === 1n)) quotient += 1n;
  return int(BigInt(plain) < 0n ? -quotient * unit : quotient * unit);
}

function fileSize(value: Value, isBinary: boolean): string {
  const bytes = toFloat(peek(value));
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const letters = Array.from('KMGTPEZY');
  for (const [at, letter] of letters.entries()) {
    const unit = base ** (at + 2);
    if (bytes < unit || at === letters.length - 1)
      return `${exactDecimal((base * bytes) / unit, 1)} ${isBinary ? `${letter}iB` : `${letter === 'K' ? 'k' : letter}B`}`;
  }
  return '';
}

export const numberFilters: Readonly<Record<string, Filter>> = {
  abs: define('abs(x)', (_, value = none) => {
    const plain = peek(value);
    if (plain instanceof PyFloat) return float(Math.abs(plain.n));
    if (!isInteger(plain)) throw typeError(`bad operand type for abs(): '${typeName(plain)}'`);
    const whole = BigInt(plain);
    return int(whole < 0n ? -whole : whole);
  }),
  filesizeformat: define('do_filesizeformat(value, binary=False)', (_, value = none, isBinary = none) =>
    fileSize(value, truthy(isBinary)),
  ),
  float: define('do_float(value, default=0.0)', (_, value = none, fallback = none) => {
    const plain = peek(value);
    if (isNumeric(plain)) return float(asDouble(plain));
    if (plain instanceof Undefined) failUndefined(plain);
    const parsed = isText(plain) ? parseFloatText(textOf(plain)) : undefined;
    return parsed === undefined ? fallback : float(parsed);
  }),
  int: define('do_int(value, default=0, base=10)', (_, value = none, fallback = none, base = none) =>
    toInteger(value, fallback, base),
  ),
  round: define("do_round(value, precision=0, method='common')", (_, value = none, precision = none, method = none) =>
    round(value, precision, method),
  ),
  sum: define(
    'sync_do_sum(environment, iterable, attribute=None, start=0)',
    (runtime, iterable = none, attribute = none, start = none) => {
      const getter = attributeGetter(runtime, attribute);
      if (isText(peek(start))) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
      return listOf(iterable)
        .map(getter)
        .reduce((sum, item) => binary('+', peek(sum), peek(item)), start);
    },
  ),
};
