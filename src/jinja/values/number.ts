import { PyError, typeError } from './error.ts';
import { checkBits, checkSize } from './limits.ts';
import { isInteger, isNumeric, typeName } from './types.ts';
import { type Plain, PyFloat } from './value.ts';

/** An int in its smallest form: a number where that is exact. */
export function int(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

export function float(value: number): PyFloat {
  return new PyFloat(value);
}

export function asDouble(value: number | bigint | boolean | PyFloat): number {
  if (value instanceof PyFloat) return value.n;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new PyError('OverflowError', 'int too large to convert to float');
  return number;
}

/** A Python float as repr() shows it. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  if (value === 0) return '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace('-', '').replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits}${'0'.repeat(exponent + 1 - digits.length)}.0`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** `int(text, base)`; undefined where Python raises ValueError. */
export function parseInteger(text: string, base: number): number | bigint | undefined {
  const match = /^([+-]?)(.*)$/s.exec(text.trim());
  let digits = (match?.[2] ?? '').toLowerCase();
  let radix = base;
  const prefix = /^0([xob])/.exec(digits)?.[1];
  const prefixRadix = prefix === 'x' ? 16 : prefix === 'o' ? 8 : prefix === 'b' ? 2 : undefined;
  if (prefixRadix !== undefined && (base === 0 || base === prefixRadix)) {
    digits = digits.slice(2).replace(/^_/, '');
    radix = prefixRadix;
  } else if (base === 0) {
    if (/^0[0_]*[1-9]/.test(digits)) return undefined;
    radix = 10;
  }
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/.test(digits)) return undefined;
  digits = digits.replaceAll('_', '');
  const negative = match?.[1] === '-';
  if (radix === 10) {
    if (!/^\d+$/.test(digits) || digits.length > 4300) return undefined;
    return int(negative ? -BigInt(digits) : BigInt(digits));
  }
  let result = 0n;
  for (const digit of digits) {
    const value = Number.parseInt(digit, 36);
    if (!(value < radix)) return undefined;
    result = result * BigInt(radix) + BigInt(value);
  }
  return int(negative ? -result : result);
}

/** `float(text)`; undefined where Python raises ValueError. */
export function parseFloatText(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(trimmed);
  if (special !== null) {
    if (special[2] === 'nan') return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/.test(trimmed)) return undefined;
  return Number(trimmed.replaceAll('_', ''));
}

/** An index or count: ints and bools; everything else is a TypeError with `message`. */
export function indexOf(
  value: Plain,
  message = `'${typeName(value)}' object cannot be interpreted as an integer`,
): number {
  if (!isInteger(value)) throw typeError(message);
  const number = Number(value);
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number));
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** Arithmetic on two numbers; undefined where an operand is none. */
export function arithmetic(operator: ArithmeticOperator, a: Plain, b: Plain): Plain | undefined {
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  if (a instanceof PyFloat || b instanceof PyFloat) return floatArithmetic(operator, asDouble(a), asDouble(b));
  return integerArithmetic(operator, typeof a === 'boolean' ? Number(a) : a, typeof b === 'boolean' ? Number(b) : b);
}

function integerArithmetic(operator: ArithmeticOperator, a: number | bigint, b: number | bigint): Plain {
  switch (operator) {
    case '/':
      if (Number(b) === 0) throw new PyError('ZeroDivisionError', 'division by zero');
      return float(divide(a, b));
    case '**':
      return integerPower(a, b);
    case '//':
    case '%':
      if (Number(b) === 0)
        throw new PyError(
          'ZeroDivisionError',
          operator === '%' ? 'integer modulo by zero' : 'integer division or modulo by zero',
        );
      break;
  }
  if (typeof a === 'number' && typeof b === 'number') {
    const result = smallArithmetic(operator, a, b);
    if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  }
  return int(bigArithmetic(operator, BigInt(a), BigInt(b)));
}

function smallArithmetic(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return (a - modulo(a, b)) / b;
    case '%':
      return modulo(a, b);
    default:
      return Number.NaN;
  }
}

function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** The double nearest to the quotient of two integers. */
function divide(a: number | bigint, b: number | bigint): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const [x, y] = [BigInt(a), BigInt(b)];
  const [p, q] = [x < 0n ? -x : x, y < 0n ? -y : y];
  const shift = bitLength(q) - bitLength(p) + 66;
  const [high, low] = shift >= 0 ? [p << BigInt(shift), q] : [p, q << BigInt(-shift)];
  const quotient = (high / low) * 2n + (high % low === 0n ? 0n : 1n);
  const half = Math.trunc((-shift - 1) / 2);
  const size = Number(quotient) * 2 ** half * 2 ** (-shift - 1 - half);
  if (!Number.isFinite(size)) throw new PyError('OverflowError', 'integer division result too large for a float');
  return x < 0n !== y < 0n ? -size : size;
}

function bitLength(value: bigint): number {
  const text = value.toString(16);
  return value === 0n ? 0 : (text.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(text[0] ?? '0', 16)));
}

function bigArithmetic(operator: ArithmeticOperator, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      checkBits(bitLength(a < 0n ? -a : a) + bitLength(b < 0n ? -b : b));
      return a * b;
    case '%':
      return ((a % b) + b) % b;
    default: {
      const quotient = a / b;
      return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
    }
  }
}

function integerPower(base: number | bigint, exponent: number | bigint): Plain {
  if (Number(exponent) < 0) {
    if (Number(base) === 0) throw new PyError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
    return float(Number(base) ** Number(exponent));
  }
  const bits = Number(exponent) * Math.log2(Math.max(2, Math.abs(Number(base))));
  if (Math.abs(Number(base)) > 1) checkBits(bits);
  return int(BigInt(base) ** BigInt(exponent));
}

function floatArithmetic(operator: ArithmeticOperator, a: number, b: number): Plain {
  switch (operator) {
    case '+':
      return float(a + b);
    case '-':
      return float(a - b);
    case '*':
      return float(a * b);
    case '/':
      if (b === 0) throw new PyError('ZeroDivisionError', 'float division by zero');
      return float(a / b);
    case '//':
      if (b === 0) throw new PyError('ZeroDivisionError', 'float floor division by zero');
      return float(floatFloorDivide(a, b));
    case '%':
      if (b === 0) throw new PyError('ZeroDivisionError', 'float modulo');
      return float(floatModulo(a, b));
    case '**': {
      if (a === 0 && b < 0) throw new PyError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
      const result = a ** b;
      if (Number.isNaN(result) && !Number.isNaN(a) && !Number.isNaN(b))
        throw new PyError('UnsupportedError', 'a complex number');
      if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
        throw new PyError('OverflowError', "(34, 'Numerical result out of range')");
      return float(result);
    }
  }
}

function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floatFloorDivide(a: number, b: number): number {
  const rest = floatModulo(a, b);
  const quotient = (a - rest) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** round half to even, as Python's round(). */
export function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  if (digits > 22) return value;
  if (digits < -308) return 0;
  return Number(exactDecimal(value, digits));
}

/** No double has more decimals that are not 0. */
const maxDecimals = 1100;

/** The double, written with `digits` decimals, rounded half to even on its exact value. */
export function exactDecimal(value: number, digits: number): string {
  if (digits > maxDecimals) {
    checkSize(digits);
    return exactDecimal(value, maxDecimals) + '0'.repeat(digits - maxDecimals);
  }
  const negative = value < 0 || Object.is(value, -0);
  const [numerator, denominator] = exactFraction(Math.abs(value));
  const scale = digits >= 0 ? 10n ** BigInt(digits) : 1n;
  const divisor = denominator * (digits < 0 ? 10n ** BigInt(-digits) : 1n);
  const scaled = numerator * scale;
  let quotient = scaled / divisor;
  const twice = (scaled % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) quotient += 1n;
  const sign = negative ? '-' : '';
  if (digits <= 0) return `${sign}${quotient * 10n ** BigInt(-digits)}`;
  const text = quotient.toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function exactFraction(value: number): readonly [bigint, bigint] {
  let denominator = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return [BigInt(scaled), denominator];
}
