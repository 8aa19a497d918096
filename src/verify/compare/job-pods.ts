import type { Plain } from '../effect.ts';
import type { LegacyEffect } from '../legacy/types.ts';
import { asList, asMap, type PlainMap } from './plain-differences.ts';

const INDEX = 'batch.kubernetes.io/job-completion-index';
const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';

type JobEffect = Extract<LegacyEffect, { readonly kind: 'job' }>;

/**
 * A session's effects with what Kubernetes makes of each Job: for one that is created suspended the wait until someone
 * resumes it, and a Job of one pod for each of its pods.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs
 */
export function withPodsOfJobs(effects: readonly LegacyEffect[]): readonly LegacyEffect[] {
  const parts = new Map<string, readonly string[]>();
  return effects.flatMap((effect): readonly LegacyEffect[] => {
    const moved = { ...effect, after: effect.after.flatMap((name) => parts.get(name) ?? [name]) };
    if (moved.kind !== 'job') return [moved];
    const made = partsOf(moved);
    if (made.length > 1 && effect.id !== undefined)
      parts.set(
        effect.id,
        made.flatMap(({ id }) => id ?? []),
      );
    return made;
  });
}

function partsOf(job: JobEffect): readonly LegacyEffect[] {
  const { count, atOnce, suspended } = numbersOf(job.manifest);
  const manifests = podManifests(job.manifest);
  if (manifests.length === 1 && !suspended) return [{ ...job, manifest: manifests[0] ?? job.manifest }];
  const base = job.id ?? `${job.task}#${job.attempt}`;
  const { task, attempt, after } = job;
  const resume: LegacyEffect = { kind: 'wait', task, attempt, after, id: `${base}/resume` };
  const pods = manifests.map(
    (manifest, index): LegacyEffect => ({
      ...job,
      manifest,
      id: `${base}/${index}`,
      after: suspended ? [...after, `${base}/resume`] : after,
      ...(atOnce < count ? { atOnce } : {}),
    }),
  );
  return suspended ? [resume, ...pods] : pods;
}

/** The pods of a Job, each as a Job of its own; those of an indexed one know their number. */
export function podManifests(manifest: Plain): readonly Plain[] {
  const { count, indexed } = numbersOf(manifest);
  if (count === 1 && !indexed) return [manifest];
  return Array.from({ length: count }, (_, index) => (indexed ? withIndex(manifest, String(index)) : manifest));
}

function numbersOf(manifest: Plain) {
  const spec = asMap(asMap(manifest)['spec']);
  const number = (field: string): number | undefined => {
    const value = spec[field];
    return typeof value === 'number' ? value : undefined;
  };
  const [completions, parallelism] = [number('completions'), number('parallelism')];
  return {
    // Without completions the pods share one queue of work, and all of them start at once.
    count: Math.max(1, completions ?? parallelism ?? 1),
    atOnce: Math.max(1, parallelism ?? 1),
    indexed: spec['completionMode'] === 'Indexed',
    suspended: spec['suspend'] === true || parallelism === 0,
  };
}

function withIndex(manifest: Plain, index: string): Plain {
  const job = asMap(manifest);
  const spec = asMap(job['spec']);
  const template = asMap(spec['template']);
  const metadata = asMap(template['metadata']);
  const pod = asMap(template['spec']);
  const numbered = (field: string): PlainMap =>
    pod[field] === undefined ? {} : { [field]: asList(pod[field]).map((item) => withVariable(asMap(item), index)) };
  return {
    ...job,
    spec: {
      ...spec,
      template: {
        ...template,
        metadata: { ...metadata, annotations: { ...asMap(metadata['annotations']), [INDEX]: index } },
        spec: { ...pod, ...numbered('containers'), ...numbered('initContainers') },
      },
    },
  };
}

function withVariable(container: PlainMap, index: string): PlainMap {
  const env = asList(container['env']);
  if (env.some((item) => asMap(item)['name'] === INDEX_VARIABLE)) return container;
  return { ...container, env: [...env, { name: INDEX_VARIABLE, value: index }] };
}

/** What has to hold for the pods of a Job to fail as those of a loop do: Kubernetes counts the failures of all of them. */
export function jobAssumptions(effects: readonly LegacyEffect[]): readonly string[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'job') return [];
    const { count, indexed } = numbersOf(effect.manifest);
    const { backoffLimitPerIndex } = asMap(asMap(effect.manifest)['spec']);
    if (count === 1 || (indexed && backoffLimitPerIndex !== undefined)) return [];
    return [`the ${count} pods of ${effect.task} do not use up the backoffLimit that they share`];
  });
}

/** How many pods Kubernetes makes, one after the other, where each of them fails: its default is six more after the first. */
export function attemptsOf(effect: LegacyEffect): number {
  if (effect.kind !== 'job') return 1;
  const spec = asMap(asMap(effect.manifest)['spec']);
  const perIndex = spec['completionMode'] === 'Indexed' ? spec['backoffLimitPerIndex'] : undefined;
  const limit = perIndex ?? spec['backoffLimit'];
  return (typeof limit === 'number' ? limit : 6) + 1;
}
