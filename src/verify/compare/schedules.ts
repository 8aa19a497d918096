import { argoFires } from '../argo/schedule.ts';
import type { Difference, Plain } from '../effect.ts';
import { type LegacySchedule, legacyFires } from '../legacy/schedule.ts';
import { rfc3339 } from '../legacy/starts.ts';

export type ScheduleVerdict =
  | { readonly kind: 'proved'; readonly fires: number }
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] }
  | { readonly kind: 'not-provable'; readonly reason: string };

const MOST_SHOWN = 5;

/** Every fire of a stretch of time on both sides. `schedule` is undefined where Digdag starts nothing, `cron` where Argo has no CronWorkflow. */
export function compareSchedules(
  schedule: LegacySchedule | undefined,
  cron: Plain | undefined,
  fromMs: number,
  untilMs: number,
): ScheduleVerdict {
  const legacy = schedule === undefined ? [] : legacyFires(schedule, fromMs, untilMs).map((fire) => fire.fireMs);
  const argo = cron === undefined ? { kind: 'fires' as const, atMs: [] } : argoFires(cron, fromMs, untilMs);
  if (argo.kind === 'refused') return { kind: 'not-provable', reason: argo.why };
  if (argo.kind === 'malformed')
    return {
      kind: 'differs',
      differences: [{ path: 'schedules', legacy: `${legacy.length} fires`, argo: argo.reason }],
    };
  const [mine, theirs] = [new Set(legacy), new Set(argo.atMs)];
  const apart = [...new Set([...legacy, ...argo.atMs])]
    .filter((ms) => mine.has(ms) !== theirs.has(ms))
    .sort((a, b) => a - b);
  if (apart.length === 0) return { kind: 'proved', fires: legacy.length };
  const zone = schedule?.timezone ?? 'UTC';
  const differences = apart.slice(0, MOST_SHOWN).map((ms): Difference => {
    const time = rfc3339(ms, zone);
    return {
      path: `fire ${time}`,
      legacy: mine.has(ms) ? 'starts' : '(none)',
      argo: theirs.has(ms) ? 'starts' : '(none)',
    };
  });
  if (apart.length <= MOST_SHOWN) return { kind: 'differs', differences };
  return {
    kind: 'differs',
    differences: [...differences, { path: 'fires', legacy: `${legacy.length}`, argo: `${argo.atMs.length}` }],
  };
}
