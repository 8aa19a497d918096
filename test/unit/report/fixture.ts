import { diagnose } from '../../../src/core/diagnose.ts';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import { indexLines, repoPath } from '../../../src/core/source.ts';
import { findingOf } from '../../../src/report/finding.ts';
import type { JobReport, Report, ReportFinding } from '../../../src/report/types.ts';

/** A report of the given jobs, with nothing in it besides. */
export function reportOf(details: readonly JobReport[], more: Partial<Report> = {}): Report {
  const count = (status: JobReport['status']): number => details.filter((job) => job.status === status).length;
  return {
    schemaVersion: 1,
    tool: { name: 'dig2argo', version: '0.1.0' },
    inputs: [],
    environments: ['dev', 'stg', 'prd'],
    jobs: { converted: count('converted'), toConfirm: count('to-confirm'), needsWork: count('needs-work') },
    accounting: { consumed: 1, dropped: [], unaccounted: [] },
    lines: {
      all: { before: 100, after: 20, afterInBlockStyle: 40 },
      reference: { before: 40, after: 20, afterInBlockStyle: 40, environment: 'prd' },
    },
    rules: { replaced: [], unused: [], unusedOfPackage: 0 },
    details,
    diagnostics: [],
    ...more,
  };
}

export function jobOf(job: string, more: Partial<JobReport> = {}): JobReport {
  return {
    job,
    name: job.replaceAll('_', '-'),
    kind: 'CronWorkflow',
    status: 'converted',
    environments: ['dev', 'stg', 'prd'],
    sources: [],
    outputs: [],
    fingerprint: `f-${job}`,
    steps: [],
    schedules: [],
    parameters: [],
    launchers: [],
    accepted: [],
    decisions: [],
    manual: [],
    backfillable: true,
    diagnostics: [],
    lines: { before: 100, after: 20, afterInBlockStyle: 40 },
    proof: [],
    ...more,
  };
}

const text = '+a:\n  echo>: x\n';

/** A place of ten characters from the third column of the second line on. */
export function placeIn(file: string) {
  return indexLines({ path: repoPath(file), text }).span(6, 12);
}

export function errorIn(file: string, job?: string, environment?: string): ReportFinding {
  return findingOf(
    located(diagnose('DIG_INCLUDE_MISSING', { path: 'x.dig' }, { span: placeIn(file) }), job, environment),
  );
}

export function warningIn(file: string, job?: string, environment?: string): ReportFinding {
  return findingOf(
    located(
      diagnose('CLOCK_IN_IMAGE', { image: 'sales:1', flag: '--date' }, { span: placeIn(file) }),
      job,
      environment,
    ),
  );
}

function located(diagnostic: Diagnostic, job: string | undefined, environment: string | undefined): Diagnostic {
  return {
    ...diagnostic,
    ...(job === undefined ? {} : { job }),
    ...(environment === undefined ? {} : { environment }),
  };
}
