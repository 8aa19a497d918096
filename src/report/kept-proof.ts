import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Host } from '../core/host.ts';
import { compareText, sortedBy } from '../core/order.ts';
import { REVIEW_FILE } from './review.ts';
import { otherDifferences, proofRow } from './schema/job.ts';
import { verdict } from './schema/parts.ts';
import type { JobReport, Report, ReportVerdict } from './types.ts';

/** Verdicts beside the output, so that a later conversion can say whether they still hold. */
export const PROOF_FILE = '.dig2argo/proof.json';

const proofFile = z.object({
  version: z.literal(1),
  jobs: z.record(
    z.string(),
    z.object({
      basis: z.string(),
      rows: z.array(proofRow),
      schedules: z.record(z.string(), verdict).optional(),
      others: z.array(otherDifferences).optional(),
    }),
  ),
});

/** Legacy workflow → its verdicts, and the hash of everything they were made from. */
export type KeptProofs = ReadonlyMap<string, KeptProof>;

interface KeptProof {
  readonly basis: string;
  readonly rows: JobReport['proof'];
  /** By environment. */
  readonly schedules?: Readonly<Record<string, ReportVerdict>> | undefined;
  readonly others?: JobReport['otherDifferences'] | undefined;
}

/** None where the file is missing or damaged: a verdict that cannot be read is no verdict. */
export function readKeptProofs(text: string | undefined): KeptProofs {
  const parsed = proofFile.safeParse(parseJson(text ?? ''));
  return new Map(parsed.success ? Object.entries(parsed.data.jobs) : []);
}

/** Undefined where no job has a verdict. */
export function keptProofsText(report: Report, legacy: Host, output: Host): string | undefined {
  const proved = report.details.filter((job) => job.proof.length > 0 || job.otherDifferences !== undefined);
  if (proved.length === 0) return undefined;
  const basis = proofBasis(report, legacy, output);
  const jobs = sortedBy(proved, ({ job }) => job).map((job) => [job.job, { basis: basis(job), ...verdictsOf(job) }]);
  return `${JSON.stringify({ version: 1, jobs: Object.fromEntries(jobs) })}\n`;
}

/** The report with the earlier verdicts of the jobs for which nothing has changed that a verdict was made from. */
export function withKeptProofs(report: Report, kept: KeptProofs, legacy: Host, output: Host): Report {
  if (kept.size === 0) return report;
  const basis = proofBasis(report, legacy, output);
  const details = report.details.map((job): JobReport => {
    const earlier = kept.get(job.job);
    return earlier?.basis === basis(job) ? withVerdictsOf(job, earlier) : job;
  });
  return { ...report, details };
}

function verdictsOf({ proof, schedules, otherDifferences: others }: JobReport): Omit<KeptProof, 'basis'> {
  const known = schedules.flatMap((row) => (row.proof === undefined ? [] : [[row.environment, row.proof] as const]));
  return {
    rows: proof,
    ...(known.length === 0 ? {} : { schedules: Object.fromEntries(known) }),
    ...(others === undefined ? {} : { others }),
  };
}

function withVerdictsOf(job: JobReport, { rows, schedules, others }: KeptProof): JobReport {
  return {
    ...job,
    proof: rows,
    schedules: job.schedules.map((row) => {
      const proof = schedules?.[row.environment];
      return proof === undefined ? row : { ...row, proof };
    }),
    ...(others === undefined ? {} : { otherDifferences: others }),
  };
}

/**
 * What the verdicts of a job were made from: its own legacy files and manifests, all files that are no other job's, on
 * both sides, and this version. A launcher or a shared template belongs to no job: when it changes, all verdicts go.
 */
function proofBasis(report: Report, legacy: Host, output: Host): (job: JobReport) => string {
  const sources = new Set(report.details.flatMap((job) => job.sources.map(({ file }) => file)));
  const outputs = new Set(report.details.flatMap((job) => job.outputs));
  const manifests = output.list().filter((path) => path.endsWith('.yaml') && !path.startsWith('.dig2argo/'));
  const shared = hashOf(report.tool.version, [
    ...entries(
      legacy,
      legacy.list().filter((path) => path !== REVIEW_FILE && !sources.has(path)),
    ),
    ...entries(
      output,
      manifests.filter((path) => !outputs.has(path)),
    ),
  ]);
  const written = new Set(manifests);
  return (job) =>
    hashOf(shared, [
      ...entries(legacy, [...new Set(job.sources.map(({ file }) => file))]),
      ...entries(
        output,
        job.outputs.filter((path) => written.has(path)),
      ),
    ]);
}

function entries(host: Host, paths: readonly string[]): readonly (readonly [path: string, text: string])[] {
  return paths.map((path) => [path, host.read(path) ?? '']);
}

function hashOf(head: string, parts: readonly (readonly [path: string, text: string])[]): string {
  const hash = createHash('sha256').update(head);
  for (const [path, text] of [...parts].sort(([a], [b]) => compareText(a, b)))
    hash.update(`${path}\u0000${text.length}\u0000${text}\u0000`);
  return hash.digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
