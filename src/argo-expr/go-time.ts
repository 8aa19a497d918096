import { localTime, offsetSeconds, utcMillis } from '../core/zoned-time.ts';

/** Where a Go time is shown: an IANA zone, or the fixed offset it was parsed with. */
export type GoZone =
  | { readonly kind: 'iana'; readonly name: string }
  | { readonly kind: 'fixed'; readonly seconds: number };

/** Go's time.Time without its monotonic part. */
export interface GoTime {
  /** Since the Unix epoch. */
  readonly nanos: bigint;
  readonly zone: GoZone;
}

export const UTC: GoZone = { kind: 'iana', name: 'UTC' };

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
}

const NANOS_PER_SECOND = 1_000_000_000n;

export function unixSeconds(time: GoTime): bigint {
  return floorDivide(time.nanos, NANOS_PER_SECOND);
}

export function offsetOf(time: GoTime): number {
  return zoneOffset(time.zone, Number(unixSeconds(time)));
}

export function civilOf(time: GoTime): Civil {
  const seconds = unixSeconds(time);
  const nanosecond = Number(time.nanos - seconds * NANOS_PER_SECOND);
  const shown = localTime('UTC', (Number(seconds) + offsetOf(time)) * 1000);
  return { ...shown, nanosecond };
}

/**
 * Go's time.Date: fields out of range roll over. A local time in a gap or an overlap gets the offset that Go finds,
 * which is not always the one that moment or Java choose.
 */
export function goDate(civil: Civil, zone: GoZone): GoTime {
  const asUtc = Math.floor(utcMillis(civil) / 1000);
  let offset = zoneOffset(zone, asUtc);
  if (offset !== 0) offset = zoneOffset(zone, asUtc - offset);
  return { nanos: BigInt(asUtc - offset) * NANOS_PER_SECOND + BigInt(civil.nanosecond), zone };
}

export function addDate(time: GoTime, years: number, months: number, days: number): GoTime {
  const civil = civilOf(time);
  return goDate({ ...civil, year: civil.year + years, month: civil.month + months, day: civil.day + days }, time.zone);
}

/** Rounds down to a multiple of the duration since the zero time, 0001-01-01 UTC. */
export function truncate(time: GoTime, duration: bigint): GoTime {
  if (duration <= 0n) return time;
  const sinceZero = time.nanos + SECONDS_FROM_YEAR_ONE * NANOS_PER_SECOND;
  return { ...time, nanos: time.nanos - (sinceZero - floorDivide(sinceZero, duration) * duration) };
}

const SECONDS_FROM_YEAR_ONE = 62_135_596_800n;

/** 0 is Sunday. */
export function weekdayOf(civil: Civil): number {
  return new Date(dayMillis(civil)).getUTCDay();
}

export function yearDayOf(civil: Civil): number {
  return Math.round((dayMillis(civil) - dayMillis({ ...civil, month: 1, day: 1 })) / 86_400_000) + 1;
}

export function isoWeekYearOf(civil: Civil): number {
  const monday = (weekdayOf(civil) + 6) % 7;
  return new Date(dayMillis({ ...civil, day: civil.day + 3 - monday })).getUTCFullYear();
}

export function daysInMonth(year: number, month: number): number {
  return new Date(dayMillis({ year, month: month + 1, day: 0 })).getUTCDate();
}

function dayMillis(date: Pick<Civil, 'year' | 'month' | 'day'>): number {
  return utcMillis({ year: date.year, month: date.month, day: date.day, hour: 0, minute: 0, second: 0 });
}

function zoneOffset(zone: GoZone, seconds: number): number {
  return zone.kind === 'fixed' ? zone.seconds : offsetSeconds(zone.name, seconds * 1000);
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
