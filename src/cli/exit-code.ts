import { reaches } from '../core/diagnose.ts';
import type { Severity } from '../core/diagnostic.ts';

/** 0 clean, 1 findings at or above `--fail-on`, 2 wrong use, missing folder or broken configuration, 3 bug. */
export type ExitCode = 0 | 1 | 2 | 3;

export function exitCodeOf(diagnostics: readonly { readonly severity: Severity }[], failOn: Severity): ExitCode {
  return diagnostics.some((diagnostic) => reaches(diagnostic.severity, failOn)) ? 1 : 0;
}
