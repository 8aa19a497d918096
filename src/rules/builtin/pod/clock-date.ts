import { readRelativeDate } from '../../../ir/relative-date.ts';
import type { CalendarUnit, FormatPart } from '../../../ir/session-expr.ts';
import { readStrftime } from '../../../ir/strftime.ts';
import type { ClockLook } from './clock-instant.ts';
import { zoneName } from './clock-zone.ts';
import { type PartText, PLACEHOLDER, partText } from './part-text.ts';
import { readCommands, type ShellWord } from './shell-commands.ts';
import { flatWord } from './shell-words.ts';

/** `absolute`: the call reckons from a date that is given to it, and asks no clock. */
export type DateCall =
  | { readonly kind: 'look'; readonly look: ClockLook }
  | { readonly kind: 'kept'; readonly reason: string }
  | { readonly kind: 'absolute' };

/** Reads a call of GNU, busybox or BSD `date`, as it stands in a command substitution. `zone` is that of the shell around it. */
export function readDateCall(source: string, zone: string): DateCall | undefined {
  const text = partText([{ kind: 'literal', text: source, from: { via: 'default', reason: 'shell text' } }]);
  const [command, ...more] = readCommands(source) ?? [];
  if (command === undefined || more.length > 0) return undefined;
  const words = [...command.words];
  if (/^(?:\/bin\/)?busybox$/.test(flat(text, words[0]))) words.shift();
  if (!/^(?:\/usr)?(?:\/bin\/)?g?date$/.test(flat(text, words.shift()))) return undefined;
  const options = readOptions(text, words, zone);
  if (options.kind === 'kept') return options;
  const assigned = command.assignments.map((word) => flatWord(text, word)).find((written) => written.startsWith('TZ='));
  return toLook(
    options.read,
    options.read.utc ? 'UTC' : assigned === undefined ? zone : zoneName(assigned.slice(3)),
    zone,
  );
}

function flat(text: PartText, word: ShellWord | undefined): string {
  return word === undefined ? '' : flatWord(text, word);
}

interface DateOptions {
  format?: string;
  when?: string;
  utc: boolean;
  readonly shifts: { amount: number; unit: CalendarUnit }[];
}

function readOptions(
  text: PartText,
  words: readonly ShellWord[],
  zone: string,
): { readonly kind: 'read'; readonly read: DateOptions } | { readonly kind: 'kept'; readonly reason: string } {
  const read: DateOptions = { utc: false, shifts: [] };
  const rest = words.map((word) => flat(text, word));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const when = /^(?:--date=|-d)(.+)$/s.exec(word)?.[1];
    const bsd = /^-v([-+]\d+)([dwHmy])$/.exec(word);
    if (word.startsWith('+')) read.format = word.slice(1);
    else if (word === '-d' || word === '--date') read.when = rest.shift() ?? '';
    else if (when !== undefined) read.when = when;
    else if (/^(?:-u|--utc|--universal)$/.test(word)) read.utc = true;
    else if (/^(?:-I|-Idate|--iso-8601(?:=date)?)$/.test(word)) read.format = '%F';
    else if (bsd !== null) read.shifts.push({ amount: Number(bsd[1]), unit: bsdUnits[bsd[2] ?? ''] ?? 'day' });
    else return { kind: 'kept', reason: `date ${word} has no equal` };
  }
  return zone === ''
    ? { kind: 'kept', reason: 'the zone of the container is known only in the cluster' }
    : { kind: 'read', read };
}

const bsdUnits: Readonly<Record<string, CalendarUnit>> = { d: 'day', w: 'week', H: 'hour', m: 'month', y: 'year' };

function toLook(options: DateOptions, zone: string, outerZone: string): DateCall {
  const unset = options.when === undefined ? undefined : clockWhereUnset(options.when);
  if (unset !== undefined) return { kind: 'kept', reason: `it reckons from the clock where ${unset} is not set` };
  if (options.when !== undefined && isAbsolute(options.when)) return { kind: 'absolute' };
  if (options.when?.match(/[$`]/) && zone !== outerZone) return { kind: 'kept', reason: 'it mixes two zones' };
  if (options.format === undefined) return { kind: 'kept', reason: 'it asks for the time of day' };
  const format = readStrftime(options.format);
  if (format.kind === 'unknown')
    return { kind: 'kept', reason: `it asks for ${format.token}, which is no field of a session's date` };
  const base = options.when === undefined ? { shifts: [] } : readWhen(options.when, outerZone);
  if (base === undefined) return { kind: 'kept', reason: `the date ${options.when ?? ''} is not understood` };
  return { kind: 'look', look: { ...base, shifts: [...base.shifts, ...options.shifts], format: format.parts, zone } };
}

/** `${DAY:-yesterday}` is a date that is given, or one that the clock gives. */
function clockWhereUnset(when: string): string | undefined {
  const [, written, fallback = ''] = /^\s*"?(\$\{\w+:?-([^}]*)\}?)/.exec(when) ?? [];
  const given = /^\s*(?:\d{4}-?\d{2}-?\d{2}|@\d|\$\{?[A-Za-z_])/.test(fallback);
  return written === undefined || given ? undefined : written;
}

function isAbsolute(when: string): boolean {
  if (/(?:\$\(|`)[^)`]*\bdate\b/.test(when)) return false;
  return (
    when.includes(PLACEHOLDER) ||
    /^\s*(?:\d{4}-?\d{2}-?\d{2}|\d{1,2}\/\d{1,2}\/\d{4}|@\d|"?\$\{?[A-Za-z_0-9])/.test(when)
  );
}

type When = Pick<ClockLook, 'shifts' | 'startOf'>;

/** GNU's relative dates, a nested `$(date …)`, and seconds since 1970 taken from `$(date +%s)`. */
function readWhen(written: string, zone: string): When | undefined {
  const nested = /^\$\((.+?)\)(.*)$/s.exec(written) ?? /^`(.+?)`(.*)$/s.exec(written);
  if (nested !== null) return readNested(nested[1] ?? '', nested[2] ?? '', zone);
  const epoch = /^@\$\(\(\s*\$\(date \+%s\)\s*([-+])\s*(\d+(?:\s*\*\s*\d+)*)\s*\)\)$/.exec(written);
  if (epoch !== null) return inDays(epoch[1] ?? '', epoch[2] ?? '');
  return relative(written);
}

function inDays(sign: string, product: string): When | undefined {
  const seconds = product.split('*').reduce((total, factor) => total * Number(factor), 1);
  return seconds % 86_400 === 0
    ? { shifts: [{ amount: (sign === '-' ? -1 : 1) * (seconds / 86_400), unit: 'day' }] }
    : undefined;
}

/** `$(date +%Y-%m-01) -1 day`: the day or the month's first day of another look, and from there. */
function readNested(inner: string, tail: string, zone: string): When | undefined {
  const call = readDateCall(inner, zone);
  if (call?.kind !== 'look') return undefined;
  const shape = call.look.format.map(shapeOf).join('');
  const startOf =
    shape === 'YYYY-MM-DD' || shape === 'YYYYMMDD'
      ? 'day'
      : shape === 'YYYY-MM-01' || shape === 'YYYYMM01'
        ? 'month'
        : shape === 'YYYY-01-01'
          ? 'year'
          : undefined;
  const after = relative(tail);
  if (
    startOf === undefined ||
    after === undefined ||
    call.look.shifts.some(({ unit }) => unit !== 'day' && unit !== 'week')
  )
    return undefined;
  if (call.look.shifts.length > 0 && startOf !== 'day') return undefined;
  if (startOf === 'day')
    return after.shifts.every(({ unit }) => unit === 'day' || unit === 'week')
      ? { shifts: [...call.look.shifts, ...after.shifts] }
      : undefined;
  // From the first of a month every shift by months is exact.
  const monthsFirst = after.shifts.every(({ unit }, at) => unit !== 'month' || at === 0);
  return monthsFirst ? { startOf, shifts: after.shifts } : undefined;
}

function shapeOf(part: FormatPart): string {
  return part.kind === 'token' ? part.token : part.text;
}

function relative(written: string): When | undefined {
  const shifts = written.includes(PLACEHOLDER) ? undefined : readRelativeDate(written);
  return shifts === undefined ? undefined : { shifts };
}
