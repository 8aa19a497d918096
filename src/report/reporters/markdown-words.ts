import type { Diagnostic, Severity } from '../../core/diagnostic.ts';
import type { JobStatus, LineCount } from '../types.ts';
import { figure } from './markdown-text.ts';

export const statusNames: Readonly<Record<JobStatus, string>> = {
  converted: 'converted',
  'to-confirm': 'decisions to confirm',
  'needs-work': 'needs work',
};

export const severityNames: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** `1 error, 2 notes`, or `none`. */
export function findingCounts(diagnostics: readonly Diagnostic[]): string {
  const parts = severities.flatMap((severity) => {
    const count = diagnostics.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${figure(count)} ${severityNames[severity]}${count === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** `-81.3 %`; nothing where there was nothing before. */
export function changeText({ before, after }: LineCount): string {
  if (before === 0) return '';
  const tenths = Math.round(((after - before) / before) * 1000);
  return `${tenths > 0 ? '+' : ''}${tenths / 10} %`;
}
