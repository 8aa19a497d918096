import { compareText } from '../../core/order.ts';
import { fromPlain } from '../plain-value.ts';
import type { NamedObject } from './rbac.ts';

export interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  /** Absent where a pod takes the whole Secret. */
  readonly key?: string;
}

/**
 * An ExternalSecret for each Secret that a pod names, with the keys it reads. Only names are known here; values stay in the secret store.
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export function externalSecrets(needed: readonly NeededSecret[], environment: string): readonly NamedObject[] {
  const secrets = new Map<
    string,
    { readonly namespace: string; readonly name: string; readonly keys: Set<string>; whole: boolean }
  >();
  for (const { namespace, name, key } of needed) {
    const id = `${namespace}/${name}`;
    const known = secrets.get(id) ?? { namespace, name, keys: new Set<string>(), whole: false };
    if (key === undefined) known.whole = true;
    else known.keys.add(key);
    secrets.set(id, known);
  }
  return [...secrets]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, secret]) => ({
      file: `external-secret-${secret.namespace}-${secret.name}.yaml`,
      value: externalSecret(
        secret.namespace,
        secret.name,
        [...secret.keys].sort(compareText),
        secret.whole,
        environment,
      ),
    }));
}

function externalSecret(
  namespace: string,
  name: string,
  keys: readonly string[],
  whole: boolean,
  environment: string,
): NamedObject['value'] {
  const remote = `${environment}/${namespace}/${name}`;
  return fromPlain(
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, namespace },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'batch' },
        target: { name },
        ...(whole
          ? { dataFrom: [{ extract: { key: remote } }] }
          : { data: keys.map((key) => ({ secretKey: key, remoteRef: { key: remote, property: key } })) }),
      },
    },
    'emit-external-secrets',
  );
}
