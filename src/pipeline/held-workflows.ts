import { sortedBy } from '../core/order.ts';
import type { ConvertedJobs } from '../dedup/members.ts';
import type { Joined } from '../dedup/types.ts';
import type { MergedJob } from '../merge/types.ts';

/** All legacy workflows as jobs again: those whose schedules another one's CronWorkflow runs say where they went. */
export function withHeldWorkflows(
  jobs: readonly MergedJob[],
  joined: readonly Joined[],
  alone: ConvertedJobs,
): readonly MergedJob[] {
  const groups = new Map(joined.map((group) => [group.job, group]));
  const all = jobs.flatMap((job): readonly MergedJob[] => {
    const others = (groups.get(job.job)?.members ?? []).filter((member) => member.job !== job.job);
    const holds = others.flatMap((member) => {
      const converted = alone.get(member.job);
      return converted === undefined ? [] : [{ job: member.job, converted }];
    });
    if (holds.length === 0) return [job];
    const held = holds.map((each): MergedJob => {
      const ownName = [...each.converted.values()][0]?.name ?? each.job;
      return { ...job, job: each.job, converted: each.converted, heldBy: { job: job.job, ownName } };
    });
    return [{ ...job, holds }, ...held];
  });
  return sortedBy(all, ({ job }) => job);
}
