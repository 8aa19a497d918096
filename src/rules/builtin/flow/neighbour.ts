import type { Schedule } from '../../../ir/graph.ts';
import type { CalendarUnit, SessionExpr, SessionInstant } from '../../../ir/session-expr.ts';
import { mapInstants } from '../../../ir/session-needs.ts';

interface Step {
  readonly amount: number;
  readonly unit: CalendarUnit;
}

/**
 * The expression with `last_session_…` and `next_session_…` as shifts of the session itself, which is exact only where
 * the schedule repeats by a calendar unit. Undefined for other schedules.
 */
export function withoutNeighbours(ast: SessionExpr, schedule: Schedule | undefined): SessionExpr | undefined {
  const step = schedule === undefined ? undefined : stepOf(schedule);
  let exact = true;
  const resolved = mapInstants(ast, (at): SessionInstant => {
    if (at.which === 'this') return at;
    if (step === undefined) {
      exact = false;
      return at;
    }
    return {
      kind: 'shift',
      of: { kind: 'session', which: 'this' },
      amount: at.which === 'last' ? -step.amount : step.amount,
      unit: step.unit,
    };
  });
  return exact ? resolved : undefined;
}

function stepOf(schedule: Schedule): Step | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = schedule.pattern.trim().split(/\s+/);
  if (month !== '*') return undefined;
  const everyDay = day === '*' && weekday === '*';
  if (/^\d+$/.test(minute) && /^\d+$/.test(hour)) {
    if (everyDay) return { amount: 1, unit: 'day' };
    if (day === '*' && /^(?:[0-7]|[a-z]{3})$/i.test(weekday)) return { amount: 7, unit: 'day' };
    // Months without the 29th to 31st would be skipped.
    if (weekday === '*' && /^\d+$/.test(day) && Number(day) <= 28) return { amount: 1, unit: 'month' };
    return undefined;
  }
  if (!everyDay || hour !== '*') return undefined;
  if (/^\d+$/.test(minute)) return { amount: 1, unit: 'hour' };
  const interval = Number(/^\*\/(\d+)$/.exec(minute)?.[1] ?? '0');
  return interval > 0 && 60 % interval === 0 ? { amount: interval, unit: 'minute' } : undefined;
}
