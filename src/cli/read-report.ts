import { z } from 'zod';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Report } from '../report/types.ts';

const list = z.array(z.looseObject({}));
const lines = z.looseObject({ before: z.number(), after: z.number() });

/** The fields that are read back; what else a report holds is passed on as it is. */
const reportSchema = z.looseObject({
  schemaVersion: z.literal(1),
  environments: z.array(z.string()),
  jobs: z.looseObject({ converted: z.number(), toConfirm: z.number(), needsWork: z.number() }),
  accounting: z.looseObject({ consumed: z.number(), dropped: list, unaccounted: list }),
  lines: z.looseObject({ all: lines, reference: lines }),
  details: z.array(
    z.looseObject({ job: z.string(), status: z.string(), environments: z.array(z.string()), lines, diagnostics: list }),
  ),
  diagnostics: list,
});

/** A report that this version wrote; undefined, and a diagnostic, where it is something else. */
export function readReport(text: string, path: string, sink: DiagnosticSink): Report | undefined {
  const parsed = reportSchema.safeParse(parseJson(text));
  // The schema has checked the fields in use; the type of the others is that of the file's version.
  if (parsed.success) return parsed.data as unknown as Report;
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
