import type { KMap } from './value.ts';
import { asList, asMap, textOf } from './value.ts';

/** Where lists are merged by a key: the key of the list at a path, `[]` standing for list elements. */
export interface MergeKeys {
  keyOf(kind: string, apiVersion: string, path: readonly string[]): string | undefined;
}

/** Lists of pod specs that Kubernetes merges by a key, by field name. @see Kubernetes 1.35 openapi, x-kubernetes-patch-merge-key */
const podLists: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
};

const podKinds: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'PodTemplate',
]);

/** kustomize's own schema: workloads of Kubernetes are known, Argo's kinds are not. */
export const builtInKeys: MergeKeys = {
  keyOf(kind, _apiVersion, path) {
    const field = path.at(-1) ?? '';
    return podKinds.has(kind) && path.includes('spec') && Object.hasOwn(podLists, field) ? podLists[field] : undefined;
  },
};

/** A custom OpenAPI schema; it takes the place of the built-in one. */
export function schemaKeys(schema: KMap): MergeKeys {
  const definitions = asMap(schema['definitions']);
  const resolve = (value: KMap): KMap => {
    const reference = textOf(value['$ref']).replace('#/definitions/', '');
    return reference === '' ? value : asMap(definitions[reference]);
  };
  return {
    keyOf(kind, apiVersion, path) {
      const root = Object.values(definitions)
        .map(asMap)
        .find((definition) => isFor(definition, kind, apiVersion));
      let at: KMap | undefined = root;
      for (const part of path) {
        if (at === undefined) return undefined;
        const next: unknown = part === '[]' ? at['items'] : asMap(at['properties'])[part];
        at = next === undefined ? undefined : resolve(asMap(next as KMap));
      }
      const strategy = textOf(at?.['x-kubernetes-patch-strategy']);
      return strategy.includes('merge') ? textOf(at?.['x-kubernetes-patch-merge-key']) || undefined : undefined;
    },
  };
}

function isFor(definition: KMap, kind: string, apiVersion: string): boolean {
  return asList(definition['x-kubernetes-group-version-kind'])
    .map(asMap)
    .some((gvk) => {
      const group = textOf(gvk['group']);
      return textOf(gvk['kind']) === kind && (group === '' ? '' : `${group}/`) + textOf(gvk['version']) === apiVersion;
    });
}
