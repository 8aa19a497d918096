import { fieldsOf, placeOf, type TypeField } from '../../src/k8s/field-table.ts';
import type { KubernetesType } from '../../src/k8s/kubernetes-types.ts';

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainMap = { readonly [key: string]: Plain };

/** Where a container of a Job ends up. */
export type Position = 'main' | 'sidecar' | 'beside' | 'init';

const POD = 'spec.template.spec';

/** What a field holds where its name alone does not give a fitting value; keys are ends of paths. */
const fixed: readonly (readonly [ending: string, value: (mark: string) => Plain])[] = [
  ['.volumeMounts[].name', () => 'data'],
  ['.volumeMounts[].mountPath', (mark) => `/mnt/${mark}`],
  ['.volumeMounts[].mountPropagation', () => 'HostToContainer'],
  ['.volumeMounts[].recursiveReadOnly', () => 'Enabled'],
  ['.volumeDevices[].devicePath', (mark) => `/dev/${mark}`],
  ['.imagePullPolicy', () => 'Always'],
  ['.resizePolicy[].restartPolicy', () => 'RestartContainer'],
  ['.containers[].restartPolicy', () => 'Never'],
  ['.initContainers[].restartPolicy', () => 'Always'],
  [`${POD}.restartPolicy`, () => 'Never'],
  ['.resourceFieldRef.containerName', () => 'load'],
  ['.terminationMessagePath', (mark) => `/log/${mark}`],
  ['.dnsPolicy', () => 'None'],
];

/** Every field of a type that is wanted; `mark` stands in every text, so that two environments differ everywhere. */
export function fullObject(
  type: KubernetesType,
  path: string,
  mark: string,
  wanted: (path: string) => boolean,
): PlainMap {
  return Object.fromEntries(
    [...fieldsOf(type).values()].flatMap((field): (readonly [string, Plain])[] => {
      const at = `${path}.${field.name}${field.shape === 'list' ? '[]' : ''}`;
      return wanted(at) ? [[field.name, fullValue(field, at, mark, wanted)]] : [];
    }),
  );
}

function fullValue(field: TypeField, at: string, mark: string, wanted: (path: string) => boolean): Plain {
  if (field.shape === 'open-map') return { [`key-${field.name.toLowerCase()}`]: scalarOf(field, at, mark) };
  const one = field.type === undefined ? scalarOf(field, at, mark) : fullObject(field.type, at, mark, wanted);
  return field.shape === 'list' ? [one] : one;
}

function scalarOf(field: TypeField, at: string, mark: string): Plain {
  const own = fixed.find(([ending]) => at.endsWith(ending));
  if (own !== undefined) return own[1](mark);
  switch (field.scalar) {
    case 'integer':
    case 'integer-or-string':
      return 4321;
    case 'number':
      return 4.5;
    case 'boolean':
      return true;
    case 'quantity':
      return '3';
    case 'time':
      return '2024-03-30T00:00:00Z';
    case 'any':
      return { 'f:metadata': {} };
    case 'string':
      return `${field.name.toLowerCase()}-${mark}`;
  }
}

/** A container with every field of its position. */
export function fullContainer(name: string, image: string, position: Position, mark: string): PlainMap {
  const list = position === 'init' ? 'initContainers[]' : 'containers[]';
  const full = fullObject('Container', `${POD}.${list}`, mark, isMapped);
  // A variable has a value or takes one from elsewhere, never both.
  const [variable] = full['env'] as readonly PlainMap[];
  const { value, ...taken } = variable ?? {};
  const plainMount = { name: 'data', mountPath: `/plain/${mark}`, readOnly: true, subPath: `sub-${mark}` };
  return {
    ...full,
    name,
    image,
    command: ['run'],
    env: [{ name: `PLAIN_${mark}`, value: value ?? '' }, taken],
    volumeMounts: [plainMount, ...(full['volumeMounts'] as readonly Plain[])],
  };
}

/** A volume for each kind of source, with every field of it, and the one that is mounted. */
export function fullVolumes(mark: string): readonly PlainMap[] {
  const sources = [...fieldsOf('Volume').values()].filter((field) => field.name !== 'name');
  return [
    { name: 'data', emptyDir: {} },
    ...sources.map((field) => ({
      name: `v-${field.name.toLowerCase()}`,
      [field.name]:
        field.type === undefined ? {} : fullObject(field.type, `${POD}.volumes[].${field.name}`, mark, isMapped),
    })),
  ];
}

/** All other fields of the pod. */
export function fullPod(mark: string): PlainMap {
  const own = ['containers[]', 'initContainers[]', 'volumes[]', 'serviceAccount'].map((field) => `${POD}.${field}`);
  return fullObject('PodSpec', POD, mark, (path) => isMapped(path) && !own.includes(path));
}

export function isMapped(path: string): boolean {
  const place = placeOf(path);
  return place !== undefined && place.kind !== 'none';
}

/** Every field that has no place, each where it stands in a Job. */
export function unmappedFields(): readonly { readonly path: string; readonly value: Plain }[] {
  const found: { path: string; value: Plain }[] = [];
  const visit = (type: KubernetesType, prefix: string): void => {
    for (const field of fieldsOf(type).values()) {
      const path = `${prefix}${field.name}${field.shape === 'list' ? '[]' : ''}`;
      if (placeOf(path)?.kind === 'none') found.push({ path, value: fullValue(field, path, 'x', () => true) });
      else if (field.type !== undefined) visit(field.type, `${path}.`);
    }
  };
  visit('Job', '');
  return found;
}
