/** Wall-clock time without a zone. `month` is 1 to 12. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** True for an IANA zone id (or `UTC`) that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    return fixedOffset(zone) !== undefined || formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** Seconds that local time of `zone` is ahead of UTC at the instant (epoch milliseconds). */
export function offsetSeconds(zone: string, epochMs: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  return offsetOfDay(zone, epochMs) ?? offsetByFormat(zone, epochMs);
}

const DAY_MS = 86_400_000;
/** From here on no zone changed its clocks twice within a day. */
const REGULAR_SINCE = Date.UTC(1973, 0, 1);
const dayOffsets = new Map<string, Map<number, number>>();

/** The offset that holds from one UTC midnight to the next; undefined where it changes in between. Asking `Intl` for each instant is slow. */
function offsetOfDay(zone: string, epochMs: number): number | undefined {
  if (!(epochMs >= REGULAR_SINCE)) return undefined;
  const day = Math.floor(epochMs / DAY_MS);
  const offset = midnightOffset(zone, day);
  return offset === midnightOffset(zone, day + 1) ? offset : undefined;
}

function midnightOffset(zone: string, day: number): number {
  const days = dayOffsets.get(zone) ?? new Map<number, number>();
  dayOffsets.set(zone, days);
  const offset = days.get(day) ?? offsetByFormat(zone, day * DAY_MS);
  days.set(day, offset);
  return offset;
}

function offsetByFormat(zone: string, epochMs: number): number {
  const wall = formattedTime(zone, epochMs);
  return Math.round((utcMillis(wall) - Math.floor(epochMs / 1000) * 1000) / 1000);
}

export function localTime(zone: string, epochMs: number): LocalTime {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fromUtcDate(new Date(epochMs + fixed * 1000));
  const offset = offsetOfDay(zone, epochMs);
  return offset === undefined ? formattedTime(zone, epochMs) : fromUtcDate(new Date(epochMs + offset * 1000));
}

function formattedTime(zone: string, epochMs: number): LocalTime {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of formatOf(zone).formatToParts(epochMs)) parts[part.type] = part.value;
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts[type] ?? '0');
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
  };
}

/** The local time as if it were UTC, in epoch milliseconds; out-of-range fields roll over as in `Date.UTC`. */
export function utcMillis(local: LocalTime): number {
  const date = new Date(0);
  date.setUTCFullYear(local.year, local.month - 1, local.day);
  date.setUTCHours(local.hour, local.minute, local.second, 0);
  return date.getTime();
}

/** The instants (epoch milliseconds, ascending) at which clocks of `zone` show this time: none in a gap, two where clocks go back. */
export function instantsOf(zone: string, local: LocalTime): readonly number[] {
  const guess = utcMillis(local);
  const offsets = new Set([
    offsetSeconds(zone, guess - 86_400_000),
    offsetSeconds(zone, guess),
    offsetSeconds(zone, guess + 86_400_000),
  ]);
  return [...offsets]
    .map((offset) => guess - offset * 1000)
    .filter((instant) => offsetSeconds(zone, instant) * 1000 + instant === guess)
    .sort((a, b) => a - b);
}

/** One instant for a local time: the earlier of two, and in a gap the time shifted forward by the gap's length. Go and moment choose differently; who follows them does not use this. */
export function instantOf(zone: string, local: LocalTime): number {
  const [first] = instantsOf(zone, local);
  if (first !== undefined) return first;
  const guess = utcMillis(local);
  return guess - offsetSeconds(zone, guess - 86_400_000) * 1000;
}

/** `+0900`, or `+09:00` with a colon. */
export function formatOffset(seconds: number, colon: boolean): string {
  const minutes = Math.trunc(Math.abs(seconds) / 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}${colon ? ':' : ''}${two(minutes % 60)}`;
}

/** Seconds of a zone that is an offset, as Java writes them: `UTC`, `Z`, `+09:00`, `UTC+09:00`, `GMT-3`. */
function fixedOffset(zone: string): number | undefined {
  const known = fixedOffsets.get(zone);
  if (known !== undefined) return known.seconds;
  const seconds = readFixedOffset(zone);
  fixedOffsets.set(zone, { seconds });
  return seconds;
}

const fixedOffsets = new Map<string, { readonly seconds: number | undefined }>();

function readFixedOffset(zone: string): number | undefined {
  const match = /^(?:UTC|GMT|UT|Z)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(zone);
  if (match === null || zone === '') return undefined;
  const [, sign, hours = '0', minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

function fromUtcDate(date: Date): LocalTime {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** The offset that a zone has all the time, `+09:00`; undefined where it changes between the years that jobs run in. */
export function constantOffset(zone: string): string | undefined {
  const offsets = new Set<number>();
  for (let year = 2020; year <= 2040; year++)
    for (const month of [0, 3, 6, 9]) offsets.add(offsetSeconds(zone, Date.UTC(year, month, 1)));
  const [only, ...more] = offsets;
  return only === undefined || more.length > 0 ? undefined : formatOffset(only, true);
}
