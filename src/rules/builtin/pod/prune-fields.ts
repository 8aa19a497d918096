import { asMap, entryOf } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import { fieldsOf, placeOf } from '../../../k8s/field-table.ts';
import type { KubernetesType } from '../../../k8s/kubernetes-types.ts';
import type { PodContext } from './context.ts';

const topFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);

/** The manifest without what Kubernetes does not know and without what Argo has no place for; each of both is reported. */
export function pruneFields(manifest: MapValue, context: PodContext): MapValue {
  const entries = new Map<string, Value>();
  for (const [key, value] of manifest.entries) {
    if (!topFields.has(key)) context.report('POD_FIELD_UNKNOWN', { path: key }, value);
    else if (key === 'status')
      context.report('POD_FIELD_UNUSED', { path: key, why: 'written by the API server' }, value);
    else entries.set(key, key === 'spec' ? prune(value, 'JobSpec', 'spec', context) : value);
  }
  reportUnknownMetadata(manifest, context);
  return { ...manifest, entries };
}

function reportUnknownMetadata(manifest: MapValue, context: PodContext): void {
  const metadata = asMap(manifest.entries.get('metadata'));
  for (const [key, value] of metadata?.entries ?? [])
    if (!fieldsOf('ObjectMeta').has(key)) context.report('POD_FIELD_UNKNOWN', { path: `metadata.${key}` }, value);
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
  const path = `${above}.${key}`;
  if (field === undefined) {
    context.report('POD_FIELD_UNKNOWN', { path }, value);
    return undefined;
  }
  // Kubernetes reads null as absent.
  if (value.kind === 'scalar' && value.value === null) return undefined;
  const fieldPath = field.shape === 'list' ? `${path}[]` : path;
  const place = placeOf(fieldPath);
  if (place?.kind === 'none' && value.kind === 'list' && value.items.length === 0) return undefined;
  if (place?.kind === 'none') {
    const note = place.note ?? '';
    if (path.startsWith('spec.template.metadata.')) context.report('POD_FIELD_UNUSED', { path, why: note }, value);
    else context.report('POD_FIELD_LOST', { path, loss: note }, value);
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
