import type { Apart, Family } from '../types.ts';
import { table } from './text-table.ts';
import type { ReportWords } from './words.ts';
import { english } from './words-english.ts';

/** What dedup found among some jobs. */
export interface FoundFamilies {
  readonly jobs: number;
  readonly families: readonly Family[];
  readonly apart: readonly Apart[];
}

/** Families for a terminal: each with its members, its parameters and what it saves, and who stayed out. */
export function familiesText(found: FoundFamilies): string {
  const blocks = found.families.map((family) => {
    const misses = family.nearMisses.map((miss) => `  not in it: ${miss.job}: ${missText(miss, english)}\n`);
    return `${title(family)}\n${memberTables(family)}${environmentText(family)}${misses.join('')}`;
  });
  const apart = found.apart.map((miss) => `  ${apartText(miss, english)}\n`).join('');
  return [overview(found, english), ...blocks, ...(apart === '' ? [] : [`${english.apartTitle}:\n${apart}`])].join(
    '\n',
  );
}

/** How many jobs become how many workflows and templates, and what that saves. */
export function overview({ jobs, families }: FoundFamilies, words: ReportWords): string {
  if (families.length === 0) return `${words.noFamilies(jobs)}\n`;
  const of = (kind: Family['kind']): readonly Family[] => families.filter((family) => family.kind === kind);
  const members = (kind: Family['kind']): number => of(kind).reduce((sum, family) => sum + family.members.length, 0);
  const lines = (when: 'before' | 'after'): number => families.reduce((sum, family) => sum + family.lines[when], 0);
  const joined = of('schedules').length;
  return `${words.familyOverview({
    jobs,
    workflows: jobs - members('schedules') + joined,
    joined,
    joinedJobs: members('schedules'),
    thin: members('workflow'),
    templates: families.length - joined,
    steps: members('step'),
    before: lines('before'),
    after: lines('after'),
  })}\n`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function title(family: Family): string {
  const lines = `${family.lines.before} → ${family.lines.after} lines`;
  if (family.kind === 'schedules')
    return `${family.id}: ${family.members.length} workflows that are the same but for their schedules, ${lines}`;
  const kind = family.kind === 'workflow' ? 'whole workflows' : 'steps';
  const origin = family.origin === 'one-manifest' ? 'of one manifest' : 'alike';
  return `${family.id}: ${family.members.length} ${kind} ${origin}, ${family.common} facts in common, ${counted(family.parameters.length, 'parameter')}, ${lines}`;
}

export function memberNames(family: Family): readonly string[] {
  return family.members.map((member) => (member.task === undefined ? member.job : `${member.job}/${member.task}`));
}

/** For each form of a family a row for each member, and a column for each parameter in which members differ. */
function memberTables(family: Family): string {
  const own = family.parameters.filter((parameter) => parameter.decidedBy === 'member');
  const forms = [...new Set(own.map(({ name }) => formOf(name)))];
  if (forms.length < 2) return table(memberRows(own, memberNames(family)), { indent: 2 });
  return forms
    .map((form) => {
      const parameters = own.filter(({ name }) => formOf(name) === form);
      const members = memberNames(family).filter((name) => parameters.some(({ values }) => values[name] !== undefined));
      return `  ${form}\n${table(memberRows(parameters, members), { indent: 4 })}`;
    })
    .join('');
}

function memberRows(parameters: Family['parameters'], members: readonly string[]): readonly (readonly string[])[] {
  const rows = members.map((name) => [name, ...parameters.map(({ values }) => values[name] ?? '-')]);
  const head = parameters.map(({ name }) => name.slice(name.lastIndexOf('.') + 1));
  return parameters.length === 0 ? rows : [['', ...head], ...rows];
}

/** Parameters of a family with several templates are called `<template>.<parameter>`. */
function formOf(parameter: string): string {
  return parameter.includes('.') ? parameter.slice(0, parameter.lastIndexOf('.')) : '';
}

function environmentText(family: Family): string {
  const names = family.parameters
    .filter((parameter) => parameter.decidedBy === 'environment')
    .map((parameter) => parameter.name);
  return names.length === 0 ? '' : `  the environment alone decides: ${names.join(', ')}\n`;
}

/** `a/run beside b/run: why they are no family`. */
export function apartText(miss: Apart, words: ReportWords): string {
  return `${miss.beside === '' ? miss.job : words.beside(miss.job, miss.beside)}: ${missText(miss, words)}`;
}

export function missText(miss: Family['nearMisses'][number], words: ReportWords): string {
  const [own, other] = apartOnly(miss.values[0] ?? '', miss.values[1] ?? '');
  const values =
    own === '' && other === '' ? [] : [`${own === '' ? words.nothing : own} / ${other === '' ? words.nothing : other}`];
  const first = [...(miss.where === '' ? [] : [words.firstAt(miss.where)]), ...values].join(': ');
  return first === '' ? words.say(miss.why) : `${words.say(miss.why)} (${first})`;
}

const MOST_SHOWN = 60;

/** Of two long values the part in which they differ. */
function apartOnly(a: string, b: string): readonly [string, string] {
  if (a.length <= MOST_SHOWN && b.length <= MOST_SHOWN) return [a, b];
  const shortest = Math.min(a.length, b.length);
  let head = 0;
  while (head < shortest && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shortest - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [start, end] = [Math.max(0, head - 12), Math.max(0, tail - 12)];
  const part = (value: string): string => {
    const middle = value.slice(start, value.length - end);
    const cut = middle.length > 2 * MOST_SHOWN ? `${middle.slice(0, 2 * MOST_SHOWN)}…` : middle;
    return `${start === 0 ? '' : '…'}${cut}${end === 0 || cut !== middle ? '' : '…'}`;
  };
  return [part(a), part(b)];
}
