import { type RepoPath, resolveRepoPath } from '../core/source.ts';
import { analyze, type Template } from './analyze.ts';
import { clockNames } from './clock/names.ts';
import { askedClock, type ClockText, printedDates, startClock } from './clock/render-clock.ts';
import { cacheOf, defaultDelimiters, type JinjaEnvironment, jinjaPresets } from './environment.ts';
import { runFilter, runTest } from './eval/expression.ts';
import { rootContext, runTemplate } from './eval/inherit.ts';
import { Output, Runtime, type Warning } from './eval/runtime.ts';
import { makeLexer } from './lexer.ts';
import { builtIn, type Library } from './library.ts';
import { parseTemplate } from './parse-statement.ts';
import { type Rich, rich } from './tags/rich.ts';
import { readLeaves, startTracking } from './tags/tracker.ts';
import { PyError } from './values/error.ts';
import { startWork } from './values/limits.ts';
import { setAmbientLabels } from './values/methods-container.ts';
import { addressMark } from './values/print.ts';
import { type Leaf, noLabels, type Value } from './values/value.ts';

export interface Interpretation {
  readonly text: Rich;
  /** Templates used, in the order of their first use. */
  readonly templates: readonly RepoPath[];
  readonly leaves: ReadonlySet<Leaf>;
  readonly warnings: readonly Warning[];
  /** The dates in the text that stay symbolic. */
  readonly dates: readonly ClockText[];
  readonly askedClock: boolean;
}

/** Where the error happened, in a file rather than in a template name. */
export class TemplateFailure extends Error {
  readonly error: PyError;
  readonly path: RepoPath;
  constructor(error: PyError, path: RepoPath) {
    super(error.message);
    this.error = error;
    this.path = path;
  }
}

/** Runs a template. Throws TemplateFailure where Python raises. */
export function interpret(
  path: RepoPath,
  variable: (name: string) => Value | undefined,
  environment: JinjaEnvironment,
  tracking: boolean,
): Interpretation {
  const paths = new Map<string, RepoPath>();
  const warnings: Warning[] = [];
  const find = (name: string): Template | undefined => {
    for (const candidate of candidates(name, path, environment.searchPath)) {
      const template = loadTemplate(candidate, environment);
      if (template === undefined) continue;
      paths.set(template.name, candidate);
      return template;
    }
    return undefined;
  };
  const host = {
    undefinedKind: environment.options.undefined,
    template: find,
    variable: (name: string): Value | undefined => {
      const given = variable(name);
      return given === undefined ? clockVariable(name, environment) : given;
    },
    library: environment.library ?? builtIn,
    warn: (warning: Warning): void => void warnings.push(warning),
  };
  const runtime = new Runtime(host, tracking, { filter: runFilter, test: runTest });
  startTracking();
  startClock(environment.clock);
  startWork();
  setAmbientLabels(tracking ? () => runtime.controlLabels() : () => noLabels);
  try {
    const template = loadTemplate(path, environment);
    if (template === undefined) throw new PyError('TemplateNotFound', path);
    paths.set(template.name, path);
    runtime.template = template.name;
    const out = new Output(runtime);
    runTemplate(template, rootContext(runtime, template, true), out);
    runtime.line = 1;
    const text = rich(out.value());
    if (runtime.address !== undefined && text.text.includes(addressMark))
      throw new PyError('UnsupportedError', 'an object whose address is printed', runtime.address);
    return {
      text,
      templates: [...paths.values()],
      leaves: readLeaves(),
      warnings,
      dates: printedDates(),
      askedClock: askedClock(),
    };
  } catch (error) {
    const python = asPythonError(error);
    python.line ??= runtime.line;
    python.template ??= runtime.template === '' ? path : runtime.template;
    throw new TemplateFailure(python, paths.get(python.template) ?? (python.template as RepoPath));
  }
}

/** What the build script makes from the clock and passes on, as dig2argo.yaml says. */
function clockVariable(name: string, environment: JinjaEnvironment): Value | undefined {
  const { clock, clockVariables = {} } = environment;
  const expression = Object.hasOwn(clockVariables, name) ? clockVariables[name] : undefined;
  if (clock === undefined || expression === undefined) return undefined;
  try {
    return evaluateAlone(expression, { ...builtIn, globals: new Map([...builtIn.globals, ...clockNames]) });
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    throw new PyError(error.kind, `${error.message} (jinja.clocks.${name} of dig2argo.yaml)`);
  }
}

/** An expression outside any template. */
function evaluateAlone(expression: string, library: Library): Value | undefined {
  const options = jinjaPresets.library;
  const source = `{% set value = (${expression}) %}`;
  const parsed = parseTemplate(source, 'dig2argo.yaml', makeLexer(options, defaultDelimiters), options);
  const host = {
    undefinedKind: 'strict' as const,
    template: () => undefined,
    variable: () => undefined,
    library,
    warn: () => undefined,
  };
  const runtime = new Runtime(host, false, { filter: runFilter, test: runTest });
  const template = analyze(parsed, library);
  const context = rootContext(runtime, template, true);
  runTemplate(template, context, new Output(runtime));
  return context.vars.get('value');
}

/** Running out of stack is what Python calls a RecursionError; anything else unknown is a bug of ours. */
function asPythonError(error: unknown): PyError {
  if (error instanceof PyError) return error;
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return new PyError('RecursionError', 'maximum recursion depth exceeded');
  throw error;
}

/** The files a name in include, import or extends may mean, as a FileSystemLoader looks them up. */
function candidates(name: string, main: RepoPath, searchPath: readonly string[]): readonly RepoPath[] {
  if (name.split('/').includes('..')) return [];
  const folders = searchPath.length > 0 ? searchPath : [main.includes('/') ? main.slice(0, main.lastIndexOf('/')) : ''];
  return folders.flatMap((folder) => resolveRepoPath(folder, name) ?? []);
}

/** Parsed and analysed once per environment and text. */
export function loadTemplate(path: RepoPath, environment: JinjaEnvironment): Template | undefined {
  const source = environment.load(path);
  if (source === undefined) return undefined;
  const cache = cacheOf(environment);
  const known = cache.parsed.get(path);
  if (known?.text === source.text) return known.template;
  const template = analyze(parseTemplate(source.text, path, cache.lexer, environment.options), environment.library);
  cache.parsed.set(path, { text: source.text, template });
  return template;
}
