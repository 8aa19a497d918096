import { sortedBy } from '../core/order.ts';
import { canonicalKey } from '../ir/canonical.ts';
import { entryOf, staticScalar } from '../ir/read-value.ts';
import type { MapValue } from '../ir/value.ts';
import { k8sName } from '../k8s/names.ts';
import type { MergedJob } from '../merge/types.ts';

/** An object that travelled with the Jobs of one namespace, and the jobs that carry it. */
export interface CarriedObject {
  /** `ConfigMap name`. */
  readonly id: string;
  readonly namespace: string;
  /** Each content once: more than one is a conflict. */
  readonly contents: readonly MapValue[];
  readonly jobs: readonly string[];
}

/** What the jobs of an environment carry, each object once. */
export function carriedObjects(jobs: readonly MergedJob[], environment: string): readonly CarriedObject[] {
  const found = new Map<string, CarriedObject>();
  for (const job of jobs) {
    const namespace = job.overlays.get(environment)?.namespace ?? job.baseNamespace;
    for (const object of job.converted.get(environment)?.objects ?? []) {
      const id = idOf(object);
      const known = found.get(`${namespace}/${id}`) ?? { id, namespace, contents: [], jobs: [] };
      const isNew = !known.contents.some((other) => canonicalKey(other) === canonicalKey(object));
      found.set(`${namespace}/${id}`, {
        ...known,
        contents: isNew ? [...known.contents, object] : known.contents,
        jobs: known.jobs.includes(job.job) ? known.jobs : [...known.jobs, job.job],
      });
    }
  }
  return sortedBy([...found.values()], ({ namespace, id }) => `${namespace}/${id}`);
}

/** Objects that the job alone carries in the environment; what several jobs carry is emitted once, with the platform. */
export function ownObjects(job: MergedJob, environment: string, jobs: readonly MergedJob[]): readonly MapValue[] {
  return carriedObjects(jobs, environment).flatMap((carried) =>
    carried.jobs.length === 1 && carried.jobs[0] === job.job ? carried.contents.slice(0, 1) : [],
  );
}

/** Objects that several jobs carry. */
export function sharedObjects(jobs: readonly MergedJob[], environment: string): readonly CarriedObject[] {
  return carriedObjects(jobs, environment).filter((carried) => carried.jobs.length > 1);
}

/** `configmap-app.yaml` */
export function objectFile(object: MapValue): string {
  return `${k8sName(idOf(object).toLowerCase(), 100)}.yaml`;
}

/** True where all given lists hold the same objects. */
export function sameObjects(lists: readonly (readonly MapValue[])[]): boolean {
  const keys = lists.map((list) => list.map(canonicalKey).join('\n'));
  return new Set(keys).size <= 1;
}

function idOf(object: MapValue): string {
  return `${staticScalar(entryOf(object, 'kind')) ?? ''} ${staticScalar(entryOf(object, 'metadata', 'name')) ?? ''}`;
}
