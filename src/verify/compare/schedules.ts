import { argoFires } from '../argo/schedule.ts';
import type { Difference, Plain } from '../effect.ts';
import { type LegacySchedule, legacyFires } from '../legacy/schedule.ts';
import { rfc3339 } from '../legacy/starts.ts';
import type { ScheduleVerdict } from '../proof.ts';
import { asMap } from './plain-differences.ts';

const MOST_SHOWN = 5;

/**
 * Every fire of a stretch of time on both sides. `schedules` are those of all workflows that the CronWorkflow stands for, none where
 * Digdag starts nothing; `cron` is undefined where Argo has no CronWorkflow.
 */
export function compareSchedules(
  schedules: readonly LegacySchedule[],
  cron: Plain | undefined,
  fromMs: number,
  untilMs: number,
  /** What the configuration decides where the legacy job lets sessions overlap. */
  concurrency = 'Allow',
): ScheduleVerdict {
  const legacy = schedules.flatMap((schedule) => legacyFires(schedule, fromMs, untilMs).map((fire) => fire.fireMs));
  const argo = cron === undefined ? { kind: 'fires' as const, atMs: [] } : argoFires(cron, fromMs, untilMs);
  const fires = legacy.length;
  if (argo.kind === 'refused') return { kind: 'not-provable', reason: argo.why };
  if (argo.kind === 'malformed')
    return differs(fires, [{ path: 'schedules', legacy: `${legacy.length} fires`, argo: argo.reason }]);
  const differences = [
    ...fireDifferences(legacy, argo.atMs, schedules[0]?.timezone ?? 'UTC'),
    ...overlapDifferences(schedules, cron, concurrency),
  ];
  if (differences.length > 0) return differs(fires, differences);
  return schedules.length === 0 ? { kind: 'none' } : { kind: 'proved', fires };
}

function differs(fires: number, differences: readonly Difference[]): ScheduleVerdict {
  return { kind: 'differs', fires, differences };
}

/** A time at which one side fires more often than the other; the first few by their time, then how many there are. */
function fireDifferences(legacy: readonly number[], argo: readonly number[], zone: string): readonly Difference[] {
  const [mine, theirs] = [counted(legacy), counted(argo)];
  const apart = [...new Set([...legacy, ...argo])]
    .filter((ms) => mine.get(ms) !== theirs.get(ms))
    .sort((a, b) => a - b);
  const shown = apart.slice(0, MOST_SHOWN).map((ms): Difference => {
    const starts = (count = 0): string => (count === 0 ? '(none)' : count === 1 ? 'starts' : `starts ${count} times`);
    const again = isRepeatedHour(ms, zone) ? ', an hour that this day has twice, since clocks go back' : '';
    const path = `fire ${rfc3339(ms, zone)}${again}`;
    return { path, legacy: starts(mine.get(ms)), argo: starts(theirs.get(ms)) };
  });
  if (apart.length <= MOST_SHOWN) return shown;
  return [
    ...shown,
    { path: 'fires', legacy: `${legacy.length}`, argo: `${argo.length}, ${apart.length} at other times` },
  ];
}

function counted(times: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const ms of times) counts.set(ms, (counts.get(ms) ?? 0) + 1);
  return counts;
}

/** The same time of the day was there once before on this day. */
function isRepeatedHour(ms: number, zone: string): boolean {
  const clock = (at: number): string => rfc3339(at, zone).slice(0, 19);
  return [1_800_000, 3_600_000].some((earlier) => clock(ms - earlier) === clock(ms));
}

/** Digdag lets sessions overlap unless told to skip; Argo's policy says the same in another word, or what a person decided. */
function overlapDifferences(
  schedules: readonly LegacySchedule[],
  cron: Plain | undefined,
  decided: string,
): readonly Difference[] {
  const policy = String(asMap(asMap(cron)['spec'])['concurrencyPolicy'] ?? 'Allow');
  const differs = (legacy: string): Difference => ({ path: 'concurrencyPolicy', legacy, argo: policy });
  const wrong = schedules.find((schedule) => policy !== (schedule.skipOnOvertime ? 'Forbid' : decided));
  if (wrong !== undefined)
    return [
      differs(wrong.skipOnOvertime ? 'skips a session while the former one runs' : `sessions may overlap: ${decided}`),
    ];
  // A policy looks at all runs of a CronWorkflow, and these were two workflows.
  return schedules.length > 1 && policy !== 'Allow' ? [differs('sessions of two workflows may overlap')] : [];
}
