import { BuildFailure, BuildRefusal } from './failure.ts';
import { contentSuffix, generate } from './generators.ts';
import { builtInKeys, type MergeKeys, schemaKeys } from './merge-keys.ts';
import { followNames } from './name-references.ts';
import { applyPatch, type Patch } from './patches.ts';
import { readDocuments } from './read-yaml.ts';
import { applyReplacement } from './replacements.ts';
import { asResource, idOf, idText, inOutputOrder, type Resource, renamed, sameId } from './resource.ts';
import { addAnnotations, addLabels, affixName, setImage, setNamespace, setReplicas } from './transform.ts';
import { asList, asMap, isMap, type KMap, type KValue, sortKeys, textOf } from './value.ts';

export type BuildResult =
  | { readonly kind: 'built'; readonly objects: readonly KMap[]; readonly warnings: readonly string[] }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'refused'; readonly why: string };

/** The text of a file by its path from the common root; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

/** What `kustomize build <folder>` prints, as data. */
export function buildKustomization(folder: string, read: ReadFile): BuildResult {
  try {
    const build = new Build(read);
    const resources = build.finish(build.folder(normalized(folder), [], 'Kustomization'));
    const objects = inOutputOrder(resources)
      .filter((resource) => !isLocal(resource))
      .map((resource) => asMap(sortKeys(resource.object)));
    return { kind: 'built', objects, warnings: build.warnings };
  } catch (error) {
    if (error instanceof BuildFailure) return { kind: 'failed', error: error.message };
    if (error instanceof BuildRefusal) return { kind: 'refused', why: error.message };
    throw error;
  }
}

const GROUP = 'kustomize.config.k8s.io';
const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const knownFields: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'images',
  'replicas',
  'replacements',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'configurations',
  'openapi',
  'sortOptions',
]);

class Build {
  readonly #read: ReadFile;
  readonly #configurations: KMap[] = [];
  readonly #open: string[] = [];
  /** The last schema read holds for the whole build. */
  #keys: MergeKeys = builtInKeys;
  readonly warnings: string[] = [];

  constructor(read: ReadFile) {
    this.#read = read;
  }

  finish(resources: readonly Resource[]): readonly Resource[] {
    const hashed = resources.map((resource) =>
      resource.hashed ? renamed(resource, `${idOf(resource.object).name}-${contentSuffix(resource)}`) : resource,
    );
    return followNames(hashed, this.#configurations);
  }

  /** The resources of a kustomization; a component gets those it is to change. */
  folder(folder: string, given: readonly Resource[], kind: 'Kustomization' | 'Component'): readonly Resource[] {
    if (this.#open.includes(folder)) throw new BuildFailure(`cycle detected: ${folder}`);
    this.#open.push(folder);
    const kustomization = this.#kustomization(folder, kind);
    this.#settings(folder, kustomization);
    const resources = this.#accumulate(folder, kustomization, given);
    this.#open.pop();
    return this.#transform(folder, kustomization, resources);
  }

  #kustomization(folder: string, kind: string): KMap {
    const found = fileNames.map((name) => this.#read(below(folder, name))).filter((text) => text !== undefined);
    const [text] = found;
    if (text === undefined)
      throw new BuildFailure(`must build at directory: not a valid directory: no kustomization file in '${folder}'`);
    if (found.length > 1) throw new BuildFailure(`found multiple kustomization files in '${folder}'`);
    const [value = {}] = readDocuments(text, 'json');
    if (!isMap(value)) throw new BuildFailure(`invalid Kustomization in '${folder}'`);
    const unknown = Object.keys(value).find((key) => !knownFields.has(key));
    if (unknown !== undefined) throw new BuildRefusal(`the field ${unknown} of a kustomization`);
    for (const field of ['namespace', 'namePrefix', 'nameSuffix']) {
      // YAML 1.1 reads words such as `n` and `on` as booleans.
      const text = value[field] ?? '';
      if (typeof text !== 'string')
        throw new BuildFailure(`invalid Kustomization: ${field} is ${String(text)}, not a text`);
    }
    const own = textOf(value['kind']) || 'Kustomization';
    if (own !== kind) throw new BuildFailure(`expected kind '${kind}' in '${folder}', found '${own}'`);
    const version = own === 'Component' ? `${GROUP}/v1alpha1` : `${GROUP}/v1beta1`;
    const given = textOf(value['apiVersion']);
    if (given !== '' && given !== version) throw new BuildFailure(`apiVersion for ${own} should be ${version}`);
    return value;
  }

  #settings(folder: string, kustomization: KMap): void {
    for (const path of asList(kustomization['configurations'])) {
      this.#configurations.push(...readDocuments(this.#file(folder, textOf(path)), 'go-yaml-3').map(asMap));
    }
    const schema = textOf(asMap(kustomization['openapi'])['path']);
    if (schema !== '') this.#keys = schemaKeys(this.#schema(this.#file(folder, schema)));
    for (const field of ['patchesStrategicMerge', 'patchesJson6902', 'commonLabels', 'bases']) {
      if (kustomization[field] !== undefined) this.warnings.push(`'${field}' is deprecated`);
    }
  }

  #schema(text: string): KMap {
    try {
      return asMap(JSON.parse(text) as KValue);
    } catch {
      throw new BuildFailure('invalid schema file');
    }
  }

  #accumulate(folder: string, kustomization: KMap, given: readonly Resource[]): readonly Resource[] {
    let resources = given;
    for (const entry of [...asList(kustomization['resources']), ...asList(kustomization['bases'])].map(textOf)) {
      resources = append(resources, this.#resource(folder, entry));
    }
    const options = asMap(kustomization['generatorOptions']);
    for (const kind of ['ConfigMap', 'Secret'] as const) {
      const entries = asList(kustomization[kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator']).map(asMap);
      resources = append(
        resources,
        entries.map((entry) => generate(kind, entry, options, (path) => this.#file(folder, path))),
      );
    }
    for (const entry of asList(kustomization['components']).map(textOf))
      resources = this.folder(joined(folder, entry), resources, 'Component');
    return resources;
  }

  #resource(folder: string, entry: string): readonly Resource[] {
    if (/^https?:|^git@|github\.com/.test(entry)) throw new BuildRefusal('remote resources');
    const path = joined(folder, entry);
    const text = this.#read(path);
    if (text === undefined) return this.folder(path, [], 'Kustomization');
    if (path === folder || !path.startsWith(folder === '' ? '' : `${folder}/`))
      throw new BuildFailure(`file '${entry}' is not in or below '${folder}'`);
    const resources = readDocuments(text, 'go-yaml-3').map((value) => asResource(value, entry));
    if (
      resources.some(
        (resource) => idOf(resource.object).kind.endsWith('List') && Array.isArray(resource.object['items']),
      )
    )
      throw new BuildRefusal('lists of objects');
    return resources;
  }

  #file(folder: string, path: string): string {
    const text = this.#read(joined(folder, path));
    if (text === undefined)
      throw new BuildFailure(`evalsymlink failure on '${joined(folder, path)}': no such file or directory`);
    return text;
  }

  /** In kustomize's order. */
  #transform(folder: string, kustomization: KMap, start: readonly Resource[]): readonly Resource[] {
    const each = (name: string): readonly KMap[] => asList(kustomization[name]).map(asMap);
    let resources = start;
    for (const patch of this.#patches(folder, kustomization)) resources = applyPatch(resources, patch, this.#keys);
    const namespace = textOf(kustomization['namespace']);
    if (namespace !== '')
      resources = append(
        [],
        resources.map((resource) => setNamespace(resource, namespace)),
      );
    const [prefix, suffix] = [textOf(kustomization['namePrefix']), textOf(kustomization['nameSuffix'])];
    resources = resources.map((resource) => affixName(resource, prefix, suffix));
    for (const label of each('labels')) {
      const selectors = label['includeSelectors'] === true || label['includeTemplates'] === true;
      resources = resources.map((resource) =>
        addLabels(resource, asMap(label['pairs']), { selectors, fields: asList(label['fields']).map(asMap) }),
      );
    }
    const [labels, annotations] = [kustomization['commonLabels'], kustomization['commonAnnotations']];
    if (labels !== undefined)
      resources = resources.map((resource) => addLabels(resource, asMap(labels), { selectors: true, fields: [] }));
    if (annotations !== undefined)
      resources = resources.map((resource) => addAnnotations(resource, asMap(annotations)));
    for (const replicas of each('replicas')) resources = setReplicas(resources, replicas);
    for (const image of each('images')) resources = resources.map((resource) => setImage(resource, image));
    for (const replacement of each('replacements')) {
      if (replacement['path'] !== undefined) throw new BuildRefusal('replacements in a file');
      resources = applyReplacement(resources, replacement);
    }
    return resources;
  }

  #patches(folder: string, kustomization: KMap): readonly Patch[] {
    const written = [...asList(kustomization['patches']), ...asList(kustomization['patchesJson6902'])]
      .map(asMap)
      .map((entry): Patch => {
        const target = entry['target'];
        const options = entry['options'];
        const text = entry['path'] === undefined ? textOf(entry['patch']) : this.#file(folder, textOf(entry['path']));
        return {
          text,
          ...(target === undefined || target === null ? {} : { target: asMap(target) }),
          ...(options === undefined ? {} : { options: asMap(options) }),
        };
      });
    const old = asList(kustomization['patchesStrategicMerge'])
      .map(textOf)
      .map((entry): Patch => ({ text: /\n|^\{/.test(entry) ? entry : this.#file(folder, entry) }));
    return [...old, ...written];
  }
}

function append(resources: readonly Resource[], more: readonly Resource[]): readonly Resource[] {
  const all = [...resources];
  for (const resource of more) {
    const id = idOf(resource.object);
    if (all.some((other) => sameId(idOf(other.object), id)))
      throw new BuildFailure(`may not add resource with an already registered id: ${idText(id)}`);
    all.push(resource);
  }
  return all;
}

function isLocal(resource: Resource): boolean {
  return asMap(asMap(resource.object['metadata'])['annotations'])['config.kubernetes.io/local-config'] === 'true';
}

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

function joined(folder: string, path: string): string {
  if (path.startsWith('/')) throw new BuildFailure(`'${path}' is absolute`);
  return normalized(below(folder, path));
}

/** Without `.` and `..`; what leaves the root keeps its `..` and is found nowhere. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
