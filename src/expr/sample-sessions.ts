import { offsetSeconds } from '../core/zoned-time.ts';

/** Days on which arithmetic goes wrong: ends of months and years, leap days, days on which clocks change somewhere. */
const days: readonly (readonly [number, number, number])[] = [
  [2024, 2, 29],
  [2023, 12, 31],
  [2024, 3, 31],
  [2021, 3, 14],
  [2021, 11, 7],
  [2022, 1, 1],
  [2024, 7, 1],
];

/** Sessions to try a translation on, in epoch milliseconds: at midnight of the zone, and in the middle of a day. */
export function sampleSessions(zone: string, midnightOnly: boolean): readonly number[] {
  const times = midnightOnly ? [0] : [0, 49_530_000];
  return days.flatMap(([year, month, day]) =>
    times.flatMap((time) => {
      const local = Date.UTC(year, month - 1, day) + time;
      const ms = local - offsetSeconds(zone, local - offsetSeconds(zone, local) * 1000) * 1000;
      // Where clocks skip that time there is no such session.
      return ms + offsetSeconds(zone, ms) * 1000 === local ? [ms] : [];
    }),
  );
}
