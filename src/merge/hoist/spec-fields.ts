import { withEntry } from '../../ir/build-value.ts';
import { canonicalKey } from '../../ir/canonical.ts';
import type { Value } from '../../ir/value.ts';
import type { Template } from '../../rules/types.ts';
import {
  allContainerPods,
  type Environments,
  fewerPods,
  type Hoisting,
  hasScripts,
  made,
  mapBodies,
  mentionsInputs,
} from './hoist.ts';

/** Template fields that workflowSpec has too, with the same meaning for every pod, and their name there. */
const liftable: ReadonlyMap<string, string> = new Map([
  ['serviceAccountName', 'serviceAccountName'],
  ['nodeSelector', 'nodeSelector'],
  ['affinity', 'affinity'],
  ['tolerations', 'tolerations'],
  ['securityContext', 'securityContext'],
  ['schedulerName', 'schedulerName'],
  ['priorityClassName', 'podPriorityClassName'],
  ['podSpecPatch', 'podSpecPatch'],
]);

/** Fields that name the main container or belong to its image; a command of another image must not get them. */
const ownToJobs: ReadonlySet<string> = new Set(['podSpecPatch']);

/**
 * A template's own value wins over the workflow's: where every pod has one, that of most pods is lifted and the others
 * keep theirs. A pod without any would get the lifted one, so that in an environment all pods or none must have it.
 */
export function hoistFields(environments: Environments): Environments {
  let lifted = environments;
  for (const [field, target] of liftable) {
    const values = commonValues(environments, field);
    lifted = new Map([...lifted].map(([name, hoisting]) => [name, lift(hoisting, field, target, values.get(name))]));
  }
  return lifted;
}

/** The value to lift, by environment; none where the field stays where it is. */
function commonValues(environments: Environments, field: string): ReadonlyMap<string, Value> {
  const all = [...environments.values()];
  if (ownToJobs.has(field) && all.some(hasScripts)) return new Map();
  // A command of a shared template cannot be shielded from the workflow's.
  if (field === 'securityContext' && all.some(({ referred }) => hasScripts({ templates: referred }))) return new Map();
  // The service account goes to the workflow also where all its pods are in shared templates: the exit handler needs it.
  if (field !== 'serviceAccountName' && fewerPods(environments, 1)) return new Map();
  const pods = new Map([...environments].map(([name, hoisting]) => [name, allContainerPods(hoisting)]));
  const valuesOf = (templates: readonly Template[]): readonly (Value | undefined)[] =>
    templates.map((pod) => pod.body.entries.get(field));
  for (const templates of pods.values()) {
    const values = valuesOf(templates);
    if (values.some((value) => value === undefined) && values.some((value) => value !== undefined)) return new Map();
    if (values.some((value) => value !== undefined && mentionsInputs(value))) return new Map();
  }
  const names = [...new Set([...pods.values()].flatMap((templates) => templates.map((pod) => pod.name)))];
  const groups = names.map((name) => namesLike(name, names, pods, field));
  const largest = groups.reduce((best, group) => (group.length > best.length ? group : best), []);
  // One pod gains nothing, except by the service account, which the exit handler's pods need as well.
  const enough = names.length > 1 ? largest.length > 1 : field === 'serviceAccountName';
  return enough ? valuesOfGroup(largest, pods, field) : new Map();
}

type Pods = ReadonlyMap<string, readonly Template[]>;

/** Templates that say the same as this one in every environment that has both. */
function namesLike(name: string, names: readonly string[], pods: Pods, field: string): readonly string[] {
  const keyIn = (templates: readonly Template[], template: string): string | undefined => {
    const value = templates.find((pod) => pod.name === template)?.body.entries.get(field);
    return value === undefined ? undefined : canonicalKey(value);
  };
  const sharesAll = (other: string): boolean =>
    [...pods.values()].every((templates) => {
      const [own, others] = [keyIn(templates, name), keyIn(templates, other)];
      return own === undefined || others === undefined || own === others;
    });
  return names.filter(sharesAll);
}

/** Two templates of a group may still differ in an environment that lacks the first one; there nothing is lifted. */
function valuesOfGroup(group: readonly string[], pods: Pods, field: string): ReadonlyMap<string, Value> {
  const lifted = new Map<string, Value>();
  for (const [environment, templates] of pods) {
    const values = templates.flatMap((pod) => (group.includes(pod.name) ? (pod.body.entries.get(field) ?? []) : []));
    const [value] = values;
    if (value !== undefined && new Set(values.map(canonicalKey)).size === 1) lifted.set(environment, value);
  }
  return lifted;
}

function lift(hoisting: Hoisting, field: string, target: string, value: Value | undefined): Hoisting {
  if (value === undefined) return hoisting;
  const key = canonicalKey(value);
  const templates = mapBodies(hoisting.templates, (template) => {
    const own = template.body.entries.get(field);
    if (template.body.entries.has('container'))
      return own !== undefined && canonicalKey(own) === key
        ? withEntry(template.body, field, undefined)
        : template.body;
    // The users and groups of the Jobs' images mean nothing to the image of a plain command.
    const shielded = field === 'securityContext' && template.body.entries.has('script') && own === undefined;
    return shielded ? withEntry(template.body, field, empty(value)) : template.body;
  });
  return { ...hoisting, templates, spec: new Map([...hoisting.spec, [target, value]]) };
}

function empty(value: Value): Value {
  return { ...made([]), from: value.from };
}
