import { type FieldPlace, fieldPlaces, type PlaceKind } from './field-places.ts';
import { type KubernetesType, kubernetesTypes } from './kubernetes-types.ts';

/** One field of a Job and its place in Argo. */
export interface FieldRow {
  /** From the Job's root, lists as `[]`: `spec.template.spec.containers[].image`. */
  readonly path: string;
  readonly kind: PlaceKind;
  readonly argo?: string;
  readonly note?: string;
  readonly seen: boolean;
}

/** A field of a Kubernetes type. */
export interface TypeField {
  readonly name: string;
  readonly shape: 'value' | 'list' | 'open-map';
  /** Absent for values, and for what is not opened further. */
  readonly type?: KubernetesType;
}

const fieldsByType = new Map<KubernetesType, ReadonlyMap<string, TypeField>>();

/** The fields of a type, by name. */
export function fieldsOf(type: KubernetesType): ReadonlyMap<string, TypeField> {
  const known = fieldsByType.get(type);
  if (known !== undefined) return known;
  const fields = new Map(
    kubernetesTypes[type]
      .split(' ')
      .map((written) => readField(written))
      .map((field) => [field.name, field] as const),
  );
  fieldsByType.set(type, fields);
  return fields;
}

function readField(written: string): TypeField {
  const [head = '', type] = written.split(':');
  const name = head.replace(/(\[\]|\{\})$/, '');
  const shape = head.endsWith('[]') ? 'list' : head.endsWith('{}') ? 'open-map' : 'value';
  return { name, shape, ...(type !== undefined && isType(type) ? { type } : {}) };
}

function isType(name: string): name is KubernetesType {
  return name in kubernetesTypes;
}

/** Every field of a Job below its root, each with exactly one row, in the order of the types. */
export function fieldTable(): readonly FieldRow[] {
  const rows: FieldRow[] = [];
  const visit = (type: KubernetesType, prefix: string): void => {
    for (const field of fieldsOf(type).values()) {
      const path = `${prefix}${field.name}${field.shape === 'list' ? '[]' : ''}`;
      const place = placeOf(path);
      if (place !== undefined) rows.push({ ...place, path });
      if (field.type !== undefined) visit(field.type, `${path}.`);
    }
  };
  visit('Job', '');
  return rows;
}

const placesByPath: ReadonlyMap<string, FieldPlace> = new Map(fieldPlaces.map((place) => [place.path, place]));
/** Fields whose own place says nothing of the fields below: each of those needs a place itself. */
const opened: ReadonlySet<string> = new Set([
  'metadata',
  'spec',
  'spec.template',
  'spec.template.metadata',
  'spec.template.spec',
  'spec.template.spec.containers[]',
  'spec.template.spec.initContainers[]',
]);

/** The place of a field: its own, or that of the nearest field above. */
export function placeOf(path: string): FieldPlace | undefined {
  const own = placesByPath.get(path);
  if (own !== undefined) return own;
  for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) {
    const above = path.slice(0, at);
    const place = placesByPath.get(above);
    if (place !== undefined) return opened.has(above) ? undefined : place;
  }
  return undefined;
}
