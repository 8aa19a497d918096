import type { Clash, PathStep } from './types.ts';

/**
 * What may become of a place whose value differs between members.
 * @see https://argo-workflows.readthedocs.io/en/latest/variables/ for which fields Argo substitutes
 */
export type PlaceRule =
  | { readonly kind: 'text' }
  | { readonly kind: 'quantity'; readonly resource: string }
  | { readonly kind: 'secret' }
  | { readonly kind: 'refused'; readonly reason: Clash['reason'] };

/** Rights and identity are never a parameter: a wrong value would not be seen. */
const security: ReadonlySet<string> = new Set([
  'securityContext',
  'serviceAccountName',
  'automountServiceAccountToken',
  'executor',
  'hostNetwork',
  'hostPath',
]);

/** Fields that Argo or the API server reads before anything is substituted, or as something else than text. */
const fixed: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'inputs',
  'outputs',
  'retryPolicy',
  'podSpecPatch',
  'templateRef',
  'template',
  'hooks',
  'sizeLimit',
  'divisor',
  'storage',
  'medium',
  'type',
  'protocol',
  'port',
  'containerPort',
  'hostPort',
  'effect',
  'operator',
  'optional',
  'readOnly',
  'defaultMode',
  'mode',
  'tty',
  'stdin',
  'parallelism',
  'synchronization',
  'memoize',
  'when',
  'depends',
  'dependencies',
]);

/** Numbers that Argo also takes as text, so that a tag may stand there. */
const numberOrText: ReadonlySet<string> = new Set(['activeDeadlineSeconds', 'limit', 'duration', 'factor', 'cap']);

/** Objects whose `name` points at something in the cluster; elsewhere a name is the identity of a list item. */
const referrers: ReadonlySet<string> = new Set(['configMapKeyRef', 'configMapRef', 'configMap', 'imagePullSecrets']);
const secrets: ReadonlySet<string> = new Set(['secretKeyRef', 'secretRef', 'secret']);

export function placeRule(path: readonly PathStep[]): PlaceRule {
  const keys = path.filter((step) => !step.item).map((step) => step.key);
  const last = path.at(-1)?.item === true ? undefined : keys.at(-1);
  if (keys.some((key) => security.has(key))) return { kind: 'refused', reason: 'security' };
  const resources = keys.indexOf('resources');
  if (resources >= 0) {
    const resource = keys[resources + 2];
    return resource === undefined ? { kind: 'refused', reason: 'fixed-field' } : { kind: 'quantity', resource };
  }
  if (keys.some((key) => fixed.has(key))) return { kind: 'refused', reason: 'fixed-field' };
  if ((last === 'name' || last === 'secretName') && keys.some((key) => secrets.has(key))) return { kind: 'secret' };
  if (last === 'name')
    return keys.some((key) => referrers.has(key)) ? { kind: 'text' } : { kind: 'refused', reason: 'structure' };
  if (last !== undefined && /Seconds$|Threshold$/.test(last) && !numberOrText.has(last))
    return { kind: 'refused', reason: 'fixed-field' };
  return { kind: 'text' };
}

export function takesNumberAsText(path: readonly PathStep[]): boolean {
  return numberOrText.has(path.at(-1)?.key ?? '');
}
