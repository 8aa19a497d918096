import type { MergedJob } from '../merge/types.ts';

/** The legacy workflows that a job runs: its own, and those that are the same but for their schedules. */
export function legacyNames(job: MergedJob): readonly string[] {
  return [job.job, ...(job.holds ?? []).map((held) => held.job)];
}
