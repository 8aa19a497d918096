/** Name of a job's report without its ending; `summary` and `report` are taken by the reports of the whole run. */
export function reportName(job: { readonly name: string }): string {
  return job.name === 'summary' || job.name === 'report' ? `${job.name}-job` : job.name;
}
