import { assertNever } from '../../../core/assert-never.ts';
import { asMap, entryOf, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { FieldPlace } from '../../../k8s/field-places.ts';
import { fieldsOf, placeOf } from '../../../k8s/field-table.ts';
import type { KubernetesType } from '../../../k8s/kubernetes-types.ts';
import type { PodContext } from './context.ts';

/** The manifest without what Kubernetes does not know and without what Argo has no place for; each of both is reported. */
export function pruneFields(manifest: MapValue, context: PodContext): MapValue {
  const entries = new Map<string, Value>();
  for (const [key, value] of manifest.entries) {
    const kept = pruneEntry(key, value, 'Job', '', context);
    if (kept !== undefined) entries.set(key, kept);
  }
  return { ...manifest, entries };
}

function prune(value: Value, type: KubernetesType, path: string, context: PodContext): Value {
  if (value.kind !== 'map') {
    context.report('POD_FIELD_SHAPE', { path, want: 'a map' }, value);
    return value;
  }
  const entries = new Map<string, Value>();
  for (const [key, entry] of value.entries) {
    const kept = pruneEntry(key, entry, type, path, context);
    if (kept !== undefined) entries.set(key, kept);
  }
  return { ...value, entries };
}

function pruneEntry(
  key: string,
  value: Value,
  type: KubernetesType,
  above: string,
  context: PodContext,
): Value | undefined {
  const field = fieldsOf(type).get(key);
  const path = above === '' ? key : `${above}.${key}`;
  if (field === undefined) {
    context.report('POD_FIELD_UNKNOWN', { path }, value);
    return undefined;
  }
  // Kubernetes reads null as absent.
  if (value.kind === 'scalar' && value.value === null) return undefined;
  const fieldPath = field.shape === 'list' ? `${path}[]` : path;
  const place = placeOf(fieldPath);
  if (place?.kind === 'none' && place.own !== true) {
    if (!saysNothing(value)) reportLoss(path, place, value, context);
    return undefined;
  }
  if (field.shape === 'list') {
    if (value.kind === 'list') {
      const { type: itemType } = field;
      return itemType === undefined
        ? value
        : { ...value, items: value.items.map((item) => prune(item, itemType, fieldPath, context)) };
    }
    context.report('POD_FIELD_SHAPE', { path, want: 'a list' }, value);
    return undefined;
  }
  if (field.type !== undefined) return prune(value, field.type, path, context);
  return value;
}

function saysNothing(value: Value): boolean {
  return (value.kind === 'list' && value.items.length === 0) || (value.kind === 'map' && value.entries.size === 0);
}

/** Tells the operator what is lost, as the table of fields says it. */
function reportLoss(path: string, place: FieldPlace, value: Value, context: PodContext): void {
  const note = place.note ?? '';
  switch (place.report) {
    case undefined:
    case 'POD_FIELD_LOST':
      context.report('POD_FIELD_LOST', { path, loss: note }, value);
      break;
    case 'POD_FIELD_UNUSED':
      context.report('POD_FIELD_UNUSED', { path, why: note }, value);
      break;
    case 'POD_FAILURE_POLICY':
      context.report('POD_FAILURE_POLICY', { part: note }, value);
      break;
    case 'POD_INDEXES_DIFFER':
      context.report('POD_INDEXES_DIFFER', { field: path, how: note }, value);
      break;
    case 'POD_TTL_REPLACED':
      context.report('POD_TTL_REPLACED', { seconds: staticScalar(value) ?? '(known at run time)' }, value);
      break;
    default:
      assertNever(place.report);
  }
}

/** The pod template's metadata and spec of a Job. */
export function podTemplateOf(manifest: MapValue): {
  readonly metadata: MapValue | undefined;
  readonly spec: MapValue | undefined;
} {
  return {
    metadata: asMap(entryOf(manifest, 'spec', 'template', 'metadata')),
    spec: asMap(entryOf(manifest, 'spec', 'template', 'spec')),
  };
}
