import type { ManifestEntry } from '../config/schema.ts';
import { escapeRegExp } from '../core/escape-regexp.ts';
import type { Host } from '../core/host.ts';
import { sortedBy } from '../core/order.ts';
import { folderOf, type RepoPath, resolveRepoPath } from '../core/source.ts';
import type { BuildScript } from './build-script.ts';
import { type Classified, isJobManifest } from './classify.ts';
import { isEnvironmentVariable, sharedNames } from './environment-names.ts';
import { givenEnvironmentNames } from './given-values.ts';
import { variableOrder } from './variable-order.ts';

export interface ManifestGuess {
  readonly entry: ManifestEntry;
  readonly seen: string;
}

/** What launchers name, joined with the templates or rendered files that have the shape of it. */
export function guessManifests(
  classified: Classified,
  environments: readonly string[],
  host: Host,
  script: BuildScript | undefined,
): readonly ManifestGuess[] {
  const template = templateShape(classified.templates, host);
  const projects = new Set(classified.dig.map(folderOf));
  // Manifests inside a Digdag project are named by their own path: nothing is to be said about them.
  const rendered = renderedShape(
    classified.rendered.filter(
      (path) => ![...projects].some((folder) => folder === '' || path.startsWith(`${folder}/`)),
    ),
    environments,
  );
  if (template === undefined && rendered === undefined) return [];
  const variables = template === undefined ? [] : variableShape(template, environments, host, script);
  const values = script === undefined || template === undefined ? {} : givenValues(script, classified.templates, host);
  const jobs = new Set([...classified.templates, ...classified.rendered].map((path) => jobOf(path)));
  return namedIn([...classified.scripts, ...classified.dig], environments, jobs, host).map(({ from, path }) => ({
    entry: {
      from,
      ...(template === undefined
        ? {}
        : {
            template,
            ...(variables.length === 0 ? {} : { variables: [...variables] }),
            ...(Object.keys(values).length === 0 ? {} : { values }),
          }),
      ...(rendered === undefined ? {} : { rendered }),
    },
    seen: `named in ${path}; ${template === undefined ? 'rendered manifests' : 'templates'} of this shape lie in the tree`,
  }));
}

/** What the build script hands to templates that name it. */
function givenValues(
  script: BuildScript,
  templates: readonly RepoPath[],
  host: Host,
): Readonly<Record<string, string>> {
  const texts = templates.map((path) => host.read(path) ?? '').join('\n');
  const used = givenEnvironmentNames(script).filter((name) => new RegExp(`\\b${escapeRegExp(name)}\\b`).test(texts));
  return Object.fromEntries(used.map((name) => [name, '{env}']));
}

/** `<folder>/{job}<suffix>` for the folder that holds most Job templates. */
function templateShape(templates: readonly RepoPath[], host: Host): string | undefined {
  const shapes = templates
    .filter((path) => isJobManifest(host.read(path) ?? ''))
    .map((path) => `${folderOf(path)}/{job}${suffixOf(path)}`.replace(/^\//, ''));
  return mostFrequent(shapes);
}

function renderedShape(rendered: readonly RepoPath[], environments: readonly string[]): string | undefined {
  const shapes = rendered.flatMap((path) => {
    const parts = folderOf(path).split('/');
    if (!parts.some((part) => environments.includes(part))) return [];
    return [`${parts.map((part) => (environments.includes(part) ? '{env}' : part)).join('/')}/{job}${suffixOf(path)}`];
  });
  return mostFrequent(shapes);
}

/**
 * Files named after every environment, in the folder nearest to the templates, with those that all share: in the order
 * of the build script, else behind them.
 */
function variableShape(
  template: string,
  environments: readonly string[],
  host: Host,
  script: BuildScript | undefined,
): readonly string[] {
  const files = new Set(host.list());
  const shapes = [...files].flatMap((path) => {
    const shape = /\.(?:ya?ml|json)$/.test(path) ? shapeOf(path, environments) : undefined;
    return shape !== undefined && environments.every((name) => files.has(shape.replaceAll('{env}', name)))
      ? [shape]
      : [];
  });
  const nearest = sortedBy(
    new Set(shapes),
    (shape) => `${String(1000 - sharedPrefix(shape, template)).padStart(4, '0')}${shape}`,
  )[0];
  if (nearest === undefined) return [];
  const read = script === undefined ? undefined : variableOrder(script, nearest, environments, host);
  if (read !== undefined) return read;
  const shared = sharedNames.map((name) => nearest.replace('{env}', name)).filter((path) => files.has(path));
  return [...shared, nearest];
}

/** `vars/{env}.yaml` for `vars/prd.yaml`, `prd/vars.yaml` likewise; undefined for a path that names no environment, or is a manifest of one job. */
function shapeOf(path: string, environments: readonly string[]): string | undefined {
  const name = environments.find((each) => new RegExp(`(?:^|/)${escapeRegExp(each)}(?:\\.\\w+$)`).test(path));
  return name === undefined ? undefined : path.replace(new RegExp(`(^|/)${escapeRegExp(name)}(\\.\\w+)$`), '$1{env}$2');
}

const reference = /(?:https?:\/\/|[\w.$]|\{)[^\s"'`<>|;()\\]*\.(?:ya?ml|json)(?:\?[^\s"'`<>|;()\\]*)?/g;
const jobVariables: ReadonlySet<string> = new Set([
  'job',
  'job_name',
  'jobname',
  'name',
  'task',
  'batch',
  'manifest',
  'template',
  'app',
  'target',
  '1',
]);

/** What scripts and workflows name, with `{env}` and `{job}` for their variables; only what leaves no other variable. */
function namedIn(
  paths: readonly RepoPath[],
  environments: readonly string[],
  jobs: ReadonlySet<string>,
  host: Host,
): readonly { readonly from: string; readonly path: RepoPath }[] {
  const found = new Map<string, RepoPath>();
  for (const path of paths) {
    const text = (host.read(path) ?? '').replaceAll(/^\s*#.*$/gm, '');
    for (const [word] of text.matchAll(reference)) {
      // An option and its value in one word: `--template-file=https://…`.
      const written = word.replace(/^[\w-]+=/, '');
      const from = isInTree(path, written, host) ? undefined : patternOf(written, environments, jobs);
      if (from !== undefined && !found.has(from)) found.set(from, path);
    }
  }
  return sortedBy(
    [...found].map(([from, path]) => ({ from, path })),
    (each) => each.from,
  );
}

/** A path that is found as it is written needs no entry. */
function isInTree(from: RepoPath, written: string, host: Host): boolean {
  const path = resolveRepoPath(folderOf(from), written);
  return path !== undefined && host.read(path) !== undefined;
}

function patternOf(written: string, environments: readonly string[], jobs: ReadonlySet<string>): string | undefined {
  const filled = written.replaceAll(/\$\{?(\w+)\}?/g, (whole, variable: string) => {
    if (isEnvironmentVariable(variable)) return '{env}';
    return jobVariables.has(variable.toLowerCase()) ? '{job}' : whole;
  });
  const parts = onlyArgument(filled, environments)
    .split('/')
    .map((part) => (environments.includes(part) ? '{env}' : part));
  const last = parts.pop() ?? '';
  const job = jobOf(last.replace(/\?.*$/, ''));
  const from = [...parts, jobs.has(job) ? last.replace(job, '{job}') : last].join('/');
  return from.includes('$') || !from.includes('{job}') || !from.includes('/') ? undefined : from;
}

/** The one argument of a script that is left beside the job's name: where there are several environments, it names theirs. */
function onlyArgument(text: string, environments: readonly string[]): string {
  const left = new Set([...text.matchAll(/\$\{?(\d)\}?/g)].map(([, position]) => position));
  return left.size === 1 && environments.length > 1 && text.includes('{job}') && !text.includes('{env}')
    ? text.replaceAll(/\$\{?\d\}?/g, '{env}')
    : text;
}

function jobOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(0, name.length - suffixOf(path).length);
}

/** `.yaml.j2` of `sales-extract.yaml.j2`. */
function suffixOf(path: string): string {
  return /(?:\.(?:ya?ml|json))?(?:\.(?:j2|jinja|jinja2))?$/.exec(path)?.[0] ?? '';
}

function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
}

function sharedPrefix(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  return left.findIndex((part, at) => part !== right[at]);
}
