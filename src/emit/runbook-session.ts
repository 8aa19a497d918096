import { formatOffset, instantOf, offsetSeconds } from '../core/zoned-time.ts';
import type { Schedule } from '../ir/graph.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';

/** How a run gets its session, as the runbook says it. */
export interface SessionFacts {
  readonly kind: 'none' | 'date' | 'time';
  /** Absent: the job is started by hand. */
  readonly schedule?: Schedule['kind'];
  readonly zone: string;
  /** Days (of daily, weekly and monthly schedules) or hours (of hourly ones) from the session to its scheduled start. */
  readonly shift: number;
  /** A run started by hand without `target_date` takes the latest scheduled session. */
  readonly latest: boolean;
  /** A `target_date` that is a session of this schedule. */
  readonly example: string;
}

const days: ReadonlySet<string> = new Set(['daily', 'weekly', 'monthly']);
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function isDayKind(schedule: Schedule['kind'] | undefined): boolean {
  return schedule !== undefined && days.has(schedule);
}

export function sessionFacts({ facts }: ConvertedWorkflow): SessionFacts {
  const { schedule, graph, session } = facts;
  const zone = schedule?.timezone ?? graph.timezone;
  const day = schedule === undefined ? undefined : scheduledDay(schedule);
  return {
    kind: session.kind,
    ...(schedule === undefined ? {} : { schedule: schedule.kind }),
    zone,
    shift: schedule === undefined ? 0 : shiftOf(schedule),
    latest: schedule !== undefined && schedule.kind !== 'daily' && day !== undefined && day <= 28,
    example:
      session.kind === 'time' ? exampleTime(zone) : `2026-03-${String(exampleDay(schedule, day)).padStart(2, '0')}`,
  };
}

function shiftOf(schedule: Schedule): number {
  if (isDayKind(schedule.kind)) return Math.floor(schedule.delaySeconds / 86_400);
  return schedule.kind === 'hourly' ? Math.floor(schedule.delaySeconds / 3600) : 0;
}

/** Weekday (0 is Sunday) of a weekly schedule, day of the month of a monthly one. */
function scheduledDay({ kind, pattern }: Schedule): number | undefined {
  const [, , day = '', , weekday = ''] = pattern.trim().split(/\s+/);
  if (kind === 'monthly') return /^\d+$/.test(day) ? Number(day) : undefined;
  if (kind !== 'weekly') return undefined;
  const named = weekdays.indexOf(weekday.toLowerCase());
  if (named >= 0) return named;
  return /^[0-7]$/.test(weekday) ? Number(weekday) % 7 : undefined;
}

/** A day of March 2026, which begins with a Sunday. */
function exampleDay(schedule: Schedule | undefined, day: number | undefined): number {
  if (day === undefined) return 2;
  return schedule?.kind === 'weekly' ? day + 1 : day;
}

function exampleTime(zone: string): string {
  const local = { year: 2026, month: 3, day: 2, hour: 9, minute: 0, second: 0 };
  return `2026-03-02T09:00:00${formatOffset(offsetSeconds(zone, instantOf(zone, local)), true)}`;
}
