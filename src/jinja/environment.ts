import type { RepoPath, SourceFile } from '../core/source.ts';
import type { Template } from './analyze.ts';
import type { RenderClock } from './clock/render-clock.ts';
import { type Lexer, makeLexer } from './lexer.ts';
import type { Library } from './library.ts';
import type { UndefinedKind } from './values/value.ts';

export interface Delimiters {
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly variableStart: string;
  readonly variableEnd: string;
  readonly commentStart: string;
  readonly commentEnd: string;
}

/** How a tool sets up Jinja2's Environment; cannot be inferred from templates. */
export interface JinjaOptions {
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  readonly keepTrailingNewline: boolean;
  readonly undefined: UndefinedKind;
  /** `do`, `loopcontrols`; also by their module path `jinja2.ext.do`. */
  readonly extensions: readonly string[];
  readonly delimiters?: Delimiters;
  readonly linePrefixes?: { readonly statement?: string; readonly comment?: string };
}

export type PresetName = 'library' | 'j2cli' | 'jinja2-cli' | 'jinjanator' | 'ansible';

const library: JinjaOptions = {
  trimBlocks: false,
  lstripBlocks: false,
  keepTrailingNewline: false,
  undefined: 'default',
  extensions: [],
};

/** Settings of the popular tools, from their sources. */
export const jinjaPresets: Readonly<Record<PresetName, JinjaOptions>> = {
  library,
  j2cli: { ...library, keepTrailingNewline: true, undefined: 'strict', extensions: ['i18n', 'do', 'loopcontrols'] },
  'jinja2-cli': { ...library, keepTrailingNewline: true },
  jinjanator: {
    ...library,
    keepTrailingNewline: true,
    undefined: 'strict',
    extensions: ['i18n', 'do', 'loopcontrols'],
  },
  ansible: {
    ...library,
    keepTrailingNewline: true,
    trimBlocks: true,
    undefined: 'strict',
    extensions: ['do', 'loopcontrols'],
  },
};

export const defaultDelimiters: Delimiters = {
  blockStart: '{%',
  blockEnd: '%}',
  variableStart: '{{',
  variableEnd: '}}',
  commentStart: '{#',
  commentEnd: '#}',
};

/** What a rendering needs besides template and variables. */
export interface JinjaEnvironment {
  readonly options: JinjaOptions;
  load(path: RepoPath): SourceFile | undefined;
  /** Absent: what Jinja2 itself brings. */
  readonly library?: Library;
  /** What templates get that ask for the time; absent: they are refused. */
  readonly clock?: RenderClock;
  /** Variables that the build script fills from the clock: their Python expressions. */
  readonly clockVariables?: Readonly<Record<string, string>>;
  /** Folders in which include, import and extends look, in order. */
  readonly searchPath: readonly string[];
}

/** What is made once per environment: the lexer and every template parsed so far. */
interface Cache {
  readonly lexer: Lexer;
  readonly parsed: Map<string, { readonly text: string; readonly template: Template }>;
}

const caches = new WeakMap<JinjaEnvironment, Cache>();

export function cacheOf(environment: JinjaEnvironment): Cache {
  const known = caches.get(environment);
  if (known !== undefined) return known;
  const cache: Cache = {
    lexer: makeLexer(environment.options, environment.options.delimiters ?? defaultDelimiters),
    parsed: new Map(),
  };
  caches.set(environment, cache);
  return cache;
}

export function hasExtension(options: JinjaOptions, name: string): boolean {
  return options.extensions.some((extension) => extension === name || extension === `jinja2.ext.${name}`);
}
