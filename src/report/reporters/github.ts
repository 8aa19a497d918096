import type { Severity } from '../../core/diagnostic.ts';
import type { ReportFinding } from '../types.ts';
import { groupFindings } from './group-findings.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as workflow commands of GitHub Actions, which shows them beside the lines they speak of. `path` says where
 * in the repository a file of the report lies; a runner shows the first ten of a kind, so the gravest come first.
 */
export function githubAnnotations(findings: readonly ReportFinding[], path: (file: string) => string): string {
  const groups = groupFindings(findings);
  const order: readonly Severity[] = ['error', 'warning', 'info'];
  return order
    .flatMap((severity) => groups.filter(({ diagnostic }) => diagnostic.severity === severity))
    .map(({ diagnostic, where }) => {
      const { span, hint, code, message } = diagnostic;
      const properties = [
        ...(span === undefined
          ? []
          : [
              ['file', path(span.file)],
              ['line', String(span.start.line)],
              ['endLine', String(span.end.line)],
              // Columns of a range of several lines are refused.
              ...(span.end.line === span.start.line
                ? [
                    ['col', String(span.start.col)],
                    ['endColumn', String(span.end.col)],
                  ]
                : []),
            ]),
        ['title', code],
      ].map(([name, value]) => `${name}=${property(value ?? '')}`);
      const text = [
        message,
        ...(hint === undefined ? [] : [`To do: ${hint}`]),
        ...(where.length === 0 ? [] : [`In ${where.join(', ')}`]),
      ];
      return `::${commands[diagnostic.severity]} ${properties.join(',')}::${data(text.join('\n'))}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
