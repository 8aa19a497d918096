import { assertNever } from '../core/assert-never.ts';
import { diagnose } from '../core/diagnose.ts';
import type { Diagnostic, DiagnosticSink } from '../core/diagnostic.ts';
import { messageOf } from '../core/messages.ts';
import type { RepoPath, SourceSpan } from '../core/source.ts';
import type { Provenance, TextPart, Value } from '../ir/value.ts';
import { readManifest } from '../yaml/kubectl.ts';
import type { YamlEntry, YamlNode, YamlScalar } from '../yaml/node.ts';
import { clockMark, dateAt } from './clock/render-clock.ts';
import { clockParts, readAs } from './clock-parts.ts';
import { type Rendered, type RenderedRun, samples, withDates } from './render.ts';
import { leafProvenance, leavesOf, RunFinder } from './rendered-runs.ts';
import { scalarPositions } from './scalar-positions.ts';
import type { Leaf } from './values/value.ts';

/** The documents of a rendered manifest, as kubectl reads them; each text knows which characters came from which variable. */
export function renderedToValues(rendered: Rendered, name: RepoPath, sink: DiagnosticSink): readonly Value[] {
  const converter = new Converter(rendered, name, sink);
  const nodes = readManifest(
    { path: name, text: rendered.text },
    { add: (diagnostic) => sink.add(converter.inTemplate(diagnostic)) },
  );
  return nodes.map((node) => converter.value(node, []));
}

class Converter {
  readonly #finder: RunFinder;
  readonly #rendered: Rendered;
  readonly #name: RepoPath;
  readonly #sink: DiagnosticSink;

  constructor(rendered: Rendered, name: RepoPath, sink: DiagnosticSink) {
    this.#sink = sink;
    this.#rendered = rendered;
    this.#finder = new RunFinder(rendered);
    this.#name = name;
  }

  /** A finding about the rendered text, at the place in the template that made this text. */
  inTemplate(diagnostic: Diagnostic): Diagnostic {
    const { span } = diagnostic;
    if (span === undefined) return diagnostic;
    const place = this.#templateSpan(span.start.offset, span.end.offset);
    if (diagnostic.severity === 'error')
      return diagnose(
        'JINJA_RENDERED_NOT_YAML',
        { problem: messageOf(diagnostic), template: this.#name },
        { span: place },
      );
    return { ...diagnostic, span: place };
  }

  #templateSpan(start: number, end: number): SourceSpan {
    const runs = this.#finder.overlapping(start, Math.max(end, start + 1));
    const run = runs.find((candidate) => candidate.end > candidate.start) ?? runs[0] ?? this.#rendered.runs.at(-1);
    if (run !== undefined) return this.#finder.spanOf(run, start, end);
    const point = { offset: 0, line: 1, col: 1 };
    return { file: this.#name, start: point, end: point };
  }

  /** `control` is what decides that the place exists, such as an `if` around its key. */
  value(node: YamlNode, control: readonly Provenance[], comment?: string): Value {
    const { start, end } = node.span;
    const own = this.#finder.overlapping(start.offset, start.offset + 1);
    const shared = { ...(comment === undefined ? {} : { comment }) };
    switch (node.kind) {
      case 'list': {
        const items = node.items.map((item) => this.value(item, []));
        const gaps = this.#gaps(
          node,
          node.items.map((item) => [item.span.start.offset, item.span.end.offset]),
        );
        return {
          kind: 'list',
          items,
          from: this.#literal(start.offset, end.offset, own),
          control: merge(control, this.#finder.controlOf(gaps)),
          ...shared,
        };
      }
      case 'map': {
        const entries = new Map(node.entries.map((entry) => [entry.key, this.#entry(entry)]));
        const gaps = this.#gaps(
          node,
          node.entries.map((entry) => [entry.keySpan.start.offset, entry.value.span.end.offset]),
        );
        return {
          kind: 'map',
          entries,
          from: this.#literal(start.offset, end.offset, own),
          control: merge(control, merge(this.#finder.controlOf(own), this.#finder.controlOf(gaps))),
          ...shared,
        };
      }
      case 'string': {
        const runs = this.#finder.overlapping(start.offset, end.offset);
        const parts = clockParts(this.#parts(node, node.value, runs), this.#rendered.dates);
        if (node.style === 'plain' && this.#rendered.dates.length > 0) this.#checkPlain(node);
        return {
          kind: 'text',
          parts,
          from: this.#derived(start.offset, end.offset, runs),
          control: merge(control, this.#finder.controlOf(runs)),
          ...shared,
        };
      }
      case 'date':
      case 'null':
      case 'int':
      case 'float':
      case 'bool': {
        const runs = this.#finder.overlapping(start.offset, end.offset);
        const from = this.#derived(start.offset, end.offset, runs);
        const all = merge(control, this.#finder.controlOf(runs));
        if (node.kind === 'date')
          return { kind: 'text', parts: [{ kind: 'literal', text: node.value, from }], from, control: all, ...shared };
        return { kind: 'scalar', value: node.kind === 'null' ? null : node.value, from, control: all, ...shared };
      }
      default:
        return assertNever(node);
    }
  }

  /** Without quotes a date may read as a number, which it would not do as a parameter. */
  #checkPlain(node: YamlScalar): void {
    if (node.kind !== 'string' || !clockMark.test(node.value)) return;
    for (const seconds of samples) {
      const kind = readAs(
        withDates(node.value, this.#rendered.dates, (date) => dateAt(date, seconds, 'UTC')),
        this.#name,
      );
      if (kind === undefined) continue;
      const span = this.#templateSpan(node.span.start.offset, node.span.end.offset);
      this.#sink.add(
        diagnose('JINJA_CLOCK_OPERATION', { operation: `reading it as ${kind}, without quotes,` }, { span }),
      );
      return;
    }
  }

  #entry(entry: YamlEntry): Value {
    const { start, end } = entry.keySpan;
    if (clockMark.test(entry.key))
      this.#sink.add(
        diagnose(
          'JINJA_CLOCK_OPERATION',
          { operation: 'a key' },
          { span: this.#templateSpan(start.offset, end.offset) },
        ),
      );
    const runs = wide(this.#finder.overlapping(start.offset, end.offset), start.offset, end.offset);
    return this.value(entry.value, this.#finder.controlOf(runs), entry.comment);
  }

  /** Runs of no width between the children: what an `if` that was not taken would have brought. */
  #gaps(
    node: YamlNode & { readonly kind: 'list' | 'map' },
    children: readonly (readonly [number, number])[],
  ): readonly RenderedRun[] {
    const { start, end } = node.span;
    const empty = this.#finder.overlapping(start.offset, end.offset).filter((run) => run.start === run.end);
    return empty.filter((run) => !children.some(([from, to]) => run.start > from && run.start < to));
  }

  #literal(start: number, end: number, runs: readonly RenderedRun[]): Provenance {
    const [run] = runs;
    const span = run === undefined ? this.#templateSpan(start, end) : this.#finder.spanOf(run, start, end);
    return { via: 'jinja', span, template: span.file, inputs: [] };
  }

  #derived(start: number, end: number, runs: readonly RenderedRun[]): Provenance {
    const span = this.#templateSpan(start, end);
    const variable = runs.find((run) => run.data.length > 0);
    return {
      via: 'jinja',
      span: variable?.span ?? span,
      template: (variable?.span ?? span).file,
      inputs: leavesOf(runs).map(leafProvenance),
    };
  }

  /** Splits a text where its origin changes; where positions are not certain, it stays one part that depends on everything. */
  #parts(node: YamlScalar, value: string, runs: readonly RenderedRun[]): readonly TextPart[] {
    const base = node.span.start.offset;
    const source = this.#rendered.text.slice(base, node.span.end.offset);
    const positions = scalarPositions(source, node.style ?? 'plain', value);
    if (positions === undefined)
      return [this.#part(value, runs, node.span.start.offset, node.span.end.offset)].filter(
        (part) => part !== undefined,
      );
    const parts: TextPart[] = [];
    let from = 0;
    let current: readonly RenderedRun[] = [];
    const flush = (to: number): void => {
      const [start, end] = [positions[from]?.[0] ?? 0, positions[to - 1]?.[1] ?? 0];
      const part = to > from ? this.#part(value.slice(from, to), current, base + start, base + end) : undefined;
      if (part !== undefined) parts.push(part);
      from = to;
    };
    const pending = runs.filter((run) => run.start === run.end && run.data.length > 0);
    positions.forEach(([start, end], at) => {
      while (pending[0] !== undefined && pending[0].start <= base + start) {
        flush(at);
        const empty = pending.shift();
        if (empty !== undefined) parts.push(variablePart('', [empty]));
      }
      const here = wide(runs, base + start, base + end);
      if (same(here, current) && at > 0) return;
      flush(at);
      current = here;
    });
    flush(value.length);
    for (const empty of pending) parts.push(variablePart('', [empty]));
    return parts;
  }

  #part(text: string, runs: readonly RenderedRun[], start: number, end: number): TextPart | undefined {
    if (runs.some((run) => run.data.length > 0)) return variablePart(text, runs);
    if (text === '') return undefined;
    return {
      kind: 'literal',
      text,
      from: this.#literal(
        start,
        end,
        runs.filter((run) => run.end > run.start),
      ),
    };
  }
}

function variablePart(text: string, runs: readonly RenderedRun[]): TextPart {
  const leaves = leavesOf(runs);
  const run = runs.find((candidate) => candidate.data.length > 0) ?? runs[0];
  const span = run?.span ?? {
    file: '' as RepoPath,
    start: { offset: 0, line: 1, col: 1 },
    end: { offset: 0, line: 1, col: 1 },
  };
  const from: Provenance = { via: 'jinja', span, template: span.file, inputs: leaves.map(leafProvenance) };
  const variable = leaves.map((leaf) => leaf.path).join('+');
  return leaves.some((leaf) => sharesText(leaf, text))
    ? { kind: 'variable', text, variable, from }
    : { kind: 'variable', text, variable, chosen: true, from };
}

/** Whether a text may have been made from the value of a variable, whole or in part, and not only been chosen by it. */
function sharesText(leaf: Leaf, text: string): boolean {
  if (leaf.text === undefined || leaf.text === '' || text === '') return true;
  const [own, shown] = [leaf.text.toLowerCase(), text.toLowerCase()];
  return own.includes(shown) || shown.includes(own);
}

/** The runs that hold the characters [start, end) of one decoded unit. */
function wide(runs: readonly RenderedRun[], start: number, end: number): readonly RenderedRun[] {
  return runs.filter((run) => run.end > run.start && run.start < end && run.end > start);
}

function same(a: readonly RenderedRun[], b: readonly RenderedRun[]): boolean {
  return a.length === b.length && a.every((run, at) => run === b[at]);
}

function merge(a: readonly Provenance[], b: readonly Provenance[]): readonly Provenance[] {
  return b.length === 0 ? a : a.length === 0 ? b : [...new Set([...a, ...b])];
}
