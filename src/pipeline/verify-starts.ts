import type { Plain, Start } from '../verify/effect.ts';
import type { LegacySchedule } from '../verify/legacy/schedule.ts';
import { chosenStarts, defaultStarts, type StartOptions } from '../verify/legacy/starts.ts';

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
  const options = startOptions(environment, timezone, own, choice);
  return choice.at === undefined ? defaultStarts(schedule, options) : chosenStarts(choice.at, schedule, options);
}

export function startOptions(environment: string, timezone: string, own: Plain, choice: StartChoice): StartOptions {
  return {
    environment,
    timezone,
    fromMs: choice.fromMs,
    target: takesTime(own) ? 'time' : 'date',
    ...(choice.times === undefined ? {} : { fires: choice.times }),
  };
}

/** Jobs whose sessions are shorter than a day take `target_date` as a time. */
function takesTime(own: Plain): boolean {
  return JSON.stringify(own).includes("target_date, '2006-01-02T15");
}
