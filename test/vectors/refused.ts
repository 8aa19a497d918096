import type { DiagnosticList } from '../../src/core/diagnose.ts';

/** What stands for "an error" in a comparison. A refusal without an error diagnostic would be one in silence. */
export function refused(sink: DiagnosticList): string {
  return sink.items.some((item) => item.severity === 'error') ? 'refused' : 'refused without a diagnostic';
}
