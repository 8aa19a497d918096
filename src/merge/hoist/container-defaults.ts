import { withEntry } from '../../ir/build-value.ts';
import { canonicalKey } from '../../ir/canonical.ts';
import { entryOf, itemsOf, partsOf, staticText } from '../../ir/read-value.ts';
import type { MapValue, Value } from '../../ir/value.ts';
import type { Template } from '../../rules/types.ts';
import {
  allContainerPods,
  type Environments,
  fewerPods,
  type Hoisting,
  made,
  mapBodies,
  mentionsInputs,
} from './hoist.ts';

/** Fields of the main container that may be said once. */
const fields = ['imagePullPolicy', 'workingDir', 'envFrom', 'resources', 'securityContext'] as const;

/** Lists that Argo merges by key, so that a template adds its own entries to the common ones. */
const keyedLists: ReadonlyMap<string, string> = new Map([
  ['env', 'name'],
  ['volumeMounts', 'mountPath'],
]);

/**
 * What the main containers of all pods have in common goes to `templateDefaults.container`. Argo merges it under each
 * container template; steps and scripts are no containers and stay as they are.
 * @see https://argo-workflows.readthedocs.io/en/latest/template-defaults/
 */
export function hoistContainerDefaults(environments: Environments): Environments {
  if (fewerPods(environments, 2)) return environments;
  const pods = [...environments.values()].map(allContainerPods).filter((templates) => templates.length > 0);
  const whole = new Set(fields.filter((field) => pods.every((templates) => sameInAll(templates, field))));
  const items = new Map([...keyedLists].map(([list, key]) => [list, sharedItems(pods, list, key)]));
  if (whole.size === 0 && [...items.values()].every((keys) => keys.size === 0)) return environments;
  return new Map([...environments].map(([name, hoisting]) => [name, lift(hoisting, whole, items)]));
}

function container(pod: Template): MapValue | undefined {
  const value = pod.body.entries.get('container');
  return value?.kind === 'map' ? value : undefined;
}

function sameInAll(pods: readonly Template[], field: string): boolean {
  const values = pods.map((pod) => container(pod)?.entries.get(field));
  const [first] = values;
  return (
    first !== undefined &&
    !mentionsInputs(first) &&
    values.every((value) => value !== undefined && canonicalKey(value) === canonicalKey(first))
  );
}

/** Keys of the items that all pods have alike, in every environment. */
function sharedItems(environments: readonly (readonly Template[])[], list: string, key: string): ReadonlySet<string> {
  const keys = environments.map((pods) => new Set(commonItems(pods, list, key)));
  const [first, ...others] = keys;
  return new Set([...(first ?? [])].filter((name) => others.every((other) => other.has(name))));
}

function commonItems(pods: readonly Template[], list: string, key: string): readonly string[] {
  const [first, ...others] = pods.map((pod) => itemsOf(container(pod)?.entries.get(list)));
  const common = (first ?? []).filter((item) => {
    const wanted = canonicalKey(item);
    return !mentionsInputs(item) && others.every((items) => items.some((other) => canonicalKey(other) === wanted));
  });
  const names = common.flatMap((item) => staticText(entryOf(item, key)) ?? []);
  // Argo puts a template's own entries before the defaults, and `$(NAME)` reads only what stands before it.
  return list === 'env' ? names.filter((name) => !pods.some((pod) => refersTo(pod, name))) : names;
}

function refersTo(pod: Template, name: string): boolean {
  return itemsOf(container(pod)?.entries.get('env')).some((item) =>
    partsOf(item).some((part) => part.kind !== 'runtime' && part.text.includes(`$(${name})`)),
  );
}

function lift(
  hoisting: Hoisting,
  whole: ReadonlySet<string>,
  items: ReadonlyMap<string, ReadonlySet<string>>,
): Hoisting {
  const [first] = allContainerPods(hoisting);
  const source = first === undefined ? undefined : container(first);
  if (source === undefined) return hoisting;
  const common = [...source.entries].flatMap(([field, value]): [string, Value][] => {
    if (whole.has(field)) return [[field, value]];
    const keys = items.get(field);
    const shared =
      keys === undefined || value.kind !== 'list' ? [] : value.items.filter((item) => keys.has(itemKey(field, item)));
    return shared.length === 0 || value.kind !== 'list' ? [] : [[field, { ...value, items: shared }]];
  });
  const templates = mapBodies(hoisting.templates, (template) => without(template, whole, items));
  return {
    ...hoisting,
    templates,
    spec: new Map([...hoisting.spec, ['templateDefaults', made([['container', made(common)]])]]),
  };
}

function without(
  template: Template,
  whole: ReadonlySet<string>,
  items: ReadonlyMap<string, ReadonlySet<string>>,
): MapValue {
  const own = container(template);
  if (own === undefined) return template.body;
  const left = [...own.entries].flatMap(([field, value]): [string, Value][] => {
    if (whole.has(field)) return [];
    const keys = items.get(field);
    if (keys === undefined || value.kind !== 'list') return [[field, value]];
    const rest = value.items.filter((item) => !keys.has(itemKey(field, item)));
    return rest.length === 0 ? [] : [[field, { ...value, items: rest }]];
  });
  return withEntry(template.body, 'container', { ...own, entries: new Map(left) });
}

function itemKey(list: string, item: Value): string {
  return staticText(entryOf(item, keyedLists.get(list) ?? 'name')) ?? '';
}
