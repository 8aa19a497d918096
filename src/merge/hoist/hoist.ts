import { byRule, map } from '../../ir/build-value.ts';
import type { MapValue, Value } from '../../ir/value.ts';
import type { ConvertedWorkflow, Template } from '../../rules/types.ts';
import { hoistContainerDefaults } from './container-defaults.ts';
import { hoistMetadata } from './pod-metadata.ts';
import { hoistFields } from './spec-fields.ts';
import { hoistVolumes } from './volumes.ts';

const RULE = 'merge-hoist';

/** Templates of one environment, and what is said once for the workflow instead of in each of them. */
export interface Hoisting {
  readonly templates: readonly Template[];
  /** Pods of shared templates: what is said for the workflow reaches them, and none of it is taken out of them. */
  readonly referred: readonly Template[];
  readonly spec: ReadonlyMap<string, Value>;
}

/** One environment of each name, changed in the same way. */
export type Environments = ReadonlyMap<string, Hoisting>;

/**
 * Says once, for the workflow, what all pods of it say in every environment. The environments move together, so that
 * they stay alike for the merge.
 */
export function hoistCommon(converted: ReadonlyMap<string, ConvertedWorkflow>): ReadonlyMap<string, ConvertedWorkflow> {
  let environments: Environments = new Map(
    [...converted].map(([name, workflow]) => [
      name,
      { templates: workflow.templates, referred: workflow.referred ?? [], spec: new Map() },
    ]),
  );
  for (const step of [hoistFields, hoistMetadata, hoistVolumes, hoistContainerDefaults])
    environments = step(environments);
  return new Map([...converted].map(([name, workflow]) => [name, withHoisting(workflow, environments.get(name))]));
}

function withHoisting(workflow: ConvertedWorkflow, hoisting: Hoisting | undefined): ConvertedWorkflow {
  if (hoisting === undefined) return workflow;
  const added = [...hoisting.spec].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...workflow,
    spec: { ...workflow.spec, entries: new Map([...workflow.spec.entries, ...added]) },
    templates: hoisting.templates,
  };
}

/** Templates whose pod came from a Job; plain commands are scripts and keep what is their own. */
export function containerPods(templates: readonly Template[]): readonly Template[] {
  return templates.filter((template) => template.body.entries.has('container'));
}

/** All pods from Jobs that run in the workflow, its own and those of shared templates. */
export function allContainerPods({ templates, referred }: Hoisting): readonly Template[] {
  return containerPods([...templates, ...referred]);
}

/** True where no environment has so many pods of its own from Jobs. */
export function fewerPods(environments: Environments, count: number): boolean {
  return [...environments.values()].every(({ templates }) => containerPods(templates).length < count);
}

export function hasScripts({ templates, referred = [] }: Pick<ConvertedWorkflow, 'templates' | 'referred'>): boolean {
  return [...templates, ...referred].some((template) => template.body.entries.has('script'));
}

/** A copy with the bodies of some templates changed. */
export function mapBodies(
  templates: readonly Template[],
  change: (template: Template) => MapValue,
): readonly Template[] {
  return templates.map((template) => ({ ...template, body: change(template) }));
}

export function made(entries: Iterable<readonly [string, Value | undefined]>): MapValue {
  return map(entries, byRule(RULE));
}

/** An input exists only inside its template. */
export function mentionsInputs(value: Value): boolean {
  switch (value.kind) {
    case 'text':
      return value.parts.some((part) => part.kind === 'literal' && part.text.includes('inputs.'));
    case 'scalar':
      return false;
    case 'list':
      return value.items.some(mentionsInputs);
    case 'map':
      return [...value.entries.values()].some(mentionsInputs);
  }
}
