import type { Diagnostic } from '../core/diagnostic.ts';
import { messageOf } from '../core/messages.ts';
import { redact } from '../core/redact.ts';
import type { Report, ReportFinding } from './types.ts';

/** A diagnostic as a report holds it: with its text, so that a reader needs no table of codes. */
export function findingOf(diagnostic: Diagnostic): ReportFinding {
  return { ...diagnostic, message: redact(messageOf(diagnostic)) };
}

/** Every finding of a report, those of no job first. */
export function allFindings(report: Report): readonly ReportFinding[] {
  return [...report.diagnostics, ...report.details.flatMap((job) => job.diagnostics)];
}
