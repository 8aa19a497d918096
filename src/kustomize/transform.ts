import { BuildFailure, BuildRefusal } from './failure.ts';
import { changeAt, fieldSteps } from './field-path.ts';
import { clusterKinds, idOf, namesOf, type Resource, remember, renamed, withMetadata } from './resource.ts';
import { asList, asMap, isList, isMap, type KMap, type KValue, textOf } from './value.ts';

export function setNamespace(resource: Resource, namespace: string): Resource {
  const { kind } = idOf(resource.object);
  if (kind === 'Namespace') return withMetadata(resource, (metadata) => ({ ...metadata, name: namespace }));
  const placed = clusterKinds.has(kind)
    ? resource
    : remember(
        resource,
        withMetadata(resource, (metadata) => ({ ...metadata, namespace })),
      );
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return placed;
  // Only the default service account of a binding is moved along.
  const subjects = asList(placed.object['subjects']).map((subject) =>
    asMap(subject)['kind'] === 'ServiceAccount' && asMap(subject)['name'] === 'default'
      ? { ...asMap(subject), namespace }
      : subject,
  );
  return { ...placed, object: { ...placed.object, ...(subjects.length > 0 ? { subjects } : {}) } };
}

/** Kinds that keep their names. */
const fixedNames: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);

export function affixName(resource: Resource, prefix: string, suffix: string): Resource {
  const { kind, name } = idOf(resource.object);
  return fixedNames.has(kind) || prefix + suffix === '' ? resource : renamed(resource, prefix + name + suffix);
}

/** Kinds whose selectors and pod templates kustomize labels too. */
const selectingKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Service',
  'Job',
  'CronJob',
  'NetworkPolicy',
  'PodDisruptionBudget',
]);

export function addLabels(
  resource: Resource,
  pairs: KMap,
  more: { readonly selectors: boolean; readonly fields: readonly KMap[] },
): Resource {
  if (more.selectors && selectingKinds.has(idOf(resource.object).kind))
    throw new BuildRefusal('labels in selectors of built-in kinds');
  const labelled = withMetadata(resource, (metadata) => ({
    ...metadata,
    labels: { ...asMap(metadata['labels']), ...pairs },
  }));
  return more.fields.reduce((current, field) => labelField(current, pairs, field), labelled);
}

function labelField(resource: Resource, pairs: KMap, field: KMap): Resource {
  const id = idOf(resource.object);
  const fits = (['group', 'version', 'kind'] as const).every(
    (key) => textOf(field[key]) === '' || textOf(field[key]) === id[key],
  );
  if (!fits) return resource;
  const steps = fieldSteps(textOf(field['path']).replaceAll('/', '.'));
  const object = changeAt(resource.object, steps, field['create'] === true, (found) => ({ ...asMap(found), ...pairs }));
  return { ...resource, object: asMap(object) };
}

export function addAnnotations(resource: Resource, pairs: KMap): Resource {
  if (selectingKinds.has(idOf(resource.object).kind))
    throw new BuildRefusal('annotations of pod templates of built-in kinds');
  return withMetadata(resource, (metadata) => ({
    ...metadata,
    annotations: { ...asMap(metadata['annotations']), ...pairs },
  }));
}

/** kustomize knows images only in lists named containers and initContainers. */
export function setImage(resource: Resource, image: KMap): Resource {
  return { ...resource, object: asMap(imagesIn(resource.object, image)) };
}

function imagesIn(value: KValue, image: KMap): KValue {
  if (isList(value)) return value.map((item) => imagesIn(item, image));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if ((key !== 'containers' && key !== 'initContainers') || !isList(item)) return [key, imagesIn(item, image)];
      return [
        key,
        item.map((container) =>
          imagesIn(
            isMap(container) && typeof container['image'] === 'string'
              ? { ...container, image: newImage(container['image'], image) }
              : container,
            image,
          ),
        ),
      ];
    }),
  );
}

function newImage(current: string, image: KMap): string {
  const [, name = current, tag = ''] = /^(.*?)((?::[^:/@]+)?(?:@.*)?)$/.exec(current) ?? [];
  if (name !== textOf(image['name'])) return current;
  const newName = textOf(image['newName']) || name;
  const digest = textOf(image['digest']);
  const newTag = textOf(image['newTag']);
  return newName + (digest !== '' ? `@${digest}` : newTag !== '' ? `:${newTag}` : tag);
}

export function setReplicas(resources: readonly Resource[], replicas: KMap): readonly Resource[] {
  const name = textOf(replicas['name']);
  const scaled: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);
  const hit = (resource: Resource): boolean =>
    scaled.has(idOf(resource.object).kind) && namesOf(resource).includes(name);
  if (!resources.some(hit)) throw new BuildFailure(`resource with name ${name} does not match a config with replicas`);
  return resources.map((resource) =>
    hit(resource)
      ? {
          ...resource,
          object: { ...resource.object, spec: { ...asMap(resource.object['spec']), replicas: replicas['count'] ?? 0 } },
        }
      : resource,
  );
}
