import { utcMillis } from '../../core/zoned-time.ts';
import type { Clock } from './clock.ts';
import type { CronFields, Field } from './cron-pattern.ts';

const MINUTE = 60_000;
/** A day of month and a day of week meet within 40 years; what does not match in this time never does. */
const YEARS = 100;

/**
 * The first matching minute after an instant, as cron4j's Predictor finds it; undefined where there is none
 * (Digdag would search for ever).
 */
export function nextMatch(alternatives: readonly CronFields[], clock: Clock, afterMs: number): number | undefined {
  const time = Math.floor(afterMs / MINUTE) * MINUTE + MINUTE;
  if (alternatives.some((fields) => matches(fields, clock, time))) return time;
  const found = alternatives.map((fields) => search(fields, clock, time));
  // One alternative that never matches keeps Digdag from ever coming to an end.
  return found.some((match) => match === undefined)
    ? undefined
    : Math.min(...found.filter((match) => match !== undefined));
}

function matches(fields: CronFields, clock: Clock, time: number): boolean {
  const { year, month, day, hour, minute } = clock.local(time);
  const weekday = new Date(utcMillis({ year, month, day, hour: 0, minute: 0, second: 0 })).getUTCDay();
  return (
    has(fields.minutes, minute) &&
    has(fields.hours, hour) &&
    hasDay(fields.days, year, month, day) &&
    has(fields.months, month) &&
    has(fields.weekdays, weekday)
  );
}

/** Steps from field to field like the Predictor does; its order of checks decides what happens at clock changes. */
function search(fields: CronFields, clock: Clock, time: number): number | undefined {
  let { year, month, day, hour, minute } = clock.local(time);
  const lastYear = year + YEARS;
  const nextDay = (): void => {
    day += 1;
    hour = 0;
    minute = 0;
  };
  while (year <= lastYear) {
    while (!has(fields.minutes, minute)) {
      minute += 1;
      if (minute > 59) {
        minute = 0;
        hour += 1;
      }
    }
    if (hour > 23) {
      hour = 0;
      day += 1;
    }
    if (!has(fields.hours, hour)) {
      hour += 1;
      minute = 0;
      continue;
    }
    if (day > 31) {
      day = 1;
      month += 1;
    }
    if (month > 12) {
      month = 1;
      year += 1;
    }
    if (!hasDay(fields.days, year, month, day)) {
      nextDay();
      continue;
    }
    if (!has(fields.months, month)) {
      month += 1;
      day = 1;
      hour = 0;
      minute = 0;
      continue;
    }
    const real = new Date(utcMillis({ year, month, day, hour: 0, minute: 0, second: 0 }));
    if (real.getUTCDate() !== day || real.getUTCMonth() !== month - 1) {
      // The 31st of a shorter month: go on from the day it rolls over to, at the same hour.
      [year, month, day] = [real.getUTCFullYear(), real.getUTCMonth() + 1, real.getUTCDate()];
      continue;
    }
    if (has(fields.weekdays, real.getUTCDay()))
      return Math.floor(clock.latest({ year, month, day, hour, minute, second: 0 }) / MINUTE) * MINUTE;
    nextDay();
    if (day > 31) {
      day = 1;
      month += 1;
      if (month > 12) {
        month = 1;
        year += 1;
      }
    }
  }
  return undefined;
}

function has(field: Field, value: number): boolean {
  return field === 'any' || field.has(value);
}

function hasDay(field: Field, year: number, month: number, day: number): boolean {
  return has(field, day) || (field !== 'any' && day > 27 && field.has(32) && day === daysIn(year, month));
}

function daysIn(year: number, month: number): number {
  return new Date(utcMillis({ year, month: month + 1, day: 0, hour: 0, minute: 0, second: 0 })).getUTCDate();
}
