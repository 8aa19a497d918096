import { PyDict } from '../values/dict.ts';
import { checkSize, spend } from '../values/limits.ts';
import { repr, str } from '../values/print.ts';
import {
  type Control,
  type Labels,
  Markup,
  noLabels,
  type Origin,
  type Plain,
  PyList,
  PyTuple,
  type Run,
  Tagged,
  type Value,
} from '../values/value.ts';
import { firstRunAt } from './first-run.ts';
import { beginOperation, endOperation, tag, union } from './tracker.ts';

/** A text that knows where each character came from; the operations below keep that knowledge exact. */
export interface Rich {
  readonly text: string;
  readonly runs: readonly Run[];
}

const noRuns: readonly Run[] = [];

/** `str(value)` with the tags of its parts, nothing noted. */
export function rich(value: Value): Rich {
  if (typeof value === 'string') return { text: value, runs: noRuns };
  if (value instanceof Tagged) {
    const text = value.value instanceof Markup ? value.value.text : value.value;
    if (typeof text === 'string') return { text, runs: value.runs ?? [wholeRun(text, value.labels)] };
    const inner = rich(value.value);
    return tagRich(inner, value.labels);
  }
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDict) return richRepr(value);
  const outer = beginOperation();
  const text = str(value);
  return tagRich({ text, runs: noRuns }, endOperation(outer));
}

/** repr() of a container, each item with its own tags. */
function richRepr(value: Value, around: readonly Plain[] = []): Rich {
  const plain = value instanceof Tagged ? value.value : value;
  if (value instanceof Tagged) return tagRich(richRepr(value.value, around), value.labels);
  if (!(plain instanceof PyList || plain instanceof PyTuple || plain instanceof PyDict)) {
    const outer = beginOperation();
    const text = repr(value);
    return tagRich({ text, runs: noRuns }, endOperation(outer));
  }
  spend(1);
  const inside = [...around, plain];
  const builder = new RichBuilder();
  const shape = plain instanceof PyTuple ? noLabels : plain.shape;
  const punctuation = (text: string): void =>
    shape.size === 0 ? builder.addText(text) : builder.addRun(text, shape, [], undefined);
  if (plain instanceof PyDict) {
    punctuation('{');
    plain.pairs().forEach(([key, item], at) => {
      if (at > 0) punctuation(', ');
      builder.add(richItem(key, inside));
      builder.addText(': ');
      builder.add(richItem(item, inside));
    });
    punctuation('}');
  } else {
    punctuation(plain instanceof PyList ? '[' : '(');
    plain.items.forEach((item, at) => {
      if (at > 0) punctuation(', ');
      builder.add(richItem(item, inside));
    });
    punctuation(plain instanceof PyList ? ']' : plain.items.length === 1 ? ',)' : ')');
  }
  return builder.build();
}

/** A container that holds itself shows dots there. */
function richItem(item: Value, around: readonly Plain[]): Rich {
  const plain = item instanceof Tagged ? item.value : item;
  if (!around.includes(plain)) return richRepr(item, around);
  return { text: plain instanceof PyDict ? '{...}' : plain instanceof PyTuple ? '(...)' : '[...]', runs: noRuns };
}

function wholeRun(text: string, labels: Labels): Run {
  return { start: 0, end: text.length, data: labels, control: [], origin: undefined };
}

function tagRich(of: Rich, labels: Labels): Rich {
  if (labels.size === 0) return of;
  const tagged = tag(new Tagged(of.text, noLabels, of.runs), labels);
  return { text: of.text, runs: tagged instanceof Tagged ? (tagged.runs ?? noRuns) : noRuns };
}

export function fromRich(of: Rich): Value {
  return of.runs.length === 0 ? of.text : new Tagged(of.text, labelsOf(of.runs), of.runs);
}

/** A str result as Markup, keeping its tags. */
export function asMarkup(value: Value): Value {
  const text = value instanceof Tagged ? value.value : value;
  const marked = new Markup(typeof text === 'string' ? text : '');
  return value instanceof Tagged ? new Tagged(marked, value.labels, value.runs) : marked;
}

function labelsOf(runs: readonly Run[]): Labels {
  let labels: Labels = noLabels;
  for (const run of runs) {
    labels = union(labels, run.data);
    for (const control of run.control) labels = union(labels, control.labels);
  }
  return labels;
}

/** Collects text piece by piece; both the output of a template and the result of a text operation. */
export class RichBuilder {
  readonly #pieces: string[] = [];
  readonly #runs: Run[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Rich): void {
    const shift = this.#length;
    for (const run of piece.runs)
      this.#runs.push(shift === 0 ? run : { ...run, start: run.start + shift, end: run.end + shift });
    this.addText(piece.text);
  }

  addText(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
    checkSize(this.#length);
  }

  addRun(text: string, data: Labels, control: readonly Control[], origin: Origin | undefined): void {
    this.#runs.push({ start: this.#length, end: this.#length + text.length, data, control, origin });
    this.addText(text);
  }

  build(): Rich {
    return { text: this.#pieces.join(''), runs: this.#runs };
  }
}

export function concatRich(pieces: readonly Rich[]): Rich {
  const builder = new RichBuilder();
  for (const piece of pieces) builder.add(piece);
  return builder.build();
}

export function sliceRich(of: Rich, start: number, end: number): Rich {
  const text = of.text.slice(start, end);
  if (of.runs.length === 0) return { text, runs: noRuns };
  const runs: Run[] = [];
  for (let at = firstRunAt(of.runs, start); at < of.runs.length; at += 1) {
    const run = of.runs[at];
    if (run === undefined || run.start > end) break;
    const from = Math.max(run.start, start);
    const to = Math.min(run.end, end);
    if (from < to || run.start === run.end) runs.push({ ...run, start: from - start, end: Math.max(from, to) - start });
  }
  return { text, runs };
}

/** The text changed character by character; where lengths differ, everything depends on everything. */
export function mapRich(of: Rich, change: (text: string) => string): Rich {
  const text = change(of.text);
  if (of.runs.length === 0) return { text, runs: noRuns };
  if (text.length === of.text.length) return { text, runs: of.runs };
  return coarse(text, of.runs);
}

/** A text that depends on all of `runs` in every character. */
export function coarse(text: string, runs: readonly Run[]): Rich {
  if (runs.length === 0) return { text, runs: noRuns };
  return {
    text,
    runs: [
      {
        start: 0,
        end: text.length,
        data: labelsOf(runs),
        control: runs.flatMap((run) => run.control),
        origin: undefined,
      },
    ],
  };
}

/** A new text that stands because of what is in [start, end) of `of`, such as the indentation behind a line end. */
export function besideRich(text: string, of: Rich, start: number, end: number): Rich {
  const runs = sliceRich(of, start, end).runs;
  const [first] = runs;
  if (first === undefined) return { text, runs: noRuns };
  let data: Labels = noLabels;
  for (const run of runs) data = union(data, run.data);
  const control = runs.every((run) => run.control === first.control)
    ? first.control
    : [...new Set(runs.flatMap((run) => run.control))];
  return { text, runs: [{ start: 0, end: text.length, data, control, origin: first.origin }] };
}

/** Neighbours that a text operation cut out of one run become one run again. */
export function joinRuns(of: Rich): Rich {
  const runs: Run[] = [];
  for (const run of of.runs) {
    const last = runs.at(-1);
    const one =
      last !== undefined &&
      last.end === run.start &&
      last.origin === run.origin &&
      last.data === run.data &&
      last.control === run.control;
    if (one) runs[runs.length - 1] = { ...last, end: run.end };
    else runs.push(run);
  }
  return { text: of.text, runs };
}

/** What [start, end) of `of` depends on, as runs of no width: for text that was cut off. */
export function tracesOf(of: Rich, start: number, end: number): Rich {
  const runs = sliceRich(of, start, end).runs.filter((run) => run.data.size > 0 || run.control.length > 0);
  return { text: '', runs: runs.map((run) => ({ ...run, start: 0, end: 0 })) };
}

export function richLabels(of: Rich): Labels {
  return labelsOf(of.runs);
}
