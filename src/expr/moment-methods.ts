import type {
  CalendarUnit,
  FormatPart,
  SessionExpr,
  SessionInstant,
  SessionNumber,
  SessionTest,
} from '../ir/session-expr.ts';
import type { Provenance } from '../ir/value.ts';
import {
  constant,
  instant,
  type Known,
  type KnownMoment,
  primitive,
  refuse,
  sessionNumber,
  sessionTest,
  sessionText,
  staticString,
} from './known.ts';
import { parseMomentFormat } from './moment-format.ts';
import { isUtc } from './moment-input.ts';
import { isoPattern, millisecondPattern, utcIsoPattern } from './session-built-ins.ts';

const unitNames: Readonly<Record<string, CalendarUnit>> = {
  y: 'year',
  year: 'year',
  years: 'year',
  Q: 'quarter',
  quarter: 'quarter',
  quarters: 'quarter',
  M: 'month',
  month: 'month',
  months: 'month',
  w: 'week',
  week: 'week',
  weeks: 'week',
  W: 'isoWeek',
  isoweek: 'isoWeek',
  isoweeks: 'isoWeek',
  d: 'day',
  day: 'day',
  days: 'day',
  h: 'hour',
  hour: 'hour',
  hours: 'hour',
  m: 'minute',
  minute: 'minute',
  minutes: 'minute',
  s: 'second',
  second: 'second',
  seconds: 'second',
};

type Field = Extract<SessionNumber, { kind: 'field' }>['field'];
type Settable = Extract<SessionInstant, { kind: 'with' }>['unit'];

const getters: Readonly<Record<string, Field>> = {
  year: 'year',
  years: 'year',
  quarter: 'quarter',
  quarters: 'quarter',
  month: 'month',
  months: 'month',
  date: 'date',
  dates: 'date',
  dayOfYear: 'dayOfYear',
  day: 'day',
  days: 'day',
  weekday: 'day',
  isoWeekday: 'isoWeekday',
  isoWeek: 'isoWeek',
  isoWeeks: 'isoWeek',
  isoWeekYear: 'isoWeekYear',
  hour: 'hour',
  hours: 'hour',
  minute: 'minute',
  minutes: 'minute',
  second: 'second',
  seconds: 'second',
};
const setters: Readonly<Record<string, Settable>> = {
  year: 'year',
  years: 'year',
  month: 'month',
  months: 'month',
  date: 'date',
  dates: 'date',
  day: 'day',
  days: 'day',
  weekday: 'day',
  isoWeekday: 'isoWeekday',
  hour: 'hour',
  hours: 'hour',
  minute: 'minute',
  minutes: 'minute',
  second: 'second',
  seconds: 'second',
};
/** Fields and units that a date alone decides. */
const ofDate: ReadonlySet<string> = new Set([
  'year',
  'quarter',
  'month',
  'date',
  'dayOfYear',
  'day',
  'isoWeekday',
  'isoWeek',
  'isoWeekYear',
  'week',
]);
const dateToken = /^(?:Y+|Qo?|M+|Mo|D+o?|d+|do|e|E|wo?|ww|Wo?|WW|g+|G+)$/;

/** A method call on a moment that stands for the session time or one computed from it. */
export function callMoment(moment: KnownMoment, name: string, args: readonly Known[], from: Provenance): Known {
  const { at, utc, floating } = moment;
  const [first, second] = args;
  switch (name) {
    case 'clone':
      return { kind: 'instant', moment };
    case 'add':
    case 'subtract': {
      const { amount, unit } = amountOf(args);
      if (floating && !ofDate.has(unit)) return refuse('a UTC midnight of a local date');
      const signed = name === 'add' ? amount : -amount;
      return signed === 0
        ? { kind: 'instant', moment }
        : { kind: 'instant', moment: { ...moment, at: { kind: 'shift', of: at, amount: signed, unit } } };
    }
    case 'startOf':
    case 'endOf': {
      const unit = /^(?:D|dates?)$/.test(staticString(first) ?? '') ? 'day' : unitOf(first);
      if (floating && name === 'endOf' && !ofDate.has(unit)) return refuse('a UTC midnight of a local date');
      return { kind: 'instant', moment: { ...moment, at: { kind: name, of: at, unit } } };
    }
    case 'utc':
      if (floating || args.length > 0) return refuse('a change of zone that keeps the clock');
      return utc ? { kind: 'instant', moment } : instant({ kind: 'zone', of: at, zone: 'UTC' }, true);
    case 'local':
      if (!utc) return { kind: 'instant', moment };
      return at.kind === 'zone' && !floating && !isUtc(at.of)
        ? instant(at.of)
        : refuse('it turns a time computed in UTC back to local time');
    case 'format':
      return format(moment, first, from);
    case 'toISOString':
    case 'toJSON':
      if (floating || args.length > 0) return refuse('a UTC midnight of a local date');
      return sessionText(
        { kind: 'format', at: isUtc(at) ? at : { kind: 'zone', of: at, zone: 'UTC' }, pattern: millisecondPattern },
        from,
      );
    case 'toDate':
      return floating ? refuse('a UTC midnight of a local date') : { kind: 'date', at };
    case 'unix':
    case 'valueOf':
      if (floating) return refuse('a UTC midnight of a local date');
      return sessionNumber({ kind: 'unix', at, unit: name === 'unix' ? 'second' : 'millisecond' });
    case 'isValid':
      return constant(true);
    case 'isUTC':
    case 'isUtc':
      return constant(utc);
    case 'daysInMonth':
      return sessionNumber({ kind: 'field', at: { kind: 'endOf', of: at, unit: 'month' }, field: 'date' });
    case 'diff':
      return diff(moment, first, second, args[2]);
    case 'isSame':
    case 'isBefore':
    case 'isAfter':
    case 'isSameOrBefore':
    case 'isSameOrAfter':
      return order(moment, name, first, second);
    case 'get':
    case 'set':
      return field(moment, staticString(first) ?? '', args.slice(1), name === 'set');
    default:
      return field(moment, name, args, args.length > 0);
  }
}

function field(moment: KnownMoment, name: string, args: readonly Known[], set: boolean): Known {
  const [value] = args;
  if (set) {
    const unit = setters[name];
    const given = value === undefined ? undefined : primitive(value)?.value;
    const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
    if (unit === undefined || typeof number !== 'number' || !Number.isInteger(number))
      return refuse(`the moment method ${name} with such an argument`);
    if (moment.floating && !ofDate.has(unit === 'isoWeekday' || unit === 'day' ? 'day' : unit))
      return refuse('a UTC midnight of a local date');
    return { kind: 'instant', moment: { ...moment, at: { kind: 'with', of: moment.at, unit, value: number } } };
  }
  const getter = getters[name];
  if (getter === undefined) return refuse(`the moment method ${name}`);
  if (moment.floating && !ofDate.has(getter)) return constant(0);
  return sessionNumber({ kind: 'field', at: moment.at, field: getter });
}

function format(moment: KnownMoment, pattern: Known | undefined, from: Provenance): Known {
  const given = pattern === undefined ? undefined : staticString(pattern);
  if (pattern !== undefined && given === undefined && !(pattern.kind === 'constant' && !pattern.value))
    return refuse('a date format that is not constant');
  const utcMode = moment.utc;
  const parts = given === undefined || given === '' ? (utcMode ? utcIsoPattern : isoPattern) : parseMomentFormat(given);
  if (moment.floating && !parts.every((part) => part.kind === 'literal' || dateToken.test(part.token)))
    return refuse('the time of day of a UTC date');
  return sessionText(
    simpleFormat(
      moment.at,
      parts.map((part) => withoutZoneName(part, utcMode)).filter((part) => part.kind === 'token' || part.text !== ''),
    ),
    from,
  );
}

function simpleFormat(at: SessionInstant, pattern: readonly FormatPart[]): SessionExpr {
  if (pattern.some((part) => part.kind === 'token')) return { kind: 'format', at, pattern };
  return { kind: 'text', text: pattern.map((part) => (part.kind === 'literal' ? part.text : '')).join('') };
}

function withoutZoneName(part: FormatPart, utc: boolean): FormatPart {
  if (part.kind === 'literal' || !/^zz?$/.test(part.token)) return part;
  return { kind: 'literal', text: utc ? (part.token === 'z' ? 'UTC' : 'Coordinated Universal Time') : '' };
}

function diff(moment: KnownMoment, other: Known | undefined, unit: Known | undefined, exact: Known | undefined): Known {
  const from = otherMoment(moment, other);
  if (exact !== undefined && !(exact.kind === 'constant' && !exact.value))
    return refuse('a difference with a fraction');
  const written = unit === undefined ? 'ms' : (staticString(unit) ?? '');
  if (/^(?:ms|milliseconds?)$/.test(written))
    return sessionNumber({ kind: 'arithmetic', op: '-', left: milliseconds(moment.at), right: milliseconds(from.at) });
  const name = unitOf(unit);
  if (name === 'isoWeek') return refuse('a difference in ISO weeks');
  return sessionNumber({ kind: 'diff', from: from.at, to: moment.at, unit: name });
}

function order(moment: KnownMoment, name: string, other: Known | undefined, unit: Known | undefined): Known {
  const right = otherMoment(moment, other);
  const text = (at: SessionInstant): SessionExpr => ({ kind: 'number-text', of: milliseconds(at) });
  const compare = (op: Extract<SessionTest, { kind: 'compare' }>['op'], a: SessionInstant, b: SessionInstant): Known =>
    sessionTest({ kind: 'compare', op, left: text(a), right: text(b) });
  const [a, b] = [moment.at, right.at];
  const to = unit === undefined ? undefined : unitOf(unit);
  const start = (at: SessionInstant): SessionInstant => (to === undefined ? at : { kind: 'startOf', of: at, unit: to });
  switch (name) {
    case 'isSame':
      return compare('==', start(a), start(b));
    case 'isBefore':
      return compare('<', start(a), start(b));
    case 'isAfter':
      return compare('>', start(a), start(b));
    case 'isSameOrBefore':
      return compare('<=', start(a), start(b));
    default:
      return compare('>=', start(a), start(b));
  }
}

function otherMoment(moment: KnownMoment, other: Known | undefined): KnownMoment {
  const known =
    other?.kind === 'date'
      ? { at: other.at, utc: false, floating: false }
      : other?.kind === 'instant'
        ? other.moment
        : undefined;
  if (known === undefined)
    return refuse('a comparison of the session time with something else than a time of the session');
  if (known.utc !== moment.utc || known.floating !== moment.floating)
    return refuse('a comparison of a local time with one in UTC');
  return known;
}

function milliseconds(at: SessionInstant): SessionNumber {
  return { kind: 'unix', at, unit: 'millisecond' };
}

/** Both orders: `add(1, 'day')`, and the old `add('day', 1)`; or one object, as `add({days: 1})` cannot be read here. */
function amountOf(args: readonly Known[]): { readonly amount: number; readonly unit: CalendarUnit } {
  const [first, second] = args;
  if (first === undefined || second === undefined) return refuse('a shift without amount and unit');
  const text = staticString(second);
  // moment takes the first argument for the unit where the second is no number-like text's unit.
  const swapped =
    staticString(first) !== undefined && !isNumber(staticString(first)) && (text === undefined || isNumber(text));
  const [amount, unit] = swapped ? [second, first] : [first, second];
  const value = primitive(amount)?.value;
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && isNumber(value) ? Number(value) : undefined;
  if (number === undefined) return refuse('a shift by an amount that is not constant');
  if (!Number.isInteger(number)) return refuse('a shift by a fraction');
  return { amount: number, unit: shiftUnit(unit) };
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text);
}

function shiftUnit(unit: Known): CalendarUnit {
  const name = unitOf(unit);
  return name === 'isoWeek' ? refuse('a shift by ISO weeks') : name;
}

function unitOf(known: Known | undefined): CalendarUnit {
  const written = known === undefined ? '' : (staticString(known) ?? '');
  // `D` is moment's name for the day of the month.
  const unit = written === 'D' ? undefined : (unitNames[written] ?? unitNames[written.toLowerCase()]);
  return unit ?? refuse(written === '' ? 'a unit of time that is not constant' : `the unit of time ${written}`);
}
