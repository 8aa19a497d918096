import type { Point, SourceFile, SourceSpan } from '../core/source.ts';
import { goPlain } from './go-scalar.ts';
import type { YamlScalar } from './node.ts';

/** Thrown where a text needs the complete reader. */
export class Unusual extends Error {}

const allowed = /^[\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** Escapes that JSON has as well, but for halves of surrogate pairs. */
const doubleQuoted = /"(?:[^"\\\n]|\\(?:["\\/nt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}))*"/y;
const singleQuoted = /'(?:[^'\n]|'')*'/y;

/** The lines of a manifest without tabs and other characters that need care. */
export class PlainLines {
  readonly text: string;
  readonly #source: SourceFile;
  /** Offsets of the lines, and of the end. */
  readonly #starts: readonly number[];
  readonly #indents: readonly number[];
  readonly #comments = new Map<number, string>();

  static of(source: SourceFile): PlainLines | undefined {
    return allowed.test(source.text) ? new PlainLines(source) : undefined;
  }

  private constructor(source: SourceFile) {
    this.#source = source;
    this.text = source.text;
    const starts = [0];
    const indents: number[] = [];
    for (let start = 0; start < this.text.length; ) {
      let at = start;
      while (this.text.charCodeAt(at) === 0x20) at += 1;
      indents.push(at - start);
      const end = this.text.indexOf('\n', at);
      start = end < 0 ? this.text.length : end + 1;
      starts.push(start);
    }
    this.#starts = starts;
    this.#indents = indents;
  }

  get count(): number {
    return this.#indents.length;
  }

  start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  indent(line: number): number {
    return this.#indents[line] ?? 0;
  }

  /** Offset of the line break, or of the end of the text. */
  lineEnd(line: number): number {
    const next = this.start(line + 1);
    return this.text.charCodeAt(next - 1) === 0x0a ? next - 1 : next;
  }

  isBlank(line: number): boolean {
    return this.start(line) + this.indent(line) >= this.lineEnd(line);
  }

  /** The first line from here on that is neither blank nor a comment. */
  nextContent(from: number): number {
    let line = from;
    for (; line < this.count; line += 1) {
      if (this.isBlank(line)) continue;
      const at = this.start(line) + this.indent(line);
      if (this.text.charCodeAt(at) !== 0x23) break;
      this.#comments.set(line, commentText(this.text.slice(at, this.lineEnd(line))));
    }
    return line;
  }

  /** `- `, or a dash alone, at the column. */
  isItem(line: number, column: number): boolean {
    const at = this.start(line) + column;
    if (this.text.charCodeAt(at) !== 0x2d) return false;
    const next = this.text.charCodeAt(at + 1);
    return next === 0x20 || next === 0x0a || Number.isNaN(next);
  }

  /** Where the content goes on behind the column; undefined where only blanks and a comment follow. */
  contentAfter(line: number, column: number): number | undefined {
    let at = this.start(line) + column;
    while (this.text.charCodeAt(at) === 0x20) at += 1;
    return at >= this.lineEnd(line) || this.text.charCodeAt(at) === 0x23 ? undefined : at;
  }

  /** Whether only blanks follow on the line. */
  isRestBlank(line: number, from: number): boolean {
    let at = from;
    while (this.text.charCodeAt(at) === 0x20) at += 1;
    return at >= this.lineEnd(line);
  }

  /** The line up to its comment, without blanks at the end. */
  contentEnd(line: number): number {
    let end = this.#commentStart(line) ?? this.lineEnd(line);
    while (this.text.charCodeAt(end - 1) === 0x20) end -= 1;
    return end;
  }

  /** The comment behind the content of the line. */
  trailing(line: number): string | undefined {
    const at = this.#commentStart(line);
    return at === undefined ? undefined : commentText(this.text.slice(at, this.lineEnd(line)));
  }

  #commentStart(line: number): number | undefined {
    const start = this.start(line);
    const end = this.lineEnd(line);
    const mark = this.text.indexOf('#', start);
    if (mark < 0 || mark >= end) return undefined;
    const content = this.text.slice(start, end);
    if (/["'[{]/.test(content)) throw new Unusual();
    const found = content.indexOf(' #');
    return found < 0 ? undefined : start + found + 1;
  }

  /** Whether comments that reach further to the right than the column stand between the line and the content before it. */
  hasCommentAbove(line: number, column: number): boolean {
    for (let at = line - 1; at >= 0 && (this.isBlank(at) || this.#comments.has(at)); at -= 1)
      if (this.#comments.has(at) && this.indent(at) > column) return true;
    return false;
  }

  /** The unbroken comment lines right above a line. */
  above(line: number): string | undefined {
    const found: string[] = [];
    for (let at = line - 1; ; at -= 1) {
      const comment = this.#comments.get(at);
      if (comment === undefined) break;
      found.unshift(comment);
    }
    return found.length === 0 ? undefined : found.join('\n');
  }

  /** Whether what follows the line would belong to a scalar that began in it, below a key or dash at the column. */
  continues(line: number, column: number): boolean {
    const next = this.nextContent(line + 1);
    return next < this.count && this.indent(next) > column;
  }

  /** The lines from here on that are indented further than the column; undefined where it takes care to say which. */
  block(from: number, column: number): { readonly body: string; readonly end: number } | undefined {
    let first = from;
    while (first < this.count && this.isBlank(first)) first += 1;
    const indent = this.indent(first);
    if (first >= this.count || first > from || indent <= column) return undefined;
    let end = first;
    let filled = first;
    for (; end < this.count; end += 1) {
      if (this.isBlank(end)) {
        if (this.indent(end) > indent) return undefined;
      } else if (this.indent(end) < indent) {
        if (this.indent(end) > column) return undefined;
        break;
      } else filled = end + 1;
    }
    if (end === this.count && !this.text.endsWith('\n')) return undefined;
    // Blank lines behind the text belong to it only for "|+", which is left to the complete reader.
    const body: string[] = [];
    for (let line = first; line < filled; line += 1)
      body.push(this.text.slice(Math.min(this.start(line) + indent, this.lineEnd(line)), this.lineEnd(line)));
    return { body: `${body.join('\n')}\n`, end: filled };
  }

  /** `"…"` without escapes or `'…'`, alone up to the end of the line. */
  quoted(line: number, at: number): YamlScalar | undefined {
    const end = this.quoteEnd(line, at);
    return end !== undefined && this.isRestBlank(line, end) ? this.quotedScalar(at, end) : undefined;
  }

  /** Behind the closing quote; undefined where the text has rare escapes or more than one line. */
  quoteEnd(line: number, at: number): number | undefined {
    const form = this.text.charAt(at) === '"' ? doubleQuoted : singleQuoted;
    form.lastIndex = at;
    const end = form.test(this.text) ? form.lastIndex : undefined;
    return end === undefined || end > this.lineEnd(line) ? undefined : end;
  }

  quotedScalar(at: number, end: number): YamlScalar {
    const source = this.text.slice(at, end);
    const isDouble = source.startsWith('"');
    const inner = source.slice(1, -1);
    const value = isDouble ? (inner.includes('\\') ? String(JSON.parse(source)) : inner) : inner.replaceAll("''", "'");
    return { kind: 'string', value, span: this.span(at, end), style: isDouble ? 'double' : 'single', source };
  }

  /** A plain scalar; undefined where its text means something that kubectl refuses. */
  scalar(line: number, at: number, source: string): YamlScalar | undefined {
    const value = goPlain(source);
    if (value === undefined) return undefined;
    const trailing = this.trailing(line);
    const comment = trailing === undefined ? {} : { trailingComment: trailing };
    return { ...value, span: this.span(at, at + source.length), style: 'plain', source, ...comment };
  }

  offset(line: number, column: number): number {
    return this.start(line) + column;
  }

  span(start: number, end: number): SourceSpan {
    return { file: this.#source.path, start: this.#point(start), end: this.#point(end) };
  }

  #point(offset: number): Point {
    let low = 0;
    // Behind the last line break begins a line, behind a text without one none does.
    let high = this.#starts.length - (this.text.endsWith('\n') ? 1 : 2);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, col: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

function commentText(written: string): string {
  return written.slice(1).replace(/^ /, '').trimEnd();
}
