import type { YamlNode } from '../yaml/node.ts';

/** Where each UTF-16 unit of a decoded scalar stands in the text: half-open offsets relative to the scalar's start. */
export type Positions = readonly (readonly [number, number])[];

/** Decodes a scalar as written; undefined where the result would not be certain to be what the YAML reader made of it. */
export function scalarPositions(
  source: string,
  style: NonNullable<YamlNode['style']>,
  value: string,
): Positions | undefined {
  const decoded = decode(source, style, value);
  if (decoded === undefined || decoded.text !== value) return undefined;
  return decoded.positions;
}

interface Decoded {
  readonly text: string;
  readonly positions: Positions;
}

function decode(source: string, style: NonNullable<YamlNode['style']>, value: string): Decoded | undefined {
  switch (style) {
    case 'plain':
      return folded(source, 0, source.length, () => undefined);
    case 'single':
      return folded(source, 1, source.length - 1, (at) =>
        source.startsWith("''", at) ? { text: "'", length: 2 } : undefined,
      );
    case 'double':
      return folded(source, 1, source.length - 1, (at) => escapeAt(source, at));
    case 'literal':
    case 'folded':
      return block(source, style, value);
  }
}

interface Escape {
  readonly text: string;
  readonly length: number;
}

class Builder {
  text = '';
  readonly positions: (readonly [number, number])[] = [];
  push(text: string, start: number, end: number): void {
    this.text += text;
    for (let at = 0; at < text.length; at += 1) this.positions.push([start, end]);
  }
}

/** Flow scalars: line folding, and escapes as `special` finds them. */
function folded(source: string, start: number, end: number, special: (at: number) => Escape | undefined): Decoded {
  const out = new Builder();
  for (let at = start; at < end; ) {
    const found = special(at);
    if (found !== undefined) {
      out.push(found.text, at, at + found.length);
      at += found.length;
      continue;
    }
    const fold = /[ \t]*(?:\r?\n[ \t]*)+/y;
    fold.lastIndex = at;
    const breaks = fold.exec(source.slice(0, end))?.[0];
    if (breaks !== undefined) {
      const lines = breaks.split('\n').length - 1;
      out.push(lines === 1 ? ' ' : '\n'.repeat(lines - 1), at, at + breaks.length);
      at += breaks.length;
    } else {
      out.push(source[at] ?? '', at, at + 1);
      at += 1;
    }
  }
  return out;
}

const simple: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function escapeAt(source: string, at: number): Escape | undefined {
  if (source[at] !== '\\') return undefined;
  const joined = /\\\r?\n[ \t]*/y;
  joined.lastIndex = at;
  const lineEnd = joined.exec(source)?.[0];
  if (lineEnd !== undefined) return { text: '', length: lineEnd.length };
  const code = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
  code.lastIndex = at;
  const match = code.exec(source);
  if (match !== null)
    return {
      text: String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16))),
      length: match[0].length,
    };
  const text = simple[source[at + 1] ?? ''];
  return text === undefined ? undefined : { text, length: 2 };
}

/** Block scalars: the content lines without their indentation; the end is what the reader says it is. */
function block(source: string, style: 'literal' | 'folded', value: string): Decoded | undefined {
  const header = /^[|>]([-+0-9]*)[^\n]*\n/.exec(source);
  if (header === null) return undefined;
  const lines = linesFrom(source, header[0].length);
  const first = lines.find((line) => line.text.trim() !== '');
  const indent = /\d/.test(header[1] ?? '')
    ? undefined
    : first === undefined
      ? 0
      : first.text.length - first.text.trimStart().length;
  if (indent === undefined) return undefined;
  const out = new Builder();
  if (style === 'literal') for (const line of lines) addLine(out, line, indent);
  else if (!foldBlock(out, lines, indent)) return undefined;
  return fitEnd(out, value);
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function linesFrom(source: string, start: number): readonly Line[] {
  const lines: Line[] = [];
  for (let at = start; at < source.length; ) {
    const end = source.indexOf('\n', at);
    lines.push({ text: source.slice(at, end < 0 ? source.length : end), start: at });
    at = end < 0 ? source.length : end + 1;
  }
  return lines;
}

function addLine(out: Builder, line: Line, indent: number): void {
  const text = line.text.slice(Math.min(indent, line.text.length));
  addText(out, text, line.start + Math.min(indent, line.text.length));
  const end = line.start + line.text.length;
  out.push('\n', end, end + 1);
}

function addText(out: Builder, text: string, start: number): void {
  for (let at = 0; at < text.length; at += 1) out.push(text[at] ?? '', start + at, start + at + 1);
}

/** Folds simple paragraphs; lines indented further are left to the coarse way. */
function foldBlock(out: Builder, lines: readonly Line[], indent: number): boolean {
  if (lines.some((line) => /^\s/.test(line.text.slice(indent)))) return false;
  let empty = 0;
  let begun = false;
  for (const line of lines) {
    const text = line.text.slice(indent);
    if (text === '') {
      empty += 1;
      continue;
    }
    if (begun || empty > 0) out.push(begun && empty === 0 ? ' ' : '\n'.repeat(empty), line.start - 1, line.start);
    addText(out, text, line.start + indent);
    begun = true;
    empty = 0;
  }
  const end = (lines.at(-1)?.start ?? 0) + (lines.at(-1)?.text.length ?? 0);
  out.push('\n'.repeat(empty + 1), end, end);
  return true;
}

/** Chomping: the reader has decided how many line ends stay. */
function fitEnd(out: Builder, value: string): Decoded | undefined {
  const body = out.text.replace(/\n+$/, '');
  if (!value.startsWith(body) || value.length > out.text.length) return undefined;
  return { text: out.text.slice(0, value.length), positions: out.positions.slice(0, value.length) };
}
