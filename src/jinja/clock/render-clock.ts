import { type LocalTime, localTime, utcMillis } from '../../core/zoned-time.ts';
import type { DateShift } from '../../ir/relative-date.ts';
import type { FormatPart } from '../../ir/session-expr.ts';
import { readStrftime, strftimeField } from '../../ir/strftime.ts';
import { PyError } from '../values/error.ts';
import { formatLocal } from './format.ts';

/** What templates that ask for the time get: dates that stay symbolic, or those of one moment. */
export type RenderClock =
  | { readonly kind: 'symbolic' }
  /** `zone`: where the template names none. */
  | { readonly kind: 'at'; readonly seconds: number; readonly zone: string };

/** A time as what is done to the moment of the rendering, in this order. */
export interface Moment {
  /** Absent: that of the machine which rendered. */
  readonly zone?: string;
  readonly startOf?: 'month' | 'year';
  readonly shifts: readonly DateShift[];
  /** A date, which has no time of day but this. */
  readonly midnight: boolean;
}

/** A date that a template printed, and the mark that stands for it in the rendered text. */
export interface ClockText {
  readonly mark: string;
  /** The call of GNU date that prints the same. */
  readonly command: string;
  readonly moment: Moment;
  readonly format: readonly FormatPart[];
}

/** What stands in a rendering for a date; it reads like any run-time macro. */
export const clockMark = /__DIG2ARGO_CLOCK_\d+__/;

/** Rendering is synchronous, so one module variable holds the state; `startClock` resets it for each rendering. */
let clock: RenderClock | undefined;
let printed = new Map<string, ClockText>();
let asked = false;

export function startClock(given: RenderClock | undefined): void {
  clock = given;
  printed = new Map();
  asked = false;
}

/** A date was printed since `startClock`. */
export function askedClock(): boolean {
  return asked;
}

export function hasClock(): boolean {
  return clock !== undefined;
}

/** Every date printed since `startClock`. */
export function printedDates(): readonly ClockText[] {
  return [...printed.values()];
}

/** What a date is needed for that is known only in a session. */
export function needsTheDate(operation: string): PyError {
  return new PyError('SymbolicError', operation);
}

const finer: ReadonlySet<string> = new Set(['m', 'mm', 's', 'ss']);
const hourly: ReadonlySet<string> = new Set(['H', 'HH', 'h', 'hh', 'A']);
const zones: ReadonlySet<string> = new Set(['Z', 'ZZ']);

/** `strftime`: a mark, or the text at the moment of the rendering. */
export function dateText(moment: Moment, written: string): string {
  if (clock === undefined) throw new PyError('ClockError', 'the clock');
  const read = readStrftime(written);
  if (read.kind === 'unknown') throw needsTheDate(`the format ${read.token}`);
  const format = read.parts.map((part) => (moment.midnight ? midnightField(part) : part));
  for (const part of format) {
    if (part.kind !== 'token') continue;
    const ofDay = finer.has(part.token) || (moment.startOf !== undefined && hourly.has(part.token));
    if (ofDay) throw needsTheDate(`the time of day in '${written}'`);
    if (zones.has(part.token)) throw needsTheDate(`the offset in '${written}'`);
  }
  asked = true;
  if (clock.kind === 'at') return formatLocal(format, localAt(moment, clock.seconds, clock.zone));
  return markOf(moment, format);
}

function markOf(moment: Moment, format: readonly FormatPart[]): string {
  const command = dateCommand(moment, format);
  const known = printed.get(command) ?? { mark: `__DIG2ARGO_CLOCK_${printed.size}__`, command, moment, format };
  printed.set(command, known);
  return known.mark;
}

/** A date in which what stands between its fields is replaced; undefined for other texts, and where a field may hold what is sought. */
export function replaceInDate(text: string, search: string, by: string): string | undefined {
  if (!/^[^A-Za-z0-9]$/.test(search)) return undefined;
  if (clock?.kind === 'at') return text.replaceAll(search, () => by);
  const date = printedDates().find(({ mark }) => mark === text);
  if (date === undefined) return undefined;
  const format = date.format.map(
    (part): FormatPart =>
      part.kind === 'literal' ? { kind: 'literal', text: part.text.replaceAll(search, () => by) } : part,
  );
  return markOf(date.moment, format);
}

function midnightField(part: FormatPart): FormatPart {
  if (part.kind !== 'token' || !(finer.has(part.token) || hourly.has(part.token))) return part;
  const text =
    part.token === 'A' ? 'AM' : part.token === 'h' || part.token === 'hh' ? '12' : '0'.repeat(part.token.length);
  return { kind: 'literal', text };
}

/** The date as it would have been at one moment. */
export function dateAt({ moment, format }: ClockText, seconds: number, zone: string): string {
  return formatLocal(format, localAt(moment, seconds, zone));
}

function localAt(moment: Moment, seconds: number, zone: string): LocalTime {
  const now = localTime(moment.zone ?? zone, seconds * 1000);
  const start =
    moment.startOf === undefined
      ? now
      : {
          ...now,
          day: 1,
          month: moment.startOf === 'year' ? 1 : now.month,
        };
  return moment.shifts.reduce((at, shift) => localTime('UTC', utcMillis(shifted(at, shift))), start);
}

/** Months and years are shifted only from the first of a month. */
function shifted(at: LocalTime, { amount, unit }: DateShift): LocalTime {
  switch (unit) {
    case 'year':
      return { ...at, year: at.year + amount };
    case 'month':
      return { ...at, month: at.month + amount };
    case 'week':
      return { ...at, day: at.day + 7 * amount };
    case 'hour':
      return { ...at, hour: at.hour + amount };
    default:
      return { ...at, day: at.day + amount };
  }
}

const starts = { month: '%Y-%m-01', year: '%Y-01-01' };

function dateCommand({ zone, startOf, shifts }: Moment, format: readonly FormatPart[]): string {
  const date = zone === undefined ? 'date' : zone === 'UTC' ? 'date -u' : `TZ=${zone} date`;
  const words = shifts.map(({ amount, unit }) => `${amount < 0 ? '' : '+'}${amount} ${unit}`);
  const when = [...(startOf === undefined ? [] : [`$(${date} +${starts[startOf]})`]), ...words].join(' ');
  const shown = `+${format.map(strftimePiece).join('')}`;
  return [date, ...(when === '' ? [] : [`-d "${when}"`]), /^[\w%+/:.,-]*$/.test(shown) ? shown : `'${shown}'`].join(
    ' ',
  );
}

function strftimePiece(part: FormatPart): string {
  if (part.kind === 'token') return strftimeField(part.token) ?? '';
  if (part.text.includes("'")) throw needsTheDate("a quote in the date's format");
  return part.text.replaceAll('%', '%%');
}
