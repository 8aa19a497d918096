import type { Diagnostic } from '../../core/diagnostic.ts';
import { messageOf } from '../../core/messages.ts';
import type { JobReport, Report } from '../types.ts';

/** The whole report. Findings carry their message, so that a program needs no table of codes. */
export function reportJson(report: Report): string {
  return json({
    ...report,
    details: report.details.map(withMessages),
    diagnostics: report.diagnostics.map(withMessage),
  });
}

export function jobJson(job: JobReport): string {
  return json(withMessages(job));
}

function withMessages(job: JobReport): object {
  return { ...job, diagnostics: job.diagnostics.map(withMessage) };
}

function withMessage(diagnostic: Diagnostic): object {
  return { ...diagnostic, message: messageOf(diagnostic) };
}

/** JSON knows no big integers; as text they lose no digit. */
function json(data: object): string {
  return `${JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`;
}
