import type { Family } from '../types.ts';
import { table } from './text-table.ts';

/** Families for a terminal: each with its members, its parameters and what it saves, and who stayed out. */
export function familiesText(families: readonly Family[]): string {
  if (families.length === 0) return 'No near-identical jobs or steps found.\n';
  const blocks = families.map((family) => {
    const misses = family.nearMisses.map((miss) => `  not in it: ${miss.job}: ${missText(miss)}\n`);
    return `${title(family)}\n${table(memberRows(family), { indent: 2 })}${environmentText(family)}${misses.join('')}`;
  });
  return `${overview(families)}\n\n${blocks.join('\n')}`;
}

/** How many parts become how many templates, and what that saves. */
export function overview(families: readonly Family[]): string {
  const members = families.reduce((sum, family) => sum + family.members.length, 0);
  const jobs = new Set(families.flatMap((family) => family.members.map((member) => member.job))).size;
  const before = families.reduce((sum, family) => sum + family.lines.before, 0);
  const after = families.reduce((sum, family) => sum + family.lines.after, 0);
  const whole = families.filter((family) => family.kind === 'workflow');
  const thin = whole.reduce((sum, family) => sum + family.members.length, 0);
  const workflows = thin === 0 ? '' : `, ${thin} of them whole workflows that become thin references`;
  return `${members} parts of ${counted(jobs, 'job')} become ${counted(families.length, 'shared template')}${workflows}: ${before} → ${after} lines.`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
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

export function missText(miss: Family['nearMisses'][number]): string {
  const where = miss.where === '' ? '' : ` (first at ${miss.where}`;
  const [own = '', other = ''] = miss.values;
  const values =
    own === '' && other === '' ? '' : `: ${own === '' ? 'nothing' : own} / ${other === '' ? 'nothing' : other}`;
  return `${miss.why}${where === '' ? '' : `${where}${values})`}`;
}
