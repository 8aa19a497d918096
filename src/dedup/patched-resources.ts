import { byRule, text } from '../ir/build-value.ts';
import { staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import { parsedObject } from './resource-patch.ts';

/**
 * A template body as its pod's containers end up: what `podSpecPatch` says about resources stands in the containers, and the patch
 * holds the rest. A patch that is no JSON stays. Of a whole workflow: each of its templates.
 */
export function withPatchedResources(body: MapValue): MapValue {
  const templates = body.entries.get('templates');
  if (templates?.kind === 'list') {
    const items = templates.items.map((item) => (item.kind === 'map' ? withPatchedResources(item) : item));
    return { ...body, entries: new Map([...body.entries, ['templates', { ...templates, items }]]) };
  }
  const patch = body.entries.get('podSpecPatch');
  const parsed = patch === undefined ? undefined : parsedObject(staticText(patch) ?? '');
  if (parsed === undefined) return body;
  let patched = body;
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if ((key !== 'containers' && key !== 'initContainers') || !Array.isArray(value)) {
      rest[key] = value;
      continue;
    }
    const left: unknown[] = [];
    for (const container of value) {
      const { name, resources, ...others } = fieldsOf(container);
      if (typeof name === 'string') patched = withResources(patched, key, name, fieldsOf(resources));
      if (Object.keys(others).length > 0) left.push({ name, ...others });
    }
    if (left.length > 0) rest[key] = left;
  }
  const entries = new Map(patched.entries);
  if (Object.keys(rest).length === 0) entries.delete('podSpecPatch');
  else entries.set('podSpecPatch', text(JSON.stringify(rest), byRule('dedup')));
  return { ...patched, entries };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function withResources(body: MapValue, list: string, name: string, resources: Record<string, unknown>): MapValue {
  const change = (container: Value): Value => merged(container, 'resources', resources);
  const entries = [...body.entries].map(([key, value]): [string, Value] => {
    if (list === 'containers' && name === 'main' && (key === 'container' || key === 'script'))
      return [key, change(value)];
    const wanted = list === 'initContainers' ? 'initContainers' : 'sidecars';
    if (key !== wanted || value.kind !== 'list') return [key, value];
    const items = value.items.map((item) =>
      item.kind === 'map' && staticText(item.entries.get('name')) === name ? change(item) : item,
    );
    return [key, { ...value, items }];
  });
  return { ...body, entries: new Map(entries) };
}

function merged(into: Value, key: string, fields: Record<string, unknown>): Value {
  if (into.kind !== 'map') return into;
  const below = into.entries.get(key);
  const start: MapValue =
    below?.kind === 'map' ? below : { kind: 'map', entries: new Map(), from: into.from, control: [] };
  let made = start;
  for (const [name, value] of Object.entries(fields))
    made =
      typeof value === 'object' && value !== null
        ? asMap(merged(made, name, fieldsOf(value)))
        : { ...made, entries: new Map([...made.entries, [name, text(String(value), into.from)]]) };
  return { ...into, entries: new Map([...into.entries, [key, made]]) };
}

function asMap(value: Value): MapValue {
  if (value.kind !== 'map') throw new Error('resources are maps');
  return value;
}
