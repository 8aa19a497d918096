import type { JobReport, ReportVerdict } from './types.ts';

/** What verify found of a job, of one environment or of all: of sessions, of the schedule, and of all else. */
export function verdictKinds(job: JobReport, environment?: string): readonly ReportVerdict['kind'][] {
  const here = (row: { readonly environment: string }): boolean =>
    environment === undefined || row.environment === environment;
  return [
    ...job.proof.filter(here).map(({ verdict }) => verdict.kind),
    ...job.schedules.filter(here).flatMap(({ proof }) => (proof === undefined ? [] : [proof.kind])),
    ...(job.otherDifferences ?? []).filter(here).map(() => 'differs' as const),
  ];
}
