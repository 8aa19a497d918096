import { codeFrame } from '../../core/code-frame.ts';
import type { Diagnostic, Severity } from '../../core/diagnostic.ts';
import { messageOf } from '../../core/messages.ts';
import { formatPosition, type SourceFile } from '../../core/source.ts';
import { groupFindings } from './group-findings.ts';

const marks: Readonly<Record<Severity, string>> = { error: '**error**', warning: '**warning**', info: 'note' };
const order: readonly Severity[] = ['error', 'warning', 'info'];

/** Findings, the gravest first; errors and warnings with the line they speak of. */
export function findingsMarkdown(
  diagnostics: readonly Diagnostic[],
  source: (path: string) => SourceFile | undefined,
): string {
  const groups = groupFindings(diagnostics);
  return order
    .flatMap((severity) =>
      groups
        .filter((group) => group.diagnostic.severity === severity)
        .map((group) => findingMarkdown(group.diagnostic, group.where, source)),
    )
    .join('\n');
}

function findingMarkdown(
  diagnostic: Diagnostic,
  where: readonly string[],
  source: (path: string) => SourceFile | undefined,
): string {
  const place = diagnostic.span === undefined ? '' : ` \`${formatPosition(diagnostic.span)}\``;
  const environments = where.length === 0 ? '' : ` (${where.join('; ')})`;
  const lines = [
    `- ${marks[diagnostic.severity]} \`${diagnostic.code}\`${place}: ${messageOf(diagnostic)}${environments}`,
  ];
  if (diagnostic.hint !== undefined) lines.push(`  What to do: ${diagnostic.hint}.`);
  const file =
    diagnostic.span === undefined || diagnostic.severity === 'info' ? undefined : source(diagnostic.span.file);
  const frame = file === undefined || diagnostic.span === undefined ? '' : codeFrame(file, diagnostic.span);
  if (frame !== '') lines.push('', '  ```text', ...frame.split('\n').map((line) => `  ${line}`), '  ```');
  for (const related of diagnostic.related ?? [])
    lines.push(`  See \`${formatPosition(related.span)}\`: ${related.note}.`);
  return lines.join('\n');
}

/** `2 errors, 1 warning, 3 notes`, the same findings of several environments counted once. */
export function findingCount(diagnostics: readonly Diagnostic[]): string {
  const groups = groupFindings(diagnostics);
  const count = (severity: Severity): number => groups.filter((group) => group.diagnostic.severity === severity).length;
  const plural = (n: number, word: string): string[] => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`]);
  return [
    ...plural(count('error'), 'error'),
    ...plural(count('warning'), 'warning'),
    ...plural(count('info'), 'note'),
  ].join(', ');
}
