import type { Diagnostic, DiagnosticSink } from '../core/diagnostic.ts';

/** A sink that says of each finding which job and environment it belongs to, unless the finding says so itself. */
export function scopedSink(sink: DiagnosticSink, job: string, environment: string): DiagnosticSink {
  return {
    add: (diagnostic: Diagnostic) =>
      sink.add({ ...diagnostic, job: diagnostic.job ?? job, environment: diagnostic.environment ?? environment }),
  };
}
