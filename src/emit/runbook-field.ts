/** True for a place in the manifest, false for the name of a legacy variable. */
export function isField(origin: string): boolean {
  return origin.startsWith('spec.');
}

/** The place as seen from the workflow, whether it stands in a CronWorkflow or not. */
export function fieldPath(origin: string): string {
  return origin.replace(/^spec\.(workflowSpec\.)?/, '');
}
