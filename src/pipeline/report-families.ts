import { factsOf } from '../dedup/facts.ts';
import { describeHole } from '../dedup/hole-text.ts';
import { leafText } from '../dedup/plain-text.ts';
import { isEnvironmental } from '../dedup/score.ts';
import type { Decisions, Dedup, Family, Form, Hole, Joined, Member, NearMiss } from '../dedup/types.ts';
import type { Apart, Family as FamilyReport } from '../report/types.ts';

/** The families of a platform as the report shows them; `emitted`: their templates are in the output. */
export function familyReports(dedup: Dedup, decisions: Decisions, emitted: boolean): readonly FamilyReport[] {
  const misses = (family: string): FamilyReport['nearMisses'] =>
    dedup.nearMisses.filter((miss) => miss.family === family).map(missReport);
  const joined = dedup.joined.map((group) => joinedReport(group, decisions, emitted, misses(group.name)));
  const families = dedup.families.map(
    (family): FamilyReport => ({
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
      nearMisses: misses(family.name),
    }),
  );
  return [...joined, ...families];
}

/** Near-identical members that make no family. */
export function apartReports({ families, joined, nearMisses }: Dedup): readonly Apart[] {
  const known = new Set([...families, ...joined].map(({ name }) => name));
  return nearMisses
    .filter(({ family }) => !known.has(family))
    .map((miss) => ({ ...missReport(miss), beside: miss.family }));
}

function missReport(miss: NearMiss): FamilyReport['nearMisses'][number] {
  return { job: miss.member, why: miss.reason, where: miss.where, values: [...miss.values] };
}

function joinedReport(
  group: Joined,
  decisions: Decisions,
  emitted: boolean,
  nearMisses: FamilyReport['nearMisses'],
): FamilyReport {
  const values = group.members.map(({ job, schedules }): [string, string] => [job, perEnvironment([...schedules])]);
  return {
    id: group.name,
    title: group.name,
    kind: 'schedules',
    origin: 'one-manifest',
    ...(emitted ? { template: `cron/${group.name}/base/workflow.yaml` } : {}),
    members: group.members.map(({ job }) => ({ job })),
    parameters: [
      {
        name: 'schedule',
        type: 'cron',
        what: 'one of the schedules of the CronWorkflow',
        decidedBy: 'member',
        values: Object.fromEntries(values),
      },
    ],
    common: group.common,
    lines: { before: group.score.linesBefore, after: group.score.linesAfter },
    decision: decisions.accept.has(group.name) ? 'accepted' : 'proposed',
    nearMisses,
  };
}

function perEnvironment(schedules: readonly (readonly [string, readonly string[]])[]): string {
  const written = schedules.map(([environment, crons]): [string, string] => [environment, crons.join(', ')]);
  return sameOrByEnvironment(written);
}

/** A value that all environments have, or the value of each. */
function sameOrByEnvironment(values: readonly (readonly [environment: string, value: string])[]): string {
  const distinct = new Set(values.map(([, value]) => value));
  const [only] = distinct;
  return distinct.size === 1
    ? (only ?? '')
    : values.map(([environment, value]) => `${environment}: ${value}`).join(', ');
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
    return [member.id, sameOrByEnvironment(own)];
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
