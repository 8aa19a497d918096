import { byRule, text } from '../ir/build-value.ts';
import { staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { PathStep } from './types.ts';

/** A quantity that an input carries: where it stands in the template's body, and the tag of the input. */
export interface QuantityPlace {
  readonly path: readonly PathStep[];
  readonly tag: string;
}

interface PatchedContainer {
  name: string;
  resources: Record<string, Record<string, string>>;
}

/**
 * The `podSpecPatch` that writes quantities into the pod: Argo substitutes tags in its text, and nowhere in `resources`.
 * Undefined where the body has a patch of its own that is no plain JSON.
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#template
 */
export function resourcePatch(existing: Value | undefined, places: readonly QuantityPlace[]): Value | undefined {
  const own = existing === undefined ? {} : parsedObject(staticText(existing) ?? '');
  if (own === undefined) return undefined;
  const patch: Record<string, unknown> = { ...own };
  for (const { path, tag } of places) {
    const at = path.findIndex((step) => step.key === 'resources');
    const [kind, amount] = [path[at + 1]?.key, path[at + 2]?.key];
    if (kind === undefined || amount === undefined) return undefined;
    const container = containerIn(patch, listOf(path), nameOf(path));
    container.resources = { ...container.resources, [kind]: { ...container.resources[kind], [amount]: tag } };
  }
  return text(JSON.stringify(patch), byRule('dedup'));
}

function listOf(path: readonly PathStep[]): 'containers' | 'initContainers' {
  return path[0]?.key === 'initContainers' ? 'initContainers' : 'containers';
}

/** Argo calls the container of a template `main`. */
function nameOf(path: readonly PathStep[]): string {
  return path[1]?.item === true ? path[1].key : 'main';
}

function containerIn(patch: Record<string, unknown>, list: string, name: string): PatchedContainer {
  const known = patch[list];
  const containers: unknown[] = Array.isArray(known) ? known : [];
  patch[list] = containers;
  const found = containers.find((each): each is PatchedContainer => isNamed(each, name));
  if (found !== undefined) {
    found.resources ??= {};
    return found;
  }
  const made: PatchedContainer = { name, resources: {} };
  containers.push(made);
  return made;
}

function isNamed(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name;
}

export function parsedObject(json: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    // YAML, or a text with tags: merging into it would be guessing.
    return undefined;
  }
}
