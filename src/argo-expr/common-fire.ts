import { type CronFields, namesDay, readCron } from './cron.ts';

/** Whether two schedules of one time zone ever fire at one instant, in whatever year. */
export type CommonFire =
  | { readonly kind: 'never' }
  | {
      readonly kind: 'at';
      readonly month: number;
      readonly day: number;
      /** 0 is Sunday. */
      readonly weekday: number;
      readonly hour: number;
      readonly minute: number;
    }
  /** `@every` counts from the start of the controller; what cannot be read fires at no known time. */
  | { readonly kind: 'unknown' };

const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Looks at the fields, not at the fires of some years: each day of the year falls on each weekday sooner or later. A fire stands on
 * a minute that its fields name also on days when clocks change, so that no common minute is no common fire.
 */
export function commonFire(first: string, second: string): CommonFire {
  const [a, b] = [readCron(first), readCron(second)];
  if (a.kind === 'malformed' || b.kind === 'malformed' || a.cron.kind === 'every' || b.cron.kind === 'every')
    return { kind: 'unknown' };
  const hour = shared(a.cron.hour, b.cron.hour);
  const minute = shared(a.cron.minute, b.cron.minute);
  const date = hour === undefined || minute === undefined ? undefined : commonDate(a.cron, b.cron);
  if (hour === undefined || minute === undefined || date === undefined) return { kind: 'never' };
  return { kind: 'at', ...date, hour, minute };
}

function commonDate(
  a: CronFields,
  b: CronFields,
): { readonly month: number; readonly day: number; readonly weekday: number } | undefined {
  for (const [at, days] of daysInMonth.entries()) {
    if (!a.month.has(at + 1) || !b.month.has(at + 1)) continue;
    for (let day = 1; day <= days; day++)
      for (let weekday = 0; weekday < 7; weekday++)
        if (namesDay(a, day, weekday) && namesDay(b, day, weekday)) return { month: at + 1, day, weekday };
  }
  return undefined;
}

function shared(a: ReadonlySet<number>, b: ReadonlySet<number>): number | undefined {
  return [...a].filter((value) => b.has(value)).sort((x, y) => x - y)[0];
}
