import { indexLines, type SourceFile } from '../core/source.ts';
import { unknownMark } from './custom.ts';
import type { Rendered, RenderedRun } from './render.ts';
import { firstRunAt } from './tags/first-run.ts';

/** A rendering held against the rendered file of the legacy tree. */
export interface ComparedRendering {
  /** The text of the file; lines that both have keep their provenance, the others come from the file. */
  readonly rendered: Rendered;
  readonly differences: readonly LineDifference[];
}

export interface LineDifference {
  /** Empty where the template has no such line. */
  readonly ours: string;
  readonly theirs: string;
  /** Offset of the line in the file. */
  readonly offset: number;
  /** The template's line holds the result of something whose body is not known. */
  readonly unknown: boolean;
}

export function compareWithFile(ours: Rendered, file: SourceFile): ComparedRendering {
  const mine = linesOf(ours.text);
  const theirs = linesOf(file.text);
  const partner = alignLines(
    mine.map((line) => line.text),
    theirs.map((line) => line.text),
  );
  const index = indexLines(file);
  const runs: RenderedRun[] = [];
  const differences: LineDifference[] = [];
  let next = 0;
  theirs.forEach((line, at) => {
    const equal = partner[at];
    if (equal !== undefined) {
      for (let skipped = next; skipped < equal; skipped += 1)
        differences.push(differenceOf(mine[skipped]?.text ?? '', '', line.start));
      next = equal + 1;
      const start = mine[equal]?.start ?? 0;
      runs.push(...runsOf(ours.runs, start, start + line.text.length, line.start - start));
      return;
    }
    const upTo = partner.slice(at).find((each) => each !== undefined) ?? mine.length;
    const mineHere = next < upTo ? (mine[next++]?.text ?? '') : '';
    differences.push(differenceOf(mineHere, line.text, line.start));
    const end = line.start + line.text.length;
    runs.push({ start: line.start, end, span: index.span(line.start, end), data: [], control: [] });
  });
  for (const line of mine.slice(next)) differences.push(differenceOf(line.text, '', file.text.length));
  return { rendered: { text: file.text, runs, dates: [], used: ours.used }, differences };
}

function differenceOf(ours: string, theirs: string, offset: number): LineDifference {
  return { ours: ours.trimEnd(), theirs: theirs.trimEnd(), offset, unknown: ours.includes(unknownMark) };
}

function runsOf(runs: readonly RenderedRun[], start: number, end: number, shift: number): readonly RenderedRun[] {
  const found: RenderedRun[] = [];
  for (let at = firstRunAt(runs, start); at < runs.length; at += 1) {
    const run = runs[at];
    if (run === undefined || run.start > end) break;
    const [from, to] = [Math.max(run.start, start), Math.min(run.end, end)];
    const isEmpty = run.start === run.end && run.start < end;
    if (from < to || isEmpty) found.push({ ...run, start: from + shift, end: Math.max(from, to) + shift });
  }
  return found;
}

interface Line {
  /** With its line end. */
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/[^\n]*\n|[^\n]+$/g)].map((match) => ({ text: match[0], start: match.index }));
}

const maxCells = 4_000_000;

/** For each line of `b` the equal line of `a` in a longest common subsequence. */
function alignLines(a: readonly string[], b: readonly string[]): readonly (number | undefined)[] {
  const partner: (number | undefined)[] = new Array(b.length).fill(undefined);
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) {
    partner[head] = head;
    head += 1;
  }
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) {
    partner[b.length - 1 - tail] = a.length - 1 - tail;
    tail += 1;
  }
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (x.length * y.length > maxCells) return partner;
  const width = y.length + 1;
  const longest = new Uint32Array((x.length + 1) * width);
  for (let i = x.length - 1; i >= 0; i -= 1)
    for (let j = y.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        x[i] === y[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    if (x[i] === y[j]) partner[head + j++] = head + i++;
    else if ((longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return partner;
}
