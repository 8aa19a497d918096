import { canonicalKey } from '../../ir/canonical.ts';
import { entryOf, itemsOf, staticText } from '../../ir/read-value.ts';
import type { MapValue, Value } from '../../ir/value.ts';
import type { ConvertedWorkflow } from '../../rules/types.ts';
import { containerPods } from '../hoist/hoist.ts';

/** Something that a job says once for all its pods, with its value in each environment of the job. */
export interface Item {
  /** Where it stands in the workflow's spec; for an item of a list, the list. */
  readonly path: readonly string[];
  /** The key within the map or list at `path`; absent: the whole value. */
  readonly key?: string;
  /** Undefined in an environment of the job that has none of it. */
  readonly values: ReadonlyMap<string, Value | undefined>;
}

/** Fields of a workflow's spec that are shared as a whole. */
const wholes: readonly (readonly string[])[] = [
  ['affinity'],
  ['nodeSelector'],
  ['podPriorityClassName'],
  ['schedulerName'],
  ['securityContext'],
  ['serviceAccountName'],
  ['tolerations'],
  ...['envFrom', 'imagePullPolicy', 'resources', 'securityContext', 'workingDir'].map((field) => [
    'templateDefaults',
    'container',
    field,
  ]),
];

/** Maps that kustomize merges key by key. */
const maps: readonly (readonly string[])[] = [
  ['podMetadata', 'labels'],
  ['podMetadata', 'annotations'],
];

/** Lists, with the field that names an item. kustomize replaces them, so that a job that shares one has no items of its own in it. */
export const sharedLists: ReadonlyMap<string, string> = new Map([
  ['templateDefaults/container/env', 'name'],
  ['templateDefaults/container/volumeMounts', 'mountPath'],
  ['volumes', 'name'],
]);

/** What a job says for all its pods in some environment, by a key that is the same for all jobs. */
export function itemsOfJob(hoisted: ReadonlyMap<string, ConvertedWorkflow>): ReadonlyMap<string, Item> {
  const found = [...hoisted].map(([environment, { spec }]) => [environment, itemsOfSpec(spec)] as const);
  const items = new Map<string, Item>();
  for (const [, ofOne] of found)
    for (const [name, { value: _, ...place }] of ofOne)
      if (!items.has(name))
        items.set(name, {
          ...place,
          values: new Map(found.map(([environment, each]) => [environment, each.get(name)?.value])),
        });
  return items;
}

/** True where both say the same in every environment that both have. */
export function sameItem(a: Item, b: Item): boolean {
  return [...a.values].every(
    ([environment, value]) => !b.values.has(environment) || sameValue(value, b.values.get(environment)),
  );
}

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonicalKey(a) === canonicalKey(b);
}

/** Fields of which a template's own value wins over the workflow's. */
export const overridable: ReadonlySet<string> = new Set(['affinity', 'nodeSelector', 'securityContext', 'tolerations']);

/** True where a job can do without this value although its workflow gets it: wherever there is one, each of its pods has its own. */
export function mayKeepOwn(shared: Item, job: ReadonlyMap<string, ConvertedWorkflow>): boolean {
  const [field = ''] = shared.path;
  if (!overridable.has(shared.path.join('/'))) return false;
  return [...job].every(
    ([environment, { spec, templates, referred = [] }]) =>
      shared.values.get(environment) === undefined ||
      spec.entries.has(field) ||
      containerPods([...templates, ...referred]).every((pod) => pod.body.entries.has(field)),
  );
}

/** Lines of the item in block style. */
export function linesOf(item: Item): number {
  const value = [...item.values.values()].find((each) => each !== undefined);
  return value === undefined ? 0 : leaves(value);
}

function leaves(value: Value): number {
  if (value.kind === 'map') return [...value.entries.values()].reduce((sum, entry) => sum + leaves(entry), 0);
  return value.kind === 'list' ? value.items.reduce((sum, entry) => sum + leaves(entry), 0) : 1;
}

type Found = Omit<Item, 'values'> & { readonly value: Value };

function itemsOfSpec(spec: MapValue): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  for (const path of wholes) {
    const value = entryOf(spec, ...path);
    if (value !== undefined) found.set(path.join('/'), { path, value });
  }
  for (const path of maps) {
    const value = entryOf(spec, ...path);
    if (value?.kind !== 'map') continue;
    for (const [key, entry] of value.entries) found.set(`${path.join('/')}/${key}`, { path, key, value: entry });
  }
  for (const [joined, field] of sharedLists) {
    const path = joined.split('/');
    for (const item of itemsOf(entryOf(spec, ...path))) {
      const key = staticText(entryOf(item, field)) ?? '';
      found.set(`${joined}/${key}`, { path, key, value: item });
    }
  }
  return found;
}
