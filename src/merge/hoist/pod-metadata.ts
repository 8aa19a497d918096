import { withEntry } from '../../ir/build-value.ts';
import { canonicalKey } from '../../ir/canonical.ts';
import { entryOf } from '../../ir/read-value.ts';
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

const kinds = ['labels', 'annotations'] as const;

/** Labels and annotations that all pods carry in every environment go to `podMetadata`, entry by entry. */
export function hoistMetadata(environments: Environments): Environments {
  if (fewerPods(environments, 2)) return environments;
  const pods = [...environments.values()].map(allContainerPods);
  const shared = new Map(kinds.map((kind) => [kind, sharedKeys(pods, kind)]));
  if ([...shared.values()].every((keys) => keys.size === 0)) return environments;
  return new Map([...environments].map(([name, hoisting]) => [name, lift(hoisting, shared)]));
}

/** Keys whose value is the same for all pods of an environment, in each environment. */
function sharedKeys(environments: readonly (readonly Template[])[], kind: string): ReadonlySet<string> {
  const keys = environments.filter((pods) => pods.length > 0).map((pods) => new Set(keysOfAll(pods, kind)));
  const [first, ...others] = keys;
  return new Set([...(first ?? [])].filter((key) => others.every((other) => other.has(key))));
}

function keysOfAll(pods: readonly Template[], kind: string): readonly string[] {
  const [first, ...others] = pods.map((pod) => entryOf(pod.body, 'metadata', kind));
  if (first?.kind !== 'map') return [];
  return [...first.entries]
    .filter(([key, value]) => !mentionsInputs(value) && others.every((other) => same(entryOf(other, key), value)))
    .map(([key]) => key);
}

function same(a: Value | undefined, b: Value): boolean {
  return a !== undefined && canonicalKey(a) === canonicalKey(b);
}

function lift(hoisting: Hoisting, shared: ReadonlyMap<string, ReadonlySet<string>>): Hoisting {
  const [first] = allContainerPods(hoisting);
  if (first === undefined) return hoisting;
  const common = kinds.map((kind): [string, Value | undefined] => {
    const own = entryOf(first.body, 'metadata', kind);
    const entries = own?.kind === 'map' ? [...own.entries].filter(([key]) => shared.get(kind)?.has(key)) : [];
    return [kind, entries.length === 0 ? undefined : made(entries)];
  });
  const templates = mapBodies(hoisting.templates, (template) =>
    template.body.entries.has('container') ? without(template.body, shared) : template.body,
  );
  return { ...hoisting, templates, spec: new Map([...hoisting.spec, ['podMetadata', made(common)]]) };
}

function without(body: MapValue, shared: ReadonlyMap<string, ReadonlySet<string>>): MapValue {
  const metadata = body.entries.get('metadata');
  if (metadata?.kind !== 'map') return body;
  let rest = metadata;
  for (const kind of kinds) {
    const own = rest.entries.get(kind);
    if (own?.kind !== 'map') continue;
    const left = [...own.entries].filter(([key]) => !shared.get(kind)?.has(key));
    rest = withEntry(rest, kind, left.length === 0 ? undefined : { ...own, entries: new Map(left) });
  }
  return withEntry(body, 'metadata', rest.entries.size === 0 ? undefined : rest);
}
