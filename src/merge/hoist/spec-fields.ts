import { withEntry } from '../../ir/build-value.ts';
import { canonicalKey } from '../../ir/canonical.ts';
import type { Value } from '../../ir/value.ts';
import type { Template } from '../../rules/types.ts';
import {
  containerPods,
  type Environments,
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

/** A template's own value wins over the workflow's, so only fields on which all pods agree are lifted. */
export function hoistFields(environments: Environments): Environments {
  let lifted = environments;
  for (const [field, target] of liftable)
    if (agreed(environments, field))
      lifted = new Map([...lifted].map(([name, hoisting]) => [name, lift(hoisting, field, target)]));
  return lifted;
}

/** True where in each environment all pods say the same, or none says anything. */
function agreed(environments: Environments, field: string): boolean {
  const all = [...environments.values()];
  const pods = all.map((hoisting) => containerPods(hoisting.templates));
  if (ownToJobs.has(field) && all.some((hoisting) => hasScripts(hoisting.templates))) return false;
  // One pod gains nothing, except by the service account, which the exit handler's pods need as well.
  if (field !== 'serviceAccountName' && pods.every((templates) => templates.length < 2)) return false;
  return (
    pods.some((templates) => templates.some((pod) => pod.body.entries.has(field))) &&
    pods.every((templates) => sameInAll(templates, field))
  );
}

function sameInAll(pods: readonly Template[], field: string): boolean {
  const values = pods.map((pod) => pod.body.entries.get(field));
  const keys = new Set(values.map((value) => (value === undefined ? '' : canonicalKey(value))));
  return keys.size <= 1 && values.every((value) => value === undefined || !mentionsInputs(value));
}

function lift(hoisting: Hoisting, field: string, target: string): Hoisting {
  const value = containerPods(hoisting.templates)[0]?.body.entries.get(field);
  if (value === undefined) return hoisting;
  const templates = mapBodies(hoisting.templates, (template) => {
    if (template.body.entries.has('container')) return withEntry(template.body, field, undefined);
    // The users and groups of the Jobs' images mean nothing to the image of a plain command.
    const shielded =
      field === 'securityContext' && template.body.entries.has('script') && !template.body.entries.has(field);
    return shielded ? withEntry(template.body, field, empty(value)) : template.body;
  });
  return { templates, spec: new Map([...hoisting.spec, [target, value]]) };
}

function empty(value: Value): Value {
  return { ...made([]), from: value.from };
}
