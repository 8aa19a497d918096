import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { formatOffset, utcMillis } from '../../../src/core/zoned-time.ts';
import { javaZone } from '../../../src/dig/zone-ids.ts';
import type { Schedule } from '../../../src/ir/graph.ts';
import { clockOf } from '../../../src/session/schedule/clock.ts';
import { fireAfterSession, firstFire, lastSession, nextSession } from '../../../src/session/schedule/fires.ts';
import { parseSchedule } from '../../../src/session/schedule/parse-schedule.ts';
import { compare, type VectorAdapter } from '../adapter.ts';
import { jsonMap } from '../json-node.ts';
import { refused } from '../refused.ts';

interface Case {
  readonly schedule: object;
  readonly timezone: string;
  readonly from: string;
  readonly count: number;
  readonly strict: boolean;
  readonly at?: readonly string[];
  readonly expect: { readonly error?: unknown; readonly fires?: unknown; readonly at?: unknown };
}

/** What Digdag answers once a schedule has ended. */
const ENDED = Date.UTC(9999, 0, 1);

/** A search that never ends: Digdag hangs, which is recorded as an error. */
class Never extends Error {}

export const adapter: VectorAdapter = {
  check(vector) {
    const asked = vector as unknown as Case;
    const sink = new DiagnosticList();
    const zone = javaZone(asked.timezone);
    const schedule =
      zone === undefined ? undefined : parseSchedule(jsonMap(asked.schedule), zone, sink, { strict: asked.strict });
    if (asked.expect.error !== undefined)
      return compare('refused', schedule === undefined ? refused(sink) : answer(asked, schedule));
    return compare(asked.expect, schedule === undefined ? refused(sink) : answer(asked, schedule));
  },
};

function answer(asked: Case, schedule: Schedule): unknown {
  try {
    const fires: unknown[] = [];
    let session: number | undefined;
    for (let at = 0; at < asked.count; at += 1) {
      const fire: { fireMs: number; sessionMs: number } =
        (session === undefined ? firstFire(schedule, Date.parse(asked.from)) : fireAfterSession(schedule, session)) ??
        ended(schedule);
      session = fire.sessionMs;
      fires.push({ run_time: utc(fire.fireMs), ...sessionTimes(schedule, session) });
    }
    return {
      fires,
      ...(asked.at === undefined ? {} : { at: asked.at.map((text) => sessionTimes(schedule, Date.parse(text))) }),
    };
  } catch (error) {
    if (error instanceof Never) return 'refused';
    throw error;
  }
}

function ended(schedule: Schedule): { fireMs: number; sessionMs: number } {
  if (schedule.end === undefined) throw new Never();
  return { fireMs: ENDED, sessionMs: ENDED };
}

function sessionTimes(schedule: Schedule, sessionMs: number): object {
  const last = lastSession(schedule, sessionMs);
  if (last === undefined) throw new Never();
  const next = nextSession(schedule, sessionMs) ?? ended(schedule).sessionMs;
  return {
    session_time: zoned(schedule.timezone, sessionMs),
    last_session_time: zoned(schedule.timezone, last),
    next_session_time: zoned(schedule.timezone, next),
  };
}

function utc(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

function zoned(zone: string, epochMs: number): string {
  const wall = utcMillis(clockOf(zone).local(epochMs));
  return `${utc(wall).slice(0, -1)}${formatOffset((wall - Math.floor(epochMs / 1000) * 1000) / 1000, true)}`;
}
