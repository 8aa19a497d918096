import type { Point, SourceSpan } from '../core/source.ts';
import type { Provenance } from '../ir/value.ts';
import type { Leaf, Rendered, RenderedControl, RenderedRun } from './render.ts';
import { firstRunAt } from './tags/first-run.ts';

/** Finds the runs of a rendered text by offset, and tells where they came from. */
export class RunFinder {
  readonly #rendered: Rendered;
  readonly #controls = new Map<RenderedControl, Provenance>();

  constructor(rendered: Rendered) {
    this.#rendered = rendered;
  }

  /** Runs that share a character with [start, end), and runs of no width inside or at its edges. */
  overlapping(start: number, end: number): readonly RenderedRun[] {
    const { runs } = this.#rendered;
    const found: RenderedRun[] = [];
    for (let at = firstRunAt(runs, start); at < runs.length; at += 1) {
      const run = runs[at];
      if (run === undefined || run.start > end) break;
      const touches =
        run.start === run.end ? run.start >= start && run.start <= end : run.end > start && run.start < end;
      if (touches) found.push(run);
    }
    return found;
  }

  /** The run that holds the character at an offset. */
  at(offset: number): RenderedRun | undefined {
    return this.overlapping(offset, offset + 1).find((run) => run.start <= offset && run.end > offset);
  }

  /** The template text behind part of a run: exact for literal text, the whole tag otherwise. */
  spanOf(run: RenderedRun, start: number, end: number): SourceSpan {
    const text = this.#rendered.text.slice(run.start, run.end);
    const width = run.span.end.offset - run.span.start.offset;
    const breaks = text.split('\n').length - 1;
    const returns = width - text.length === breaks ? 1 : 0;
    if (run.data.length > 0 || width !== text.length + returns * breaks) return run.span;
    const from = advance(run.span.start, text.slice(0, Math.max(start, run.start) - run.start), returns);
    const to = advance(run.span.start, text.slice(0, Math.min(end, run.end) - run.start), returns);
    return { file: run.span.file, start: from, end: to };
  }

  /** The tags that decide whether any of these runs exists, as far as variables decide. */
  controlOf(runs: readonly RenderedRun[]): readonly Provenance[] {
    const found = new Set<Provenance>();
    for (const run of runs)
      for (const control of run.control) if (control.leaves.length > 0) found.add(this.#controlProvenance(control));
    return [...found];
  }

  #controlProvenance(control: RenderedControl): Provenance {
    const known = this.#controls.get(control);
    if (known !== undefined) return known;
    const made: Provenance = {
      via: 'jinja',
      span: control.span,
      template: control.span.file,
      inputs: control.leaves.map(leafProvenance),
    };
    this.#controls.set(control, made);
    return made;
  }
}

export function leafProvenance(leaf: Leaf): Provenance {
  return { via: 'export', name: leaf.path, span: leaf.span };
}

export function leavesOf(runs: readonly RenderedRun[]): readonly Leaf[] {
  return [...new Set(runs.flatMap((run) => run.data))];
}

/** The point behind `text`; `returns` is 1 where the file has \r\n for each \n. */
function advance(from: Point, text: string, returns: number): Point {
  const last = text.lastIndexOf('\n');
  const breaks = text.split('\n').length - 1;
  const offset = from.offset + text.length + returns * breaks;
  if (last < 0) return { offset, line: from.line, col: from.col + text.length };
  return { offset, line: from.line + breaks, col: text.length - last };
}
