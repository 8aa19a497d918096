import { indexLines, type SourceFile, type SourceSpan } from '../../core/source.ts';
import { narrowProvenance } from '../../ir/narrow-provenance.ts';
import { spanOf } from '../../ir/read-value.ts';
import type { Provenance, TextPart, TextValue } from '../../ir/value.ts';

/** Stands in a text for one part that is no literal. */
export const HOLE = '\uE000';

/** A text as one string, in which one HOLE stands for each variable or run-time part; `holes` says by offset which. */
export interface TextWithHoles {
  readonly text: string;
  readonly holes: ReadonlyMap<number, TextPart>;
  /** Provenance of the characters [start, end). */
  from(start: number, end: number): Provenance;
  span(start: number, end: number): SourceSpan;
}

export function fileText(file: SourceFile): TextWithHoles {
  const lines = indexLines(file);
  const span = (start: number, end: number): SourceSpan => lines.span(start, end);
  return {
    text: file.text,
    holes: new Map(),
    span,
    from: (start, end) => ({ via: 'literal', span: span(start, end) }),
  };
}

/** `flat` tells which parts are written out, because their text means something to the reader of the string. */
export function withHoles(
  value: TextValue,
  fallback: SourceSpan,
  flat: (part: TextPart) => boolean = () => false,
): TextWithHoles {
  let text = '';
  const holes = new Map<number, TextPart>();
  const starts: { readonly at: number; readonly part: TextPart }[] = [];
  for (const part of value.parts) {
    starts.push({ at: text.length, part });
    if (part.kind === 'literal' || (part.kind === 'variable' && flat(part))) text += part.text;
    else {
      holes.set(text.length, part);
      text += HOLE;
    }
  }
  const from = (start: number, end: number): Provenance => {
    const found = starts.findLast((entry) => entry.at <= start);
    if (found === undefined) return value.from;
    const { at, part } = found;
    if (part.kind !== 'literal') return part.from;
    return narrowProvenance(part.from, part.text, start - at, Math.min(end - at, part.text.length));
  };
  return { text, holes, from, span: (start, end) => spanOf(from(start, end)) ?? fallback };
}

/** The parts of the characters [start, end): literals cut, holes whole. */
export function slice(source: TextWithHoles, start: number, end: number): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    const hole = at < end ? source.holes.get(at) : undefined;
    if (at < end && hole === undefined) continue;
    if (at > from) parts.push({ kind: 'literal', text: source.text.slice(from, at), from: source.from(from, at) });
    if (hole !== undefined) parts.push(hole);
    from = at + 1;
  }
  return parts;
}
