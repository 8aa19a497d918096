import type { Family } from '../types.ts';
import { familyNumbers, memberNames, missText } from './families-text.ts';
import { markdownTable } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';
import type { ReportWords } from './words.ts';

/** Families with a table of parameter by member. */
export function familiesMarkdown(families: readonly Family[], words: ReportWords): string {
  if (families.length === 0) return `${words.noFamilies}\n`;
  const { members, jobs, whole, before, after } = familyNumbers(families);
  return [
    `${words.familyOverview(members, jobs, families.length, whole, before, after)}\n`,
    ...families.map((family) => familyMarkdown(family, words)),
  ].join('\n');
}

function familyMarkdown(family: Family, words: ReportWords): string {
  const names = memberNames(family);
  const rows = family.parameters.map((parameter) => [
    code(parameter.name),
    plain(words.say(parameter.what)),
    ...names.map((name) => (parameter.values[name] === undefined ? '-' : code(parameter.values[name]))),
  ]);
  const misses = family.nearMisses.map(
    (miss) => `- ${words.notInFamily}: ${code(miss.job)}: ${plain(missText(miss, words.say))}`,
  );
  return [
    `### ${plain(family.title)}`,
    '',
    [
      words.family(family.members.length, family.kind, family.common, family.lines.before, family.lines.after),
      words.familyOrigin[family.origin],
      ...(family.template === undefined ? [] : [words.familyTemplate(code(family.template))]),
    ].join(' '),
    '',
    markdownTable(words.familyHead(names.map(code)), rows),
    ...(misses.length === 0 ? [] : ['', ...misses]),
    '',
  ].join('\n');
}
