import type { Plain, Start } from '../verify/effect.ts';
import type { LegacySchedule } from '../verify/legacy/schedule.ts';
import { chosenStarts, defaultStarts } from '../verify/legacy/starts.ts';

export interface StartChoice {
  /** Epoch milliseconds; next fires are looked for after it. */
  readonly fromMs: number;
  /** How many next fires; absent: three. */
  readonly times?: number;
  /** Session times that a person asked for, instead of all others: a day, or RFC 3339. */
  readonly at?: readonly string[];
}

/** The sessions of one job that are played. */
export function startsFor(
  environment: string,
  timezone: string,
  schedule: LegacySchedule | undefined,
  own: Plain,
  choice: StartChoice,
): readonly Start[] {
  const options = {
    environment,
    timezone,
    fromMs: choice.fromMs,
    target: takesTime(own) ? ('time' as const) : ('date' as const),
    ...(choice.times === undefined ? {} : { fires: choice.times }),
  };
  return choice.at === undefined ? defaultStarts(schedule, options) : chosenStarts(choice.at, schedule, options);
}

/** Jobs whose sessions are shorter than a day take `target_date` as a time. */
function takesTime(own: Plain): boolean {
  return JSON.stringify(own).includes("target_date, '2006-01-02T15");
}
