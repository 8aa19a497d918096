import { diagnose } from '../core/diagnose.ts';
import type { Diagnostic, DiagnosticSink } from '../core/diagnostic.ts';
import { indexLines, type RepoPath, type SourceFile, type SourceSpan } from '../core/source.ts';
import { clockVariables } from './clock/names.ts';
import { type ClockText, dateAt } from './clock/render-clock.ts';
import type { JinjaEnvironment } from './environment.ts';
import type { Warning } from './eval/runtime.ts';
import { type Interpretation, interpret, TemplateFailure } from './interpret.ts';
import type { PyError } from './values/error.ts';
import type { Control, Leaf, Origin, Run, Value } from './values/value.ts';
import { type TaggedContext, toValue } from './variables.ts';

export type { Leaf } from './values/value.ts';

/** The text of a template for one environment, and where each character came from. */
export interface Rendered {
  readonly text: string;
  /** Sorted, without overlap, covering the text; runs of no width stand for text that other variables would bring. */
  readonly runs: readonly RenderedRun[];
  /** Dates of the clock: their marks stand in the text. */
  readonly dates: readonly ClockText[];
  readonly used: { readonly templates: readonly RepoPath[]; readonly leaves: readonly Leaf[] };
}

export interface RenderedRun {
  /** Offsets in the rendered text. */
  readonly start: number;
  readonly end: number;
  /** The literal text or the tag in its template. */
  readonly span: SourceSpan;
  /** The variable leaves the text came from. */
  readonly data: readonly Leaf[];
  /** The tags that decide whether the text exists. */
  readonly control: readonly RenderedControl[];
}

export interface RenderedControl {
  readonly span: SourceSpan;
  readonly leaves: readonly Leaf[];
}

/** Renders as Python's Jinja2 does; undefined (and a diagnostic) where that fails. */
export function renderTemplate(
  name: RepoPath,
  context: TaggedContext,
  environment: JinjaEnvironment,
  sink: DiagnosticSink,
): Rendered | undefined {
  try {
    const result = interpret(name, variablesOf(context, true), environment, true);
    const rendered = renderedOf(result, name, environment);
    const unlike = result.dates.length === 0 ? undefined : findUnlike(rendered, name, context, environment);
    if (unlike !== undefined) {
      sink.add(unlike);
      return undefined;
    }
    for (const warning of result.warnings) sink.add(warningDiagnostic(warning, environment));
    return rendered;
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    sink.add(failureDiagnostic(error, environment));
    return undefined;
  }
}

/** Moments of different length in every field that has lengths, before and after each other in the year. */
export const samples = [Date.UTC(2021, 0, 9), Date.UTC(2026, 4, 30, 12), Date.UTC(2027, 10, 28)].map((ms) => ms / 1000);

/** Rendered at some moment, the text must be the same but for its dates: an operation that looked at a mark shows here. */
function findUnlike(
  rendered: Rendered,
  name: RepoPath,
  context: TaggedContext,
  environment: JinjaEnvironment,
): Diagnostic | undefined {
  for (const seconds of samples) {
    const clock = { kind: 'at', seconds, zone: 'UTC' } as const;
    const real = renderAt(name, context, { ...environment, clock });
    if (typeof real !== 'string') return real;
    const expected = withDates(rendered.text, rendered.dates, (date) => dateAt(date, seconds, 'UTC'));
    if (expected === real) continue;
    const lines = real.split('\n');
    const at = expected.split('\n').findIndex((line, index) => line !== lines[index]);
    const start = rendered.text.split('\n').slice(0, Math.max(0, at)).join('\n').length;
    const span = rendered.runs.find((run) => run.end > start + 1)?.span;
    return diagnose('JINJA_CLOCK_OPERATION', { operation: 'what this line does' }, span === undefined ? {} : { span });
  }
  return undefined;
}

function renderAt(name: RepoPath, context: TaggedContext, environment: JinjaEnvironment): string | Diagnostic {
  try {
    return interpret(name, variablesOf(context, false), environment, false).text.text;
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    return failureDiagnostic(error, environment);
  }
}

/** The text with something in the place of each mark. */
export function withDates(text: string, dates: readonly ClockText[], show: (date: ClockText) => string): string {
  return dates.reduce((shown, date) => shown.replaceAll(date.mark, () => show(date)), text);
}

export type PlainRendering =
  /** `askedClock`: the text holds the time of the rendering. */
  | { readonly kind: 'text'; readonly text: string; readonly askedClock: boolean }
  | { readonly kind: 'error'; readonly error: string };

/** The same text without tags, for whoever needs no provenance. */
export function renderPlain(name: RepoPath, context: TaggedContext, environment: JinjaEnvironment): PlainRendering {
  try {
    const { text, askedClock } = interpret(name, variablesOf(context, false), environment, false);
    return { kind: 'text', text: text.text, askedClock };
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    return {
      kind: 'error',
      error: `${error.path}:${error.error.line ?? 1}: ${error.error.kind}: ${error.error.message}`,
    };
  }
}

/** Values are made when first asked for, and only once, since a template may change a list it was given. */
function variablesOf(context: TaggedContext, tracking: boolean): (name: string) => Value | undefined {
  const made = new Map<string, Value | undefined>();
  return (name) => {
    if (made.has(name)) return made.get(name);
    const node = context.entries.get(name);
    const value = node === undefined ? undefined : toValue(node, tracking);
    made.set(name, value);
    return value;
  };
}

function renderedOf(result: Interpretation, name: RepoPath, environment: JinjaEnvironment): Rendered {
  const spans = new OriginSpans(name, environment);
  const controls = new Map<Control, RenderedControl>();
  const controlOf = (control: Control): RenderedControl => {
    const known = controls.get(control);
    if (known !== undefined) return known;
    const rendered = { span: spans.of(control.origin), leaves: [...control.labels] };
    controls.set(control, rendered);
    return rendered;
  };
  const lists = new Map<Run['control'], readonly RenderedControl[]>();
  const controlsOf = (list: Run['control']): readonly RenderedControl[] => {
    const known = lists.get(list) ?? list.map(controlOf);
    lists.set(list, known);
    return known;
  };
  const runs = result.text.runs.map((run) => ({
    start: run.start,
    end: run.end,
    span: spans.of(run.origin),
    data: [...run.data],
    control: controlsOf(run.control),
  }));
  const used = new Set<Leaf>(result.leaves);
  for (const run of runs) for (const leaf of run.data) used.add(leaf);
  return {
    text: result.text.text,
    runs,
    dates: result.dates,
    used: { templates: result.templates, leaves: [...used] },
  };
}

/** Template offsets to spans, each template indexed once. */
class OriginSpans {
  readonly #main: RepoPath;
  readonly #environment: JinjaEnvironment;
  readonly #indexes = new Map<string, ReturnType<typeof indexLines>>();
  readonly #spans = new Map<Origin, SourceSpan>();

  constructor(main: RepoPath, environment: JinjaEnvironment) {
    this.#main = main;
    this.#environment = environment;
  }

  of(origin: Origin | undefined): SourceSpan {
    const place = origin ?? { template: this.#main, start: 0, end: 0 };
    const known = this.#spans.get(place);
    if (known !== undefined) return known;
    const span = this.#index(place.template).span(place.start, place.end);
    this.#spans.set(place, span);
    return span;
  }

  #index(template: string): ReturnType<typeof indexLines> {
    const known = this.#indexes.get(template);
    if (known !== undefined) return known;
    const index = indexLines(sourceOf(template as RepoPath, this.#environment));
    this.#indexes.set(template, index);
    return index;
  }
}

/** Templates are named by their paths. */
function sourceOf(path: RepoPath, environment: JinjaEnvironment): SourceFile {
  return environment.load(path) ?? { path, text: '' };
}

/** The words of a line of a template that an error speaks of; the whole line where no name is known. */
function lineSpan(path: RepoPath, line: number, name: string | undefined, environment: JinjaEnvironment): SourceSpan {
  const source = sourceOf(path, environment);
  const index = indexLines(source);
  const lines = source.text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const text = (lines[line - 1] ?? '').trimEnd();
  const word = name === undefined ? -1 : placeOf(name.replace(/\W/g, ''), text);
  if (name !== undefined && word >= 0) return index.span(start + word, start + word + name.length);
  return index.span(start + text.length - text.trimStart().length, start + text.length);
}

/** Where a line names something: as a filter, else inside a tag, else anywhere; the key before a tag may have the same name. */
function placeOf(name: string, line: string): number {
  const before = ['(?<=\\|\\s*)', '(?<=\\{[{%].*)(?<![\\w.])', '(?<![\\w.])'];
  const places = before.map((pattern) => line.search(new RegExp(`${pattern}${name}(?!\\w)`)));
  return places.find((place) => place >= 0) ?? -1;
}

const unknownName = /^No (filter|test) named '(.*)'\.$/;

function failureDiagnostic(failure: TemplateFailure, environment: JinjaEnvironment): Diagnostic {
  const { error, path } = failure;
  const unknown = unknownName.exec(error.message)?.[2];
  const span = lineSpan(path, error.line ?? 1, error.missing ?? unknown, environment);
  return diagnosticOf(error, span);
}

function diagnosticOf(error: PyError, span: SourceSpan): Diagnostic {
  const problem = error.message;
  switch (error.kind) {
    case 'UndefinedError':
      if (error.missing !== undefined && clockVariables.has(error.missing))
        return diagnose('JINJA_CLOCK', { name: error.missing }, { span });
      return diagnose('JINJA_UNDEFINED', { name: error.missing ?? '', problem }, { span });
    case 'TemplateSyntaxError':
    case 'SyntaxError':
      return diagnose('JINJA_SYNTAX', { problem }, { span });
    case 'TemplateNotFound':
    case 'TemplatesNotFound':
      return diagnose('JINJA_TEMPLATE_MISSING', { name: problem }, { span });
    case 'ClockError':
      return diagnose('JINJA_CLOCK', { name: problem }, { span });
    case 'SymbolicError':
      return diagnose('JINJA_CLOCK_OPERATION', { operation: problem }, { span });
    case 'LimitError':
    case 'RecursionError':
      return diagnose(
        'JINJA_LIMIT',
        { limit: error.kind === 'LimitError' ? problem : 'the recursion limit' },
        { span },
      );
    case 'UnsupportedError':
      return diagnose('JINJA_UNSUPPORTED', { feature: problem }, { span });
    default: {
      const unknown = unknownName.exec(problem);
      if (unknown !== null)
        return diagnose('JINJA_NAME_UNKNOWN', { what: unknown[1] ?? '', name: unknown[2] ?? '' }, { span });
      return diagnose('JINJA_TYPE', { kind: error.kind, problem }, { span });
    }
  }
}

function warningDiagnostic(warning: Warning, environment: JinjaEnvironment): Diagnostic {
  const span = lineSpan(
    warning.template as RepoPath,
    warning.line,
    warning.kind === 'changes-macro' ? undefined : warning.name,
    environment,
  );
  switch (warning.kind) {
    case 'prints-builtin':
      return diagnose('JINJA_PRINTS_BUILTIN', { name: warning.name }, { span });
    case 'changes-macro':
      return diagnose('JINJA_MACRO_CHANGED', { macro: warning.name, operation: warning.operation }, { span });
    case 'prints-undefined':
      return diagnose('JINJA_PRINTS_UNDEFINED', { name: warning.name, stays: warning.stays }, { span });
  }
}
