import type { Report } from '../types.ts';
import { code, plain } from './markdown-text.ts';

/** What changed since the report given with `--baseline`; nothing where none was given. */
export function baselineMarkdown({ baseline }: Report): string {
  if (baseline === undefined) return '';
  const { worse, better, added, removed, newFindings, solvedFindings } = baseline;
  const jobs = (list: typeof worse, word: string): readonly string[] =>
    list.map(({ job, why }) => `- ${word}: ${plain(job)}: ${why.map(plain).join('; ')}`);
  const names = (list: readonly string[], word: string): readonly string[] =>
    list.length === 0 ? [] : [`- ${word}: ${list.map(plain).join(', ')}`];
  const findings = (list: typeof newFindings, word: string): readonly string[] =>
    list.length === 0
      ? []
      : [`- ${word}: ${list.map((each) => `${each.count} × ${code(each.code)} in ${plain(each.job)}`).join(', ')}`];
  const lines = [
    ...jobs(worse, '**worse**'),
    ...jobs(better, 'better'),
    ...names(added, 'new'),
    ...names(removed, 'gone'),
    ...findings(newFindings, 'new findings'),
    ...findings(solvedFindings, 'solved findings'),
  ];
  return lines.length === 0 ? 'Nothing changed.' : lines.join('\n');
}
