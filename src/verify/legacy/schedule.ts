import type { Config } from '../../config/schema.ts';
import { DiagnosticList } from '../../core/diagnose.ts';
import type { DigWorkflow } from '../../dig/types.ts';
import { type Fire, firstFire, nextFire } from '../../session/schedule/fires.ts';
import { scheduleOf } from '../../session/schedule/workflow-schedule.ts';

export type LegacySchedule = NonNullable<ReturnType<typeof scheduleOf>>;

/** The schedule that the server runs; undefined for none, and for one that is commented out or disabled. */
export function activeSchedule(workflow: DigWorkflow, environment: string, config: Config): LegacySchedule | undefined {
  if (config.schedules[`${environment}/${workflow.name}`] === 'disabled') return undefined;
  const schedule = scheduleOf(workflow, new DiagnosticList());
  return schedule?.state === 'active' ? schedule : undefined;
}

/** Fires from an instant (exclusive) to another (inclusive). */
export function legacyFires(schedule: LegacySchedule, fromMs: number, untilMs: number): readonly Fire[] {
  const fires: Fire[] = [];
  for (
    let fire = nextFire(schedule, fromMs);
    fire !== undefined && fire.fireMs <= untilMs;
    fire = nextFire(schedule, fire.fireMs)
  )
    fires.push(fire);
  return fires;
}

/** The first fire whose session is not before an instant. */
export function fireOfSession(schedule: LegacySchedule, sessionMs: number): Fire | undefined {
  return firstFire(schedule, sessionMs + schedule.delaySeconds * 1000);
}
