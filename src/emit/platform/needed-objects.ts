import { compareText, sortedBy } from '../../core/order.ts';
import { carriedObjects } from '../carried-objects.ts';
import type { EmitInput } from '../emit-input.ts';

/** An object that pods name and that nothing in the output makes. */
export interface NeededObject {
  readonly environment: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly jobs: readonly string[];
}

/** ConfigMaps and claims that must be in the namespace of the jobs that name them: where that one is new, they have to be copied. */
export function neededObjects(input: EmitInput): readonly NeededObject[] {
  const found = new Map<string, NeededObject>();
  for (const environment of input.environments) {
    const jobs = input.jobs.filter((job) => job.overlays.has(environment));
    const carried = new Set(carriedObjects(jobs, environment).map(({ namespace, id }) => `${namespace}/${id}`));
    for (const job of jobs) {
      const namespace = job.overlays.get(environment)?.namespace ?? job.baseNamespace;
      for (const { kind, name, optional } of job.converted.get(environment)?.needs ?? []) {
        // Secrets have an ExternalSecret, service accounts are emitted.
        if (kind === 'Secret' || kind === 'ServiceAccount' || optional) continue;
        if (carried.has(`${namespace}/${kind} ${name}`)) continue;
        const key = `${environment}/${namespace}/${kind}/${name}`;
        const known = found.get(key)?.jobs ?? [];
        const all = known.includes(job.job) ? known : [...known, job.job].sort(compareText);
        found.set(key, { environment, namespace, kind, name, jobs: all });
      }
    }
  }
  return sortedBy([...found.values()], ({ environment, namespace, kind, name }) =>
    [environment, namespace, kind, name].join('/'),
  );
}
