import type { KubernetesObject } from './kubernetes-object.ts';

/** What a templateRef can name: built WorkflowTemplates, by namespace and name. */
export type TemplatePool = ReadonlyMap<string, KubernetesObject>;

interface Build {
  readonly folder: string;
  readonly objects: readonly KubernetesObject[];
}

/**
 * The templates that exist in the cluster beside the built folder: those of the same tree and environment. Shared
 * templates without a namespace exist in every namespace that refers to them.
 */
export function templatePool(builds: readonly Build[], folder: string): TemplatePool {
  const pool = new Map<string, KubernetesObject>();
  for (const build of builds) {
    const { tree, environment } = locate(build.folder);
    const here = locate(folder);
    if (tree !== here.tree || (environment !== undefined && environment !== here.environment)) continue;
    for (const object of build.objects) {
      if (object.kind === 'WorkflowTemplate') pool.set(`${object.namespace}/${object.name}`, object);
    }
  }
  return pool;
}

/** The tree that a folder belongs to, and its environment (none for the shared templates). */
function locate(folder: string): { readonly tree: string; readonly environment: string | undefined } {
  const parts = folder.split(/[/\\]/);
  // reports/<sample>/out or samples/<sample>/converted
  const [tree, inside] = [parts.slice(0, 3).join('/'), parts.slice(3)];
  const at = inside.findIndex((part) => part === 'overlays' || part === 'environments');
  return { tree, environment: at < 0 ? undefined : inside[at + 1] };
}

/** Adds the templates that the objects refer to, directly or through one another. */
export function withReferredTemplates(
  objects: readonly KubernetesObject[],
  pool: TemplatePool,
): readonly KubernetesObject[] {
  const all = new Map(objects.map((object) => [`${object.kind}/${object.namespace}/${object.name}`, object]));
  const queue = [...objects];
  for (let object = queue.shift(); object; object = queue.shift()) {
    for (const name of referredNames(object.value)) {
      const key = `WorkflowTemplate/${object.namespace}/${name}`;
      if (all.has(key)) continue;
      const found = pool.get(`${object.namespace}/${name}`) ?? inNamespace(pool.get(`/${name}`), object.namespace);
      // One that is missing is left to the linter to name.
      if (!found) continue;
      all.set(key, found);
      queue.push(found);
    }
  }
  return [...all.values()];
}

function inNamespace(object: KubernetesObject | undefined, namespace: string): KubernetesObject | undefined {
  if (!object || namespace === '') return object;
  return { ...object, namespace, text: object.text.replace(/^metadata:\n/m, `metadata:\n  namespace: ${namespace}\n`) };
}

/** Names below `templateRef` and `workflowTemplateRef`, wherever they stand. */
function referredNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referredNames);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name =
      key === 'templateRef' || key === 'workflowTemplateRef' ? Reflect.get(Object(inner), 'name') : undefined;
    return typeof name === 'string' ? [name] : referredNames(inner);
  });
}
