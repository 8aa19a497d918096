import type { MapValue } from '../ir/value.ts';

/** Who says a field for a template that leaves it out: the steps or DAG template that calls it, or only the whole workflow. */
export type CallerScope = { readonly kind: 'calling-template' } | { readonly kind: 'workflow'; readonly name: string };

/**
 * Template fields that Argo takes from the caller where a template has none. Where members or environments differ in one, the
 * family's template leaves it out and the members' workflows say it. Argo looks at the template, then at the one that calls it, then
 * at the workflow.
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#workflowspec
 */
export const callerFields: ReadonlyMap<string, CallerScope> = new Map([
  ['nodeSelector', { kind: 'calling-template' }],
  ['affinity', { kind: 'calling-template' }],
  ['tolerations', { kind: 'calling-template' }],
  ['schedulerName', { kind: 'workflow', name: 'schedulerName' }],
  ['priorityClassName', { kind: 'workflow', name: 'podPriorityClassName' }],
  ['serviceAccountName', { kind: 'workflow', name: 'serviceAccountName' }],
  ['securityContext', { kind: 'workflow', name: 'securityContext' }],
]);

/** Rights: they may differ between environments, never between the members of one. */
export const rights: ReadonlySet<string> = new Set(['serviceAccountName', 'securityContext']);

/** The body without what a caller can say for it. */
export function withoutCallerFields(body: MapValue, fields: Iterable<string> = callerFields.keys()): MapValue {
  const left = new Map(body.entries);
  for (const field of fields) left.delete(field);
  return { ...body, entries: left };
}
