import { DiagnosticList } from '../core/diagnose.ts';
import type { Host } from '../core/host.ts';
import { repoPath } from '../core/source.ts';
import type { OutputFile } from '../emit/types.ts';
import { entryOf } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { YamlLines } from '../report/types.ts';
import type { ConvertedPlatform } from './convert-platform.ts';
import { blockLines } from './count-block-lines.ts';
import { ManifestRenderer } from './manifests.ts';
import type { ReadWorkflow } from './read-graphs.ts';

export interface LineCounts {
  readonly all: YamlLines;
  readonly reference: YamlLines;
  readonly byJob: ReadonlyMap<string, YamlLines>;
}

/**
 * Lines a person has to keep in mind. Before: .dig files with what they include and call, and the manifests that launchers start
 * (rendered, or as they stand in scripts and plug-in files), each once per environment, also where an environment renders but never starts one. After: YAML of jobs and shared templates.
 */
export function countLines(platform: ConvertedPlatform, files: readonly OutputFile[], host: Host): LineCounts {
  const { reference } = platform.project;
  const before = (read: readonly ReadWorkflow[]): number => sum(legacyTexts(read, platform, host));
  const idle = (environments: readonly string[]): number => sum(idleManifests(platform, host, environments));
  const environments = platform.project.environments.map((environment) => environment.name);
  const after = (keep: (file: OutputFile) => boolean): Pick<YamlLines, 'after' | 'afterInBlockStyle'> => {
    const counted = files.filter((file) => isCounted(file) && keep(file));
    return {
      after: sum(new Map(counted.map((file) => [file.path, file.text]))),
      afterInBlockStyle: counted.reduce((lines, file) => lines + blockLines(file.text), 0),
    };
  };
  const jobs = new Set(platform.read.map((read) => read.graph.job));
  return {
    all: { before: before(platform.read) + idle(environments), ...after(() => true) },
    reference: {
      before: before(platform.read.filter((read) => read.environment === reference)) + idle([reference]),
      ...after((file) => !file.path.includes('/overlays/') || file.path.includes(`/overlays/${reference}/`)),
    },
    byJob: new Map(
      [...jobs].map((job) => [
        job,
        {
          before: before(platform.read.filter((read) => read.graph.job === job)),
          ...after((file) => file.job === job),
        },
      ]),
    ),
  };
}

function isCounted(file: OutputFile): boolean {
  return /^(?:cron|workflows|templates)\/.*\.yaml$/.test(file.path);
}

/** Texts by what makes them one: file or manifest, and environment. */
function legacyTexts(
  read: readonly ReadWorkflow[],
  platform: ConvertedPlatform,
  host: Host,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const each of read) {
    for (const loaded of each.loaded)
      for (const file of loaded.files) texts.set(`${each.environment}:${file}`, host.read(file) ?? '');
    for (const task of each.graph.tasks.values()) {
      if (task.kind !== 'operator') continue;
      for (const effect of task.effects)
        if (effect.kind === 'job') addManifest(effect.manifest, each, task.launch?.manifest, platform, host, texts);
    }
  }
  return texts;
}

/** Manifests that are rendered for an environment in which no step starts them, because some other environment starts them. */
function idleManifests(
  platform: ConvertedPlatform,
  host: Host,
  environments: readonly string[],
): ReadonlyMap<string, string> {
  const started = platform.manifests.manifests();
  const renderer = new ManifestRenderer(host, platform.project.config, platform.manifests.library);
  const texts = new Map<string, string>();
  for (const environment of environments) {
    for (const { template, variables, environment: own } of started) {
      if (started.some((each) => each.template === template && each.environment === environment)) continue;
      const files = variables.map((path) =>
        repoPath(
          path
            .split('/')
            .map((part) => part.replace(own, environment))
            .join('/'),
        ),
      );
      if (files.some((path) => host.read(path) === undefined)) continue;
      renderer.render({ template, variables: files, environment }, new DiagnosticList());
    }
  }
  for (const { template, environment, rendered } of renderer.manifests())
    texts.set(`${environment}:${template}`, rendered.text);
  return texts;
}

function addManifest(
  manifest: Value,
  read: ReadWorkflow,
  path: string | undefined,
  platform: ConvertedPlatform,
  host: Host,
  texts: Map<string, string>,
): void {
  const rendered = platform.manifests
    .manifests()
    .find((each) => each.template === path && each.environment === read.environment);
  if (rendered !== undefined) texts.set(`${read.environment}:rendered:${rendered.template}`, rendered.rendered.text);
  else if (path !== undefined && path !== '' && /\.ya?ml$/.test(path))
    texts.set(`${read.environment}:${path}`, host.read(path) ?? '');
  else
    texts.set(
      `${read.environment}:${read.graph.job}:${JSON.stringify(nameOf(manifest))}`,
      '\n'.repeat(manifestLines(manifest)),
    );
}

function nameOf(manifest: Value): unknown {
  const name = entryOf(manifest, 'metadata', 'name');
  return name?.kind === 'text' ? name.parts.map((part) => (part.kind === 'runtime' ? '' : part.text)) : '';
}

/** Lines of a manifest that stands inside a script, as block YAML. */
function manifestLines(value: Value): number {
  if (value.kind === 'map')
    return [...value.entries.values()].reduce(
      (lines, entry) => lines + (isNested(entry) ? 1 : 0) + manifestLines(entry),
      0,
    );
  if (value.kind === 'list') return value.items.reduce((lines, item) => lines + manifestLines(item), 0);
  return 1;
}

function isNested(value: Value): boolean {
  return value.kind === 'map' || value.kind === 'list';
}

function sum(texts: ReadonlyMap<string, string>): number {
  let lines = 0;
  for (const text of texts.values()) lines += text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return lines;
}
