import { monthNames, weekdayNames } from '../core/english-dates.ts';
import type { FormatPart } from '../ir/session-expr.ts';
import type { MomentClock } from './moment-clock.ts';

/** What moment's `format` prints in its English locale. */
export function printMoment(at: MomentClock, pattern: readonly FormatPart[]): string {
  return pattern.map((part) => (part.kind === 'literal' ? part.text : printToken(at, part.token))).join('');
}

function printToken(at: MomentClock, token: string): string {
  const number = numberOf(at, token);
  if (number !== undefined)
    return (
      padded(number, token.endsWith('o') || token.length === 1 ? 0 : (widths[token] ?? 0)) +
      (token.endsWith('o') ? ordinal(number) : '')
    );
  switch (token) {
    case 'Y':
      return at.year <= 9999 ? String(at.year) : `+${at.year}`;
    case 'YYYYYY':
      return `${at.year < 0 ? '-' : '+'}${padded(Math.abs(at.year), 6)}`;
    case 'MMM':
      return (monthNames[at.month] ?? '').slice(0, 3);
    case 'MMMM':
      return monthNames[at.month] ?? '';
    case 'dd':
    case 'ddd':
      return (weekdayNames[at.day] ?? '').slice(0, token.length);
    case 'dddd':
      return weekdayNames[at.day] ?? '';
    case 'a':
    case 'A':
      return token === 'a' ? (at.hour < 12 ? 'am' : 'pm') : at.hour < 12 ? 'AM' : 'PM';
    case 'hmm':
    case 'hmmss':
    case 'Hmm':
    case 'Hmmss':
      return `${token.startsWith('h') ? at.hour % 12 || 12 : at.hour}${padded(at.minute, 2)}${token.length > 3 ? padded(at.second, 2) : ''}`;
    case 'Z':
    case 'ZZ':
      return offsetText(at.offset, token === 'Z' ? ':' : '');
    case 'z':
    case 'zz':
      // Only moments in UTC mode have a zone name; the reader of expressions writes it out as a literal.
      return '';
    default:
      return /^S{1,9}$/.test(token) ? padded(at.millisecond, 3).padEnd(9, '0').slice(0, token.length) : token;
  }
}

/** Digits that a token of more than one letter is filled up to. */
const widths: Readonly<Record<string, number>> = {
  YY: 2,
  YYYY: 4,
  YYYYY: 5,
  MM: 2,
  DD: 2,
  DDDD: 3,
  ww: 2,
  WW: 2,
  gg: 2,
  GG: 2,
  gggg: 4,
  GGGG: 4,
  ggggg: 5,
  GGGGG: 5,
  HH: 2,
  hh: 2,
  kk: 2,
  mm: 2,
  ss: 2,
};

function numberOf(at: MomentClock, token: string): number | undefined {
  switch (token) {
    case 'YY':
      return at.year % 100;
    case 'YYYY':
    case 'YYYYY':
      return at.year;
    case 'Q':
    case 'Qo':
      return at.quarter;
    case 'M':
    case 'MM':
    case 'Mo':
      return at.month + 1;
    case 'D':
    case 'DD':
    case 'Do':
      return at.date;
    case 'DDD':
    case 'DDDD':
    case 'DDDo':
      return at.dayOfYear;
    case 'd':
    case 'do':
    case 'e':
      return at.day;
    case 'E':
      return at.isoWeekday;
    case 'w':
    case 'ww':
    case 'wo':
      return at.week('english').week;
    case 'W':
    case 'WW':
    case 'Wo':
      return at.week('iso').week;
    case 'gg':
      return at.week('english').year % 100;
    case 'gggg':
    case 'ggggg':
      return at.week('english').year;
    case 'GG':
      return at.week('iso').year % 100;
    case 'GGGG':
    case 'GGGGG':
      return at.week('iso').year;
    case 'H':
    case 'HH':
      return at.hour;
    case 'h':
    case 'hh':
      return at.hour % 12 || 12;
    case 'k':
    case 'kk':
      return at.hour || 24;
    case 'm':
    case 'mm':
      return at.minute;
    case 's':
    case 'ss':
      return at.second;
    case 'X':
      return Math.floor(at.ms / 1000);
    case 'x':
      return at.ms;
    default:
      return undefined;
  }
}

/** `+09:00`; moment rounds offsets to quarters of an hour. */
function offsetText(minutesAhead: number, separator: string): string {
  const rounded = Math.round(minutesAhead / 15) * 15;
  const size = Math.abs(rounded);
  return `${rounded < 0 ? '-' : '+'}${padded(Math.floor(size / 60), 2)}${separator}${padded(size % 60, 2)}`;
}

function ordinal(number: number): string {
  const last = number % 10;
  if (Math.floor((number % 100) / 10) === 1) return 'th';
  return last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
}

function padded(number: number, width: number): string {
  return `${number < 0 ? '-' : ''}${String(Math.abs(number)).padStart(width, '0')}`;
}
