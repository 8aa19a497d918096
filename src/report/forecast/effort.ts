import { compareText } from '../../core/order.ts';
import { groupFindings } from '../reporters/group-findings.ts';
import type { Forecast, JobReport, Report, ReportFinding } from '../types.ts';
import type { Figures } from './figures.ts';

/** One piece of work that is left. */
interface Piece {
  readonly kind: string;
  readonly title: string;
  readonly p50: number;
  readonly p90: number;
  /** Pieces of one key are done once: the same place of a shared file, or one family. */
  readonly key: string;
}

type Effort = NonNullable<JobReport['effort']>;

/** What each job takes alone, and what all take together, where shared work is done once. */
export function effortOf(
  report: Report,
  figures: Figures,
): { readonly byJob: ReadonlyMap<string, Effort>; readonly all: Pick<Forecast, 'minutes' | 'kinds'> } {
  const families = familyOfJob(report);
  const pieces = new Map(report.details.map((job) => [job.job, jobPieces(job, figures, families.get(job.job))]));
  const general = report.diagnostics.flatMap((finding) => findingPiece(finding, figures, undefined));
  const byJob = new Map([...pieces].map(([job, own]) => [job, jobEffort(own)]));
  return { byJob, all: total([...general, ...unaccounted(report, figures), ...[...pieces.values()].flat()]) };
}

function familyOfJob({ families }: Report): ReadonlyMap<string, string> {
  return new Map((families ?? []).flatMap(({ id, members }) => members.map(({ job }) => [job, id] as const)));
}

function jobPieces(job: JobReport, figures: Figures, family: string | undefined): readonly Piece[] {
  const findings = groupFindings(job.diagnostics).flatMap(({ diagnostic }) =>
    findingPiece(diagnostic, figures, family),
  );
  const accepted = job.review?.state === 'accepted' && !job.review.changed;
  const review = accepted ? [] : fixed('review', 'review of a job', job.job, figures);
  const cutovers = job.environments.flatMap((environment) =>
    fixed('cutover', 'cut-over of a job in an environment', `${job.job} ${environment}`, figures),
  );
  return [...findings, ...review, ...cutovers];
}

/** A note asks for nothing, unless a figure says otherwise. */
function findingPiece(finding: ReportFinding, figures: Figures, family: string | undefined): readonly Piece[] {
  const { code, severity, span, message, job } = finding;
  const { p50, p90 } = figures.minutes;
  const kind = p50[code] === undefined ? severity : code;
  const likely = p50[kind] ?? 0;
  if (likely === 0) return [];
  const place = span === undefined ? `${job ?? ''} ${message}` : `${span.file}:${span.start.offset}`;
  return [
    {
      kind: code,
      title: code,
      p50: likely,
      p90: Math.max(likely, p90[kind] ?? likely),
      key: family === undefined ? `${code} ${place}` : `${code} family ${family}`,
    },
  ];
}

function fixed(kind: string, title: string, key: string, { minutes }: Figures): readonly Piece[] {
  const p50 = minutes.p50[kind] ?? 0;
  return p50 === 0 ? [] : [{ kind, title, p50, p90: Math.max(p50, minutes.p90[kind] ?? p50), key: `${kind} ${key}` }];
}

function unaccounted(report: Report, figures: Figures): readonly Piece[] {
  return report.accounting.unaccounted.flatMap(({ kind, span }) =>
    fixed(
      'unaccounted',
      'part of the legacy tree that is unaccounted for',
      `${kind} ${span.file}:${span.start.offset}`,
      figures,
    ),
  );
}

function jobEffort(pieces: readonly Piece[]): Effort {
  const { minutes, kinds } = total(pieces);
  return {
    minutes,
    findings: kinds.map(({ title, count, minutes: each, shared }) => ({ kind: title, count, minutes: each, shared })),
  };
}

function total(pieces: readonly Piece[]): Pick<Forecast, 'minutes' | 'kinds'> {
  const kinds = new Map<string, Piece[]>();
  for (const piece of pieces) kinds.set(piece.kind, [...(kinds.get(piece.kind) ?? []), piece]);
  const rows = [...kinds].map(([kind, all]) => {
    const once = [...new Map(all.map((piece) => [piece.key, piece])).values()];
    const sum = (of: 'p50' | 'p90'): number => once.reduce((minutes, piece) => minutes + piece[of], 0);
    return {
      kind,
      title: all[0]?.title ?? kind,
      count: all.length,
      minutes: { p50: sum('p50'), p90: sum('p90') },
      shared: all.length - once.length,
    };
  });
  rows.sort((a, b) => b.minutes.p50 - a.minutes.p50 || compareText(a.kind, b.kind));
  return { minutes: together(rows.map((row) => row.minutes)), kinds: rows };
}

/**
 * Work of one kind is misjudged alike, so its bad cases add up; kinds are misjudged independently, so theirs add up
 * like independent errors do.
 */
function together(ranges: readonly Forecast['minutes'][]): Forecast['minutes'] {
  const p50 = ranges.reduce((sum, range) => sum + range.p50, 0);
  const spread = Math.sqrt(ranges.reduce((sum, range) => sum + (range.p90 - range.p50) ** 2, 0));
  return { p50, p90: Math.round(p50 + spread) };
}
