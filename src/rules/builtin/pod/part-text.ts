import type { TextPart } from '../../../ir/value.ts';

/** A text with parts as one string, in which every part that is no literal is one placeholder character. */
export interface PartText {
  readonly text: string;
  /** The parts between two offsets of `text`. */
  slice(start: number, end: number): readonly TextPart[];
  /** The variable or run-time part at an offset; undefined for a literal character. */
  partAt(offset: number): Exclude<TextPart, { kind: 'literal' }> | undefined;
}

/** A letter to every reader of shell text, and in no real manifest. */
export const PLACEHOLDER = '\uE000';

interface Run {
  readonly start: number;
  readonly end: number;
  readonly part: TextPart;
}

export function partText(parts: readonly TextPart[]): PartText {
  const runs: Run[] = [];
  let text = '';
  for (const part of parts) {
    const shown = part.kind === 'literal' ? part.text : PLACEHOLDER;
    runs.push({ start: text.length, end: text.length + shown.length, part });
    text += shown;
  }
  return {
    text,
    slice: (start, end) => runs.flatMap((run) => cut(run, start, end)),
    partAt: (offset) => partAt(runs, offset),
  };
}

function cut({ start, end, part }: Run, from: number, to: number): readonly TextPart[] {
  const first = Math.max(start, from);
  const last = Math.min(end, to);
  if (first >= last) return [];
  if (part.kind !== 'literal') return [part];
  return [{ ...part, text: part.text.slice(first - start, last - start) }];
}

function partAt(runs: readonly Run[], offset: number): Exclude<TextPart, { kind: 'literal' }> | undefined {
  const run = runs.find(({ start, end }) => start <= offset && offset < end);
  return run === undefined || run.part.kind === 'literal' ? undefined : run.part;
}
