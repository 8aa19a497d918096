import type { Config } from '../config/schema.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { sortedBy } from '../core/order.ts';
import { folderOf, indexLines, type RepoPath, repoPath, type SourceSpan } from '../core/source.ts';
import { findLayout, type Layout, type Place, parameterLayout } from './layout.ts';
import type { Guess, ProjectEnvironment } from './project.ts';

export interface FoundEnvironments {
  readonly environments: readonly ProjectEnvironment[];
  readonly guesses: readonly Guess[];
}

/** The environments that the configuration names, else those that the tree shows. */
export function findEnvironments(
  dig: readonly RepoPath[],
  config: Config,
  host: Host,
  sink: DiagnosticSink,
): FoundEnvironments {
  const folders = projectFolders(dig);
  const named = environmentNames(config);
  const guessed = named === undefined || !hasFolders(config);
  const layout = guessed ? findLayout(folders, dig, host, named) : undefined;
  const places = layout === undefined ? configuredPlaces(config, named ?? []) : layout.places;
  const environments = places.map((place) => environmentAt(place, dig, folders, config, host, sink));
  for (const environment of environments) {
    if (environment.workflows.length === 0)
      sink.add(diagnose('PROJECT_ENVIRONMENT_EMPTY', { name: environment.name }, { environment: environment.name }));
  }
  reportOutside(folders, environments, dig, host, sink);
  return { environments, guesses: layout === undefined ? [] : guessesOf(layout, named, environments) };
}

/** Top-most folders with Digdag files: each is one Digdag project. */
function projectFolders(dig: readonly RepoPath[]): readonly string[] {
  const folders = [...new Set(dig.map(folderOf))];
  return sortedBy(
    folders.filter((folder) => !folders.some((other) => other !== folder && isBelow(folder, other))),
    (folder) => folder,
  );
}

function environmentNames(config: Config): readonly string[] | undefined {
  if (config.environments === undefined) return undefined;
  return Array.isArray(config.environments) ? config.environments : Object.keys(config.environments);
}

function settingsOf(
  config: Config,
  name: string,
): {
  readonly digdag?: string | undefined;
  readonly params?: Readonly<Record<string, string | number | boolean>> | undefined;
} {
  const { environments } = config;
  return environments === undefined || Array.isArray(environments) ? {} : (environments[name] ?? {});
}

function hasFolders(config: Config): boolean {
  return (
    config.digdag !== undefined ||
    (environmentNames(config) ?? []).every((name) => settingsOf(config, name).digdag !== undefined)
  );
}

function configuredPlaces(config: Config, names: readonly string[]): readonly Place[] {
  return names.map((name) => {
    const folder = settingsOf(config, name).digdag ?? (config.digdag ?? '').replaceAll('{env}', name);
    return { name, folder: repoPath(folder), params: new Map() };
  });
}

function environmentAt(
  place: Place,
  dig: readonly RepoPath[],
  folders: readonly string[],
  config: Config,
  host: Host,
  sink: DiagnosticSink,
): ProjectEnvironment {
  const given = Object.entries(settingsOf(config, place.name).params ?? {}).map(([key, value]): [string, string] => [
    key,
    String(value),
  ]);
  // A configured folder may lie inside a larger project folder: then its own files count.
  const below = dig.filter((path) => isBelow(folderOf(path), place.folder));
  const own = folders.filter((folder) => isBelow(folder, place.folder));
  const projects = own.length > 0 ? own : projectFolders(below);
  const files = below.filter((path) => projects.includes(folderOf(path)));
  return {
    name: place.name,
    folder: repoPath(place.folder),
    params: new Map([...place.params, ...given]),
    workflows: oneFileEach(files, place.name, host, sink),
  };
}

/** The first file of each workflow name; a second one is an error. */
function oneFileEach(
  files: readonly RepoPath[],
  environment: string,
  host: Host,
  sink: DiagnosticSink,
): readonly RepoPath[] {
  const byName = new Map<string, RepoPath>();
  for (const path of sortedBy(files, (file) => file)) {
    const name = path.slice(path.lastIndexOf('/') + 1, -'.dig'.length);
    const first = byName.get(name);
    if (first === undefined) byName.set(name, path);
    else {
      const related = [{ span: startOf(first, host), note: 'the other one, which is converted' }];
      sink.add(
        diagnose(
          'PROJECT_TWO_JOBS',
          { name, environment },
          { span: startOf(path, host), related, job: name, environment },
        ),
      );
    }
  }
  return sortedBy(byName.values(), (path) => path);
}

function reportOutside(
  folders: readonly string[],
  environments: readonly ProjectEnvironment[],
  dig: readonly RepoPath[],
  host: Host,
  sink: DiagnosticSink,
): void {
  for (const folder of folders) {
    if (environments.some((environment) => isBelow(folder, environment.folder) || isBelow(environment.folder, folder)))
      continue;
    const first = dig.find((path) => folderOf(path) === folder);
    if (first !== undefined)
      sink.add(
        diagnose(
          'PROJECT_OUTSIDE_ENVIRONMENTS',
          { folder: folder === '' ? '.' : folder },
          { span: startOf(first, host) },
        ),
      );
  }
}

function guessesOf(
  layout: Layout,
  named: readonly string[] | undefined,
  environments: readonly ProjectEnvironment[],
): readonly Guess[] {
  const names = environments.map((each) => each.name).join(', ');
  const guess: Guess = {
    key: 'environments',
    what: named === undefined ? 'environments' : 'folders of the environments',
    guess:
      named === undefined
        ? names
        : environments.map((each) => `${each.name}: ${each.folder === '' ? '.' : each.folder}`).join(', '),
    seen: layout.seen,
    check: 'are these all environments, and does each have its own controller or namespace?',
  };
  const parameters = parameterLayout(layout);
  // Where the folders are the usual ones, naming the environments has said it all.
  const usual = named !== undefined && environments.every((each) => each.folder === `digdag/${each.name}`);
  if (parameters === undefined) return usual ? [] : [guess];
  return [guess, { ...parameters, key: 'environments' }];
}

function startOf(path: RepoPath, host: Host): SourceSpan {
  return indexLines({ path, text: host.read(path) ?? '' }).span(0, 0);
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
