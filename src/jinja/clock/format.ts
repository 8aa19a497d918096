import { monthNames, weekdayNames } from '../../core/english-dates.ts';
import { type LocalTime, utcMillis } from '../../core/zoned-time.ts';
import type { FormatPart } from '../../ir/session-expr.ts';

const DAY_MS = 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** A wall-clock time in a format; tokens are moment's, as strftime's fields are read. */
export function formatLocal(parts: readonly FormatPart[], at: LocalTime): string {
  return parts.map((part) => (part.kind === 'literal' ? part.text : field(part.token, at))).join('');
}

function field(token: string, at: LocalTime): string {
  const hour12 = at.hour % 12 === 0 ? 12 : at.hour % 12;
  const weekday = new Date(utcMillis(at)).getUTCDay();
  switch (token) {
    case 'YYYY':
      return String(at.year);
    case 'YY':
      return two(at.year % 100);
    case 'MM':
      return two(at.month);
    case 'M':
      return String(at.month);
    case 'DD':
      return two(at.day);
    case 'D':
      return String(at.day);
    case 'DDDD':
      return String(dayOfYear(at)).padStart(3, '0');
    case 'DDD':
      return String(dayOfYear(at));
    case 'HH':
      return two(at.hour);
    case 'H':
      return String(at.hour);
    case 'hh':
      return two(hour12);
    case 'h':
      return String(hour12);
    case 'A':
      return at.hour < 12 ? 'AM' : 'PM';
    case 'E':
      return String(weekday === 0 ? 7 : weekday);
    case 'd':
      return String(weekday);
    case 'ddd':
      return (weekdayNames[weekday] ?? '').slice(0, 3);
    case 'dddd':
      return weekdayNames[weekday] ?? '';
    case 'MMM':
      return (monthNames[at.month - 1] ?? '').slice(0, 3);
    case 'MMMM':
      return monthNames[at.month - 1] ?? '';
    case 'WW':
      return two(isoWeek(at).week);
    case 'GGGG':
      return String(isoWeek(at).year);
    default:
      throw new Error(`no field of a date: ${token}`);
  }
}

function dayOfYear(at: LocalTime): number {
  return Math.floor((utcMillis(at) - Date.UTC(at.year, 0, 1)) / DAY_MS) + 1;
}

/** The year and week of the Thursday of the same week. */
function isoWeek(at: LocalTime): { readonly year: number; readonly week: number } {
  const midnight = utcMillis({ ...at, hour: 0, minute: 0, second: 0 });
  const fromMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  const thursday = new Date(midnight + (3 - fromMonday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1 };
}
