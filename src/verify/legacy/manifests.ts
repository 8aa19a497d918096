import type { Config, ManifestValues } from '../../config/schema.ts';
import { DiagnosticList } from '../../core/diagnose.ts';
import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Host } from '../../core/host.ts';
import { folderOf, type RepoPath, repoPath, type SourceFile } from '../../core/source.ts';
import { jinjaOptions } from '../../jinja/configured.ts';
import type { JinjaEnvironment } from '../../jinja/environment.ts';
import type { Library } from '../../jinja/library.ts';
import { projectLibrary } from '../../jinja/project-library.ts';
import { renderPlain } from '../../jinja/render.ts';
import { givenFile, loadVariables, type TaggedContext } from '../../jinja/variables.ts';

/** The moment at which a template is taken to have been rendered. */
export interface RenderTime {
  readonly seconds: number;
  /** Zone of the machine. */
  readonly zone: string;
}

export type Download =
  /** `askedClock`: another moment of the rendering may give another text. */
  | { readonly kind: 'text'; readonly text: string; readonly askedClock?: RepoPath }
  /** The entry fits, but there is no such manifest. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'broken'; readonly problem: string };

/** What stands behind the names that launchers use: `manifests` of the configuration, rendered without tags. */
export class ManifestSource {
  readonly #host: Host;
  readonly #config: Config;
  readonly #contexts = new Map<string, TaggedContext>();
  readonly #environments = new Map<string, JinjaEnvironment>();
  #library: Library | undefined;
  readonly #answers = new Map<string, Download>();

  constructor(host: Host, config: Config) {
    this.#host = host;
    this.#config = config;
  }

  /** To be called before the first download: functions of the configuration run in a sandbox. */
  async prepare(): Promise<void> {
    this.#library ??= await projectLibrary(this.#config.jinja, this.#host);
  }

  download(name: string, at: RenderTime): Download {
    const known = this.#answers.get(name);
    if (known !== undefined && !asksClock(known)) return known;
    const found = this.#find(name, at);
    this.#answers.set(name, found);
    return found;
  }

  #find(name: string, at: RenderTime): Download {
    for (const entry of this.#config.manifests) {
      const values = placeholders(entry.from, name);
      if (values === undefined) continue;
      const filled = (text: string): string =>
        text.replace(/\{(\w+)\}/g, (written, key: string) => values.get(key) ?? written);
      const fill = (text: string): RepoPath => repoPath(filled(text));
      // What lies rendered in the tree is what the platform has.
      const text = entry.rendered === undefined ? undefined : this.#host.read(fill(entry.rendered));
      if (text !== undefined) return { kind: 'text', text };
      if (entry.template === undefined) return { kind: 'missing' };
      const given = Object.entries(entry.values ?? {}).map(([key, value]) => [
        key,
        typeof value === 'string' ? filled(value) : value,
      ]);
      return this.#render(fill(entry.template), (entry.variables ?? []).map(fill), Object.fromEntries(given), at);
    }
    return { kind: 'unknown' };
  }

  #render(template: RepoPath, variables: readonly RepoPath[], given: ManifestValues, at: RenderTime): Download {
    if (this.#host.read(template) === undefined) return { kind: 'missing' };
    const beside = loadVariables([givenFile(given)], 'shallow', new DiagnosticList());
    const entries = new Map([...this.#context(variables).entries, ...beside.entries]);
    const environment = { ...this.#environment(template), clock: { kind: 'at', ...at } } as const;
    const rendered = renderPlain(template, { entries }, environment);
    if (rendered.kind === 'error') return { kind: 'broken', problem: rendered.error };
    return { kind: 'text', text: rendered.text, ...(rendered.askedClock ? { askedClock: template } : {}) };
  }

  #context(variables: readonly RepoPath[]): TaggedContext {
    const key = variables.join('\u0000');
    const files = variables.flatMap((path): SourceFile[] => {
      const text = this.#host.read(path);
      return text === undefined ? [] : [{ path, text }];
    });
    const made =
      this.#contexts.get(key) ?? loadVariables(files, this.#config.jinja.merge ?? 'shallow', new DiagnosticList());
    this.#contexts.set(key, made);
    return made;
  }

  #environment(template: RepoPath): JinjaEnvironment {
    const searchPath = this.#config.jinja.search_path ?? [folderOf(template)];
    const key = searchPath.join('\u0000');
    const made = this.#environments.get(key) ?? {
      options: jinjaOptions(this.#config.jinja),
      ...(this.#library === undefined ? {} : { library: this.#library }),
      clockVariables: this.#config.jinja.clocks ?? {},
      searchPath,
      load: (path: RepoPath) => {
        const text = this.#host.read(path);
        return text === undefined ? undefined : { path, text };
      },
    };
    this.#environments.set(key, made);
    return made;
  }
}

function asksClock(download: Download): boolean {
  return download.kind === 'text' && download.askedClock !== undefined;
}

/** What the placeholders of a pattern stand for in a name; undefined where it does not fit. */
function placeholders(pattern: string, name: string): ReadonlyMap<string, string> | undefined {
  const keys: string[] = [];
  const source = pattern
    .split(/(\{\w+\})/)
    .map((piece) => {
      const key = /^\{(\w+)\}$/.exec(piece)?.[1];
      if (key === undefined) return escapeRegExp(piece);
      keys.push(key);
      return keys.indexOf(key) < keys.length - 1 ? `\\${keys.indexOf(key) + 1}` : '([^/?&]+)';
    })
    .join('');
  const found = new RegExp(`^${source}$`).exec(name);
  if (found === null) return undefined;
  return new Map([...new Set(keys)].map((key, at) => [key, found[at + 1] ?? '']));
}
