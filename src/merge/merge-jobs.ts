import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import { hoistCommon } from './hoist/hoist.ts';
import { reportScripts } from './hoist/report-scripts.ts';
import { mergeEnvironments } from './merge.ts';
import { type PodDefaults, sharePodDefaults } from './share/share.ts';
import type { MergedJob } from './types.ts';

export interface MergedJobs {
  readonly jobs: readonly MergedJob[];
  readonly podDefaults: readonly PodDefaults[];
}

/** Jobs by legacy name, each with its environments. */
type Jobs = ReadonlyMap<string, ReadonlyMap<string, ConvertedWorkflow>>;

/** What all pods of a job say, said once for its workflow. */
export function hoistJobs(converted: Jobs): Jobs {
  return new Map([...converted].map(([job, environments]) => [job, hoistCommon(environments)]));
}

/** All jobs, by legacy name and environment: what pods have in common is said once per job and then once for all jobs; then each job's environments are merged. `hoisted`: the jobs with what their pods have in common said once. */
export function mergeJobs(
  converted: Jobs,
  reference: string,
  sink: DiagnosticSink,
  hoisted: Jobs = hoistJobs(converted),
): MergedJobs {
  for (const environments of hoisted.values()) reportScripts(environments, sink);
  const shared = sharePodDefaults(hoisted);
  const jobs = [...converted].flatMap(([job, environments]) => {
    const merged = mergeEnvironments(environments, reference, sink, shared.jobs.get(job));
    const defaults = shared.defaults.find((each) => each.jobs.includes(job));
    if (merged === undefined) return [];
    return [defaults === undefined ? merged : { ...merged, podDefaults: defaults.name }];
  });
  return { jobs, podDefaults: shared.defaults };
}
