import type { Config, ManifestValues } from '../config/schema.ts';
import { DiagnosticList } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { folderOf, type RepoPath, type SourceFile } from '../core/source.ts';
import type { Value } from '../ir/value.ts';
import { jinjaOptions } from '../jinja/configured.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { builtIn, type Library } from '../jinja/library.ts';
import { type Rendered, renderTemplate } from '../jinja/render.ts';
import { renderBeside } from '../jinja/render-beside.ts';
import { renderedToValues } from '../jinja/to-value.ts';
import { givenFile, loadVariables, type TaggedContext } from '../jinja/variables.ts';

/** A template rendered for one environment, and what it took. */
export interface RenderedManifest {
  readonly template: RepoPath;
  readonly environment: string;
  readonly variables: readonly RepoPath[];
  readonly rendered: Rendered;
  readonly documents: readonly Value[];
  /** The rendered file of the legacy tree that the rendering was held against. */
  readonly comparedWith: RepoPath | undefined;
}

export interface RenderRequest {
  readonly template: RepoPath;
  readonly variables: readonly RepoPath[];
  readonly environment: string;
  /** Values that the configuration gives beside the variable files. */
  readonly given?: ManifestValues;
  /** A further variable file, made from what the launcher gives to the template. */
  readonly values?: SourceFile;
  /** The rendered file of the legacy tree, where there is one: what the platform really has. */
  readonly rendered?: RepoPath;
}

/** What came of something that is read once, with what is to be said to each job that needs it. */
interface Read<T> {
  readonly value: T;
  readonly findings: DiagnosticList;
}

/** Renders each template once per environment, however many steps start it. */
export class ManifestRenderer {
  readonly #host: Host;
  readonly #config: Config;
  readonly library: Library;
  readonly #environments = new Map<string, JinjaEnvironment>();
  readonly #contexts = new Map<string, Read<TaggedContext>>();
  readonly #manifests = new Map<string, Read<RenderedManifest | undefined>>();

  constructor(host: Host, config: Config, library: Library = builtIn) {
    this.#host = host;
    this.#config = config;
    this.library = library;
  }

  /** The documents of the template with their provenance; undefined where a diagnostic was added. Every job hears what is wrong with what it starts. */
  render(request: RenderRequest, sink: DiagnosticSink): readonly Value[] | undefined {
    const { template, variables, environment, values, given = {} } = request;
    const own = [JSON.stringify(given), ...(values === undefined ? [] : [values.text])];
    const key = [template, environment, ...variables, ...own].join('\u0000');
    const known = this.#manifests.get(key) ?? this.#renderNew(request);
    this.#manifests.set(key, known);
    for (const finding of known.findings.items) sink.add(finding);
    return known.value?.documents;
  }

  /** Everything rendered so far, in the order of template and environment. */
  manifests(): readonly RenderedManifest[] {
    return [...this.#manifests]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { value }]) => (value === undefined ? [] : [value]));
  }

  /** The variable files of a rendering. */
  context(variables: readonly RepoPath[]): TaggedContext {
    return this.#readContext(variables).value;
  }

  #readContext(variables: readonly RepoPath[]): Read<TaggedContext> {
    const key = variables.join('\u0000');
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    const files = variables.flatMap((path): SourceFile[] => {
      const text = this.#host.read(path);
      return text === undefined ? [] : [{ path, text }];
    });
    const findings = new DiagnosticList();
    const made = { value: loadVariables(files, this.#config.jinja.merge ?? 'shallow', findings), findings };
    this.#contexts.set(key, made);
    return made;
  }

  #renderNew({
    template,
    variables,
    environment,
    values,
    given = {},
    rendered: path,
  }: RenderRequest): Read<RenderedManifest | undefined> {
    const findings = new DiagnosticList();
    const context = this.#readContext(variables);
    for (const finding of context.findings.items) findings.add(finding);
    const beside = [givenFile(given), ...(values === undefined ? [] : [values])];
    const entries = new Map([...context.value.entries, ...loadVariables(beside, 'shallow', findings).entries]);
    const text = path === undefined || values !== undefined ? undefined : this.#host.read(path);
    const rendered =
      path === undefined || text === undefined
        ? renderTemplate(template, { entries }, this.#environmentFor(template), findings)
        : renderBeside(template, { entries }, this.#environmentFor(template), { path, text }, findings);
    if (rendered === undefined) return { value: undefined, findings };
    const documents = renderedToValues(rendered, template, findings);
    const comparedWith = text === undefined ? undefined : path;
    return { value: { template, environment, variables, rendered, documents, comparedWith }, findings };
  }

  #environmentFor(template: RepoPath): JinjaEnvironment {
    const searchPath = this.#config.jinja.search_path ?? [folderOf(template)];
    const key = searchPath.join('\u0000');
    const known = this.#environments.get(key);
    if (known !== undefined) return known;
    const made: JinjaEnvironment = {
      options: jinjaOptions(this.#config.jinja),
      library: this.library,
      clock: { kind: 'symbolic' },
      clockVariables: this.#config.jinja.clocks ?? {},
      searchPath,
      load: (path) => {
        const text = this.#host.read(path);
        return text === undefined ? undefined : { path, text };
      },
    };
    this.#environments.set(key, made);
    return made;
  }
}
