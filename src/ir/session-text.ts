import { digitsOf } from './format-width.ts';
import type { FormatPart, SessionExpr } from './session-expr.ts';

/** JavaScript's `slice` of a session text; a cut at the borders of format fields is a shorter format. */
export function sliceSession(of: SessionExpr, from: number, to?: number): SessionExpr {
  const total = widthOf(of);
  if (total === undefined) return to === undefined ? { kind: 'slice', of, from } : { kind: 'slice', of, from, to };
  const clamp = (index: number): number => (index < 0 ? Math.max(0, total + index) : Math.min(index, total));
  const [start, end] = [clamp(from), clamp(to ?? total)];
  if (start >= end) return { kind: 'text', text: '' };
  if (start === 0 && end === total) return of;
  const shorter = of.kind === 'format' ? cut(of.pattern, start, end) : undefined;
  if (shorter !== undefined && of.kind === 'format') return { ...of, pattern: shorter };
  return { kind: 'slice', of, from: start, to: end };
}

/** The number of characters of a session text, where it is always the same. */
export function widthOf(of: SessionExpr): number | undefined {
  if (of.kind === 'text') return of.text.length;
  if (of.kind !== 'format') return undefined;
  let total = 0;
  for (const part of of.pattern) {
    const width = partWidth(part);
    if (width === undefined) return undefined;
    total += width;
  }
  return total;
}

function partWidth(part: FormatPart): number | undefined {
  if (part.kind === 'literal') return part.text.length;
  return part.token === 'Z' ? 6 : part.token === 'ZZ' ? 5 : digitsOf(part);
}

function cut(pattern: readonly FormatPart[], start: number, end: number): readonly FormatPart[] | undefined {
  const kept: FormatPart[] = [];
  let at = 0;
  for (const part of pattern) {
    const width = partWidth(part) ?? 0;
    const [from, to] = [Math.max(start, at) - at, Math.min(end, at + width) - at];
    if (part.kind === 'literal') {
      if (from < to) kept.push({ kind: 'literal', text: part.text.slice(from, to) });
    } else if (from < to && (from > 0 || to < width)) return undefined;
    else if (from < to) kept.push(part);
    at += width;
  }
  return kept;
}

/** JavaScript's `replace` with a fixed text; where only the literals of a format can hold it, it is another format. */
export function replaceSession(of: SessionExpr, search: string, by: string, all: boolean): SessionExpr {
  if (of.kind === 'text')
    return { kind: 'text', text: all ? of.text.replaceAll(search, () => by) : of.text.replace(search, () => by) };
  if (of.kind !== 'format' || search === '' || !outsideTokens(of.pattern, search))
    return { kind: 'replace', of, search, by, all };
  const pattern: FormatPart[] = [];
  let done = false;
  for (const part of of.pattern) {
    if (part.kind === 'token' || (done && !all) || !part.text.includes(search)) {
      pattern.push(part);
      continue;
    }
    done = true;
    const text = all ? part.text.replaceAll(search, () => by) : part.text.replace(search, () => by);
    if (text !== '') pattern.push({ kind: 'literal', text });
  }
  return { ...of, pattern };
}

/** JavaScript's `split`: one format for each piece; undefined where the separator may stand inside a field. */
export function splitSession(of: SessionExpr, separator: string): readonly SessionExpr[] | undefined {
  if (of.kind !== 'format' || separator === '' || !outsideTokens(of.pattern, separator)) return undefined;
  const pieces: FormatPart[][] = [[]];
  for (const part of of.pattern) {
    if (part.kind === 'token') pieces.at(-1)?.push(part);
    else
      part.text.split(separator).forEach((text, i) => {
        if (i > 0) pieces.push([]);
        if (text !== '') pieces.at(-1)?.push({ kind: 'literal', text });
      });
  }
  return pieces.map((pattern) => (pattern.length === 0 ? { kind: 'text', text: '' } : { ...of, pattern }));
}

/** True where the text can only be found within one literal of the format, never in or across a field. */
function outsideTokens(pattern: readonly FormatPart[], text: string): boolean {
  if (/[0-9]/.test(text)) return false;
  // Names (`Jan`, `Tue`, `am`) and signs of offsets are letters and signs; the other fields are digits.
  if (
    pattern.every(
      (part) => part.kind === 'literal' || digitsOf(part) !== undefined || /^(?:[MDHhkmsQdeEwW]|DDD)$/.test(part.token),
    )
  )
    return true;
  return (
    pattern.every((part) => part.kind === 'literal' || digitsOf(part) !== undefined || /^ZZ?$/.test(part.token)) &&
    !/[-+:0-9]/.test(text)
  );
}
