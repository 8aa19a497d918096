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

/** The jobs with what their pods have in common said once per job and then once for several jobs. */
export function shareJobs(converted: Jobs, sink: DiagnosticSink): ReturnType<typeof sharePodDefaults> {
  const hoisted = new Map([...converted].map(([job, environments]) => [job, hoistCommon(environments)]));
  for (const environments of hoisted.values()) reportScripts(environments, sink);
  return sharePodDefaults(hoisted);
}

/** All jobs, by legacy name and environment: each job's environments are merged. `shared`: the same jobs, with what they have in common taken out. */
export function mergeJobs(
  converted: Jobs,
  reference: string,
  sink: DiagnosticSink,
  shared: ReturnType<typeof sharePodDefaults> = shareJobs(converted, sink),
): MergedJobs {
  const jobs = [...converted].flatMap(([job, environments]) => {
    const merged = mergeEnvironments(environments, reference, sink, shared.jobs.get(job));
    const defaults = shared.defaults.find((each) => each.jobs.includes(job));
    if (merged === undefined) return [];
    return [defaults === undefined ? merged : { ...merged, podDefaults: defaults.name }];
  });
  return { jobs, podDefaults: shared.defaults };
}
