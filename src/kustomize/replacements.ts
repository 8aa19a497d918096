import { escapeRegExp } from '../core/escape-regexp.ts';
import { BuildFailure, BuildRefusal } from './failure.ts';
import { changeAt, fieldSteps, valuesAt } from './field-path.ts';
import { matches } from './patches.ts';
import type { Resource } from './resource.ts';
import { asList, asMap, type KMap, type KValue, textOf } from './value.ts';

export function applyReplacement(resources: readonly Resource[], replacement: KMap): readonly Resource[] {
  const source = asMap(replacement['source']);
  const value = sourceValue(resources, source);
  return asList(replacement['targets'])
    .map(asMap)
    .reduce<readonly Resource[]>((current, target) => applyTarget(current, target, value), resources);
}

function sourceValue(resources: readonly Resource[], source: KMap): KValue {
  const { fieldPath, options, ...selector } = source;
  const found = resources.filter((resource) => matches(resource, exact(selector)));
  const [resource] = found;
  if (resource === undefined) throw new BuildFailure('nothing selected by replacement source');
  if (found.length > 1) throw new BuildFailure('multiple matches for replacement source');
  const path = textOf(fieldPath) || 'metadata.name';
  const [value] = valuesAt(resource.object, fieldSteps(path));
  if (value === undefined) throw new BuildFailure(`fieldPath \`${path}\` is missing for replacement source`);
  return partOf(value, asMap(options));
}

/** A source is named, not matched by patterns. */
function exact(selector: KMap): KMap {
  return Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, escapeRegExp(textOf(value))]));
}

function partOf(value: KValue, options: KMap): KValue {
  const delimiter = textOf(options['delimiter']);
  if (delimiter === '') return value;
  const part = textOf(value).split(delimiter)[Number(options['index'] ?? 0)];
  if (part === undefined) throw new BuildFailure('options.index is out of bounds for the source');
  return part;
}

function applyTarget(resources: readonly Resource[], target: KMap, value: KValue): readonly Resource[] {
  const rejected = asList(target['reject']).map(asMap);
  const options = asMap(target['options']);
  const create = options['create'] === true;
  return resources.map((resource) => {
    if (!matches(resource, asMap(target['select'])) || rejected.some((reject) => matches(resource, reject)))
      return resource;
    const paths = asList(target['fieldPaths']).map(textOf);
    if (paths.length === 0) throw new BuildRefusal('a replacement without paths');
    const object = paths.reduce<KValue>(
      (current, path) => replaceAt(current, path, value, options, create),
      resource.object,
    );
    return { ...resource, object: asMap(object) };
  });
}

function replaceAt(object: KValue, path: string, value: KValue, options: KMap, create: boolean): KValue {
  const steps = fieldSteps(path);
  if (!create && valuesAt(object, steps).length === 0)
    throw new BuildFailure(`unable to find field "${path}" in replacement target`);
  return changeAt(object, steps, create, (found) => spliced(found, value, options)) ?? object;
}

function spliced(found: KValue | undefined, value: KValue, options: KMap): KValue {
  const delimiter = textOf(options['delimiter']);
  if (delimiter === '') return value;
  const parts = textOf(found).split(delimiter);
  const index = Number(options['index'] ?? 0);
  if (index < 0) return [textOf(value), ...parts].join(delimiter);
  if (index >= parts.length) return [...parts, textOf(value)].join(delimiter);
  return parts.map((part, at) => (at === index ? textOf(value) : part)).join(delimiter);
}
