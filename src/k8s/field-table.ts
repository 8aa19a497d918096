import { type FieldPlace, fieldPlaces, unknownToArgo } from './field-places.ts';
import { type KubernetesType, kubernetesTypes } from './kubernetes-types.ts';

/** One field of a Job and what becomes of it. */
export interface FieldRow extends FieldPlace {
  /** From the Job's root, lists as `[]`: `spec.template.spec.containers[].image`. */
  readonly path: string;
}

/** What a field holds that is no object. */
export type ScalarKind =
  | 'string'
  | 'integer'
  | 'boolean'
  | 'number'
  | 'quantity'
  | 'integer-or-string'
  | 'time'
  | 'any';

/** A field of a Kubernetes type. */
export interface TypeField {
  readonly name: string;
  readonly shape: 'value' | 'list' | 'open-map';
  /** The type of the value or of the items, where they are objects with fields. */
  readonly type?: KubernetesType;
  readonly scalar: ScalarKind;
  /** Argo's copy of the Kubernetes types lacks the field. */
  readonly unknownToArgo: boolean;
}

const scalars: ReadonlySet<string> = new Set<ScalarKind>([
  'integer',
  'boolean',
  'number',
  'quantity',
  'integer-or-string',
  'time',
  'any',
]);

const fieldsByType = new Map<KubernetesType, ReadonlyMap<string, TypeField>>();

/** The fields of a type, by name. */
export function fieldsOf(type: KubernetesType): ReadonlyMap<string, TypeField> {
  const known = fieldsByType.get(type);
  if (known !== undefined) return known;
  const written: string = kubernetesTypes[type];
  const fields = new Map(
    written
      .split(' ')
      .map((word) => readField(word))
      .map((field) => [field.name, field] as const),
  );
  fieldsByType.set(type, fields);
  return fields;
}

/** `name`, `name[]:Type`, `name{}=quantity`, each with a `!` where Argo lacks it. */
function readField(word: string): TypeField {
  const [, name = '', shape, of = '', mark] = /^(\w+)(\[\]|\{\})?(?:[:=]([\w-]+))?(!)?$/.exec(word) ?? [];
  return {
    name,
    shape: shape === '[]' ? 'list' : shape === '{}' ? 'open-map' : 'value',
    ...(isType(of) ? { type: of } : {}),
    scalar: isScalar(of) ? of : 'string',
    unknownToArgo: mark !== undefined,
  };
}

function isType(name: string): name is KubernetesType {
  return name in kubernetesTypes;
}

function isScalar(name: string): name is ScalarKind {
  return scalars.has(name);
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

const rowsByPath = new Map<string, FieldRow>();
addRows('Job', '', undefined);

/** The place of a field: its own, else none where Argo does not know it, else that of the field above. */
function addRows(type: KubernetesType, prefix: string, above: FieldPlace | undefined): void {
  for (const field of fieldsOf(type).values()) {
    const path = `${prefix}${field.name}${field.shape === 'list' ? '[]' : ''}`;
    const place = placesByPath.get(path) ?? (field.unknownToArgo && above?.kind !== 'none' ? unknownToArgo : above);
    if (place !== undefined) rowsByPath.set(path, { ...place, path });
    const below = place === undefined || opened.has(path) ? undefined : place;
    if (field.type !== undefined) addRows(field.type, `${path}.`, below);
  }
}

/** Every field of a Job, each with exactly one row, in the order of the types. */
export function fieldTable(): readonly FieldRow[] {
  return [...rowsByPath.values()];
}

/** Every field that Kubernetes knows, with or without a row. */
export function schemaPaths(): readonly string[] {
  const visit = (type: KubernetesType, prefix: string): readonly string[] =>
    [...fieldsOf(type).values()].flatMap((field) => {
      const path = `${prefix}${field.name}${field.shape === 'list' ? '[]' : ''}`;
      return [path, ...(field.type === undefined ? [] : visit(field.type, `${path}.`))];
    });
  return visit('Job', '');
}

/** Fields that Argo's copy of the Kubernetes types lacks, each once, without those below them. */
export function newerFields(): readonly string[] {
  const visit = (type: KubernetesType, prefix: string): readonly string[] =>
    [...fieldsOf(type).values()].flatMap((field) => {
      const path = `${prefix}${field.name}${field.shape === 'list' ? '[]' : ''}`;
      if (field.unknownToArgo) return [path];
      return field.type === undefined ? [] : visit(field.type, `${path}.`);
    });
  return visit('Job', '');
}

/** The row of a field; below an open map (labels, quantities), the row of that map. */
export function placeOf(path: string): FieldPlace | undefined {
  const own = rowsByPath.get(path);
  if (own !== undefined) return own;
  for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) {
    const above = path.slice(0, at);
    const row = rowsByPath.get(above);
    if (row !== undefined) return opened.has(above) ? undefined : row;
  }
  return undefined;
}

let typedNames: ReadonlySet<string> | undefined;

/** Names of fields that are numbers, booleans, quantities or ports wherever a pod has them: no text can stand there. */
export function typedFieldNames(): ReadonlySet<string> {
  if (typedNames !== undefined) return typedNames;
  const typed = new Set<string>();
  const texts = new Set<string>();
  for (const type of Object.keys(kubernetesTypes).filter(isType))
    for (const { name, scalar, type: of } of fieldsOf(type).values())
      (of === undefined && ['integer', 'boolean', 'number', 'quantity', 'integer-or-string'].includes(scalar)
        ? typed
        : texts
      ).add(name);
  typedNames = new Set([...typed].filter((name) => !texts.has(name)));
  return typedNames;
}
