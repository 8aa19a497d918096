import { compareText } from '../../core/order.ts';
import { formatOffset, instantOf, type LocalTime, localTime, offsetSeconds } from '../../core/zoned-time.ts';
import type { Fire } from '../../session/schedule/fires.ts';
import type { Start } from '../effect.ts';
import { fireOfSession, type LegacySchedule, legacyFires } from './schedule.ts';

export interface StartOptions {
  readonly environment: string;
  readonly timezone: string;
  /** The proof looks at sessions after this instant. */
  readonly fromMs: number;
  /** How a past session is asked for: by day, or by time where sessions are shorter than a day. */
  readonly target: 'date' | 'time';
  /** How many of the next fires; three where it is absent. */
  readonly fires?: number;
}

const DAY = 86_400_000;

/**
 * The sessions to prove where nobody names others: the next three fires, a month's end and start, a leap day, a year's
 * end, both days of clock changes where the zone has them, and one of these once more by `target_date` and by hand.
 */
export function defaultStarts(schedule: LegacySchedule | undefined, options: StartOptions): readonly Start[] {
  const days = remarkableDays(options);
  if (schedule === undefined) return unique(days.map((ms) => byTarget(ms, ms + DAY, options)));
  const soon = nextFires(schedule, options.fromMs, options.fires ?? 3);
  const fires = [...soon, ...days.flatMap((ms) => fireOfSession(schedule, ms) ?? [])];
  const past = fires[0];
  return unique([
    ...fires.map((fire) => scheduled(fire, options)),
    ...(past === undefined ? [] : [byTarget(past.sessionMs, past.fireMs + 40 * DAY, options), byHand(past, options)]),
  ]);
}

function nextFires(schedule: LegacySchedule, fromMs: number, count: number): readonly Fire[] {
  let fires: readonly Fire[] = [];
  for (let ahead = 2 * DAY; fires.length < count && ahead <= 4 * 366 * DAY; ahead *= 2)
    fires = legacyFires(schedule, fromMs, fromMs + ahead);
  return fires.slice(0, count);
}

/**
 * The sessions that someone names, as a day or in RFC 3339: as the schedule starts them where it has such a session, else
 * by `target_date`. A text that is neither gives none.
 */
export function chosenStarts(
  times: readonly string[],
  schedule: LegacySchedule | undefined,
  options: StartOptions,
): readonly Start[] {
  return times.flatMap((written) => {
    const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written);
    const sessionMs =
      day === null
        ? Date.parse(written)
        : at(options.timezone, { ...midnight, year: Number(day[1]), month: Number(day[2]), day: Number(day[3]) });
    if (Number.isNaN(sessionMs)) return [];
    const fire = schedule === undefined ? undefined : fireOfSession(schedule, sessionMs);
    const fits =
      fire !== undefined &&
      (day === null
        ? fire.sessionMs === sessionMs
        : rfc3339(fire.sessionMs, options.timezone).slice(0, 10) === written);
    return fits ? [scheduled(fire, options)] : [byTarget(sessionMs, sessionMs + DAY, options)];
  });
}

const midnight = { hour: 0, minute: 0, second: 0 };

function remarkableDays(options: StartOptions): readonly number[] {
  const { timezone, fromMs } = options;
  const { year } = localTime(timezone, fromMs);
  const midnight = (y: number, month: number, day: number): number =>
    at(timezone, { year: y, month, day, hour: 0, minute: 0, second: 0 });
  const leap = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map((ahead) => year + ahead)
    .find((y) => isLeap(y) && midnight(y, 2, 29) > fromMs);
  const next = (month: number, day: number): number =>
    [midnight(year, month, day), midnight(year + 1, month, day)].find((ms) => ms > fromMs) ?? fromMs;
  return [
    next(1, 31),
    next(3, 1),
    ...(leap === undefined ? [] : [midnight(leap, 2, 29)]),
    next(12, 31),
    ...clockChanges(options),
  ];
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Midnights of the days of the next year on which clocks change. */
function clockChanges({ timezone, fromMs }: StartOptions): readonly number[] {
  const days: number[] = [];
  const first = localTime(timezone, fromMs);
  for (let ahead = 1; ahead <= 366; ahead += 1) {
    const [start, end] = [ahead, ahead + 1].map((days) =>
      at(timezone, { ...first, day: first.day + days, hour: 0, minute: 0, second: 0 }),
    );
    if (start !== undefined && end !== undefined && offsetSeconds(timezone, start) !== offsetSeconds(timezone, end))
      days.push(start);
  }
  return days.slice(0, 2);
}

function at(timezone: string, local: LocalTime): number {
  const date = new Date(Date.UTC(local.year, local.month - 1, local.day));
  return instantOf(timezone, {
    ...local,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  });
}

export function scheduled({ fireMs, sessionMs }: Fire, { environment, timezone }: StartOptions): Start {
  return {
    environment,
    sessionTime: rfc3339(sessionMs, timezone),
    scheduledTime: rfc3339(fireMs, 'UTC'),
    // A day later than it should: what the run stands for must not depend on when it was made.
    creationTime: rfc3339(fireMs + 26 * 3_600_000, 'UTC'),
  };
}

export function byTarget(sessionMs: number, createdMs: number, { environment, timezone, target }: StartOptions): Start {
  const sessionTime = rfc3339(sessionMs, timezone);
  const targetDate = target === 'date' ? sessionTime.slice(0, 10) : sessionTime;
  return { environment, sessionTime, creationTime: rfc3339(createdMs, 'UTC'), targetDate };
}

/** Started by hand at the very moment, without a scheduled time: what the fallback of the session is for. */
function byHand({ fireMs, sessionMs }: Fire, { environment, timezone }: StartOptions): Start {
  return { environment, sessionTime: rfc3339(sessionMs, timezone), creationTime: rfc3339(fireMs, 'UTC') };
}

function unique(starts: readonly Start[]): readonly Start[] {
  const byKey = new Map(
    starts.map((start) => [
      [start.targetDate, start.scheduledTime === undefined, Date.parse(start.sessionTime)].join('|'),
      start,
    ]),
  );
  return [...byKey.values()].sort(
    (a, b) =>
      Date.parse(a.sessionTime) - Date.parse(b.sessionTime) || compareText(a.targetDate ?? '', b.targetDate ?? ''),
  );
}

/** RFC 3339 with the zone's offset, `Z` for UTC. */
export function rfc3339(ms: number, timezone: string): string {
  const local = localTime(timezone, ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = timezone === 'UTC' ? 'Z' : formatOffset(offsetSeconds(timezone, ms), true);
  const date = `${String(local.year).padStart(4, '0')}-${two(local.month)}-${two(local.day)}`;
  return `${date}T${two(local.hour)}:${two(local.minute)}:${two(local.second)}${offset}`;
}
