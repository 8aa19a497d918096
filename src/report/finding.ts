import type { Diagnostic } from '../core/diagnostic.ts';
import { messageOf } from '../core/messages.ts';
import type { ReportFinding } from './types.ts';

/** A diagnostic as a report holds it: with its text, so that a reader needs no table of codes. */
export function findingOf(diagnostic: Diagnostic): ReportFinding {
  return { ...diagnostic, message: messageOf(diagnostic) };
}
