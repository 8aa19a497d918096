import type { Report } from '../types.ts';
import { code, plain } from './markdown-text.ts';
import type { ReportWords } from './words.ts';

/** What changed since the report given with `--baseline`; nothing where none was given. */
export function baselineMarkdown({ baseline }: Report, words: ReportWords): string {
  if (baseline === undefined) return '';
  const { worse, better, added, removed, newFindings, solvedFindings } = baseline;
  const said = words.baseline;
  const jobs = (list: typeof worse, word: string): readonly string[] =>
    list.map(({ job, why }) => `- ${word}: ${plain(job)}: ${words.reasons(why.map(words.say).map(plain))}`);
  const names = (list: readonly string[], word: string): readonly string[] =>
    list.length === 0 ? [] : [`- ${word}: ${words.listed(list.map(plain))}`];
  const findings = (list: typeof newFindings, word: string): readonly string[] =>
    list.length === 0
      ? []
      : [`- ${word}: ${words.listed(list.map((each) => said.finding(each.count, code(each.code), plain(each.job))))}`];
  const lines = [
    ...jobs(worse, said.worse),
    ...jobs(better, said.better),
    ...names(added, said.added),
    ...names(removed, said.removed),
    ...findings(newFindings, said.newFindings),
    ...findings(solvedFindings, said.solvedFindings),
  ];
  return lines.length === 0 ? said.none : lines.join('\n');
}
