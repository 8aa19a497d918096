import { BuildFailure, BuildRefusal } from './failure.ts';
import { applyOperations } from './json-patch.ts';
import type { MergeKeys } from './merge-keys.ts';
import { readDocuments } from './read-yaml.ts';
import { idOf, idText, namesOf, type Resource, type ResourceId, sameId } from './resource.ts';
import { mergePatch } from './strategic-merge.ts';
import { asList, asMap, isList, isMap, type KMap, type KValue, textOf } from './value.ts';

/** A patch of a kustomization: its text, and what it is for where it says so. */
export interface Patch {
  readonly text: string;
  readonly target?: KMap;
  readonly options?: KMap;
}

export function applyPatch(resources: readonly Resource[], patch: Patch, keys: MergeKeys): readonly Resource[] {
  if (patch.options !== undefined && Object.keys(patch.options).length > 0) throw new BuildRefusal('patch options');
  const merges = readDocuments(patch.text, 'go-yaml-3');
  const operations =
    merges.length === 1 && isList(merges[0]) ? asList(readDocuments(patch.text, 'json')[0]) : undefined;
  if (operations !== undefined) return applyToTargets(resources, patch, operations);
  return merges.reduce<readonly Resource[]>(
    (current, merge) => applyMerge(current, merge, patch.target, keys),
    resources,
  );
}

function applyToTargets(
  resources: readonly Resource[],
  { text, target }: Patch,
  operations: readonly KValue[],
): readonly Resource[] {
  if (target === undefined)
    throw new BuildFailure(`must specify a target for JSON patch [patch: ${JSON.stringify(text.trimEnd())}]`);
  return resources.map((resource) =>
    matches(resource, target) ? { ...resource, object: applyOperations(resource.object, operations) } : resource,
  );
}

function applyMerge(
  resources: readonly Resource[],
  merge: KValue,
  target: KMap | undefined,
  keys: MergeKeys,
): readonly Resource[] {
  if (!isMap(merge)) throw new BuildFailure('a patch that is no object');
  const id = idOf(merge);
  if (target === undefined) {
    if (id.kind === '' || id.name === '') throw new BuildFailure('missing kind or metadata.name in patch');
    const found = resources.filter((resource) => hasHadId(resource, id));
    if (found.length === 0) throw new BuildFailure(`no resource matches strategic merge patch "${idText(id)}"`);
    if (found.length > 1) throw new BuildFailure(`multiple matches for the patch of ${idText(id)}`);
  }
  return resources.flatMap((resource) => {
    if (target === undefined ? !hasHadId(resource, id) : !matches(resource, target)) return [resource];
    const { metadata, kind: _kind, apiVersion: _apiVersion, ...fields } = merge;
    const { name: _name, namespace: _namespace, ...metadataFields } = asMap(metadata);
    // The names in the patch only say which object is meant.
    const patch: KMap = Object.keys(metadataFields).length > 0 ? { ...fields, metadata: metadataFields } : fields;
    return merged(resource, patch, keys);
  });
}

function merged(resource: Resource, patch: KMap, keys: MergeKeys): readonly Resource[] {
  if (patch['$patch'] === 'replace') throw new BuildRefusal('a patch that replaces the object');
  const object = mergePatch(resource.object, patch, keys);
  return object === undefined ? [] : [{ ...resource, object }];
}

function hasHadId(resource: Resource, id: ResourceId): boolean {
  const own = idOf(resource.object);
  return [own, ...resource.former].some((former) => sameId({ ...own, ...former }, id));
}

/** A selector's fields are regular expressions for the whole text. */
export function matches(resource: Resource, target: KMap): boolean {
  const id = idOf(resource.object);
  const fits = (key: keyof ResourceId): boolean => {
    const pattern = textOf(target[key]);
    if (pattern === '') return true;
    const values = key === 'name' ? namesOf(resource) : [id[key]];
    return values.some((value) => wholePattern(pattern).test(value));
  };
  const metadata = asMap(resource.object['metadata']);
  return (
    (['group', 'version', 'kind', 'name', 'namespace'] as const).every(fits) &&
    selects(textOf(target['labelSelector']), asMap(metadata['labels'])) &&
    selects(textOf(target['annotationSelector']), asMap(metadata['annotations']))
  );
}

function wholePattern(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    throw new BuildRefusal(`the pattern ${pattern}`);
  }
}

function selects(selector: string, labels: KMap): boolean {
  if (selector === '') return true;
  return selector.split(',').every((term) => {
    const match = /^([A-Za-z0-9./_-]+)(=|==|!=)([A-Za-z0-9._-]*)$/.exec(term.trim());
    if (match === null) throw new BuildRefusal(`the selector ${selector}`);
    const [, key = '', op, value] = match;
    return (textOf(labels[key]) === value && Object.hasOwn(labels, key)) === (op !== '!=');
  });
}
