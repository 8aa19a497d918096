import type { Template } from '../analyze.ts';
import type { Library } from '../library.ts';
import { RichBuilder, rich } from '../tags/rich.ts';
import { bare, note, peek, union } from '../tags/tracker.ts';
import { PyError, typeError } from '../values/error.ts';
import { checkSize, maxDepth, maxIterations, spend } from '../values/limits.ts';
import { escapeText } from '../values/markup.ts';
import { addressMark, str } from '../values/print.ts';
import { isText, typeName } from '../values/types.ts';
import {
  type CallArgs,
  type Control,
  type Labels,
  Markup,
  noLabels,
  type Origin,
  type Plain,
  PyFunction,
  Tagged,
  Undefined,
  type UndefinedKind,
  type Value,
} from '../values/value.ts';

/** What the interpreter needs from outside while one template and those it includes are rendered. */
export interface RuntimeHost {
  readonly undefinedKind: UndefinedKind;
  /** Parsed and analysed; undefined where no such template exists. */
  template(name: string): Template | undefined;
  /** A variable of the context. */
  variable(name: string): Value | undefined;
  readonly library: Library;
  /** Something that is legal and surely not meant. */
  warn(warning: Warning): void;
}

export type Warning = {
  readonly name: string;
  readonly template: string;
  readonly line: number;
} & (
  | { readonly kind: 'prints-builtin' }
  /** `stays`: DebugUndefined leaves the tag in the text. */
  | { readonly kind: 'prints-undefined'; readonly stays: boolean }
  | { readonly kind: 'changes-macro'; readonly operation: string }
);

/** How filters such as map() reach the other filters and tests. */
export interface NamedCalls {
  filter(runtime: Runtime, name: Value, value: Value, args: CallArgs): Value;
  test(runtime: Runtime, name: Value, value: Value, args: CallArgs): boolean;
}

/** The state of one rendering. */
export class Runtime {
  readonly host: RuntimeHost;
  /** Whether values carry tags and output is recorded in runs. */
  readonly tracking: boolean;
  /** Line and template being executed: where an error that is thrown now belongs. */
  line = 1;
  template = '';
  control: readonly Control[] = [];
  autoescape = false;
  readonly modules = new Map<string, Value>();
  /** Where an address was printed first. */
  address: { readonly line: number; readonly template: string } | undefined;
  readonly #calls: NamedCalls;
  #depth = 0;
  #iterations = 0;

  constructor(host: RuntimeHost, tracking: boolean, calls: NamedCalls) {
    this.host = host;
    this.tracking = tracking;
    this.#calls = calls;
  }

  callFilter(name: Value, value: Value, args: CallArgs): Value {
    spend(1);
    return this.#calls.filter(this, name, value, args);
  }

  callTest(name: Value, value: Value, args: CallArgs): boolean {
    spend(1);
    return this.#calls.test(this, name, value, args);
  }

  undefined(details: ConstructorParameters<typeof Undefined>[1]): Undefined {
    return new Undefined(this.host.undefinedKind, details);
  }

  /** Runs a template function (macro, block, include); on the way back the caller's line holds again. */
  enter<T>(template: string, line: number, body: () => T): T {
    const outer = { line: this.line, template: this.template };
    this.#depth += 1;
    spend(100);
    if (this.#depth > maxDepth) throw new PyError('RecursionError', 'maximum recursion depth exceeded');
    this.template = template;
    this.line = line;
    const result = body();
    this.#depth -= 1;
    this.line = outer.line;
    this.template = outer.template;
    return result;
  }

  countIteration(): void {
    this.#iterations += 1;
    if (this.#iterations > maxIterations) throw new PyError('LimitError', `more than ${maxIterations} loop iterations`);
  }

  /** Runs a body that exists only because of `control`. */
  under<T>(control: Control, body: () => T): T {
    const outer = this.control;
    this.control = [...outer, control];
    const result = body();
    this.control = outer;
    return result;
  }

  /** What decides that the current statement runs at all. */
  controlLabels(): Labels {
    let labels: Labels = noLabels;
    for (const control of this.control) labels = union(labels, control.labels);
    return labels;
  }
}

/** Where a template writes: the file, or the text of a macro, set block or filter block. */
export class Output {
  readonly #runtime: Runtime;
  readonly #builder = new RichBuilder();
  #noText: string | undefined;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Literal text of the template. */
  data(text: string, origin: Origin): void {
    if (this.#runtime.tracking) this.#builder.addRun(text, noLabels, this.#runtime.control, origin);
    else this.#builder.addText(text);
    checkSize(this.#builder.length);
  }

  /** What a filter or call block gives is not made a text: anything else breaks the text it would be part of. */
  printText(value: Value, origin: Origin): void {
    const plain = bare(value);
    if (!isText(plain)) this.#noText ??= typeName(plain);
    this.print(value, origin);
  }

  #addText(text: string): void {
    this.#noteAddress(text);
    this.#builder.addText(text);
  }

  #noteAddress(text: string): void {
    const runtime = this.#runtime;
    if (runtime.address === undefined && text.includes(addressMark))
      runtime.address = { line: runtime.line, template: runtime.template };
  }

  /** Something that is no text and breaks the text it would be part of, once that is put together. */
  addObject(type: string): void {
    this.#noText ??= type;
  }

  /** The value of a print tag, as str() or, in autoescape, escape() gives it. */
  print(value: Value, origin: Origin): void {
    if (typeof value === 'object') this.#warn(bare(value));
    if (typeof value === 'string' && !this.#runtime.tracking && !this.#runtime.autoescape) this.#addText(value);
    else if (!this.#runtime.tracking) this.#addText(this.#runtime.autoescape ? escaped(value) : str(value));
    else this.#printTracked(value, origin);
    checkSize(this.#builder.length);
  }

  /** Legal, and surely not meant: the class `namespace` in a manifest, or a misspelt name that prints nothing. */
  #warn(plain: Plain): void {
    const { host, line, template } = this.#runtime;
    if (plain instanceof PyFunction && plain.type === 'type')
      host.warn({ kind: 'prints-builtin', name: plain.name, line, template });
    if (!(plain instanceof Undefined) || plain.kind === 'strict' || plain.hint !== undefined) return;
    if (typeof plain.name === 'string')
      host.warn({ kind: 'prints-undefined', name: plain.name, stays: host.undefinedKind === 'debug', line, template });
  }

  #printTracked(value: Value, origin: Origin): void {
    const shown = this.#runtime.autoescape ? taggedEscape(value) : value;
    const text = rich(shown);
    this.#noteAddress(text.text);
    if (shown instanceof Tagged) note(shown.labels);
    const control = this.#runtime.control;
    let at = 0;
    for (const run of text.runs) {
      if (run.start > at) this.#builder.addRun(text.text.slice(at, run.start), noLabels, control, origin);
      this.#builder.addRun(
        text.text.slice(run.start, run.end),
        run.data,
        joinControl(control, run.control),
        run.origin ?? origin,
      );
      at = run.end;
    }
    if (at < text.text.length || text.runs.length === 0)
      this.#builder.addRun(text.text.slice(at), noLabels, control, origin);
  }

  /** Marks a place where other values would bring text. */
  mark(control: Control): void {
    if (control.labels.size > 0)
      this.#builder.addRun('', noLabels, [...this.#runtime.control, control], control.origin);
  }

  /** All that was written. */
  value(): Value {
    if (this.#noText !== undefined) throw typeError(`expected str instance, ${this.#noText} found`);
    const built = this.#builder.build();
    if (!this.#runtime.tracking) return built.text;
    let labels: Labels = noLabels;
    for (const run of built.runs) {
      labels = union(labels, run.data);
      for (const control of run.control) labels = union(labels, control.labels);
    }
    return new Tagged(built.text, labels, built.runs);
  }

  /** As `value`, as Markup where escaping is on. */
  captured(): Value {
    const value = this.value();
    return this.#runtime.autoescape ? new Markup(str(value)) : value;
  }
}

function escaped(value: Value): string {
  const plain = peek(value);
  return isText(plain) ? escapeText(plain) : escapeText(str(plain));
}

function taggedEscape(value: Value): Value {
  const text = escaped(value);
  return value instanceof Tagged ? new Tagged(text, value.labels) : text;
}

function joinControl(outer: readonly Control[], inner: readonly Control[]): readonly Control[] {
  if (inner.length === 0 || inner === outer) return outer;
  if (outer.length === 0) return inner;
  return [...outer, ...inner.filter((control) => !outer.includes(control))];
}

/** How a body ended. */
export type Flow = 'done' | 'break' | 'continue';
