import type { ArgoRun } from '../argo/play.ts';
import type { Plain } from '../effect.ts';
import { comparePods, nodeOf, type PairContext, podOfJob } from './effect-pair.ts';
import { podManifests } from './job-pods.ts';
import { asList, asMap } from './plain-differences.ts';

/** A Job that the legacy platform really started, as `kubectl get jobs -o yaml` printed it. */
export interface ObservedJob {
  readonly namespace: string;
  /** One of the pods that it makes, in canonical form. */
  readonly pod: Plain;
}

/** The Jobs among objects and lists of objects, without what the API server and the Job controller put in. */
export function observedJobs(documents: readonly Plain[]): readonly ObservedJob[] {
  return documents.map(asMap).flatMap((document): readonly ObservedJob[] => {
    if (String(document['kind']).endsWith('List')) return observedJobs(asList(document['items']));
    if (document['kind'] !== 'Job') return [];
    const { namespace } = asMap(document['metadata']);
    return podManifests({ spec: asMap(document['spec']) }).map((manifest) => ({
      namespace: String(namespace ?? 'default'),
      pod: podOfJob(manifest),
    }));
  });
}

/** The nodes of a run whose pods equal no Job that was seen, but for what rules changed on purpose. */
export function unseenNodes(run: ArgoRun, jobs: readonly ObservedJob[], context: PairContext): readonly string[] {
  return run.effects.flatMap((effect) => {
    if (effect.kind !== 'job') return [];
    const accepted = effect.template === undefined ? [] : context.acceptedIn(effect.template);
    const seen = jobs.some(
      (job) =>
        (context.namespaces[job.namespace] ?? job.namespace) === effect.namespace &&
        comparePods(job.pod, effect.manifest, accepted, context.now).differences.length === 0,
    );
    return seen ? [] : [nodeOf(effect.task)];
  });
}
