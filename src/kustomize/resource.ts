import { BuildFailure } from './failure.ts';
import { asMap, isMap, type KMap, type KValue, textOf } from './value.ts';

/** An object on its way through a build. */
export interface Resource {
  readonly object: KMap;
  /** Names and namespaces it has had, oldest first; patches and references may use any of them. */
  readonly former: readonly { readonly name: string; readonly namespace: string }[];
  /** Its name gets a suffix made from its content. */
  readonly hashed: boolean;
}

export interface ResourceId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export function idOf(object: KMap): ResourceId {
  const apiVersion = textOf(object['apiVersion']);
  const slash = apiVersion.indexOf('/');
  const metadata = asMap(object['metadata']);
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textOf(object['kind']),
    name: textOf(metadata['name']),
    namespace: textOf(metadata['namespace']),
  };
}

export function idText(id: ResourceId): string {
  return `${id.kind}.${id.version}.${id.group}/${id.name}.${id.namespace}`;
}

/** An empty namespace and `default` are one. */
export function sameId(a: ResourceId, b: ResourceId): boolean {
  const namespace = (id: ResourceId): string => (id.namespace === '' ? 'default' : id.namespace);
  return (
    a.group === b.group &&
    a.version === b.version &&
    a.kind === b.kind &&
    a.name === b.name &&
    namespace(a) === namespace(b)
  );
}

export function asResource(value: KValue, from: string): Resource {
  if (!isMap(value)) throw new BuildFailure(`${from} holds no object`);
  const id = idOf(value);
  if (id.kind === '') throw new BuildFailure(`accumulating resources from '${from}': missing kind in object`);
  if (id.name === '' && id.kind !== 'List')
    throw new BuildFailure(`accumulating resources from '${from}': missing metadata.name in object`);
  return { object: value, former: [], hashed: false };
}

export function withMetadata(resource: Resource, change: (metadata: KMap) => KMap): Resource {
  return { ...resource, object: { ...resource.object, metadata: change(asMap(resource.object['metadata'])) } };
}

export function renamed(resource: Resource, name: string): Resource {
  return remember(
    resource,
    withMetadata(resource, (metadata) => ({ ...metadata, name })),
  );
}

/** The changed resource, which still answers to its old name and namespace. */
export function remember(before: Resource, after: Resource): Resource {
  const { name, namespace } = idOf(before.object);
  return { ...after, former: [...after.former, { name, namespace }] };
}

export function namesOf(resource: Resource): readonly string[] {
  return [idOf(resource.object).name, ...resource.former.map((id) => id.name)];
}

/** Kinds without a namespace. @see Kubernetes 1.35 */
export const clusterKinds: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterWorkflowTemplate',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

const firstKinds = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const lastKinds = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** kustomize's order of output. */
export function inOutputOrder(resources: readonly Resource[]): readonly Resource[] {
  const rank = (kind: string): number =>
    firstKinds.includes(kind)
      ? firstKinds.indexOf(kind) - firstKinds.length
      : lastKinds.includes(kind)
        ? 1 + lastKinds.indexOf(kind)
        : 0;
  const key = (id: ResourceId): string => [id.group, id.version, id.kind, id.namespace, id.name].join('\u0000');
  return [...resources].sort((a, b) => {
    const [left, right] = [idOf(a.object), idOf(b.object)];
    return rank(left.kind) - rank(right.kind) || (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0);
  });
}
