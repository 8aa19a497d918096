import type { CalendarUnit, SessionInstant } from '../ir/session-expr.ts';
import { zoneFacts } from './session-zone.ts';

/** How much of an instant is looked at: its year and month, its date, or its time of day too. */
export type Observed = 'month' | 'date' | 'time';

/**
 * A shorter instant that looks the same where only its date, or only its month, is looked at: the day to which a shift by
 * months clamps shows in no month, and the start of a day shows in no date. `timezone` is the zone of the session.
 */
export function simplified(at: SessionInstant, observed: Observed, timezone: string): SessionInstant {
  // Where clocks skip midnight, a step there and back may end on another date; nothing is gained by following that.
  if (observed === 'time' || !zoneFacts(zoneOf(at, timezone)).daysBeginAtMidnight) return at;
  switch (at.kind) {
    case 'session':
    case 'zone':
      return at;
    case 'shift':
      return simplifiedShift(at, observed, timezone);
    case 'startOf':
    case 'endOf':
      return simplifiedEdge(at, observed, timezone);
    case 'with':
      return simplifiedField(at, observed, timezone);
  }
}

function simplifiedShift(
  at: Extract<SessionInstant, { kind: 'shift' }>,
  observed: 'month' | 'date',
  timezone: string,
): SessionInstant {
  if (!Number.isInteger(at.amount)) return at;
  const months = monthsIn(at.unit);
  if (months !== undefined && observed === 'month')
    return shiftBy(simplified(at.of, 'month', timezone), at.amount * months, 'month');
  const days = daysIn(at.unit);
  if (days !== undefined) return shiftBy(simplified(at.of, 'date', timezone), at.amount * days, 'day');
  // The day of the month decides where the shift clamps, and the time of day into which date hours lead.
  return months === undefined ? at : { ...at, of: simplified(at.of, 'date', timezone) };
}

function simplifiedEdge(
  at: Extract<SessionInstant, { kind: 'startOf' | 'endOf' }>,
  observed: 'month' | 'date',
  timezone: string,
): SessionInstant {
  if (at.unit === 'day' || at.unit === 'hour' || at.unit === 'minute' || at.unit === 'second')
    return simplified(at.of, observed, timezone);
  if (at.unit === 'month') {
    if (observed === 'month') return simplified(at.of, 'month', timezone);
    const first = firstDay(at.of, timezone);
    if (at.kind === 'startOf') return first;
    // The day before the first of the next month.
    return first.kind === 'shift' ? shiftBy(shiftBy(first, 1, 'month'), -1, 'day') : { ...at, of: first };
  }
  const whole = at.unit === 'week' || at.unit === 'isoWeek' ? 'date' : 'month';
  return { ...at, of: simplified(at.of, whole, timezone) };
}

/** The first day of the month, before the months are counted: no shift from there has a day to clamp. */
function firstDay(of: SessionInstant, timezone: string): SessionInstant {
  const inner = simplified(of, 'month', timezone);
  if (inner.kind === 'shift' && inner.unit === 'month') return { ...inner, of: startOfMonth(inner.of) };
  return startOfMonth(inner);
}

function startOfMonth(of: SessionInstant): SessionInstant {
  return of.kind === 'startOf' && of.unit === 'month' ? of : { kind: 'startOf', of, unit: 'month' };
}

function simplifiedField(
  at: Extract<SessionInstant, { kind: 'with' }>,
  observed: 'month' | 'date',
  timezone: string,
): SessionInstant {
  if (!Number.isInteger(at.value)) return at;
  if (at.unit === 'date') {
    if (observed === 'month' && at.value >= 1 && at.value <= 28) return simplified(at.of, 'month', timezone);
    return at.value === 1 ? firstDay(at.of, timezone) : { ...at, of: simplified(at.of, 'month', timezone) };
  }
  if (at.unit === 'day' || at.unit === 'isoWeekday') return { ...at, of: simplified(at.of, 'date', timezone) };
  const onClock = at.unit === 'hour' || at.unit === 'minute' || at.unit === 'second';
  return onClock && inRange(at) ? simplified(at.of, observed, timezone) : at;
}

function inRange(at: Extract<SessionInstant, { kind: 'with' }>): boolean {
  return at.value >= 0 && at.value < (at.unit === 'hour' ? 24 : 60);
}

/** The zone in which the instant's date is read. */
function zoneOf(at: SessionInstant, timezone: string): string {
  if (at.kind === 'zone') return at.zone;
  return at.kind === 'session' ? timezone : zoneOf(at.of, timezone);
}

/** Two shifts by the same unit are one, where nothing clamps between them. */
function shiftBy(of: SessionInstant, amount: number, unit: 'month' | 'day'): SessionInstant {
  const total = of.kind === 'shift' && of.unit === unit ? of.amount + amount : amount;
  const base = of.kind === 'shift' && of.unit === unit ? of.of : of;
  return total === 0 ? base : { kind: 'shift', of: base, amount: total, unit };
}

function monthsIn(unit: CalendarUnit): number | undefined {
  return unit === 'year' ? 12 : unit === 'quarter' ? 3 : unit === 'month' ? 1 : undefined;
}

function daysIn(unit: CalendarUnit): number | undefined {
  return unit === 'week' || unit === 'isoWeek' ? 7 : unit === 'day' ? 1 : undefined;
}
