import { sortDiagnostics } from '../core/diagnose.ts';
import { redactValue } from '../core/redact.ts';
import { findingOf } from './finding.ts';
import type { JobInput, ReportInput } from './report-input.ts';
import type { JobReport, JobStatus, ReportFinding } from './types.ts';

export function jobReport(job: JobInput, input: ReportInput): JobReport {
  const diagnostics = sortDiagnostics(input.diagnostics.filter((finding) => finding.job === job.job)).map(findingOf);
  const unaccounted = input.units.some((unit) => unit.fate.kind === 'unaccounted' && unit.jobs.includes(job.job));
  const fingerprint = input.fingerprints.get(job.job) ?? '';
  const review = input.reviews.get(job.job);
  return {
    ...job,
    status: statusOf(diagnostics, unaccounted),
    outputs: input.outputs.get(job.job) ?? [],
    fingerprint,
    parameters: job.parameters.map(withoutSecrets),
    decisions: input.decisions,
    manual: manualTasks(diagnostics),
    diagnostics,
    lines: input.lines.byJob.get(job.job) ?? { before: 0, after: 0, afterInBlockStyle: 0 },
    proof: [],
    ...(review === undefined ? {} : { review: { ...review, changed: review.fingerprint !== fingerprint } }),
  };
}

function withoutSecrets(parameter: JobReport['parameters'][number]): JobReport['parameters'][number] {
  const { name, values } = parameter;
  return {
    ...parameter,
    values: Object.fromEntries(
      Object.entries(values).map(([environment, value]) => [environment, redactValue(name, value)]),
    ),
  };
}

function statusOf(diagnostics: readonly ReportFinding[], unaccounted: boolean): JobStatus {
  if (unaccounted || diagnostics.some((finding) => finding.severity === 'error')) return 'needs-work';
  return diagnostics.some((finding) => finding.severity === 'warning') ? 'to-confirm' : 'converted';
}

/** Each error is work for a person; once where environments share it. */
function manualTasks(diagnostics: readonly ReportFinding[]): readonly string[] {
  const errors = diagnostics.filter((finding) => finding.severity === 'error');
  return [
    ...new Set(
      errors.map((finding) => (finding.hint === undefined ? finding.message : `${finding.message}: ${finding.hint}`)),
    ),
  ];
}
