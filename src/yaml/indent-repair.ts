import type { LineIndex } from '../core/source.ts';
import { type Lexeme, lexemesOf } from './lexemes.ts';

const PAD = 256;
const MAX_REPAIRS = 500;

export interface Repaired {
  readonly text: string;
  readonly lexemes: readonly Lexeme[];
  /** Offsets of the original text before which `PAD` spaces were put, ascending. */
  readonly padded: readonly number[];
}

/**
 * YAML 1.1 readers do not care how continuation lines of brackets and quotes are indented; our parser wants them deeper
 * than the key. Lines where it gives up get spaces in front until it goes on; where that does not help, the text stays.
 */
export function repairIndents(text: string): Repaired {
  const unchanged: Repaired = { text, lexemes: lexemesOf(text), padded: [] };
  let repaired = unchanged;
  for (let count = 0; count < MAX_REPAIRS; count += 1) {
    const at = firstGivenUp(repaired.text, repaired.lexemes);
    if (at === undefined) return repaired;
    const original = originalOffset(repaired.padded, at);
    if (repaired.padded.includes(original)) break;
    const padded = `${repaired.text.slice(0, at)}${' '.repeat(PAD)}${repaired.text.slice(at)}`;
    repaired = { text: padded, lexemes: lexemesOf(padded), padded: [...repaired.padded, original] };
  }
  return unchanged;
}

/** Start of the first line that continues brackets or quotes and is indented too little. */
function firstGivenUp(text: string, lexemes: readonly Lexeme[]): number | undefined {
  for (const { kind, source, offset } of lexemes) {
    if (kind === 'given-up') return lineToPad(text, text.lastIndexOf('\n', offset - 1) + 1);
    if ((kind === 'single' || kind === 'double') && isOpenQuote(source))
      return lineToPad(text, lineAfterBreaks(text, offset + source.length));
  }
  return undefined;
}

/** A quoted scalar whose end the lexer did not find. */
export function isOpenQuote(lexeme: string): boolean {
  if (lexeme.startsWith("'")) return !/^'(?:[^']|'')*'$/.test(lexeme);
  if (lexeme.startsWith('"')) return !/^"(?:[^"\\]|\\[\s\S])*"$/.test(lexeme);
  return false;
}

function lineAfterBreaks(text: string, offset: number): number {
  const next = text.slice(offset).search(/[^\s]/);
  return next < 0 ? text.length : text.lastIndexOf('\n', offset + next - 1) + 1;
}

function lineToPad(text: string, at: number): number | undefined {
  return at > 0 && at < text.length ? at : undefined;
}

function originalOffset(padded: readonly number[], offset: number): number {
  let shift = 0;
  for (const at of padded) {
    if (at + shift >= offset) break;
    shift += Math.min(PAD, offset - (at + shift));
  }
  return offset - shift;
}

/** Points and spans of the original text for offsets of the repaired one. */
export function unrepaired(lines: LineIndex, padded: readonly number[]): LineIndex {
  if (padded.length === 0) return lines;
  return {
    file: lines.file,
    point: (offset) => lines.point(originalOffset(padded, offset)),
    span: (start, end) => lines.span(originalOffset(padded, start), originalOffset(padded, end)),
  };
}
