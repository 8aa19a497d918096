import type { Config } from '../config/schema.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { escapeRegExp } from '../core/escape-regexp.ts';
import type { Host } from '../core/host.ts';
import { findBuildScript } from './build-script.ts';
import { type Classified, classify } from './classify.ts';
import { inEnvironmentOrder } from './environment-names.ts';
import { findEnvironments } from './environments.ts';
import { guessCluster } from './guess-clusters.ts';
import { guessJinja } from './guess-jinja.ts';
import { guessManifests } from './guess-manifests.ts';
import type { Guess, Project, ProjectEnvironment } from './project.ts';

/** What lies in the legacy folder. What the configuration leaves open is guessed, and each guess reported. */
export function discover(host: Host, config: Config, sink: DiagnosticSink): Project {
  const files = classify(host, sink);
  if (files.dig.length === 0) {
    sink.add(diagnose('PROJECT_EMPTY', {}));
    return project(files, [], 'prd', config, [], host);
  }
  const { environments, guesses } = findEnvironments(files.dig, config, host, sink);
  const reference = findReference(config, environments, sink);
  const filled = fillConfig(config, files, environments, host, sink);
  const all = [...guesses, ...(reference.guess === undefined ? [] : [reference.guess]), ...filled.guesses];
  for (const guess of all)
    sink.add(
      diagnose(
        'PROJECT_GUESSED',
        { what: guess.what, guess: guess.guess },
        guess.span === undefined ? {} : { span: guess.span },
      ),
    );
  return project(files, environments, reference.name, filled.config, all, host);
}

function project(
  files: Classified,
  environments: readonly ProjectEnvironment[],
  reference: string,
  config: Config,
  guesses: readonly Guess[],
  host: Host,
): Project {
  const workflows = new Set(environments.flatMap((environment) => environment.workflows));
  const names = environments.map((environment) => environment.name);
  const variables = new Set(
    config.manifests.flatMap((entry) => (entry.variables ?? []).flatMap((pattern) => matching(pattern, names, host))),
  );
  const variableFiles = files.other.filter((path) => variables.has(path));
  return {
    environments,
    reference,
    config,
    fragments: files.dig.filter((path) => !workflows.has(path)),
    templates: files.templates,
    variableFiles,
    rendered: files.rendered,
    scripts: files.scripts,
    other: files.other.filter((path) => !variables.has(path)),
    guesses,
  };
}

/** The files that a pattern with `{env}`, `{job}` and the like stands for. */
function matching(pattern: string, environments: readonly string[], host: Host): readonly string[] {
  return environments.flatMap((name) => {
    const pieces = pattern
      .replace(/^\.\//, '')
      .replaceAll('{env}', name)
      .split(/\{\w+\}/)
      .map(escapeRegExp);
    const expression = new RegExp(`^${pieces.join('[^/]+')}$`);
    return host.list().filter((path) => expression.test(path));
  });
}

function findReference(
  config: Config,
  environments: readonly ProjectEnvironment[],
  sink: DiagnosticSink,
): { readonly name: string; readonly guess?: Guess } {
  const names = environments.map((environment) => environment.name);
  const guessed = names.includes('prd') ? 'prd' : (inEnvironmentOrder(names).at(-1) ?? 'prd');
  if (config.reference !== undefined) {
    if (names.includes(config.reference)) return { name: config.reference };
    sink.add(
      diagnose(
        'PROJECT_ENVIRONMENT_UNKNOWN',
        { name: config.reference, known: names },
        { hint: `set \`reference\` in dig2argo.yaml to one of ${names.join(', ')}` },
      ),
    );
    return { name: guessed };
  }
  if (names.length < 2) return { name: guessed };
  const guess: Guess = {
    key: 'reference',
    what: 'reference environment',
    guess: guessed,
    seen: `the last of ${names.join(', ')}`,
    check: 'is this the environment whose workflows are right where the others differ?',
  };
  return { name: guessed, guess };
}

function fillConfig(
  config: Config,
  files: Classified,
  environments: readonly ProjectEnvironment[],
  host: Host,
  sink: DiagnosticSink,
): { readonly config: Config; readonly guesses: readonly Guess[] } {
  const names = environments.map((environment) => environment.name);
  const script = findBuildScript(host);
  const manifests = config.manifests.length > 0 ? [] : guessManifests(files, names, host, script);
  const clusters = environments.flatMap((environment) => {
    const guess =
      config.clusters[environment.name] === undefined
        ? guessCluster(environment, environments, files.scripts, files.dig, host)
        : undefined;
    return guess === undefined ? [] : [{ name: environment.name, guess }];
  });
  const { jinja, guesses } = guessJinja(config.jinja, files.templates, script, host, sink);
  const manifestGuesses = manifests.map(
    ({ entry, seen }): Guess => ({
      key: 'manifests',
      what: `manifests behind ${entry.from}`,
      guess: shown([
        ...(entry.template === undefined ? [] : [entry.template]),
        ...(entry.variables ?? []),
        ...(entry.rendered === undefined ? [] : [entry.rendered]),
      ]),
      seen,
      check: 'are these the files behind what the launchers fetch, and is the order of the variable files right?',
    }),
  );
  return {
    config: {
      ...config,
      manifests: [...config.manifests, ...manifests.map((each) => each.entry)],
      clusters: { ...config.clusters, ...Object.fromEntries(clusters.map(({ name, guess }) => [name, guess.guess])) },
      jinja,
    },
    guesses: [...manifestGuesses, ...clusters.map(({ guess }) => guess), ...guesses],
  };
}

function shown(paths: readonly string[]): string {
  return paths.join(' + ');
}
