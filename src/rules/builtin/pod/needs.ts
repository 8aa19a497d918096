import { compareText } from '../../../core/order.ts';
import { entryOf, itemsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { ClusterObjectRef } from '../../types.ts';
import type { PodParts } from './pod-parts.ts';

/** The objects that a pod names and that must exist in its namespace, each once. */
export function podNeeds(parts: PodParts): readonly ClusterObjectRef[] {
  const refs = [
    ...[parts.main, ...parts.others, ...parts.init].flatMap(ofContainer),
    ...itemsOf(entryOf(parts.spec, 'volumes')).flatMap(ofVolume),
    ...ofPod(parts.spec),
  ];
  const byKey = new Map(
    refs.map((ref) => [`${ref.kind}\u0000${ref.name}\u0000${ref.key ?? ''}\u0000${ref.optional}`, ref]),
  );
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, ref]) => ref);
}

type Kind = ClusterObjectRef['kind'];

function ref(kind: Kind, name: Value | undefined, of?: Value, key?: Value): readonly ClusterObjectRef[] {
  const named = staticText(name);
  if (named === undefined) return [];
  const optional = entryOf(of, 'optional');
  const keyText = staticText(key);
  return [
    {
      kind,
      name: named,
      ...(keyText === undefined ? {} : { key: keyText }),
      optional: optional?.kind === 'scalar' && optional.value === true,
    },
  ];
}

function ofContainer(container: MapValue): readonly ClusterObjectRef[] {
  const env = itemsOf(entryOf(container, 'env')).flatMap((item) => {
    const secret = entryOf(item, 'valueFrom', 'secretKeyRef');
    const config = entryOf(item, 'valueFrom', 'configMapKeyRef');
    return [
      ...ref('Secret', entryOf(secret, 'name'), secret, entryOf(secret, 'key')),
      ...ref('ConfigMap', entryOf(config, 'name'), config, entryOf(config, 'key')),
    ];
  });
  const envFrom = itemsOf(entryOf(container, 'envFrom')).flatMap((item) => {
    const secret = entryOf(item, 'secretRef');
    const config = entryOf(item, 'configMapRef');
    return [...ref('Secret', entryOf(secret, 'name'), secret), ...ref('ConfigMap', entryOf(config, 'name'), config)];
  });
  return [...env, ...envFrom];
}

function ofVolume(volume: Value): readonly ClusterObjectRef[] {
  const secret = entryOf(volume, 'secret');
  const config = entryOf(volume, 'configMap');
  const projected = itemsOf(entryOf(volume, 'projected', 'sources')).flatMap((source) => [
    ...ref('Secret', entryOf(source, 'secret', 'name'), entryOf(source, 'secret')),
    ...ref('ConfigMap', entryOf(source, 'configMap', 'name'), entryOf(source, 'configMap')),
  ]);
  return [
    ...ref('Secret', entryOf(secret, 'secretName'), secret),
    ...ref('ConfigMap', entryOf(config, 'name'), config),
    ...ref('PersistentVolumeClaim', entryOf(volume, 'persistentVolumeClaim', 'claimName')),
    ...ref('Secret', entryOf(volume, 'csi', 'nodePublishSecretRef', 'name')),
    ...projected,
  ];
}

function ofPod(spec: MapValue): readonly ClusterObjectRef[] {
  return [
    ...ref('ServiceAccount', entryOf(spec, 'serviceAccountName') ?? entryOf(spec, 'serviceAccount')),
    ...itemsOf(entryOf(spec, 'imagePullSecrets')).flatMap((secret) => ref('Secret', entryOf(secret, 'name'))),
  ];
}
