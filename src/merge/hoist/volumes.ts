import { withEntry } from '../../ir/build-value.ts';
import { canonicalKey } from '../../ir/canonical.ts';
import { entryOf, itemsOf, staticText } from '../../ir/read-value.ts';
import type { MapValue, Value } from '../../ir/value.ts';
import type { Template } from '../../rules/types.ts';
import { containerPods, type Environments, type Hoisting, made, mapBodies, mentionsInputs } from './hoist.ts';

/**
 * A volume that several pods declare alike goes to the workflow, where only pods that mount it get it. A volume that
 * some pod declares and does not mount stays where it is.
 */
export function hoistVolumes(environments: Environments): Environments {
  const shared = sharedNames([...environments.values()].map((hoisting) => containerPods(hoisting.templates)));
  return shared.size === 0
    ? environments
    : new Map([...environments].map(([name, hoisting]) => [name, lift(hoisting, shared)]));
}

function sharedNames(environments: readonly (readonly Template[])[]): ReadonlySet<string> {
  const declared = new Map<string, number>();
  const refused = new Set<string>();
  for (const pods of environments) {
    const known = new Map<string, string>();
    for (const pod of pods) {
      for (const volume of itemsOf(pod.body.entries.get('volumes'))) {
        const name = nameOf(volume);
        const key = canonicalKey(volume);
        if ((known.get(name) ?? key) !== key || !mounts(pod.body, name) || mentionsInputs(volume)) refused.add(name);
        known.set(name, key);
        declared.set(name, (declared.get(name) ?? 0) + 1);
      }
    }
  }
  return new Set(
    [...declared].filter(([name, count]) => count > environments.length && !refused.has(name)).map(([name]) => name),
  );
}

function lift(hoisting: Hoisting, shared: ReadonlySet<string>): Hoisting {
  const volumes = new Map<string, Value>();
  for (const pod of containerPods(hoisting.templates))
    for (const volume of itemsOf(pod.body.entries.get('volumes')))
      if (shared.has(nameOf(volume))) volumes.set(nameOf(volume), volume);
  if (volumes.size === 0) return hoisting;
  const templates = mapBodies(hoisting.templates, (template) =>
    template.body.entries.has('container') ? without(template.body, shared) : template.body,
  );
  return {
    ...hoisting,
    templates,
    spec: new Map([...hoisting.spec, ['volumes', { ...made([]), kind: 'list', items: [...volumes.values()] }]]),
  };
}

function without(body: MapValue, shared: ReadonlySet<string>): MapValue {
  const volumes = body.entries.get('volumes');
  if (volumes?.kind !== 'list') return body;
  const left = volumes.items.filter((volume) => !shared.has(nameOf(volume)));
  return withEntry(body, 'volumes', left.length === 0 ? undefined : { ...volumes, items: left });
}

function nameOf(volume: Value): string {
  return staticText(entryOf(volume, 'name')) ?? '';
}

function mounts(body: MapValue, volume: string): boolean {
  const containers = [
    body.entries.get('container'),
    ...itemsOf(body.entries.get('sidecars')),
    ...itemsOf(body.entries.get('initContainers')),
  ];
  return containers.some((container) =>
    itemsOf(entryOf(container, 'volumeMounts')).some((mount) => nameOf(mount) === volume),
  );
}
