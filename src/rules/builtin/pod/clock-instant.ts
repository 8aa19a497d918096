import { isZone, offsetSeconds } from '../../../core/zoned-time.ts';
import type { Schedule } from '../../../ir/graph.ts';
import type { CalendarUnit, FormatPart, SessionExpr, SessionInstant } from '../../../ir/session-expr.ts';

/** A look at the clock: `amount` units away from now, in a zone. */
export interface ClockLook {
  readonly shifts: readonly { readonly amount: number; readonly unit: CalendarUnit }[];
  /** Where the day or month is taken back to its start before the shifts. */
  readonly startOf?: CalendarUnit;
  readonly format: readonly FormatPart[];
  readonly zone: string;
}

export interface SessionClock {
  readonly timezone: string;
  readonly schedule: Schedule | undefined;
}

export type ClockReading =
  | { readonly kind: 'session'; readonly expr: SessionExpr }
  | { readonly kind: 'kept'; readonly reason: string };

const finer = new Set(['m', 'mm', 's', 'ss']);
const hours = new Set(['H', 'HH', 'h', 'hh', 'A', 'Z', 'ZZ']);

/**
 * What the clock showed when the session fired, as arithmetic on the session time. Minutes and seconds are no property of a session:
 * a program that asks for them wants the moment itself.
 */
export function readClock(look: ClockLook, clock: SessionClock): ClockReading {
  if (!isZone(look.zone)) return { kind: 'kept', reason: `the zone ${look.zone} is unknown` };
  const wanted = look.format.flatMap((part) => (part.kind === 'token' ? [part.token] : []));
  if (wanted.some((token) => finer.has(token))) return { kind: 'kept', reason: 'it asks for the time of day' };
  if (look.shifts.some(({ unit }) => !['day', 'week', 'hour'].includes(unit)) && look.startOf === undefined)
    return { kind: 'kept', reason: 'a shift by months or years goes wrong at month ends' };
  // Hours that only move the date, as in `date -d '+9 hours' +%F` where the clock is UTC, are part of the delay.
  const byHour = wanted.some((token) => hours.has(token));
  const asDelay =
    !byHour && look.startOf === undefined && clock.schedule !== undefined && wholeDays.has(clock.schedule.kind);
  const moved = asDelay
    ? look.shifts.reduce((sum, { amount, unit }) => (unit === 'hour' ? sum + amount * 3600 : sum), 0)
    : 0;
  const shifts = asDelay ? look.shifts.filter(({ unit }) => unit !== 'hour') : look.shifts;
  const fire = fireInstant(look.zone, moved, byHour || shifts.some(({ unit }) => unit === 'hour'), clock);
  if (fire === undefined) return { kind: 'kept', reason: 'it asks for the hour, and the schedule has none' };
  const start: SessionInstant = look.startOf === undefined ? fire : { kind: 'startOf', of: fire, unit: look.startOf };
  const at = shifts.reduce<SessionInstant>(
    (of, { amount, unit }) => (amount === 0 ? of : shifted(of, amount, unit)),
    start,
  );
  return { kind: 'session', expr: { kind: 'format', at, pattern: look.format } };
}

function shifted(of: SessionInstant, amount: number, unit: CalendarUnit): SessionInstant {
  if (of.kind === 'shift' && of.unit === unit)
    return of.amount + amount === 0 ? of.of : { ...of, amount: of.amount + amount };
  return { kind: 'shift', of, amount, unit };
}

const session: SessionInstant = { kind: 'session', which: 'this' };
const wholeDays = new Set<Schedule['kind']>(['daily', 'weekly', 'monthly']);

/** The fire of the session in a zone; for whole-day schedules a day, which needs no time of day. */
function fireInstant(
  zone: string,
  movedSeconds: number,
  byHour: boolean,
  { timezone, schedule }: SessionClock,
): SessionInstant | undefined {
  const delay = (schedule?.delaySeconds ?? 0) + movedSeconds;
  if (schedule !== undefined && wholeDays.has(schedule.kind)) {
    if (byHour) return undefined;
    const days = fixedDays(zone, timezone, delay);
    if (days !== undefined) return days === 0 ? session : shifted(session, days, 'day');
  } else if (schedule === undefined && byHour) return undefined;
  // The session of an hourly schedule is the top of an hour, and nothing finer than the hour is asked for.
  if (schedule?.kind === 'hourly' && zone === timezone)
    return delay < 3600 ? session : shifted(session, Math.floor(delay / 3600), 'hour');
  const fire = delay === 0 ? session : shifted(session, delay, 'second');
  return zone === timezone ? fire : { kind: 'zone', of: fire, zone };
}

/** Days from a session's date to the date that clocks of `zone` show `delay` seconds later; undefined where it depends on the season. */
function fixedDays(zone: string, timezone: string, delay: number): number | undefined {
  if (zone === timezone) return Math.floor(delay / 86_400);
  const differences = new Set(
    monthsOfTwoYears.map((instant) => offsetSeconds(zone, instant) - offsetSeconds(timezone, instant)),
  );
  const [difference] = differences;
  return differences.size === 1 && difference !== undefined ? Math.floor((delay + difference) / 86_400) : undefined;
}

/** The first of each month of 2025 and 2026: rules of summer time show here. */
const monthsOfTwoYears = Array.from({ length: 24 }, (_, month) => Date.UTC(2025, month, 1));
