import type { YamlEntry, YamlNode } from './node.ts';
import { type PlainLines, Unusual } from './plain-lines.ts';

const plain = /[A-Za-z0-9_./$%=+@<>~-][A-Za-z0-9_./$%=+@<>~^()-]*(?: [A-Za-z0-9_./$%=+@<>~^()-]+)*/y;

/** Brackets that begin and end on one line and hold simple scalars; undefined where anything else stands there. */
export function readFlow(lines: PlainLines, line: number, at: number): YamlNode | undefined {
  const reader = new FlowReader(lines, line, at);
  const node = reader.node();
  return node !== undefined && lines.isRestBlank(line, reader.at) ? node : undefined;
}

class FlowReader {
  readonly #lines: PlainLines;
  readonly #line: number;
  at: number;

  constructor(lines: PlainLines, line: number, at: number) {
    this.#lines = lines;
    this.#line = line;
    this.at = at;
  }

  get #char(): string {
    return this.#lines.text.charAt(this.at);
  }

  #skip(): void {
    while (this.#char === ' ') this.at += 1;
  }

  node(): YamlNode | undefined {
    if (this.#char === '[') return this.#list();
    if (this.#char === '{') return this.#map();
    if (this.#char === '"' || this.#char === "'") return this.#quoted();
    plain.lastIndex = this.at;
    const source = plain.exec(this.#lines.text)?.[0];
    if (source === undefined || source.startsWith('- ') || source === '-') throw new Unusual();
    const from = this.at;
    this.at += source.length;
    return this.#lines.scalar(this.#line, from, source);
  }

  #quoted(): YamlNode {
    const end = this.#lines.quoteEnd(this.#line, this.at);
    if (end === undefined) throw new Unusual();
    const node = this.#lines.quotedScalar(this.at, end);
    this.at = end;
    return node;
  }

  #list(): YamlNode {
    const start = this.at;
    const items: YamlNode[] = [];
    this.#items(']', () => {
      const item = this.node();
      if (item === undefined) throw new Unusual();
      items.push(item);
    });
    return { kind: 'list', items, span: this.#lines.span(start, this.at) };
  }

  #map(): YamlNode {
    const start = this.at;
    const entries: YamlEntry[] = [];
    this.#items('}', () => {
      const key = this.node();
      if (key?.kind !== 'string' || entries.some((entry) => entry.key === key.value)) throw new Unusual();
      if (this.#char !== ':' || this.#lines.text.charAt(this.at + 1) !== ' ') throw new Unusual();
      this.at += 1;
      this.#skip();
      const value = this.node();
      if (value === undefined) throw new Unusual();
      entries.push({ key: key.value, keySpan: key.span, value });
    });
    return { kind: 'map', entries, span: this.#lines.span(start, this.at) };
  }

  #items(close: string, read: () => void): void {
    this.at += 1;
    this.#skip();
    if (this.#char === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      read();
      this.#skip();
      const char = this.#char;
      this.at += 1;
      if (char === close) return;
      if (char !== ',') throw new Unusual();
      this.#skip();
    }
  }
}
