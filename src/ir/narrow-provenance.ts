import type { Point } from '../core/source.ts';
import type { Provenance } from './value.ts';

/** Provenance of the characters [start, end) of a text that stands in its file as it is; unchanged where it does not. */
export function narrowProvenance(from: Provenance, text: string, start: number, end: number): Provenance {
  if (from.via !== 'literal') return from;
  const { span } = from;
  if (span.end.offset - span.start.offset !== text.length) return from;
  return {
    via: 'literal',
    span: { file: span.file, start: pointIn(span.start, text, start), end: pointIn(span.start, text, end) },
  };
}

function pointIn(first: Point, text: string, at: number): Point {
  const before = text.slice(0, at);
  const newline = before.lastIndexOf('\n');
  if (newline < 0) return { offset: first.offset + at, line: first.line, col: first.col + at };
  const lines = before.split('\n').length - 1;
  return { offset: first.offset + at, line: first.line + lines, col: at - newline };
}
