import type { Family } from '../types.ts';
import { table } from './text-table.ts';
import { english } from './words-english.ts';

/** Families for a terminal: each with its members, its parameters and what it saves, and who stayed out. */
export function familiesText(families: readonly Family[]): string {
  if (families.length === 0) return 'No near-identical jobs or steps found.\n';
  const blocks = families.map((family) => {
    const misses = family.nearMisses.map((miss) => `  not in it: ${miss.job}: ${missText(miss)}\n`);
    return `${title(family)}\n${table(memberRows(family), { indent: 2 })}${environmentText(family)}${misses.join('')}`;
  });
  const { members, jobs, whole, before, after } = familyNumbers(families);
  return `${english.familyOverview(members, jobs, families.length, whole, before, after)}\n\n${blocks.join('\n')}`;
}

interface FamilyNumbers {
  readonly members: number;
  readonly jobs: number;
  /** Members that are whole workflows. */
  readonly whole: number;
  readonly before: number;
  readonly after: number;
}

export function familyNumbers(families: readonly Family[]): FamilyNumbers {
  const members = families.reduce((sum, family) => sum + family.members.length, 0);
  const jobs = new Set(families.flatMap((family) => family.members.map((member) => member.job))).size;
  const before = families.reduce((sum, family) => sum + family.lines.before, 0);
  const after = families.reduce((sum, family) => sum + family.lines.after, 0);
  const whole = families.filter((family) => family.kind === 'workflow');
  return { members, jobs, whole: whole.reduce((sum, family) => sum + family.members.length, 0), before, after };
}

function title(family: Family): string {
  const kind = family.kind === 'workflow' ? 'whole workflows' : 'steps';
  const origin = family.origin === 'one-manifest' ? 'of one manifest' : 'alike';
  const same =
    family.parameters.length === 0 && family.kind === 'workflow' ? ' (identical but for their schedules)' : '';
  return `${family.id}: ${family.members.length} ${kind} ${origin}, ${family.common} facts in common, ${family.parameters.length} parameters, ${family.lines.before} → ${family.lines.after} lines${same}`;
}

export function memberNames(family: Family): readonly string[] {
  return family.members.map((member) => (member.task === undefined ? member.job : `${member.job}/${member.task}`));
}

/** A row for each member, a column for each parameter in which members differ. */
function memberRows(family: Family): readonly (readonly string[])[] {
  const own = family.parameters.filter((parameter) => parameter.decidedBy === 'member');
  const rows = memberNames(family).map((name) => [name, ...own.map((parameter) => parameter.values[name] ?? '-')]);
  return own.length === 0 ? rows : [['', ...own.map((parameter) => parameter.name)], ...rows];
}

function environmentText(family: Family): string {
  const names = family.parameters
    .filter((parameter) => parameter.decidedBy === 'environment')
    .map((parameter) => parameter.name);
  return names.length === 0 ? '' : `  the environment alone decides: ${names.join(', ')}\n`;
}

export function missText(miss: Family['nearMisses'][number], say: (text: string) => string = (text) => text): string {
  const where = miss.where === '' ? '' : ` (first at ${miss.where}`;
  const [own = '', other = ''] = miss.values;
  const values =
    own === '' && other === '' ? '' : `: ${own === '' ? 'nothing' : own} / ${other === '' ? 'nothing' : other}`;
  return `${say(miss.why)}${where === '' ? '' : `${where}${values})`}`;
}
