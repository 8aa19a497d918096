/** The implicit resolver and the constructors of PyYAML 6.0 (SafeLoader), which reads YAML 1.1. */
import type { PyScalarValue } from './node.ts';

const bools: Readonly<Record<string, boolean>> = {
  yes: true,
  no: false,
  true: true,
  false: false,
  on: true,
  off: false,
};
const bool = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const int =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const nothing = /^(?:~|null|Null|NULL|)$/;
const timestamp =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/;

/** A plain scalar; undefined where PyYAML resolves a tag and then fails to construct the value. */
export function pythonPlain(text: string): PyScalarValue | undefined {
  if (nothing.test(text)) return { kind: 'null' };
  if (bool.test(text)) return { kind: 'bool', value: bools[text.toLowerCase()] ?? false };
  if (float.test(text)) return constructFloat(text);
  if (int.test(text)) return constructInt(text);
  if (timestamp.test(text)) return constructTimestamp(text);
  if (text === '=') return undefined;
  return { kind: 'string', value: text };
}

/** A scalar with an explicit tag of YAML's own; `'unknown'` for tags that SafeLoader has no constructor for. */
export function pythonTagged(tag: string, text: string): PyScalarValue | 'unknown' | undefined {
  switch (tag) {
    case 'str':
      return { kind: 'string', value: text };
    case 'null':
      return { kind: 'null' };
    case 'bool': {
      const value = bools[text.toLowerCase()];
      return value === undefined ? undefined : { kind: 'bool', value };
    }
    case 'int':
      return constructInt(text);
    case 'float':
      return constructFloat(text);
    case 'timestamp':
      return constructTimestamp(text);
    case 'binary':
      return constructBytes(text);
    default:
      return 'unknown';
  }
}

/** base64.decodebytes: characters outside the alphabet do not count, a broken end is an error. */
function constructBytes(text: string): PyScalarValue | undefined {
  if (/[^\x00-\x7f]/.test(text)) return undefined;
  const digits = text.replaceAll(/[^A-Za-z0-9+/=]/g, '');
  const body = /^[^=]*/.exec(digits)?.[0] ?? '';
  const padding = digits.length - body.length;
  if (body.length % 4 === 1 || (body.length % 4 > 1 && padding < 4 - (body.length % 4))) return undefined;
  return { kind: 'bytes', value: Buffer.from(body, 'base64').toString('base64') };
}

function constructInt(written: string): PyScalarValue | undefined {
  const text = written.replaceAll('_', '');
  const sign = text.startsWith('-') ? -1n : 1n;
  const digits = text.replace(/^[+-]/, '');
  const value = magnitude(digits);
  return value === undefined ? undefined : { kind: 'int', value: small(sign * value) };
}

function magnitude(digits: string): bigint | undefined {
  if (/^0b[01]+$/.test(digits) || /^0x[0-9a-fA-F]+$/.test(digits)) return BigInt(digits);
  if (/^0[0-7]*$/.test(digits)) return BigInt(`0o${digits}`);
  if (digits.includes(':')) {
    const parts = digits.split(':');
    return parts.every((part) => /^\d+$/.test(part))
      ? parts.reduce((total, part) => total * 60n + BigInt(part), 0n)
      : undefined;
  }
  return /^[1-9]\d*$/.test(digits) ? BigInt(digits) : undefined;
}

function small(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function constructFloat(written: string): PyScalarValue | undefined {
  const text = written.replaceAll('_', '').toLowerCase();
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[+-]/, '');
  if (digits === '.inf') return { kind: 'float', value: sign * Number.POSITIVE_INFINITY };
  if (digits === '.nan') return { kind: 'float', value: Number.NaN };
  if (digits.includes(':')) {
    let base = 1;
    let value = 0;
    for (const part of digits.split(':').reverse()) {
      value += Number(part) * base;
      base *= 60;
    }
    return Number.isNaN(value) ? undefined : { kind: 'float', value: sign * value };
  }
  if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(digits)) return undefined;
  return { kind: 'float', value: sign * Number(digits) };
}

const dateParts =
  /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:(?:[Tt]|[ \t]+)(?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d*))?(?:[ \t]*(?<tz>Z|(?<sign>[-+])(?<tzHour>\d\d?)(?::(?<tzMinute>\d\d))?))?)?$/;

function constructTimestamp(text: string): PyScalarValue | undefined {
  const groups = dateParts.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const {
    year = '',
    month = '',
    day = '',
    hour,
    minute = '',
    second = '',
    fraction = '',
    tz,
    sign,
    tzHour,
    tzMinute,
  } = groups;
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (hour === undefined) return { kind: 'date', value: date };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const micro = fraction.slice(0, 6).padEnd(6, '0');
  const zero = sign !== undefined && Number(tzHour) === 0 && Number(tzMinute ?? 0) === 0;
  const offset =
    tz === undefined
      ? ''
      : sign === undefined || zero
        ? '+00:00'
        : `${sign}${(tzHour ?? '').padStart(2, '0')}:${tzMinute ?? '00'}`;
  return {
    kind: 'datetime',
    value: `${date} ${hour.padStart(2, '0')}:${minute}:${second}${Number(micro) === 0 ? '' : `.${micro}`}${offset}`,
  };
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}
