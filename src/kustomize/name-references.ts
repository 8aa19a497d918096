import { BuildRefusal } from './failure.ts';
import { changeAt, fieldSteps } from './field-path.ts';
import { idOf, namesOf, type Resource } from './resource.ts';
import { asList, asMap, type KMap, type KValue, textOf } from './value.ts';

/** Objects of these kinds hold references that kustomize follows by itself. */
const referringKinds: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Ingress',
  'RoleBinding',
  'ClusterRoleBinding',
  'ServiceAccount',
  'HorizontalPodAutoscaler',
]);

/** Renamed objects, and the `nameReference` configurations that say where their names stand. */
export function followNames(resources: readonly Resource[], configurations: readonly KMap[]): readonly Resource[] {
  const changed = resources.filter((resource) => namesOf(resource).some((name) => name !== idOf(resource.object).name));
  if (changed.length === 0) return resources;
  if (resources.some((resource) => referringKinds.has(idOf(resource.object).kind)))
    throw new BuildRefusal('names that built-in kinds refer to');
  return resources.map((resource) =>
    changed.reduce((current, target) => follow(current, target, configurations), resource),
  );
}

function follow(resource: Resource, target: Resource, configurations: readonly KMap[]): Resource {
  const id = idOf(target.object);
  const specs = configurations
    .flatMap((configuration) => asList(configuration['nameReference']).map(asMap))
    .filter(
      (reference) =>
        textOf(reference['kind']) === id.kind &&
        ['', id.group].includes(textOf(reference['group'])) &&
        ['', id.version].includes(textOf(reference['version'])),
    )
    .flatMap((reference) => asList(reference['fieldSpecs']).map(asMap));
  const own = idOf(resource.object);
  const rename = (found: KValue | undefined): KValue =>
    typeof found === 'string' && namesOf(target).includes(found) ? id.name : (found ?? null);
  let { object } = resource;
  for (const spec of specs) {
    const fits = (['group', 'version', 'kind'] as const).every((key) => ['', own[key]].includes(textOf(spec[key])));
    if (fits) object = asMap(changeAt(object, fieldSteps(textOf(spec['path']).replaceAll('/', '.')), false, rename));
  }
  return { ...resource, object };
}
