import { compareText } from '../../core/order.ts';
import { fromPlain } from '../plain-value.ts';
import type { NamedObject } from './rbac.ts';

export interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  /** Absent where a pod takes the whole Secret. */
  readonly key?: string;
  /** True for the login of an image registry, which is a Secret of a type of its own. */
  readonly registry?: boolean;
}

/**
 * An ExternalSecret for each Secret that a pod names, with the keys it reads. Only names are known here; values stay in the secret store.
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export function externalSecrets(needed: readonly NeededSecret[], environment: string): readonly NamedObject[] {
  const secrets = new Map<string, NeededSecret[]>();
  for (const need of needed) {
    const id = `${need.namespace}/${need.name}`;
    secrets.set(id, [...(secrets.get(id) ?? []), need]);
  }
  return [...secrets]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, needs]) => ({
      file: `external-secret-${id.replace('/', '-')}.yaml`,
      value: externalSecret(id, needs, environment),
    }));
}

function externalSecret(id: string, needs: readonly NeededSecret[], environment: string): NamedObject['value'] {
  const [namespace = '', name = ''] = id.split('/');
  const remote = `${environment}/${id}`;
  const keys = [...new Set(needs.flatMap(({ key }) => key ?? []))].sort(compareText);
  const whole = needs.some(({ key }) => key === undefined);
  const registry = needs.some((need) => need.registry === true);
  return fromPlain(
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, namespace },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'batch' },
        target: { name, ...(registry ? { template: { type: 'kubernetes.io/dockerconfigjson' } } : {}) },
        ...(whole
          ? { dataFrom: [{ extract: { key: remote } }] }
          : { data: keys.map((key) => ({ secretKey: key, remoteRef: { key: remote, property: key } })) }),
      },
    },
    'emit-external-secrets',
  );
}
