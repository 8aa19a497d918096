import type { Value } from '../../ir/value.ts';
import { fromPlain } from '../plain-value.ts';

const RULE = 'emit-rbac';

export interface NamedObject {
  /** File name in the folder of the environment. */
  readonly file: string;
  readonly value: Value;
}

/**
 * Each service account that runs pods must be allowed to report their results.
 * @see https://argo-workflows.readthedocs.io/en/latest/workflow-rbac/
 */
export function rbacObjects(namespace: string, accounts: readonly string[]): readonly NamedObject[] {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'workflow-executor', namespace },
    rules: [{ apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] }],
  };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'workflow-executor', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'workflow-executor' },
    subjects: accounts.map((name) => ({ kind: 'ServiceAccount', name, namespace })),
  };
  const own = accounts.filter((name) => name !== 'default');
  return [
    ...own.map((name) => ({
      file: `service-account-${namespace}-${name}.yaml`,
      value: fromPlain({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }, RULE),
    })),
    { file: `role-${namespace}.yaml`, value: fromPlain(role, RULE) },
    { file: `role-binding-${namespace}.yaml`, value: fromPlain(binding, RULE) },
  ];
}
