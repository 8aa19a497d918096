import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { asList, asMap, asText, isList, isMap, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { parseObjects } from '../kubernetes-object.ts';
import { type Program, runOrThrow } from '../run-program.ts';
import { buildArguments } from '../tools/kustomize.ts';
import { inParallel } from './in-parallel.ts';

/** One overlay of a job. */
export interface Overlay {
  readonly folder: string;
  readonly objects: readonly PlainMap[];
  /** What it runs. */
  readonly jobs: readonly PlainMap[];
}

export interface Environment {
  readonly name: string;
  /** Everything but the jobs: what `environments/<env>` builds to, shared templates and platform included. */
  readonly objects: readonly PlainMap[];
  readonly overlays: readonly Overlay[];
}

/** What stands in an environment when all of it was applied. */
export function objectsOf({ objects, overlays }: Environment): readonly PlainMap[] {
  return [...objects, ...overlays.flatMap((overlay) => overlay.objects)];
}

/** Reads an output tree as the real kustomize builds it, environment by environment. */
export async function environmentsOf(kustomize: Program, tree: string): Promise<readonly Environment[]> {
  const folders = await kustomizations(tree);
  const builds = new Map<string, readonly PlainMap[]>();
  await inParallel(folders, 4, async (folder) => {
    builds.set(folder, await build(kustomize, join(tree, folder)));
  });
  const overlays = folders.filter((folder) => /(?:^|\/)(?:cron|workflows)\/[^/]+\/overlays\/[^/]+$/.test(folder));
  const names = [...new Set(overlays.map((folder) => folder.slice(folder.lastIndexOf('/') + 1)))].sort();
  return names.map((name) => ({
    name,
    // A tree without environments/ has its shared templates alone, with their namespace.
    objects: builds.get(`environments/${name}`) ?? builds.get('templates') ?? [],
    overlays: overlays
      .filter((folder) => folder.endsWith(`/${name}`))
      .map((folder) => {
        const objects = builds.get(folder) ?? [];
        return { folder, objects, jobs: objects.filter(isRunnable) };
      }),
  }));
}

function isRunnable(object: PlainMap): boolean {
  return (
    object['kind'] === 'CronWorkflow' ||
    (object['kind'] === 'WorkflowTemplate' && asMap(object['spec'])['entrypoint'] !== undefined)
  );
}

async function kustomizations(tree: string): Promise<readonly string[]> {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  return entries
    .filter(({ name }) => name === 'kustomization.yaml')
    .map(({ parentPath }) => relative(tree, parentPath))
    .filter((folder) => /(?:^|\/)overlays\/[^/]+$|^environments\/[^/]+$|^templates$/.test(folder))
    .filter((folder) => !folder.startsWith('platform/'))
    .sort();
}

async function build(kustomize: Program, folder: string): Promise<readonly PlainMap[]> {
  const { stdout } = await runOrThrow(kustomize, buildArguments(kustomize, folder));
  return parseObjects(stdout).map(({ value }) => asMap(value as Plain));
}

/** The controller's workflowDefaults that the objects state, as text. */
export function workflowDefaultsIn(objects: readonly PlainMap[]): string | undefined {
  const found = objects.find(
    (object) => object['kind'] === 'ConfigMap' && asMap(object['metadata'])['name'] === 'workflow-controller-configmap',
  );
  const text = asText(asMap(found?.['data'])['workflowDefaults']);
  return text === '' ? undefined : text;
}

/** Every image that an object names, with its parameters filled in: the controller asks the registry for unknown ones. */
export function imagesIn(object: PlainMap): readonly string[] {
  const values = new Map<string, Set<string>>();
  collectArguments(object, values);
  const images = new Set<string>();
  collectImages(object, images);
  return [...images].flatMap((image) => filled(image, values));
}

function collectArguments(value: Plain, into: Map<string, Set<string>>): void {
  if (isList(value)) for (const item of value) collectArguments(item, into);
  if (!isMap(value)) return;
  for (const parameter of asList(value['parameters']).map(asMap)) {
    const [name, given] = [asText(parameter['name']), parameter['value'] ?? parameter['default']];
    if (given !== undefined) into.set(name, (into.get(name) ?? new Set()).add(asText(given)));
  }
  for (const item of Object.values(value)) collectArguments(item, into);
}

function collectImages(value: Plain, into: Set<string>): void {
  if (isList(value)) for (const item of value) collectImages(item, into);
  if (!isMap(value)) return;
  if (typeof value['image'] === 'string') into.add(value['image']);
  for (const item of Object.values(value)) collectImages(item, into);
}

/** An image with every value that its first parameter may have, and so on. */
function filled(image: string, values: ReadonlyMap<string, ReadonlySet<string>>, depth = 0): readonly string[] {
  const tag = /\{\{(?:workflow|inputs)\.parameters\.([^{}]+)\}\}/.exec(image);
  if (tag === null || depth > 4) return [image];
  return [...(values.get(tag[1] ?? '') ?? [])].flatMap((value) =>
    filled(image.replaceAll(tag[0], value), values, depth + 1),
  );
}
