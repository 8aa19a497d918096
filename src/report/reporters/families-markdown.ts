import type { Family } from '../types.ts';
import { apartText, type FoundFamilies, memberNames, missText, overview } from './families-text.ts';
import { markdownTable } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';
import type { ReportWords } from './words.ts';

/** Families with a table of parameter by member. */
export function familiesMarkdown(found: FoundFamilies, words: ReportWords): string {
  const apart = found.apart.map((miss) => `- ${plain(apartText(miss, words))}\n`).join('');
  return [
    overview(found, words),
    ...found.families.map((family) => familyMarkdown(family, words)),
    ...(apart === '' ? [] : [`### ${words.apartTitle}\n\n${apart}`]),
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
    (miss) => `- ${words.notInFamily}: ${code(miss.job)}: ${plain(missText(miss, words))}`,
  );
  return [
    `### ${plain(family.title)}`,
    '',
    [
      words.family(family.members.length, family.kind, family.common, family.lines.before, family.lines.after),
      ...(family.kind === 'schedules' ? [] : [words.familyOrigin[family.origin]]),
      ...(family.template === undefined ? [] : [words.familyTemplate(code(family.template), family.kind)]),
    ].join(' '),
    '',
    markdownTable(words.familyHead(names.map(code)), rows),
    ...(misses.length === 0 ? [] : ['', ...misses]),
    '',
  ].join('\n');
}
