import { compareText, sortedBy } from '../../core/order.ts';
import { carriedObjects } from '../carried-objects.ts';
import type { EmitInput } from '../emit-input.ts';

/** An object that pods name: one that nothing in the output makes, or one of a namespace that its jobs moved into. */
export interface NeededObject {
  readonly environment: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly jobs: readonly string[];
  /** What of the output makes it, where a copy is not the only way. */
  readonly made?: 'ExternalSecret' | 'ServiceAccount';
}

const makers: Readonly<Record<string, NeededObject['made']>> = {
  Secret: 'ExternalSecret',
  ServiceAccount: 'ServiceAccount',
};

/** What must be in the namespace of the jobs that name it. Where that namespace is new, everything the jobs name has to get there. */
export function neededObjects(input: EmitInput): readonly NeededObject[] {
  const moved = new Set(Object.values(input.namespaces));
  const found = new Map<string, NeededObject>();
  for (const environment of input.environments) {
    const jobs = input.jobs.filter((job) => job.overlays.has(environment));
    const carried = new Set(carriedObjects(jobs, environment).map(({ namespace, id }) => `${namespace}/${id}`));
    for (const job of jobs) {
      const namespace = job.overlays.get(environment)?.namespace ?? job.baseNamespace;
      for (const { kind, name, optional } of job.converted.get(environment)?.needs ?? []) {
        const made = makers[kind];
        if (optional || (made !== undefined && !moved.has(namespace))) continue;
        if (carried.has(`${namespace}/${kind} ${name}`)) continue;
        const key = `${environment}/${namespace}/${kind}/${name}`;
        const known = found.get(key)?.jobs ?? [];
        const all = known.includes(job.job) ? known : [...known, job.job].sort(compareText);
        found.set(key, { environment, namespace, kind, name, jobs: all, ...(made === undefined ? {} : { made }) });
      }
    }
  }
  return sortedBy([...found.values()], ({ environment, namespace, kind, name }) =>
    [environment, namespace, kind, name].join('/'),
  );
}
