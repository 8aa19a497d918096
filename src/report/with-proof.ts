import { z } from 'zod';
import type { VerifiedJob } from '../verify/proof.ts';
import { planOf } from './forecast/plan.ts';
import { proofRow } from './schema/job.ts';
import type { JobReport, Report } from './types.ts';

/** What `dig2argo verify --format json` prints, as far as a report takes it in. */
const proofSchema = z.object({
  jobs: z.array(z.object({ job: z.string(), environment: z.string(), rows: z.array(proofRow) })),
});

type Played = Pick<VerifiedJob, 'job' | 'environment' | 'rows'>;

/** The report with the verdicts of a proof in JSON; undefined where the text is no proof. */
export function withProof(report: Report, text: string): Report | undefined {
  const parsed = proofSchema.safeParse(parseJson(text));
  return parsed.success ? withVerdicts(report, parsed.data.jobs) : undefined;
}

/**
 * The report with new verdicts and the cut-overs that they allow. Of a job in an environment that was played, nothing
 * stays of what was said before; what was not played keeps what it has.
 */
export function withVerdicts(report: Report, jobs: readonly Played[]): Report {
  const played = new Set(jobs.map(({ job, environment }) => `${job}\u0000${environment}`));
  const rows = proofRows(jobs);
  const details = report.details.map((job): JobReport => {
    const kept = job.proof.filter(({ environment }) => !played.has(`${job.job}\u0000${environment}`));
    const proof = [...kept, ...rows.filter((row) => row.job === job.job)];
    // In the order of the environments, whatever was played when.
    return { ...job, proof: job.environments.flatMap((each) => proof.filter((row) => row.environment === each)) };
  });
  const proved = { ...report, details };
  return report.plan === undefined ? proved : { ...proved, plan: planOf(proved, doneIn(report.plan)) };
}

/** With the fields of the report only, so that verdicts read back from it are the same. */
function proofRows(jobs: readonly Played[]): JobReport['proof'] {
  return proofSchema.parse({ jobs: [...jobs] }).jobs.flatMap((job) => job.rows);
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
