import { assertNever } from '../../../core/assert-never.ts';
import { asMap, entryOf, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { FieldPlace } from '../../../k8s/field-places.ts';
import { fieldsOf, placeOf } from '../../../k8s/field-table.ts';
import type { KubernetesType } from '../../../k8s/kubernetes-types.ts';
import type { PodContext } from './context.ts';
import { reportWrongTypes } from './field-types.ts';
import { imageText } from './images.ts';

/** The manifest without what Kubernetes does not know and without what Argo has no place for; each of both is reported. */
export function pruneFields(manifest: MapValue, context: PodContext): MapValue {
  const entries = new Map<string, Value>();
  for (const [key, value] of manifest.entries) {
    const kept = pruneEntry(key, value, 'Job', { general: '', named: '' }, context);
    if (kept !== undefined) entries.set(key, kept);
  }
  return { ...manifest, entries };
}

/** A field's path twice: items of lists as `[]`, as the table of fields has them, and by their name. */
interface Path {
  readonly general: string;
  readonly named: string;
}

function prune(value: Value, type: KubernetesType, path: Path, context: PodContext): Value {
  if (value.kind !== 'map') {
    context.report('POD_FIELD_SHAPE', { path: path.general, want: 'a map' }, value);
    return value;
  }
  if (type === 'Container' && imageText(value) === '')
    context.report('POD_FIELD_SHAPE', { path: `${path.general}.image`, want: 'the name of an image' }, value);
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
  above: Path,
  context: PodContext,
): Value | undefined {
  const field = fieldsOf(type).get(key);
  const path = above.general === '' ? key : `${above.general}.${key}`;
  const named = above.named === '' ? key : `${above.named}.${key}`;
  if (field === undefined) {
    context.report('POD_FIELD_UNKNOWN', { path }, value);
    const inPod = /^spec\.template\.spec\.(.+)$/.exec(named)?.[1];
    if (inPod !== undefined) context.accept(inPod, context.input.rule, 'it is no field of Kubernetes');
    return undefined;
  }
  // Kubernetes reads null as absent.
  if (value.kind === 'scalar' && value.value === null) return undefined;
  const fieldPath = field.shape === 'list' ? `${path}[]` : path;
  const place = placeOf(fieldPath);
  if (field.type === undefined) reportWrongTypes(value, field, path, context);
  if (place?.kind === 'none' && place.own !== true) {
    if (!saysNothing(value)) reportLoss(path, place, value, context);
    return undefined;
  }
  if (field.shape === 'list') {
    if (value.kind === 'list') {
      const { type: itemType } = field;
      const at = (item: Value, index: number): Path => ({
        general: fieldPath,
        named: `${named}[${nameOf(item) ?? index}]`,
      });
      return itemType === undefined
        ? value
        : { ...value, items: value.items.map((item, index) => prune(item, itemType, at(item, index), context)) };
    }
    context.report('POD_FIELD_SHAPE', { path, want: 'a list' }, value);
    return undefined;
  }
  if (field.type !== undefined) return prune(value, field.type, { general: path, named }, context);
  return value;
}

function nameOf(item: Value): string | undefined {
  return staticScalar(entryOf(item, 'name'));
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
