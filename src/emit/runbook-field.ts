/** True for a place in the manifest, false for the name of a legacy variable. */
export function isField(origin: string): boolean {
  return origin.startsWith('spec.');
}

/**
 * The place as people find it: `report: container.args[--to]`, or `on-error / slack-notify-failed: channel` for what a step
 * hands over; outside of templates as seen from the workflow, whether it stands in a CronWorkflow or not.
 */
export function fieldPath(origin: string): string {
  const path = origin.replace(/^spec\.(workflowSpec\.)?/, '');
  const [, template, field] = /^templates\[([^\]]+)\]\.(.+)$/.exec(path) ?? [];
  if (template === undefined || field === undefined) return path;
  const [, step, argument] =
    /^steps\[[^\]]*\]\[([^\]]+)\]\.(?:hooks\.exit\.)?arguments\.parameters\[([^\]]+)\]\.value$/.exec(field) ?? [];
  return step === undefined ? `${template}: ${field}` : `${template} / ${step}: ${argument}`;
}
