import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import { indexLines, type LineIndex, type SourceFile } from '../../core/source.ts';
import { keyOf, type PyEntry, type PyNode, type PyScalarNode, type PyScalarValue } from './node.ts';

/** What json.load of Python makes of a file: like JSON.parse, with places, integers of any size, and floats kept apart from integers. */
export function readPythonJson(source: SourceFile, sink: DiagnosticSink): PyNode | undefined {
  const lines = indexLines(source);
  try {
    return new Reader(source.text, lines).document();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    sink.add(
      diagnose('JINJA_VARIABLES_FORMAT', { problem: error.message }, { span: lines.span(error.at, error.at + 1) }),
    );
    return undefined;
  }
}

class Broken extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const maxDepth = 500;

class Reader {
  readonly #text: string;
  readonly #lines: LineIndex;
  #at = 0;

  constructor(text: string, lines: LineIndex) {
    this.#text = text;
    this.#lines = lines;
  }

  document(): PyNode {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw new Broken('text behind the end of the value', this.#at);
    return value;
  }

  #space(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #take(char: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #expect(char: string): void {
    if (!this.#take(char)) throw new Broken(`"${char}" expected`, this.#at);
  }

  #value(depth: number): PyNode {
    if (depth > maxDepth) throw new Broken('nested too deeply', this.#at);
    this.#space();
    const start = this.#at;
    if (this.#take('{')) return this.#map(start, depth);
    if (this.#take('[')) return this.#list(start, depth);
    return this.#scalar();
  }

  #list(start: number, depth: number): PyNode {
    const items: PyNode[] = [];
    if (!this.#take(']')) {
      do items.push(this.#value(depth + 1));
      while (this.#take(','));
      this.#expect(']');
    }
    return { kind: 'list', items, span: this.#lines.span(start, this.#at) };
  }

  #map(start: number, depth: number): PyNode {
    const entries = new Map<string, PyEntry>();
    if (!this.#take('}')) {
      do {
        this.#space();
        const key = this.#scalar();
        if (key.kind !== 'string') throw new Broken('keys must be texts in double quotes', key.span.start.offset);
        this.#expect(':');
        const value = this.#value(depth + 1);
        entries.set(keyOf(key), { key: entries.get(keyOf(key))?.key ?? key, value });
      } while (this.#take(','));
      this.#expect('}');
    }
    return { kind: 'map', entries: [...entries.values()], span: this.#lines.span(start, this.#at) };
  }

  #scalar(): PyScalarNode {
    const start = this.#at;
    const pattern = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
    pattern.lastIndex = start;
    const text = pattern.exec(this.#text)?.[0];
    const value = text === undefined ? undefined : scalarOf(text);
    if (text === undefined || value === undefined) throw new Broken('value expected', start);
    this.#at += text.length;
    return { ...value, span: this.#lines.span(start, this.#at) };
  }
}

function scalarOf(text: string): PyScalarValue | undefined {
  if (text === 'null') return { kind: 'null' };
  if (text === 'true' || text === 'false') return { kind: 'bool', value: text === 'true' };
  if (text.startsWith('"')) {
    try {
      return { kind: 'string', value: String(JSON.parse(text)) };
    } catch {
      return undefined;
    }
  }
  if (/[.eE]/.test(text)) return { kind: 'float', value: Number(text) };
  const value = BigInt(text);
  return { kind: 'int', value: Number.isSafeInteger(Number(value)) ? Number(value) : value };
}
