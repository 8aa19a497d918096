import type { LocalTime } from '../../core/zoned-time.ts';
import { clockOf } from './clock.ts';

/** The first instant of a day (`YYYY-MM-DD`) in a zone, in epoch milliseconds. */
export function startOfDay(date: string, zone: string): number {
  return clockOf(zone).earliest(midnight(date, 0));
}

/** The first instant after a day. */
export function endOfDay(date: string, zone: string): number {
  return clockOf(zone).earliest(midnight(date, 1));
}

function midnight(date: string, laterDays: number): LocalTime {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { year, month, day: day + laterDays, hour: 0, minute: 0, second: 0 };
}
