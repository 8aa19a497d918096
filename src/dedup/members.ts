import { byRule, list, map, text, withEntry } from '../ir/build-value.ts';
import { entryOf, itemsOf, staticText } from '../ir/read-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow, Template } from '../rules/types.ts';
import { DEDUP_RULE } from './family-body.ts';
import { inputOrder, renameInputs } from './own-inputs.ts';
import type { Member } from './types.ts';

/** Job → environment → workflow as converted, before the environments are merged. */
export type ConvertedJobs = ReadonlyMap<string, ReadonlyMap<string, ConvertedWorkflow>>;

/**
 * The pod templates of all jobs that their own steps call: what may become a call of a shared template. `whole`: the same jobs
 * before what their pods have in common was said once for the workflow.
 */
export function stepMembers(jobs: ConvertedJobs, whole: ConvertedJobs = jobs): readonly Member[] {
  return [...jobs].flatMap(([job, environments]) => {
    const names = new Set(
      [...environments.values()].flatMap((workflow) =>
        workflow.templates.filter(isPod).map((template) => template.name),
      ),
    );
    return [...names].flatMap((name): Member[] => {
      const bodies = new Map<string, MapValue>();
      const all = new Map<string, MapValue>();
      let inputs: ReadonlyMap<string, string> | undefined;
      let manifest: string | undefined;
      for (const [environment, workflow] of environments) {
        const template = workflow.templates.find((each) => each.name === name);
        if (template === undefined) continue;
        if (!isPod(template) || isEntry(workflow, name)) return [];
        const own = new Map(inputOrder(template.body).map((input, at): [string, string] => [input, `in${at + 1}`]));
        // Read in another order there: the arguments of the two environments would not be the same.
        if (inputs !== undefined && JSON.stringify([...own]) !== JSON.stringify([...inputs])) return [];
        inputs = own;
        manifest ??= manifestOf(workflow, template);
        const complete = whole
          .get(job)
          ?.get(environment)
          ?.templates.find((each) => each.name === name);
        const volumes = itemsOf((complete ?? template).body.entries.get('volumes'));
        bodies.set(environment, renameInputs(withMountedVolumes(template.body, volumes), own));
        if (complete !== undefined) all.set(environment, renameInputs(complete.body, own));
      }
      const known = manifest === undefined ? {} : { manifest };
      return [{ id: `${job}/${name}`, job, template: name, ...known, bodies, whole: all, inputs: inputs ?? new Map() }];
    });
  });
}

function manifestOf(workflow: ConvertedWorkflow, template: Template): string | undefined {
  const task = workflow.facts.graph.tasks.get(template.task);
  return task?.kind === 'operator' ? task.launch?.manifest : undefined;
}

/** True for a template that makes a pod of its own. */
export function isPod(template: Template): boolean {
  return template.body.entries.has('container') || template.body.entries.has('script');
}

/** A template that several workflows call brings the volumes that it mounts; a volume of its own wins over one of the workflow. */
function withMountedVolumes(body: MapValue, volumes: readonly Value[]): MapValue {
  const own = itemsOf(body.entries.get('volumes'));
  const named = new Set(own.map(nameOf));
  const mounted = new Set(
    ['container', 'script', 'sidecars', 'initContainers'].flatMap((key) => {
      const value = body.entries.get(key);
      const containers = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
      return containers.flatMap((container) => itemsOf(entryOf(container, 'volumeMounts')).map(nameOf));
    }),
  );
  const added = volumes.filter((volume) => mounted.has(nameOf(volume)) && !named.has(nameOf(volume)));
  return added.length === 0 ? body : withEntry(body, 'volumes', list([...own, ...added], body.from));
}

function nameOf(item: Value): string {
  return staticText(entryOf(item, 'name')) ?? '';
}

/** Entry points are called by the controller, not by a step. */
function isEntry(workflow: ConvertedWorkflow, name: string): boolean {
  return ['entrypoint', 'onExit'].some((key) => staticText(workflow.spec.entries.get(key)) === name);
}

/** Whole workflows: everything a WorkflowTemplate can hold for them; schedule, name and annotations stay their own. */
export function workflowMembers(jobs: ConvertedJobs): readonly Member[] {
  return [...jobs].map(([job, environments]): Member => {
    const bodies = new Map([...environments].map(([environment, workflow]) => [environment, workflowBody(workflow)]));
    const manifest = [...environments.values()].flatMap(({ facts }) =>
      [...facts.graph.tasks.values()].flatMap((task) =>
        task.kind === 'operator' ? (task.launch?.manifest ?? []) : [],
      ),
    )[0];
    return { id: job, job, template: job, ...(manifest === undefined ? {} : { manifest }), bodies, inputs: new Map() };
  });
}

function workflowBody(workflow: ConvertedWorkflow): MapValue {
  const from = byRule(DEDUP_RULE);
  const templates = list(
    workflow.templates.map((template) =>
      map([['name', text(template.name, from)], ...template.body.entries], template.body.from),
    ),
    from,
  );
  const parameters: Value = map([...workflow.parameters], from);
  return map([...workflow.spec.entries, ['parameters', parameters], ['templates', templates]], workflow.spec.from);
}
