import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines, type SourceFile } from '../core/source.ts';
import type { Report } from './types.ts';

export const REVIEW_FILE = 'dig2argo.review.yaml';

const reviewSchema = z.strictObject({
  version: z.literal(1),
  jobs: z.record(
    z.string(),
    z.strictObject({
      state: z.enum(['accepted', 'question']).exactOptional(),
      note: z.string().default(''),
      by: z.string().exactOptional(),
      /** Of the job as it was when it was reviewed. */
      fingerprint: z.string(),
    }),
  ),
});

/** What people said about jobs, by legacy name. */
export type Reviews = ReadonlyMap<string, Readonly<z.infer<typeof reviewSchema>['jobs'][string]>>;

/** Reads the review file; an entry of a job that does not exist is reported, a broken file is used in no part. */
export function readReviews(source: SourceFile | undefined, jobs: readonly string[], sink: DiagnosticSink): Reviews {
  if (source === undefined) return new Map();
  const counter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: counter });
  const lines = indexLines(source);
  const problem = document.errors[0];
  if (problem !== undefined) {
    const said = { path: '', problem: problem.message.split('\n')[0] ?? '' };
    sink.add(diagnose('REVIEW_INVALID', said, { span: lines.span(problem.pos[0], problem.pos[1]) }));
    return new Map();
  }
  const parsed = reviewSchema.safeParse(plainData(document));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path ?? [];
    sink.add(
      diagnose(
        'REVIEW_INVALID',
        { path: path.join('.'), problem: issue?.message ?? 'unknown form' },
        { span: spanOfKey(document, path, lines) },
      ),
    );
    return new Map();
  }
  const known = new Set(jobs);
  for (const job of Object.keys(parsed.data.jobs))
    if (!known.has(job))
      sink.add(diagnose('REVIEW_JOB_UNKNOWN', { job }, { span: spanOfKey(document, ['jobs', job], lines) }));
  return new Map(Object.entries(parsed.data.jobs));
}

/** Undefined for a text that repeats parts of itself by aliases: no page writes that. */
function plainData(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}

function spanOfKey(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
  lines: ReturnType<typeof indexLines>,
): ReturnType<typeof lines.span> {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [from, to]: readonly unknown[] = node.range;
      if (typeof from === 'number' && typeof to === 'number') return lines.span(from, to);
    }
  }
  return lines.span(0, 0);
}

/** The report with the reviews of another time. */
export function withReviews(report: Report, reviews: Reviews): Report {
  return {
    ...report,
    details: report.details.map(({ review: _, ...job }) => {
      const review = reviews.get(job.job);
      return review === undefined
        ? job
        : { ...job, review: { ...review, changed: review.fingerprint !== job.fingerprint } };
    }),
  };
}
