import { factsOf } from '../dedup/facts.ts';
import { describeHole } from '../dedup/hole-text.ts';
import { leafText } from '../dedup/plain-text.ts';
import { isEnvironmental } from '../dedup/score.ts';
import type { Decisions, Dedup, Family, Form, Hole, Member } from '../dedup/types.ts';
import type { Family as FamilyReport } from '../report/types.ts';

/** The families of a platform as the report shows them; `emitted`: their templates are in the output. */
export function familyReports(dedup: Dedup, decisions: Decisions, emitted: boolean): readonly FamilyReport[] {
  return dedup.families.map((family) => ({
    id: family.name,
    title: family.name,
    kind: family.level,
    origin: family.kind,
    ...(emitted ? { template: `templates/${family.name}.yaml` } : {}),
    members: family.forms.flatMap((form) => form.members.map((member) => memberOf(member, family))),
    parameters: family.forms.flatMap((form) => form.general.holes.map((hole) => parameterOf(hole, form, family))),
    common: Math.min(...family.forms.map(commonFacts)),
    lines: {
      before: family.forms.reduce((sum, form) => sum + form.score.linesBefore, 0),
      after: family.forms.reduce((sum, form) => sum + form.score.linesAfter, 0),
    },
    decision: decisions.accept.has(family.name) ? 'accepted' : 'proposed',
    nearMisses: dedup.nearMisses
      .filter((miss) => miss.family === family.name)
      .map((miss) => ({ job: miss.member, why: miss.reason, where: miss.where, values: [...miss.values] })),
  }));
}

function memberOf(member: Member, family: Family): FamilyReport['members'][number] {
  return family.level === 'workflow' ? { job: member.job } : { job: member.job, task: member.template };
}

function parameterOf(hole: Hole, form: Form, family: Family): FamilyReport['parameters'][number] {
  const values = form.members.map((member): [string, string] => {
    const own = form.general.columns.flatMap((column, at) => {
      const value = hole.values[at];
      return column.member === member.id && value !== undefined ? [[column.environment, leafText(value)] as const] : [];
    });
    const distinct = new Set(own.map(([, value]) => value));
    const [only] = distinct;
    return [
      member.id,
      distinct.size === 1 ? (only ?? '') : own.map(([environment, value]) => `${environment}: ${value}`).join(', '),
    ];
  });
  return {
    name: family.forms.length > 1 ? `${form.name}.${hole.name}` : hole.name,
    type: hole.type.kind === 'quantity' ? `quantity (${hole.type.resource})` : 'text',
    what: describeHole(hole),
    decidedBy: isEnvironmental(hole, form.general.columns) ? 'environment' : 'member',
    values: Object.fromEntries(values),
  };
}

function commonFacts(form: Form): number {
  const [first, ...others] = form.members.flatMap((member) =>
    [...member.bodies.values()].map((body) => new Set(factsOf(body))),
  );
  return [...(first ?? [])].filter((fact) => others.every((other) => other.has(fact))).length;
}
