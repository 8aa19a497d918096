import type { Policies, PolicyTarget } from '../pod/policies.ts';
import type { FlowPolicies } from './convert.ts';

/** The policies that decide CronWorkflow fields. */
export function flowPolicies(policies: Policies): FlowPolicies {
  const number = (target: PolicyTarget, otherwise: number): number => {
    const value = policies.values.get(target);
    return typeof value === 'number' ? value : otherwise;
  };
  const concurrency = policies.values.get('concurrencyPolicy');
  return {
    concurrency: concurrency === 'Forbid' || concurrency === 'Replace' ? concurrency : 'Allow',
    startingDeadlineSeconds: number('startingDeadlineSeconds', 60),
    successfulJobsHistoryLimit: number('successfulJobsHistoryLimit', 5),
    failedJobsHistoryLimit: number('failedJobsHistoryLimit', 5),
    require: policies.values.get('requireMode') === 'each-time' ? 'each-time' : 'once',
  };
}
