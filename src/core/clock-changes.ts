import { instantsOf } from './zoned-time.ts';

/** The first year looked at: fixed, so that a conversion does not depend on the day it runs on. */
const FROM_YEAR = 2027;

/** The first day of the year that has this time of day twice, because clocks go back; undefined where none has. */
export function dayWithTimeTwice(zone: string, secondsOfDay: number): string | undefined {
  const clock = {
    hour: Math.floor(secondsOfDay / 3600),
    minute: Math.floor(secondsOfDay / 60) % 60,
    second: secondsOfDay % 60,
  };
  for (let day = 0; day < 366; day++) {
    const date = new Date(Date.UTC(FROM_YEAR, 0, 1 + day));
    const local = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), ...clock };
    if (instantsOf(zone, local).length > 1) return date.toISOString().slice(0, 10);
  }
  return undefined;
}

/** A start that comes twice on one day of the year: its time of day and such a day. */
export interface RepeatedStart {
  readonly time: string;
  readonly date: string;
}

/** Of a start at the given distance from midnight, in elapsed seconds of an ordinary day. */
export function repeatedStart(zone: string, delaySeconds: number): RepeatedStart | undefined {
  const seconds = delaySeconds % 86_400;
  const date = dayWithTimeTwice(zone, seconds);
  return date === undefined ? undefined : { time: new Date(seconds * 1000).toISOString().slice(11, 16), date };
}
