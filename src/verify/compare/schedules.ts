import { argoFires } from '../argo/schedule.ts';
import type { Difference, Plain } from '../effect.ts';
import { type LegacySchedule, legacyFires } from '../legacy/schedule.ts';
import { rfc3339 } from '../legacy/starts.ts';
import type { ScheduleVerdict } from '../proof.ts';
import { asMap } from './plain-differences.ts';

const MOST_SHOWN = 5;

/** Every fire of a stretch of time on both sides. `schedule` is undefined where Digdag starts nothing, `cron` where Argo has no CronWorkflow. */
export function compareSchedules(
  schedule: LegacySchedule | undefined,
  cron: Plain | undefined,
  fromMs: number,
  untilMs: number,
  /** What the configuration decides where the legacy job lets sessions overlap. */
  concurrency = 'Allow',
): ScheduleVerdict {
  const legacy = schedule === undefined ? [] : legacyFires(schedule, fromMs, untilMs).map((fire) => fire.fireMs);
  const argo = cron === undefined ? { kind: 'fires' as const, atMs: [] } : argoFires(cron, fromMs, untilMs);
  const fires = legacy.length;
  if (argo.kind === 'refused') return { kind: 'not-provable', reason: argo.why };
  if (argo.kind === 'malformed')
    return differs(fires, [{ path: 'schedules', legacy: `${legacy.length} fires`, argo: argo.reason }]);
  const differences = [
    ...fireDifferences(legacy, argo.atMs, schedule?.timezone ?? 'UTC'),
    ...(schedule === undefined ? [] : overlapDifferences(schedule, cron, concurrency)),
  ];
  if (differences.length > 0) return differs(fires, differences);
  return schedule === undefined ? { kind: 'none' } : { kind: 'proved', fires };
}

function differs(fires: number, differences: readonly Difference[]): ScheduleVerdict {
  return { kind: 'differs', fires, differences };
}

/** A time at which one side fires more often than the other; the first few by their time, then how many there are. */
function fireDifferences(legacy: readonly number[], argo: readonly number[], zone: string): readonly Difference[] {
  const [mine, theirs] = [new Set(legacy), new Set(argo)];
  const apart = [...new Set([...legacy, ...argo])]
    .filter((ms) => mine.has(ms) !== theirs.has(ms))
    .sort((a, b) => a - b);
  const shown = apart.slice(0, MOST_SHOWN).map((ms): Difference => {
    const starts = (has: boolean): string => (has ? 'starts' : '(none)');
    return { path: `fire ${rfc3339(ms, zone)}`, legacy: starts(mine.has(ms)), argo: starts(theirs.has(ms)) };
  });
  if (apart.length <= MOST_SHOWN) return shown;
  return [
    ...shown,
    { path: 'fires', legacy: `${legacy.length}`, argo: `${argo.length}, ${apart.length} at other times` },
  ];
}

/** Digdag lets sessions overlap unless told to skip; Argo's policy says the same in another word, or what a person decided. */
function overlapDifferences(schedule: LegacySchedule, cron: Plain | undefined, decided: string): readonly Difference[] {
  const policy = String(asMap(asMap(cron)['spec'])['concurrencyPolicy'] ?? 'Allow');
  if (policy === (schedule.skipOnOvertime ? 'Forbid' : decided)) return [];
  const legacy = schedule.skipOnOvertime
    ? 'skips a session while the former one runs'
    : `sessions may overlap: ${decided}`;
  return [{ path: 'concurrencyPolicy', legacy, argo: policy }];
}
