import type { ManifestEntry } from '../config/schema.ts';
import { escapeRegExp } from '../core/escape-regexp.ts';
import type { Host } from '../core/host.ts';
import { sortedBy } from '../core/order.ts';
import { folderOf, type RepoPath, resolveRepoPath } from '../core/source.ts';
import type { BuildScript } from './build-script.ts';
import { type Classified, isJobManifest } from './classify.ts';
import { isEnvironmentVariable, sharedNames } from './environment-names.ts';
import { givenEnvironmentNames } from './given-values.ts';
import { setTo } from './shell-assignments.ts';
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
  const projects = new Set(classified.dig.map(folderOf));
  const outside = (path: string): boolean =>
    ![...projects].some((folder) => folder === '' || path.startsWith(`${folder}/`));
  const templates = classified.templates.filter(outside);
  const template = templateShape(templates, host);
  // Manifests inside a Digdag project are named by their own path: nothing is to be said about them, unless by an address.
  const rendered = renderedShapes(classified.rendered.filter(outside), environments);
  const anywhere = renderedShapes(classified.rendered, environments);
  const variables = template === undefined ? [] : variableShape(template, environments, host, script);
  const values = script === undefined || template === undefined ? {} : givenValues(script, templates, host);
  const behindTemplate =
    template === undefined
      ? {}
      : {
          template,
          ...(variables.length === 0 ? {} : { variables: [...variables] }),
          ...(Object.keys(values).length === 0 ? {} : { values }),
        };
  const jobs = new Set([...classified.templates, ...classified.rendered].map((path) => jobOf(path)));
  return namedIn([...classified.scripts, ...classified.dig], environments, jobs, host).flatMap(({ from, path }) => {
    const nearest =
      nearestShape(from, rendered) ??
      (template === undefined && from.includes('://') ? nearestShape(from, anywhere) : undefined);
    if (template === undefined && nearest === undefined) return [];
    return {
      entry: { from, ...behindTemplate, ...(nearest === undefined ? {} : { rendered: nearest }) },
      seen: `named in ${path}; ${template === undefined ? 'rendered manifests' : 'templates'} of this shape lie in the tree`,
    };
  });
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

/** `build/{env}/{job}.yaml`: the shapes of the rendered files, the most frequent first. */
function renderedShapes(rendered: readonly RepoPath[], environments: readonly string[]): readonly string[] {
  const shapes = rendered.flatMap((path) => {
    const parts = folderOf(path).split('/');
    if (!parts.some((part) => environments.includes(part))) return [];
    return [`${parts.map((part) => (environments.includes(part) ? '{env}' : part)).join('/')}/{job}${suffixOf(path)}`];
  });
  return byFrequency(shapes);
}

/** The shape whose last parts are those of what the launcher names: `s3://bucket/{env}/us/{job}.yaml` lies in `…/{env}/us/{job}.yaml`. */
function nearestShape(from: string, shapes: readonly string[]): string | undefined {
  const parts = partsFromTheEnd(from.replace(/\?.*$/, ''));
  const common = (shape: string): number => {
    const differs = partsFromTheEnd(shape).findIndex((part, at) => part !== parts[at]);
    return differs === -1 ? parts.length : differs;
  };
  const most = Math.max(...shapes.map(common));
  return shapes.find((shape) => common(shape) === most);
}

function partsFromTheEnd(path: string): readonly string[] {
  return path.split('/').reverse();
}

/**
 * Files named after every environment, in the folder nearest to the templates, with those beside and above that all
 * share: in the order of the build script, else behind them.
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
  const ending = nearest.slice(nearest.lastIndexOf('.'));
  const above = folderOf(folderOf(nearest));
  const shared = [
    ...sharedNames.map((name) => `${above === '' ? '' : `${above}/`}${name}${ending}`),
    ...sharedNames.map((name) => nearest.replace('{env}', name)),
  ].filter((path) => files.has(path));
  return [...new Set([...shared, nearest])];
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
      const from = isInTree(path, written, host)
        ? undefined
        : patternOf(withAssignments(written, text, 2), environments, jobs);
      if (from !== undefined && !found.has(from)) found.set(from, path);
    }
  }
  return sortedBy(
    [...found].map(([from, path]) => ({ from, path })),
    (each) => each.from,
  );
}

/** With what the script sets the variables to that name neither environment nor job: `BASE=https://…; curl "$BASE/$job.yaml"`. */
function withAssignments(written: string, text: string, depth: number): string {
  return written.replaceAll(/\$\{?([A-Za-z_]\w*)\}?/g, (whole, variable: string) => {
    if (isEnvironmentVariable(variable) || jobVariables.has(variable.toLowerCase())) return whole;
    const set = depth === 0 ? undefined : setTo(variable, text, undefined);
    return set === undefined ? whole : withAssignments(set, text, depth - 1);
  });
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
  return byFrequency(texts)[0];
}

function byFrequency(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([text]) => text);
}

function sharedPrefix(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  return left.findIndex((part, at) => part !== right[at]);
}
