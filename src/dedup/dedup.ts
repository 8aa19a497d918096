import { sortedBy } from '../core/order.ts';
import { byRule, map, text } from '../ir/build-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import { type FamilyCall, familyCall, withFamilyCalls } from './call-family.ts';
import { callerConflicts, callsByJob, type MemberCall, type Saying, sayings } from './callers.ts';
import { clashText } from './clash-text.ts';
import { DEDUP_RULE } from './family-body.ts';
import { type Families, type FamilyOptions, findFamilies } from './find-families.ts';
import { type ConvertedJobs, stepMembers, workflowMembers } from './members.ts';
import type { Family, Member, NearMiss } from './types.ts';

export type DedupOptions = Omit<FamilyOptions, 'level'>;

/**
 * Steps first, then whole workflows as they call the families of their steps: that a workflow is like another one takes no step away
 * from its family. A family of steps that all lie in one family of workflows is part of that instead, and no template of its own.
 * `whole`: the jobs before anything was hoisted out of their pods.
 */
export function findDuplicates(jobs: ConvertedJobs, whole: ConvertedJobs, options: DedupOptions): Families {
  const steps = placeableFamilies(stepMembers(jobs, whole), jobs, { ...options, level: 'step' });
  const entire = wholeWorkflows(jobs, steps.families, options);
  const inside = steps.families.filter((family) => liesIn(family, entire.families));
  const apart = steps.families.filter((family) => !inside.includes(family));
  const again = inside.length === 0 ? entire : wholeWorkflows(jobs, apart, options);
  // Without its steps' family a workflow might be like no other any more.
  const kept = inside.every((family) => liesIn(family, again.families));
  const found = kept ? { steps: apart, entire: again } : { steps: steps.families, entire };
  const names = new Set([...found.steps, ...found.entire.families].map((family) => family.name));
  const folded = new Set(found.entire.families.flatMap(jobsOf));
  return {
    families: [...found.entire.families, ...found.steps],
    nearMisses: [
      // Of workflows that are no family as a whole, the steps say more.
      ...found.entire.nearMisses.filter((miss) => names.has(miss.family)),
      ...steps.nearMisses.filter((miss) => names.has(miss.family) || !folded.has(miss.member.replace(/\/.*$/s, ''))),
    ],
  };
}

function wholeWorkflows(jobs: ConvertedJobs, steps: readonly Family[], options: DedupOptions): Families {
  const taken = new Set(steps.map((family) => family.name));
  return findFamilies(workflowMembers(withFamilies(jobs, steps)), {
    ...options,
    level: 'workflow',
    names: (wishes) => {
      const free = (wish: string): string => (taken.has(wish) ? `${wish}-workflow` : wish);
      const given = options.names(wishes.map(free));
      return new Map(wishes.map((wish) => [wish, given.get(free(wish)) ?? free(wish)]));
    },
  });
}

/** True where one family of whole workflows has all the jobs of a family. */
function liesIn(family: Family, entire: readonly Family[]): boolean {
  return entire.some((each) => {
    const jobs = new Set(jobsOf(each));
    return jobsOf(family).every((job) => jobs.has(job));
  });
}

function jobsOf(family: Family): readonly string[] {
  return family.forms.flatMap((form) => form.members.map((member) => member.job));
}

/** Families whose members' workflows can say for them what the family's template leaves out; the others leave. */
function placeableFamilies(members: readonly Member[], jobs: ConvertedJobs, options: FamilyOptions): Families {
  const found = findFamilies(members, options);
  const conflicts = callerConflicts(jobs, found.families);
  if (conflicts.length === 0) return found;
  const refused = new Set(conflicts.map((conflict) => conflict.member));
  const left = placeableFamilies(
    members.filter((member) => !refused.has(member.id)),
    jobs,
    options,
  );
  const misses = conflicts.map(
    ({ member, family, field }): NearMiss => ({
      member,
      family,
      reason: clashText('caller-field'),
      where: field,
      values: ['', ''],
    }),
  );
  return { families: left.families, nearMisses: sortedBy([...left.nearMisses, ...misses], (miss) => miss.member) };
}

/** The jobs as they call their families; jobs without a family are the same objects. */
export function withFamilies(jobs: ConvertedJobs, families: readonly Family[]): ConvertedJobs {
  const steps = families.filter((family) => family.level === 'step');
  const calls = callsByJob(steps);
  const whole = new Map(
    families
      .filter((family) => family.level === 'workflow')
      .flatMap((family) =>
        family.forms.flatMap((form) => form.members.map((member) => [member.job, { family, form, member }] as const)),
      ),
  );
  return new Map(
    [...jobs].map(([job, environments]) => [
      job,
      new Map(
        [...environments].map(([environment, workflow]) => {
          const all = whole.get(job);
          const called = calling(workflow, environment, steps, calls.get(job) ?? []);
          if (all === undefined) return [environment, called];
          return [environment, wholeWorkflow(called, familyCall(all.family, all.form, all.member, environment))];
        }),
      ),
    ]),
  );
}

function calling(
  workflow: ConvertedWorkflow,
  environment: string,
  families: readonly Family[],
  calls: readonly MemberCall[],
): ConvertedWorkflow {
  const here = calls.filter((call) => call.member.bodies.has(environment));
  if (here.length === 0) return workflow;
  const called = new Map(
    here.flatMap(({ family, member }): [string, FamilyCall][] => {
      const found = families.find((each) => each.name === family);
      const form = found?.forms.find((each) => each.members.includes(member));
      return found === undefined || form === undefined
        ? []
        : [[member.template, familyCall(found, form, member, environment)]];
    }),
  );
  return withSayings(withFamilyCalls(workflow, called), sayings(workflow, environment, here));
}

/** What the families leave to their callers, said by the templates that call them or by the workflow. */
function withSayings(workflow: ConvertedWorkflow, said: readonly Saying[]): ConvertedWorkflow {
  if (said.length === 0) return workflow;
  const ofWorkflow = said.filter((saying) => saying.template === undefined);
  const templates = workflow.templates.map((template) => {
    const own = said.filter((saying) => saying.template === template.name);
    return own.length === 0 ? template : { ...template, body: withFields(template.body, own) };
  });
  return { ...workflow, templates, spec: withFields(workflow.spec, ofWorkflow) };
}

/** Before the steps, so that a reader meets them first. */
function withFields(body: MapValue, said: readonly Saying[]): MapValue {
  if (said.length === 0) return body;
  const entries = [...body.entries];
  const at = entries.findIndex(([key]) => key === 'steps' || key === 'dag');
  const added = said.map(({ name, value }): [string, Value] => [name, value]);
  const place = at < 0 ? entries.length : at;
  return { ...body, entries: new Map([...entries.slice(0, place), ...added, ...entries.slice(place)]) };
}

/** A workflow that is nothing but its family and its values. */
function wholeWorkflow(workflow: ConvertedWorkflow, call: FamilyCall): ConvertedWorkflow {
  const from = byRule(DEDUP_RULE);
  const spec: MapValue = map([['workflowTemplateRef', map([['name', text(call.family, from)]], from)]], from);
  const parameters = new Map<string, Value>([...workflow.parameters, ...call.row]);
  return { ...workflow, spec, parameters, templates: [] };
}
