import type { Report } from '../types.ts';
import { constructsOf } from './constructs.ts';
import { effortOf } from './effort.ts';
import type { Figures } from './figures.ts';
import { allGains, gainsOf } from './gains.ts';
import { type CutoverState, planOf } from './plan.ts';

/** The report with what is left to do, what is gained, and the order in which to move. */
export function withForecast(report: Report, figures: Figures, cutover: CutoverState): Report {
  const { byJob, all } = effortOf(report, figures);
  const details = report.details.map((job) => {
    const effort = byJob.get(job.job);
    return { ...job, ...(effort === undefined ? {} : { effort }), gains: gainsOf(job, figures) };
  });
  const { before, after } = report.lines.all;
  return {
    ...report,
    details,
    forecast: {
      constructs: constructsOf(report),
      ...all,
      gains: allGains(
        details.map((job) => job.gains),
        Math.max(0, before - after),
      ),
      figures: figures.rules,
    },
    plan: planOf(report, cutover),
  };
}
