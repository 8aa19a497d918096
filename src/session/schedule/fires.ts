import type { Schedule } from '../../ir/graph.ts';
import { clockOf, timeZoneOf } from './clock.ts';
import { type CronFields, parseCronPattern } from './cron-pattern.ts';
import { nextMatch } from './cron-search.ts';
import { endOfDay, startOfDay } from './day-bounds.ts';

/** One start of a workflow; both times in epoch milliseconds. */
export interface Fire {
  readonly fireMs: number;
  readonly sessionMs: number;
}

/** The first fire after an instant; undefined where the schedule has ended or never fires. */
export function nextFire(schedule: Schedule, afterMs: number): Fire | undefined {
  return firstFire(schedule, afterMs + 1);
}

/** The first fire at or after an instant, as for a schedule that becomes known at that instant. */
export function firstFire(schedule: Schedule, fromMs: number): Fire | undefined {
  if (schedule.kind === 'seconds_interval') return fireAfterSession(schedule, fromMs - 1);
  const truncated = Math.floor(fromMs / 1000) * 1000;
  return fireAfterSession(
    schedule,
    (truncated === fromMs ? truncated - 1000 : truncated) - schedule.delaySeconds * 1000,
  );
}

/** The fire that follows the one of a session. `start` and `end` are compared with the fire, not with the session. */
export function fireAfterSession(schedule: Schedule, sessionMs: number): Fire | undefined {
  const next = matchAfter(schedule, sessionMs);
  if (next === undefined) return undefined;
  const delay = schedule.delaySeconds * 1000;
  if (schedule.end !== undefined && endOfDay(schedule.end, schedule.timezone) <= next + delay) return undefined;
  const start = schedule.start === undefined ? undefined : startOfDay(schedule.start, schedule.timezone);
  // From `start` on Digdag looks for session times, not for fires: a fire of an earlier session is passed over.
  const session = start !== undefined && start > next + delay ? matchAfter(schedule, start - 1000) : next;
  return session === undefined ? undefined : { fireMs: session + delay, sessionMs: session };
}

/** The session a fire belongs to. */
export function sessionOfFire(schedule: Schedule, fireMs: number): number {
  return fireMs - schedule.delaySeconds * 1000;
}

/** `next_session_time` of a session; any instant may be asked for. */
export function nextSession(schedule: Schedule, sessionMs: number): number | undefined {
  return fireAfterSession(schedule, sessionMs)?.sessionMs;
}

/**
 * `last_session_time` of a session, with Digdag's own flaw: the search begins at a time guessed from the distance of the
 * next two matches, and for patterns of uneven distance the guess itself may be the answer.
 */
export function lastSession(schedule: Schedule, sessionMs: number): number | undefined {
  if (schedule.kind === 'seconds_interval') {
    const interval = Number(schedule.pattern) * 1000;
    const before = Math.floor((sessionMs - 1) / 1000) * 1000;
    return before - (before % interval);
  }
  const next = matchAfter(schedule, sessionMs);
  const nextNext = next === undefined ? undefined : matchAfter(schedule, next);
  if (next === undefined || nextNext === undefined) return undefined;
  let before = sessionMs - 2 * (Math.floor(nextNext / 1000) - Math.floor(next / 1000)) * 1000;
  for (
    let match = matchAfter(schedule, before);
    match !== undefined && match < sessionMs;
    match = matchAfter(schedule, before)
  )
    before = match;
  return before;
}

const patterns = new Map<string, readonly CronFields[]>();

/** The first session time after an instant, without regard to `start` and `end`. */
function matchAfter(schedule: Schedule, afterMs: number): number | undefined {
  if (schedule.kind === 'seconds_interval') {
    const interval = Number(schedule.pattern);
    const second = Math.floor(afterMs / 1000);
    return (second - (second % interval) + interval) * 1000;
  }
  return nextMatch(fieldsOf(schedule.pattern), clockOf(timeZoneOf(schedule.timezone)), afterMs);
}

function fieldsOf(pattern: string): readonly CronFields[] {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const parsed = parseCronPattern(pattern);
  const fields = 'problem' in parsed ? [] : parsed;
  patterns.set(pattern, fields);
  return fields;
}
