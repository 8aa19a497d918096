import type { Severity } from '../../core/diagnostic.ts';
import { formatPosition } from '../../core/source.ts';
import type { ReportFinding } from '../types.ts';

/** One finding, and the jobs and environments in which it was made. */
export interface Finding {
  readonly diagnostic: ReportFinding;
  /** `sales (dev, prd)`; empty for a finding that belongs to no job. */
  readonly where: readonly string[];
}

export const severityNames: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** How many findings there are of each severity that has some, the same one of several environments counted once. */
export function countFindings(diagnostics: readonly ReportFinding[]): readonly { severity: Severity; count: number }[] {
  const findings = groupFindings(diagnostics);
  return (['error', 'warning', 'info'] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.diagnostic.severity === severity).length,
    }))
    .filter(({ count }) => count > 0);
}

/** Findings that say the same of the same place, once; in the order of their first. */
export function groupFindings(diagnostics: readonly ReportFinding[]): readonly Finding[] {
  const groups = new Map<string, { diagnostic: ReportFinding; jobs: Map<string, string[]> }>();
  for (const diagnostic of diagnostics) {
    const { code, severity, span, hint, job, environment } = diagnostic;
    const place = span === undefined ? '' : `${formatPosition(span)}-${span.end.offset}`;
    const key = [code, severity, place, diagnostic.message, hint ?? ''].join('\u0000');
    const group = groups.get(key) ?? { diagnostic, jobs: new Map<string, string[]>() };
    groups.set(key, group);
    if (job !== undefined || environment !== undefined) {
      const environments = group.jobs.get(job ?? '') ?? [];
      if (environment !== undefined && !environments.includes(environment)) environments.push(environment);
      group.jobs.set(job ?? '', environments);
    }
  }
  return [...groups.values()].map(({ diagnostic, jobs }) => ({ diagnostic, where: [...jobs].map(placeText) }));
}

function placeText([job, environments]: readonly [string, readonly string[]]): string {
  if (job === '') return environments.join(', ');
  return environments.length === 0 ? job : `${job} (${environments.join(', ')})`;
}
