import { z } from 'zod';
import type { Verification } from '../verify/proof.ts';
import { planOf } from './forecast/plan.ts';
import { proofRow } from './schema/job.ts';
import { difference, verdict } from './schema/parts.ts';
import type { JobReport, Report } from './types.ts';

/** What `dig2argo verify --format json` prints, as far as a report takes it in. */
const proofSchema = z.object({
  jobs: z.array(
    z.object({
      job: z.string(),
      environment: z.string(),
      rows: z.array(proofRow),
      /** `none`: neither side has a schedule to compare. */
      schedule: z.union([z.object({ kind: z.literal('none') }), verdict]).exactOptional(),
      aids: z.array(difference).exactOptional(),
    }),
  ),
});

type Played = z.infer<typeof proofSchema>['jobs'];

/** The report with the verdicts of a proof in JSON; undefined where the text is no proof. */
export function withProof(report: Report, text: string): Report | undefined {
  const parsed = proofSchema.safeParse(parseJson(text));
  return parsed.success ? withPlayed(report, parsed.data.jobs) : undefined;
}

/**
 * The report with new verdicts and the cut-overs that they allow. Of a job in an environment that was played, nothing
 * stays of what was said before; what was not played keeps what it has.
 */
export function withVerdicts(report: Report, jobs: Verification['jobs']): Report {
  // With the fields of the report only, so that verdicts read back from it are the same.
  return withPlayed(report, proofSchema.parse({ jobs }).jobs);
}

function withPlayed(report: Report, jobs: Played): Report {
  const details = report.details.map((job): JobReport => {
    const played = new Map(jobs.flatMap((each) => (each.job === job.job ? [[each.environment, each] as const] : [])));
    if (played.size === 0) return job;
    const { otherDifferences = [], ...rest } = job;
    // In the order of the environments, whatever was played when.
    const proof = job.environments.flatMap(
      (each) => played.get(each)?.rows ?? job.proof.filter((row) => row.environment === each),
    );
    const others = job.environments.flatMap((environment) => {
      const own = played.get(environment);
      if (own === undefined) return otherDifferences.filter((each) => each.environment === environment);
      return (own.aids ?? []).length === 0 ? [] : [{ environment, differences: own.aids ?? [] }];
    });
    return {
      ...rest,
      proof,
      schedules: job.schedules.map((row) => {
        const own = played.get(row.environment);
        return own === undefined ? row : withScheduleVerdict(row, own.schedule);
      }),
      ...(others.length === 0 ? {} : { otherDifferences: others }),
    };
  });
  const proved = { ...report, details };
  return report.plan === undefined ? proved : { ...proved, plan: planOf(proved, doneIn(report.plan)) };
}

type Row = JobReport['schedules'][number];

function withScheduleVerdict({ proof: _, ...row }: Row, found: { kind: 'none' } | Row['proof'] | undefined): Row {
  return found === undefined || found.kind === 'none' ? row : { ...row, proof: found };
}

function doneIn({ cutovers }: NonNullable<Report['plan']>): Parameters<typeof planOf>[1] {
  const done: Record<string, Record<string, 'argo'>> = {};
  for (const { job, environment, state } of cutovers)
    if (state === 'done') done[job] = { ...done[job], [environment]: 'argo' };
  return done;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
