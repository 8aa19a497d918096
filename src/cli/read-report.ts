import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { reportSchema } from '../report/schema/report.ts';
import type { Report } from '../report/types.ts';

/** The report in a file; undefined, and a diagnostic, where there is none. */
export function reportFile(cwd: string, path: string, sink: DiagnosticSink): Report | undefined {
  const file = resolve(cwd, path);
  if (existsSync(file)) return readReport(readFileSync(file, 'utf8'), path, sink);
  sink.add(diagnose('OUT_REPORT_MISSING', { path }));
  return undefined;
}

/** A report that this version wrote; undefined, and a diagnostic, where it is something else. */
export function readReport(text: string, path: string, sink: DiagnosticSink): Report | undefined {
  const parsed = reportSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  sink.add(
    diagnose('OUT_REPORT_BROKEN', {
      path,
      problem: issue === undefined ? 'unknown form' : `${issue.path.join('.') || 'the file'}: ${issue.message}`,
    }),
  );
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
