import { list, withEntry } from '../../ir/build-value.ts';
import { canonicalKey } from '../../ir/canonical.ts';
import { entryOf, itemsOf, staticText } from '../../ir/read-value.ts';
import type { MapValue, Value } from '../../ir/value.ts';
import type { ConvertedWorkflow, Template } from '../../rules/types.ts';
import { type Item, overridable, sharedLists } from './items.ts';

/**
 * A workflow without what is shared. kustomize replaces lists, so what else the job had in a shared list returns to its
 * templates, behind their own entries: Argo puts the defaults behind both.
 */
export function withoutShared(workflow: ConvertedWorkflow, items: ReadonlyMap<string, Item>): ConvertedWorkflow {
  let { spec, templates } = workflow;
  for (const item of items.values()) {
    if (isListItem(item)) continue;
    const [field = ''] = item.path;
    const own = overridable.has(item.path.join('/')) ? spec.entries.get(field) : undefined;
    const shared = item.values.get(workflow.environment);
    if (own !== undefined && (shared === undefined || canonicalKey(own) !== canonicalKey(shared)))
      templates = templates.map((template) => ({ ...template, body: withOwn(template, field, own) }));
    spec = removed(spec, item);
  }
  for (const [joined, field] of sharedLists) {
    const shared = new Set(
      [...items.values()].filter((item) => item.path.join('/') === joined).map((item) => item.key),
    );
    if (shared.size === 0) continue;
    const path = joined.split('/');
    const rest = itemsOf(entryOf(spec, ...path)).filter((item) => !shared.has(staticText(entryOf(item, field))));
    templates = templates.map((template) => ({ ...template, body: returned(template, joined, rest) }));
    spec = removedAt(spec, path);
  }
  return { ...workflow, spec, templates };
}

/** What the workflow said stays true for a pod that says nothing itself. */
function withOwn({ body }: Template, field: string, value: Value): MapValue {
  return body.entries.has('container') && !body.entries.has(field) ? beforeContainer(body, field, value) : body;
}

/** Fields of the pod stand before its container, as people write them. */
function beforeContainer(body: MapValue, field: string, value: Value): MapValue {
  const entries = [...body.entries];
  const at = entries.findIndex(([key]) => key === 'container');
  return { ...body, entries: new Map([...entries.slice(0, at), [field, value], ...entries.slice(at)]) };
}

function isListItem(item: Item): boolean {
  return sharedLists.has(item.path.join('/'));
}

function removed(spec: MapValue, item: Item): MapValue {
  return removedAt(spec, item.key === undefined ? item.path : [...item.path, item.key]);
}

/** Maps that become empty go too. */
function removedAt(of: MapValue, [key = '', ...below]: readonly string[]): MapValue {
  const entry = of.entries.get(key);
  if (below.length === 0 || entry?.kind !== 'map') return withEntry(of, key, undefined);
  const left = removedAt(entry, below);
  return withEntry(of, key, left.entries.size === 0 ? undefined : left);
}

function returned(template: Template, list: string, items: readonly Value[]): MapValue {
  const { body } = template;
  const container = body.entries.get('container');
  if (items.length === 0 || container?.kind !== 'map') return body;
  if (list === 'volumes')
    return appended(
      body,
      'volumes',
      items.filter((volume) => mounts(body, volume)),
    );
  const field = list.slice(list.lastIndexOf('/') + 1);
  return withEntry(body, 'container', appended(container, field, items));
}

function appended(of: MapValue, field: string, items: readonly Value[]): MapValue {
  const own = of.entries.get(field);
  if (items.length === 0) return of;
  if (own === undefined && of.entries.has('container')) return beforeContainer(of, field, list(items, of.from));
  return withEntry(
    of,
    field,
    own?.kind === 'list' ? { ...own, items: [...own.items, ...items] } : list(items, of.from),
  );
}

function mounts(body: MapValue, volume: Value): boolean {
  const name = staticText(entryOf(volume, 'name'));
  const containers = [
    body.entries.get('container'),
    ...itemsOf(body.entries.get('sidecars')),
    ...itemsOf(body.entries.get('initContainers')),
  ];
  return containers.some((container) =>
    itemsOf(entryOf(container, 'volumeMounts')).some((mount) => staticText(entryOf(mount, 'name')) === name),
  );
}
