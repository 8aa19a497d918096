import { narrowProvenance } from '../../ir/narrow-provenance.ts';
import type { TextPart, TextValue } from '../../ir/value.ts';
import { HOLE } from '../shell/text-with-holes.ts';

/** A text as one string, run-time parts as one HOLE each, so that a macro is found also where it spans parts. */
export interface FlatText {
  readonly text: string;
  /** The parts of the characters [start, end); a variable that is cut through becomes literal text. */
  cut(start: number, end: number): readonly TextPart[];
}

export function flatten(value: TextValue): FlatText {
  const spans: { readonly start: number; readonly end: number; readonly part: TextPart }[] = [];
  let text = '';
  for (const part of value.parts) {
    const own = part.kind === 'runtime' ? HOLE : part.text;
    spans.push({ start: text.length, end: text.length + own.length, part });
    text += own;
  }
  const cut = (start: number, end: number): readonly TextPart[] =>
    spans.flatMap(({ start: from, end: to, part }) => {
      if (to <= start || from >= end) return [];
      if (part.kind === 'runtime' || (from >= start && to <= end)) return [part];
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      const origin =
        part.kind === 'literal' ? narrowProvenance(part.from, part.text, first - from, last - from) : part.from;
      return [{ kind: 'literal' as const, text: text.slice(first, last), from: origin }];
    });
  return { text, cut };
}
