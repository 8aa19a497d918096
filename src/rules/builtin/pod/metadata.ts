import { map, withEntry } from '../../../ir/build-value.ts';
import { canonicalKey } from '../../../ir/canonical.ts';
import { asMap, entriesOf, entryOf } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { INDEX_ANNOTATION, indexText, type Pods } from './indexes.ts';

/** Labels that the Job controller writes; some manifests were exported from a cluster and hold them. */
const generated =
  /^(?:batch\.kubernetes\.io\/(?:job-name|controller-uid|job-completion-index)|controller-uid|job-name|pod-template-hash)$/;
/** Annotations that tools write into the objects they apply. */
const applied =
  /^(?:kubectl\.kubernetes\.io\/(?:last-applied-configuration|restartedAt)|batch\.kubernetes\.io\/job-tracking)$/;

/** T.metadata: the labels and annotations of the pod template, and the number of a pod that has one. */
export function templateMetadata(
  manifest: MapValue,
  pods: Pods | undefined,
  context: PodContext,
): MapValue | undefined {
  const pod = entryOf(manifest, 'spec', 'template', 'metadata');
  const entries = (['labels', 'annotations'] as const).flatMap((what): (readonly [string, Value])[] => {
    reportJobOnly(what, manifest, context);
    const written = withoutGenerated(asMap(entryOf(pod, what)), context);
    const kept = what === 'annotations' && pods?.indexed === true ? withIndex(written, context) : written;
    return kept === undefined || kept.entries.size === 0 ? [] : [[what, kept]];
  });
  return entries.length === 0 ? undefined : map(entries, pod?.from ?? context.made());
}

/** As Kubernetes annotates the pods of an indexed Job. */
function withIndex(annotations: MapValue | undefined, context: PodContext): MapValue {
  return withEntry(annotations ?? map([], context.made()), INDEX_ANNOTATION, indexText(context));
}

function withoutGenerated(of: MapValue | undefined, context: PodContext): MapValue | undefined {
  if (of === undefined) return undefined;
  const names = [...of.entries.keys()].filter((key) => generated.test(key) || applied.test(key));
  if (names.length > 0) context.report('POD_GENERATED_LABELS', { names }, of);
  return { ...of, entries: new Map([...of.entries].filter(([key]) => !names.includes(key))) };
}

function reportJobOnly(what: 'labels' | 'annotations', manifest: MapValue, context: PodContext): void {
  const ofJob = entryOf(manifest, 'metadata', what);
  const ofPod = entryOf(manifest, 'spec', 'template', 'metadata', what);
  const names = entriesOf(ofJob)
    .filter(([key, value]) => !generated.test(key) && !applied.test(key) && !sameAs(value, entryOf(ofPod, key)))
    .map(([key]) => key);
  if (names.length > 0) context.report('POD_JOB_LABELS', { what, names }, ofJob);
}

function sameAs(value: Value, other: Value | undefined): boolean {
  return other !== undefined && canonicalKey(value) === canonicalKey(other);
}
