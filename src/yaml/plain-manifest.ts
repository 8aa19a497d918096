import type { SourceFile, SourceSpan } from '../core/source.ts';
import { goPlain } from './go-scalar.ts';
import type { YamlEntry, YamlNode } from './node.ts';
import { readFlow } from './plain-flow.ts';
import { PlainLines, Unusual } from './plain-lines.ts';

/** What a part of a manifest holds, read the short way. */
export type PlainDocument =
  | { readonly kind: 'unusual' }
  | { readonly kind: 'document'; readonly node: YamlNode | undefined };

/**
 * Most manifests are block mappings and lists with scalars of one line, block texts, and small brackets. They are read
 * here at a tenth of the cost of the complete reader, which gets everything else, and all errors. Both give equal
 * trees, spans and comments included.
 */
export function readPlainManifest(source: SourceFile): PlainDocument {
  const lines = PlainLines.of(source);
  if (lines === undefined) return { kind: 'unusual' };
  try {
    return { kind: 'document', node: new Reader(lines).document() };
  } catch (error) {
    if (error instanceof Unusual || error instanceof RangeError) return { kind: 'unusual' };
    throw error;
  }
}

/** A node and where it ends with its line. */
interface Read {
  readonly node: YamlNode;
  readonly end: number;
}

const key = /([A-Za-z_][A-Za-z0-9_./-]*)(?: *):(?= |$)/my;
const plainStart = /[A-Za-z0-9_./$(+^~;<\\=]|-(?=[^\s])/y;
const blockHeader = /\|(-?)(?=$| )/my;

class Reader {
  readonly #lines: PlainLines;
  #line = 0;
  #nodes = 0;

  constructor(lines: PlainLines) {
    this.#lines = lines;
  }

  document(): YamlNode | undefined {
    if (!this.#skip()) return undefined;
    const { node } = this.#block(this.#lines.indent(this.#line));
    if (this.#skip()) throw new Unusual();
    return node;
  }

  /** Moves to the next line with content; false at the end. */
  #skip(): boolean {
    this.#line = this.#lines.nextContent(this.#line);
    return this.#line < this.#lines.count;
  }

  /** A mapping or list whose first line begins at the column. */
  #block(column: number): Read {
    return this.#lines.isItem(this.#line, column) ? this.#list(column) : this.#map(column);
  }

  #list(column: number): Read {
    const lines = this.#lines;
    const items: YamlNode[] = [];
    const start = lines.offset(this.#line, column);
    let end = start;
    let line = this.#line;
    do {
      line = this.#line;
      const at = lines.contentAfter(line, column + 1);
      if (at === undefined) throw new Unusual();
      const item = this.#value(line, at, column, undefined);
      items.push(item.node);
      end = item.end;
    } while (this.#skip() && lines.indent(this.#line) === column && lines.isItem(this.#line, column));
    this.#ends(column);
    return { node: { kind: 'list', items, span: lines.span(start, end) }, end };
  }

  #map(column: number, trailing?: string): Read {
    const lines = this.#lines;
    const entries: YamlEntry[] = [];
    const seen = new Set<string>();
    const start = lines.offset(this.#line, column);
    let end = start;
    do {
      const line = this.#line;
      const from = lines.offset(line, column);
      key.lastIndex = from;
      const found = key.exec(lines.text)?.[1];
      if (found === undefined) throw new Unusual();
      const behind = key.lastIndex;
      if (seen.has(found) || goPlain(found)?.kind !== 'string') throw new Unusual();
      seen.add(found);
      const comment = lines.above(line);
      const keySpan = lines.span(from, from + found.length);
      const at = lines.contentAfter(line, behind - lines.start(line));
      const value = at === undefined ? this.#below(line, column) : this.#value(line, at, column, keySpan);
      entries.push({ key: found, keySpan, value: value.node, ...(comment === undefined ? {} : { comment }) });
      end = value.end;
    } while (this.#skip() && lines.indent(this.#line) === column && !lines.isItem(this.#line, column));
    this.#ends(column);
    const comment = trailing === undefined ? {} : { trailingComment: trailing };
    return { node: { kind: 'map', entries, span: lines.span(start, end), ...comment }, end };
  }

  /** Behind a collection stands something further to the left. */
  #ends(column: number): void {
    const next = this.#line < this.#lines.count ? this.#lines.indent(this.#line) : 0;
    if (next > column || this.#lines.hasCommentAbove(this.#line, next)) throw new Unusual();
    if (++this.#nodes > 50_000) throw new Unusual();
  }

  /** The value of a key whose line ends with the colon. */
  #below(line: number, column: number): Read {
    const lines = this.#lines;
    const trailing = lines.trailing(line);
    this.#line = line + 1;
    const more = this.#skip();
    const indent = more ? lines.indent(this.#line) : -1;
    const isList = more && indent >= column && lines.isItem(this.#line, indent);
    if (isList || indent > column) {
      const read = isList ? this.#list(indent) : this.#map(indent, trailing);
      const node = isList && trailing !== undefined ? { ...read.node, trailingComment: trailing } : read.node;
      return { node, end: read.end };
    }
    if (trailing !== undefined || lines.hasCommentAbove(this.#line, -1)) throw new Unusual();
    this.#line = line + 1;
    const end = lines.lineEnd(line);
    return { node: { kind: 'null', span: lines.span(end, end), style: 'plain', source: '' }, end };
  }

  /** A value that begins on this line; afterwards the current line is behind it. */
  #value(line: number, at: number, column: number, keySpan: SourceSpan | undefined): Read {
    const lines = this.#lines;
    const { text } = lines;
    const char = text[at];
    if (keySpan === undefined) {
      const inner = at - lines.start(line);
      key.lastIndex = at;
      if (lines.isItem(line, inner) || key.test(text)) {
        return this.#block(inner);
      }
    }
    if (char === '|') return this.#literal(line, at, column);
    const node =
      char === '[' || char === '{'
        ? readFlow(lines, line, at)
        : char === '"' || char === "'"
          ? lines.quoted(line, at)
          : this.#plain(line, at);
    if (node === undefined || lines.continues(line, column)) throw new Unusual();
    this.#line = line + 1;
    return { node, end: lines.start(line + 1) };
  }

  #plain(line: number, at: number): YamlNode | undefined {
    const lines = this.#lines;
    plainStart.lastIndex = at;
    if (!plainStart.test(lines.text)) return undefined;
    const source = lines.text.slice(at, lines.contentEnd(line));
    if (/: |:$/.test(source)) return undefined;
    return lines.scalar(line, at, source);
  }

  /** `|` or `|-` and the lines that are indented further. */
  #literal(line: number, at: number, column: number): Read {
    const lines = this.#lines;
    blockHeader.lastIndex = at;
    const chomping = blockHeader.exec(lines.text)?.[1];
    if (chomping === undefined || lines.contentEnd(line) !== blockHeader.lastIndex) throw new Unusual();
    const block = lines.block(line + 1, column);
    if (block === undefined) throw new Unusual();
    this.#line = block.end;
    const value = chomping === '-' ? block.body.slice(0, -1) : block.body;
    const end = lines.start(block.end);
    const source = lines.text.slice(at, end);
    const trailing = lines.trailing(line);
    const comment = trailing === undefined ? {} : { trailingComment: trailing };
    return { node: { kind: 'string', value, span: lines.span(at, end), style: 'literal', source, ...comment }, end };
  }
}
