import { z } from 'zod';
import { planOf } from './forecast/plan.ts';
import { proofRow } from './schema/job.ts';
import type { JobReport, Report } from './types.ts';

/** What `dig2argo verify --format json` prints, as far as a report takes it in. */
const proofSchema = z.object({
  jobs: z.array(z.object({ job: z.string(), environment: z.string(), rows: z.array(proofRow) })),
});

/** The report with the verdicts of a proof, and the cut-overs that they allow; undefined where the text is no proof. */
export function withProof(report: Report, text: string): Report | undefined {
  const parsed = proofSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const rows = parsed.data.jobs.flatMap((job) => job.rows);
  const details = report.details.map(
    (job): JobReport => ({ ...job, proof: rows.filter((row) => row.job === job.job) }),
  );
  const proved = { ...report, details };
  return report.plan === undefined ? proved : { ...proved, plan: planOf(proved, doneIn(report.plan)) };
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
