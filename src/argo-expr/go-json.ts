import { assertNever } from '../core/assert-never.ts';
import { formatGoTime } from './go-time-format.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { compareGoText, type GoValue, nil } from './value.ts';

/** Go's json.Marshal: keys sorted, `<`, `>`, `&` and the line separators escaped. `indent` as json.MarshalIndent. */
export function goJson(value: GoValue, indent = '', depth = 0): string {
  const inner = `\n${indent.repeat(depth + 1)}`;
  const outer = `\n${indent.repeat(depth)}`;
  const join = (open: string, parts: readonly string[], close: string): string => {
    if (parts.length === 0) return open + close;
    return indent === '' ? open + parts.join(',') + close : open + inner + parts.join(`,${inner}`) + outer + close;
  };
  switch (value.kind) {
    case 'nil':
      return 'null';
    case 'bool':
    case 'int':
    case 'int64':
    case 'month':
    case 'weekday':
      return String(value.value);
    case 'float':
      return goFloatJson(value.value);
    case 'string':
      return goJsonString(value.value);
    case 'duration':
      return String(value.nanos);
    case 'time':
      return goJsonString(formatGoTime(value.time, '2006-01-02T15:04:05.999999999Z07:00'));
    case 'list':
      return join(
        '[',
        value.items.map((item) => goJson(item, indent, depth + 1)),
        ']',
      );
    case 'map': {
      const colon = indent === '' ? ':' : ': ';
      const entries = [...value.entries].sort(([a], [b]) => compareGoText(a, b));
      return join(
        '{',
        entries.map(([key, item]) => goJsonString(key) + colon + goJson(item, indent, depth + 1)),
        '}',
      );
    }
    case 'zone':
      throw new Refusal('a time zone as a result');
    default:
      return assertNever(value);
  }
}

function goFloatJson(value: number): string {
  if (!Number.isFinite(value)) throw new ExpressionError('unsupported value');
  return Object.is(value, -0) ? '-0' : String(value);
}

function goJsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Go's json.Unmarshal into `any`: every number is a float64. */
export function parseGoJson(text: string): GoValue {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ExpressionError('invalid JSON');
  }
  return fromPlain(parsed);
}

function fromPlain(value: unknown): GoValue {
  if (value === null) return nil;
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'number') return { kind: 'float', value };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  if (Array.isArray(value)) return { kind: 'list', items: value.map(fromPlain) };
  return {
    kind: 'map',
    entries: new Map(Object.entries(value as object).map(([key, item]) => [key, fromPlain(item)])),
  };
}
