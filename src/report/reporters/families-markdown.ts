import type { Family } from '../types.ts';
import { memberNames, missText, overview } from './families-text.ts';
import { markdownTable } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';

/** Families with a table of parameter by member. */
export function familiesMarkdown(families: readonly Family[]): string {
  if (families.length === 0) return 'No near-identical jobs or steps found.\n';
  return [`${overview(families)}\n`, ...families.map(familyMarkdown)].join('\n');
}

function familyMarkdown(family: Family): string {
  const names = memberNames(family);
  const rows = family.parameters.map((parameter) => [
    code(parameter.name),
    plain(parameter.what),
    ...names.map((name) => (parameter.values[name] === undefined ? '-' : code(parameter.values[name]))),
  ]);
  const origin =
    family.origin === 'one-manifest'
      ? 'They start the same manifest.'
      : 'They start different manifests that say nearly the same.';
  const misses = family.nearMisses.map((miss) => `- not in it: ${code(miss.job)}: ${plain(missText(miss))}`);
  return [
    `### ${plain(family.title)}`,
    '',
    `${family.members.length} ${family.kind === 'workflow' ? 'whole workflows' : 'steps'}, ${family.common} facts in common, ${family.lines.before} → ${family.lines.after} lines. ${origin}${family.template === undefined ? '' : ` Template: ${code(family.template)}.`}`,
    '',
    markdownTable(['parameter', 'what', ...names.map(code)], rows),
    ...(misses.length === 0 ? [] : ['', ...misses]),
    '',
  ].join('\n');
}
