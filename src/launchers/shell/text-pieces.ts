import { textOf } from '../../ir/build-value.ts';
import { sliceSession, splitSession, widthOf } from '../../ir/session-text.ts';
import type { TextPart, TextValue } from '../../ir/value.ts';

/** The number of characters, where it is the same in every session. */
export function widthOfText(value: TextValue): number | undefined {
  return value.parts.reduce<number | undefined>((sum, part) => {
    const width = partWidth(part);
    return sum === undefined || width === undefined ? undefined : sum + width;
  }, 0);
}

/** The characters [begin, end), those of session texts counted one by one; undefined where the width of a part before them varies. */
export function charactersOf(value: TextValue, begin: number, end: number): TextValue | undefined {
  const kept: TextPart[] = [];
  let at = 0;
  for (const part of value.parts) {
    if (at >= end) break;
    const width = partWidth(part);
    if (width === undefined) return undefined;
    const [left, right] = [Math.max(begin, at) - at, Math.min(end, at + width) - at];
    if (left < right) kept.push(partSlice(part, left, right));
    at += width;
  }
  return textOf(kept, value.from);
}

/** The text between separators, session texts split as well; undefined where a part may hold the separator unseen. */
export function piecesOf(value: TextValue, separator: string): readonly TextValue[] | undefined {
  const pieces: TextPart[][] = [[]];
  for (const part of value.parts) {
    const own = partPieces(part, separator);
    if (own === undefined) return undefined;
    own.forEach((piece, at) => {
      if (at > 0) pieces.push([]);
      pieces.at(-1)?.push(...piece);
    });
  }
  return pieces.map((parts) => textOf(parts, value.from));
}

function partPieces(part: TextPart, separator: string): readonly (readonly TextPart[])[] | undefined {
  if (part.kind !== 'runtime') {
    if (!part.text.includes(separator)) return [[part]];
    return part.text.split(separator).map((text) => (text === '' ? [] : [{ kind: 'literal', text, from: part.from }]));
  }
  if (part.expr.kind !== 'session') return undefined;
  const asts = splitSession(part.expr.ast, separator);
  if (asts?.length === 1) return [[part]];
  return asts?.map((ast) => [{ kind: 'runtime', expr: { kind: 'session', ast }, from: part.from }]);
}

function partWidth(part: TextPart): number | undefined {
  if (part.kind !== 'runtime') return [...part.text].length;
  return part.expr.kind === 'session' ? widthOf(part.expr.ast) : undefined;
}

/** What is cut out of a session text is another value, which its old name does not fit. */
function partSlice(part: TextPart, from: number, to: number): TextPart {
  if (part.kind === 'runtime')
    return part.expr.kind === 'session'
      ? { kind: 'runtime', expr: { kind: 'session', ast: sliceSession(part.expr.ast, from, to) }, from: part.from }
      : part;
  const text = [...part.text].slice(from, to).join('');
  return text === part.text ? part : { kind: 'literal', text, from: part.from };
}
