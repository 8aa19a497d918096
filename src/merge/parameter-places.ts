import type { PathStep } from './text-slots.ts';

/**
 * Fields whose text Argo reads before it substitutes, or that the API server checks as something else than text
 * (quantities, numbers): a tag there would be refused.
 * @see https://argo-workflows.readthedocs.io/en/latest/variables/
 */
const fixed: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'schedules',
  'timezone',
  'concurrencyPolicy',
  'entrypoint',
  'onExit',
  'retryPolicy',
  'retryStrategy',
  'resources',
  'sizeLimit',
  'divisor',
  'storage',
  'inputs',
  'template',
  'templateRef',
  'expression',
  'when',
  'strategy',
  'medium',
  'type',
  'protocol',
  'port',
  'effect',
  'operator',
  'topologyKey',
  'metadata',
]);

/** Objects whose `name` points at something in the cluster; elsewhere a name is the identity of a list item. */
const referrers: ReadonlySet<string> = new Set([
  'secretKeyRef',
  'configMapKeyRef',
  'secretRef',
  'configMapRef',
  'configMap',
  'imagePullSecrets',
]);

/** True where the text at a path of the manifest may hold `{{workflow.parameters.x}}`. */
export function mayHoldParameter(path: readonly PathStep[]): boolean {
  const keys = path.filter((step) => !step.item).map((step) => step.key);
  const last = keys.at(-1);
  // Labels and annotations of pods are texts; metadata of the object itself is not substituted.
  const inPod = keys.includes('templates') || keys.includes('podMetadata');
  if (
    keys.some(
      (key) =>
        fixed.has(key) &&
        !(key === 'metadata' && inPod) &&
        !(key === 'operator' && inPod && keys.includes('podMetadata')),
    )
  )
    return false;
  if (last === 'name') return keys.some((key) => referrers.has(key));
  return true;
}
