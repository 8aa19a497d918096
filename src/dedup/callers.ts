import type { MapValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow, Template } from '../rules/types.ts';
import { callerFields } from './caller-fields.ts';
import { type ConvertedJobs, isPod } from './members.ts';
import { plainKey } from './plain-text.ts';
import { calledTemplates } from './template-calls.ts';
import type { Family, Member } from './types.ts';

/** A member that its workflow calls as a family, and the fields that the family leaves to the caller. */
export interface MemberCall {
  readonly family: string;
  readonly member: Member;
  readonly fields: readonly string[];
}

export interface CallerConflict {
  readonly member: string;
  readonly family: string;
  readonly field: string;
}

/** What one scope of a workflow has to say: a calling template, or (without a name) the workflow. */
export interface Saying {
  readonly template?: string;
  readonly name: string;
  readonly value: Value;
}

/** Members for whom no caller can say a field: other pods would get it too, or need another value. */
export function callerConflicts(jobs: ConvertedJobs, families: readonly Family[]): readonly CallerConflict[] {
  const calls = callsByJob(families);
  const conflicts = [...jobs].flatMap(([job, environments]) =>
    [...environments].flatMap(([environment, workflow]) =>
      asked(workflow, environment, calls.get(job) ?? []).flatMap(({ field, group }) =>
        refusedIn(group, field, environment),
      ),
    ),
  );
  const seen = new Set<string>();
  return conflicts.filter(({ member, field }) => {
    const key = `${member} ${field}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What a workflow says for the families that it calls, where nothing is in conflict. */
export function sayings(
  workflow: ConvertedWorkflow,
  environment: string,
  calls: readonly MemberCall[],
): readonly Saying[] {
  return asked(workflow, environment, calls).flatMap(({ field, group }): Saying[] => {
    const scope = callerFields.get(field);
    const value = group.calls[0]?.member.bodies.get(environment)?.entries.get(field);
    if (scope === undefined || value === undefined) return [];
    return scope.kind === 'workflow'
      ? [{ name: scope.name, value }]
      : [{ ...(group.template === undefined ? {} : { template: group.template }), name: field, value }];
  });
}

export function callsByJob(families: readonly Family[]): ReadonlyMap<string, readonly MemberCall[]> {
  const calls = new Map<string, MemberCall[]>();
  for (const family of families)
    for (const form of family.forms)
      for (const member of form.members) {
        const known = calls.get(member.job) ?? [];
        known.push({ family: family.name, member, fields: form.general.callerFields });
        calls.set(member.job, known);
      }
  return calls;
}

/** Pods that hear what one scope says: members called as families, and templates that stay in the workflow. */
interface Group {
  readonly template?: string;
  readonly calls: readonly MemberCall[];
  readonly own: readonly MapValue[];
}

function asked(
  workflow: ConvertedWorkflow,
  environment: string,
  calls: readonly MemberCall[],
): readonly { readonly field: string; readonly group: Group }[] {
  const here = calls.filter((call) => call.member.bodies.has(environment));
  const gone = new Set(here.map((call) => call.member.template));
  const { referred = [] } = workflow;
  const own = workflow.templates.filter((template) => isPod(template) && !gone.has(template.name));
  return [...callerFields].flatMap(([field, scope]) => {
    const asking = here.filter((call) => call.fields.includes(field));
    if (asking.length === 0) return [];
    if (scope.kind === 'workflow')
      return [{ field, group: { calls: asking, own: [...own, ...referred].map((template) => template.body) } }];
    return callersOf(workflow, new Set(asking.map((call) => call.member.template))).map((caller) => {
      const called = new Set(calledTemplates(caller.body));
      return {
        field,
        group: {
          template: caller.name,
          calls: asking.filter((call) => called.has(call.member.template)),
          own: [...own.filter((template) => called.has(template.name)), ...referred].map((template) => template.body),
        },
      };
    });
  });
}

function refusedIn(group: Group, field: string, environment: string): readonly CallerConflict[] {
  const wanted = group.calls[0]?.member.bodies.get(environment)?.entries.get(field);
  const others = group.calls.filter(
    (call) => plainKey(call.member.bodies.get(environment)?.entries.get(field)) !== plainKey(wanted),
  );
  // A pod that has no such field would get the caller's.
  const reached = wanted !== undefined && group.own.some((body) => !body.entries.has(field));
  return (reached ? group.calls : others).map((call) => ({ member: call.member.id, family: call.family, field }));
}

function callersOf(workflow: ConvertedWorkflow, names: ReadonlySet<string>): readonly Template[] {
  return workflow.templates.filter((template) => calledTemplates(template.body).some((name) => names.has(name)));
}
