import { peek } from '../tags/tracker.ts';
import { typeError, valueError } from './error.ts';
import { formatDouble } from './format-number.ts';
import { checkSize } from './limits.ts';
import { asDouble, floatRepr } from './number.ts';
import { str } from './print.ts';
import { isInteger, isNumeric, isText, textOf, typeName } from './types.ts';
import type { Plain, PyFloat, Value } from './value.ts';

const specification =
  /^(?:(?<fill>[\s\S])?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alt>#)?(?<zero>0)?(?<width>\d+)?(?<group>[,_])?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$/u;

/** `format(value, spec)`: the part behind the colon in `{:>8}`. */
export function formatValue(value: Value, spec: string): string {
  const plain = peek(value);
  if (spec === '') return str(plain);
  if (!isText(plain) && !isNumeric(plain))
    throw typeError(`unsupported format string passed to ${typeName(plain)}.__format__`);
  const groups = specification.exec(spec)?.groups;
  if (groups === undefined) throw valueError('Invalid format specifier');
  const { fill, align, sign = '', alt, zero, width, group, precision, type } = groups;
  const digits = precision === undefined ? undefined : Number(precision);
  const body = isText(plain)
    ? formatText(textOf(plain), type, digits)
    : formatNumber(plain, type, digits, sign, alt !== undefined, group);
  const numeric = !isText(plain);
  const alignment = align ?? (zero !== undefined && numeric ? '=' : numeric ? '>' : '<');
  return padTo(body, Number(width ?? 0), fill ?? (zero !== undefined ? '0' : ' '), alignment);
}

function formatText(text: string, type: string | undefined, digits: number | undefined): string {
  if (type !== undefined && type !== 's') throw valueError(`Unknown format code '${type}' for object of type 'str'`);
  return digits === undefined ? text : Array.from(text).slice(0, digits).join('');
}

function formatNumber(
  plain: Plain,
  type: string | undefined,
  digits: number | undefined,
  sign: string,
  alt: boolean,
  group: string | undefined,
): string {
  if (!isNumeric(plain)) return '';
  const body =
    isInteger(plain) && (type === undefined || 'dnbcoxX'.includes(type))
      ? integerBody(BigInt(plain), type ?? 'd', alt)
      : floatBody(plain, type, digits, alt);
  const negative = body.startsWith('-');
  const magnitude = negative ? body.slice(1) : body;
  const grouped =
    group === undefined ? magnitude : magnitude.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, group));
  return (negative ? '-' : sign === '+' ? '+' : sign === ' ' ? ' ' : '') + grouped;
}

function integerBody(value: bigint, type: string, alt: boolean): string {
  const magnitude = value < 0n ? -value : value;
  const sign = value < 0n ? '-' : '';
  switch (type) {
    case 'b':
      return `${sign}${alt ? '0b' : ''}${magnitude.toString(2)}`;
    case 'o':
      return `${sign}${alt ? '0o' : ''}${magnitude.toString(8)}`;
    case 'x':
      return `${sign}${alt ? '0x' : ''}${magnitude.toString(16)}`;
    case 'X':
      return `${sign}${alt ? '0X' : ''}${magnitude.toString(16).toUpperCase()}`;
    case 'c':
      return String.fromCodePoint(Number(value));
    default:
      return value.toString();
  }
}

function floatBody(
  plain: number | bigint | boolean | PyFloat,
  type: string | undefined,
  digits: number | undefined,
  alt: boolean,
): string {
  const value = asDouble(plain);
  if (type === undefined)
    return digits === undefined ? floatRepr(value) : withPoint(formatDouble(value, 'g', digits, alt));
  if (type === '%') return `${formatDouble(value * 100, 'f', digits ?? 6)}%`;
  if (!'eEfFgGn'.includes(type))
    throw valueError(`Unknown format code '${type}' for object of type '${typeName(plain)}'`);
  return formatDouble(value, type === 'n' ? 'g' : type, digits ?? 6, alt);
}

function withPoint(text: string): string {
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function padTo(text: string, width: number, fill: string, align: string): string {
  const missing = width - Array.from(text).length;
  if (missing <= 0) return text;
  checkSize(width);
  switch (align) {
    case '<':
      return text + fill.repeat(missing);
    case '^':
      return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1));
    case '=': {
      const sign = /^[+\- ]?(0[bxXo])?/.exec(text)?.[0] ?? '';
      return sign + fill.repeat(missing) + text.slice(sign.length);
    }
    default:
      return fill.repeat(missing) + text;
  }
}
