import type { FormatPart, SessionExpr, SessionInstant, SessionNumber } from '../ir/session-expr.ts';
import { type KnownMoment, refuse } from './known.ts';
import { parseMomentFormat } from './moment-format.ts';

/** The moment that parsing a session's text gives. `format` is absent for moment's own reading of ISO 8601. */
export function momentOfText(ast: SessionExpr, format: string | undefined, utc: boolean): KnownMoment {
  if (ast.kind !== 'format') return refuse('it parses a text that is no plain date of the session');
  const fields = ast.pattern.flatMap((part) => (part.kind === 'token' ? [part.token] : []));
  if (fields.includes('HH') && !fields.some((field) => /^ZZ?$/.test(field)))
    return refuse('it parses a time of day without its offset from UTC');
  if (format === undefined ? !isIso(ast.pattern) : !matches(ast.pattern, parseMomentFormat(format)))
    return refuse('it parses a date in another format than the text has');
  const has = fields.join(' ');
  if (has === 'YYYY MM DD HH mm ss Z' || has === 'YYYY MM DD HH mm ss ZZ') {
    const at = wholeSeconds(ast.at);
    return { at: utc ? { kind: 'zone', of: at, zone: 'UTC' } : local(at), utc, floating: false };
  }
  const day = ({ 'YYYY MM DD': 'day', 'YYYY MM': 'month', YYYY: 'year' } as const)[has];
  if (day === undefined) return refuse('it parses a date that lacks some of its fields');
  if (isUtc(ast.at))
    return utc
      ? { at: { kind: 'startOf', of: ast.at, unit: day }, utc, floating: false }
      : refuse('it reads a UTC date as a local one');
  return { at: { kind: 'startOf', of: ast.at, unit: day }, utc, floating: utc };
}

/** A number as moment reads it: milliseconds since 1970, or seconds for `moment.unix`. */
export function momentOfNumber(number: SessionNumber, unit: 'second' | 'millisecond', utc: boolean): KnownMoment {
  if (number.kind === 'arithmetic' && number.op === '*' && unit === 'millisecond') {
    for (const [factor, other] of [
      [number.left, number.right],
      [number.right, number.left],
    ] as const) {
      if (factor.kind === 'number' && factor.value === 1000) return momentOfNumber(other, 'second', utc);
    }
  }
  if (number.kind === 'arithmetic' && (number.op === '+' || number.op === '-') && number.right.kind === 'number') {
    const seconds = number.right.value / (unit === 'second' ? 1 : 1000);
    if (!Number.isInteger(seconds)) return refuse('it counts in fractions of a second');
    const base = momentOfNumber(number.left, unit, utc);
    return {
      ...base,
      at: { kind: 'shift', of: base.at, amount: number.op === '+' ? seconds : -seconds, unit: 'second' },
    };
  }
  if (number.kind !== 'unix' || number.unit !== unit)
    return refuse('it makes a date of a number that is not the session time');
  const at = unit === 'second' ? wholeSeconds(number.at) : number.at;
  return { at: utc ? { kind: 'zone', of: at, zone: 'UTC' } : local(at), utc, floating: false };
}

/** The same instant, seen from the workflow's zone. */
function local(at: SessionInstant): SessionInstant {
  if (at.kind === 'zone') return local(at.of);
  return isUtc(at) ? refuse('it turns a time computed in UTC back to local time') : at;
}

/** True where the instant is looked at from another zone than the workflow's. */
export function isUtc(at: SessionInstant): boolean {
  if (at.kind === 'zone') return true;
  return at.kind !== 'session' && isUtc(at.of);
}

/** A printed time has no fraction of a second. Only `endOf` leaves one. */
function wholeSeconds(at: SessionInstant): SessionInstant {
  const fraction = (of: SessionInstant): boolean =>
    of.kind === 'endOf' || (of.kind !== 'session' && of.kind !== 'startOf' && fraction(of.of));
  return fraction(at) ? { kind: 'startOf', of: at, unit: 'second' } : at;
}

function isIso(pattern: readonly FormatPart[]): boolean {
  const text = pattern.map((part) => (part.kind === 'literal' ? part.text : part.token)).join('');
  return [
    'YYYY-MM-DDTHH:mm:ssZ',
    'YYYY-MM-DDTHH:mm:ssZZ',
    'YYYY-MM-DD HH:mm:ssZ',
    'YYYY-MM-DD',
    'YYYYMMDD',
    'YYYY-MM',
  ].includes(text);
}

/** moment's parser passes over what is neither letter nor digit; the fields must be the same, in the same order. */
function matches(pattern: readonly FormatPart[], format: readonly FormatPart[]): boolean {
  const shape = (parts: readonly FormatPart[]): string | undefined => {
    const fields = parts.map((part) =>
      part.kind === 'token' ? part.token.replace('ZZ', 'Z') : /^[^A-Za-z0-9]*$/.test(part.text) ? '' : `'${part.text}'`,
    );
    return fields.filter((field) => field !== '').join(' ');
  };
  return shape(pattern) === shape(format);
}
