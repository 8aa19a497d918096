import type { Host } from '../core/host.ts';
import { sortedBy } from '../core/order.ts';
import { folderOf, type RepoPath } from '../core/source.ts';
import { isJobManifest } from './classify.ts';
import { environmentIn, inEnvironmentOrder, startParameters } from './environment-names.ts';
import type { Guess } from './project.ts';

/** One environment and where its workflows lie. */
export interface Place {
  readonly name: string;
  readonly folder: string;
  readonly params: ReadonlyMap<string, string>;
}

/** How the legacy tree tells environments apart. */
export type Layout =
  | { readonly kind: 'folders'; readonly places: readonly Place[]; readonly seen: string }
  | { readonly kind: 'parameter'; readonly places: readonly Place[]; readonly seen: string; readonly parameter: string }
  | { readonly kind: 'single'; readonly places: readonly Place[]; readonly seen: string };

/** `names`: the environments that the configuration gives without their folders. */
export function findLayout(
  folders: readonly string[],
  dig: readonly RepoPath[],
  host: Host,
  names: readonly string[] | undefined,
): Layout {
  return (
    byName(folders, names) ??
    (names === undefined ? byEqualWorkflows(folders, dig) : undefined) ??
    byParameter(folders, dig, host, names) ??
    single(folders, names)
  );
}

/** What the layout guesses besides the names of the environments. */
export function parameterLayout(layout: Layout): Omit<Guess, 'key'> | undefined {
  if (layout.kind !== 'parameter') return undefined;
  return {
    what: 'parameter that says which environment a workflow runs in',
    guess: layout.parameter,
    seen: `workflows read \${${layout.parameter}} and none sets it`,
    check: 'is it given at start, as in `digdag start -p`?',
  };
}

/** A part of the path names the environment: `digdag/prd`, `prd/digdag`, `digdag-prd`. */
function byName(folders: readonly string[], names: readonly string[] | undefined): Layout | undefined {
  const found = new Map<string, string[]>();
  for (const folder of folders) {
    const name = folder
      .split('/')
      .map((part) => environmentIn(part, names))
      .find((each) => each !== undefined);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), folder]);
  }
  if (found.size === 0) return undefined;
  const order = names ?? inEnvironmentOrder(found.keys());
  const places = order.map((name) => ({
    name,
    folder: commonFolder(found.get(name) ?? [`digdag/${name}`]),
    params: new Map<string, string>(),
  }));
  return { kind: 'folders', places, seen: `workflows in ${places.map((place) => place.folder).join(', ')}` };
}

/** Folders beside each other with mostly the same workflows are copies of one platform, whatever they are called. */
function byEqualWorkflows(folders: readonly string[], dig: readonly RepoPath[]): Layout | undefined {
  const parents = new Set(folders.map(folderOf));
  if (folders.length < 2 || parents.size !== 1 || folders.includes('')) return undefined;
  const workflows = folders.map(
    (folder) => new Set(dig.filter((path) => folderOf(path) === folder).map((path) => path.slice(folder.length))),
  );
  const [first] = workflows;
  const alike = workflows.every(
    (each) =>
      first !== undefined && [...each].filter((name) => first.has(name)).length * 2 > Math.max(each.size, first.size),
  );
  if (!alike) return undefined;
  const places = inEnvironmentOrder(folders.map(baseName)).map((name) => ({
    name,
    folder: folders.find((folder) => baseName(folder) === name) ?? name,
    params: new Map<string, string>(),
  }));
  return { kind: 'folders', places, seen: `the same workflows in ${folders.join(', ')}` };
}

/** One tree, started with a parameter that some workflow reads, and neither it nor an included file sets. */
function byParameter(
  folders: readonly string[],
  dig: readonly RepoPath[],
  host: Host,
  names: readonly string[] | undefined,
): Layout | undefined {
  const files = dig.map((path) => ({
    text: host.read(path) ?? '',
    workflow: folders.includes(folderOf(path)),
  }));
  const parameter = startParameters.find((name) => {
    const without = files.filter(({ text }) => !new RegExp(`^\\s*${name}\\s*:`, 'm').test(text));
    const reads = new RegExp(`\\$\\{(?:[^}]*[^}\\w.$])?${name}\\b`);
    return (
      without.some(({ text }) => reads.test(text)) &&
      without.some(({ workflow }) => workflow) &&
      files.every((file) => file.workflow || without.includes(file))
    );
  });
  const found = names ?? namesInTree(host);
  if (parameter === undefined || found.length === 0) return undefined;
  const folder = commonFolder(folders);
  const places = found.map((name) => ({ name, folder, params: new Map([[parameter, name]]) }));
  return { kind: 'parameter', places, parameter, seen: `one tree of workflows, and files for ${found.join(', ')}` };
}

function single(folders: readonly string[], names: readonly string[] | undefined): Layout {
  const folder = commonFolder(folders);
  const found = names ?? ['prd'];
  return {
    kind: 'single',
    places: found.map((name) => ({ name, folder, params: new Map<string, string>() })),
    seen: `one tree of workflows${folder === '' ? '' : ` in ${folder}`}, and nothing that names an environment`,
  };
}

/** Environments that files are named after, `vars/prd.yaml`, `config/prd.dig`, and folders of manifests, `build/prd/sales.yaml`. */
function namesInTree(host: Host): readonly string[] {
  const names = host.list().flatMap((path) => {
    const stem = baseName(path).replace(/\.(?:dig|ya?ml|json|properties|env)$/, '');
    if (stem === baseName(path)) return [];
    if (isEnvironment(stem)) return [stem];
    const folder = folderOf(path).split('/').find(isEnvironment);
    return folder !== undefined && isJobManifest(host.read(path) ?? '') ? [folder] : [];
  });
  return inEnvironmentOrder(names);
}

/** Whether the whole of it names an environment. */
function isEnvironment(part: string): boolean {
  return environmentIn(part) === part;
}

function commonFolder(folders: readonly string[]): string {
  const [first = '', ...rest] = sortedBy(folders, (folder) => folder);
  const parts = first === '' ? [] : first.split('/');
  while (
    parts.length > 0 &&
    !rest.every((folder) => folder === parts.join('/') || folder.startsWith(`${parts.join('/')}/`))
  )
    parts.pop();
  return parts.join('/');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
