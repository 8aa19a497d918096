import type { Provenance } from '../../ir/value.ts';
import type { ParameterOperation, ShellNode, Word, WordPart } from './syntax.ts';
import { ShellSyntaxError } from './syntax-error.ts';
import type { TextWithHoles } from './text-with-holes.ts';

/** Reads words: quoting, expansions, substitutions. Commands inside substitutions are read by `readCommands`. */
export class WordParser {
  readonly source: TextWithHoles;
  position: number;
  readonly #readCommands: (parser: WordParser, end: ')' | '`') => readonly ShellNode[];

  constructor(
    source: TextWithHoles,
    position: number,
    readCommands: (parser: WordParser, end: ')' | '`') => readonly ShellNode[],
  ) {
    this.source = source;
    this.position = position;
    this.#readCommands = readCommands;
  }

  get char(): string {
    return this.source.text[this.position] ?? '';
  }

  startsWith(text: string): boolean {
    return this.source.text.startsWith(text, this.position);
  }

  /** An unquoted word, up to a blank or operator. */
  word(ends: RegExp = /[\s;&|<>()]/): Word {
    const start = this.position;
    const parts: WordPart[] = [];
    while (this.position < this.source.text.length && (!ends.test(this.char) || this.source.holes.has(this.position))) {
      if (this.startsWith('<(') || this.startsWith('>(')) break;
      this.#piece(parts, ends);
    }
    return { parts, start, end: this.position };
  }

  /** `<(…)` as a word of its own. */
  process(): Word {
    const start = this.position;
    this.position += 2;
    const body = this.#readCommands(this, ')');
    this.#expect(')');
    const part: WordPart = {
      kind: 'process',
      body,
      quoted: true,
      from: this.#from(start),
      source: this.source.text.slice(start, this.position),
    };
    return { parts: [part], start, end: this.position };
  }

  /** The text of a here-document between two offsets, with expansions as in double quotes (but `"` is a plain character). */
  hereDocument(start: number, end: number): Word {
    const saved = this.position;
    this.position = start;
    const parts: WordPart[] = [];
    while (this.position < end) this.#quotedPiece(parts, '$`\\');
    const last = parts.at(-1);
    // A run of plain text goes on to the next special character, which may lie behind the document.
    if (last?.kind === 'text' && this.position > end)
      parts[parts.length - 1] = { ...last, text: last.text.slice(0, last.text.length - (this.position - end)) };
    this.position = saved;
    return { parts, start, end };
  }

  #piece(parts: WordPart[], ends: RegExp): void {
    const start = this.position;
    switch (this.char) {
      case "'":
        this.#singleQuoted(parts);
        return;
      case '"':
        this.#doubleQuoted(parts);
        return;
      case '\\':
        this.position += 2;
        if (this.source.text[start + 1] !== '\n')
          parts.push({
            kind: 'text',
            text: this.source.text[start + 1] ?? '\\',
            quoted: true,
            from: this.#from(start),
          });
        return;
      case '$':
        this.#dollar(parts, false);
        return;
      case '`':
        this.#backquoted(parts, false);
        return;
      default:
        this.#plain(parts, (char) => ends.test(char) || '\'"\\$`'.includes(char), false);
        return;
    }
  }

  #plain(parts: WordPart[], stops: (char: string) => boolean, quoted: boolean): void {
    const start = this.position;
    const hole = this.source.holes.get(start);
    if (hole !== undefined) {
      this.position++;
      parts.push({ kind: 'hole', part: hole, quoted });
      return;
    }
    while (this.position < this.source.text.length && !this.source.holes.has(this.position) && !stops(this.char))
      this.position++;
    if (this.position === start) this.position++;
    parts.push({ kind: 'text', text: this.source.text.slice(start, this.position), quoted, from: this.#from(start) });
  }

  #singleQuoted(parts: WordPart[]): void {
    const start = ++this.position;
    // An empty pair of quotes still makes a word.
    if (this.char === "'") parts.push({ kind: 'text', text: '', quoted: true, from: this.#from(start) });
    while (this.char !== "'" || this.source.holes.has(this.position)) {
      if (this.position >= this.source.text.length) throw new ShellSyntaxError("no closing '", start - 1);
      this.#plain(parts, (char) => char === "'", true);
    }
    this.position++;
  }

  #doubleQuoted(parts: WordPart[]): void {
    const start = this.position++;
    if (this.char === '"') parts.push({ kind: 'text', text: '', quoted: true, from: this.#from(start) });
    while (this.char !== '"' || this.source.holes.has(this.position)) {
      if (this.position >= this.source.text.length) throw new ShellSyntaxError('no closing "', start);
      this.#quotedPiece(parts, '$`\\"');
    }
    this.position++;
  }

  #quotedPiece(parts: WordPart[], special: string): void {
    const start = this.position;
    if (this.source.holes.has(start)) {
      this.#plain(parts, () => true, true);
      return;
    }
    switch (this.char) {
      case '\\': {
        const next = this.source.text[start + 1] ?? '';
        this.position += 2;
        if (next === '\n') return;
        parts.push({
          kind: 'text',
          text: special.includes(next) && next !== '' ? next : `\\${next}`,
          quoted: true,
          from: this.#from(start),
        });
        return;
      }
      case '$':
        this.#dollar(parts, true);
        return;
      case '`':
        this.#backquoted(parts, true);
        return;
      default:
        this.#plain(parts, (char) => special.includes(char), true);
        return;
    }
  }

  #dollar(parts: WordPart[], quoted: boolean): void {
    const start = this.position;
    const rest = this.source.text.slice(start + 1, start + 200);
    if (rest.startsWith('((')) {
      this.#arithmetic(parts, quoted);
      return;
    }
    if (rest.startsWith('(')) {
      this.position += 2;
      const body = this.#readCommands(this, ')');
      this.#expect(')');
      parts.push({
        kind: 'command',
        body,
        quoted,
        from: this.#from(start),
        source: this.source.text.slice(start, this.position),
      });
      return;
    }
    if (rest.startsWith('{')) {
      this.#braced(parts, quoted);
      return;
    }
    if (rest.startsWith("'") && !quoted) {
      this.#ansiQuoted(parts);
      return;
    }
    const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(rest)?.[0];
    this.position += 1 + (name?.length ?? 0);
    if (name === undefined) parts.push({ kind: 'text', text: '$', quoted, from: this.#from(start) });
    else parts.push({ kind: 'parameter', name, quoted, from: this.#from(start), source: `$${name}` });
  }

  /** `$'…'`: only the escapes that scripts use. */
  #ansiQuoted(parts: WordPart[]): void {
    const start = this.position;
    const match = /^\$'((?:[^'\\]|\\.)*)'/s.exec(this.source.text.slice(start));
    if (match === null) throw new ShellSyntaxError("no closing '", start);
    this.position += match[0].length;
    const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', e: '\u001b', '0': '\0' };
    const text = (match[1] ?? '').replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char);
    parts.push({ kind: 'text', text, quoted: true, from: this.#from(start) });
  }

  #braced(parts: WordPart[], quoted: boolean): void {
    const start = this.position;
    this.position += 2;
    const length =
      this.char === '#' && /^#[A-Za-z_0-9@*]/.test(this.source.text.slice(this.position, this.position + 2));
    if (length) this.position++;
    const name = /^(?:!?[A-Za-z_]\w*(?:\[[^\]]*\])?|[0-9]+|[@*#?$!-])/.exec(this.source.text.slice(this.position))?.[0];
    if (name === undefined) throw new ShellSyntaxError('a parameter expansion that is not understood', start);
    this.position += name.length;
    const operation = length ? { op: 'length', word: this.#emptyWord() } : this.#operation(quoted);
    this.#expect('}');
    const source = this.source.text.slice(start, this.position);
    parts.push({
      kind: 'parameter',
      name,
      quoted,
      from: this.#from(start),
      source,
      ...(operation === undefined ? {} : { operation }),
    });
  }

  #operation(quoted: boolean): ParameterOperation | undefined {
    if (this.char === '}') return undefined;
    const op = /^(?::[-=?+]|[-=?+]|##?|%%?|\/\/?|\^\^?|,,?|:)/.exec(this.source.text.slice(this.position))?.[0];
    if (op === undefined) throw new ShellSyntaxError('a parameter expansion that is not understood', this.position);
    this.position += op.length;
    const word = this.#bracedWord(quoted, op.startsWith('/') ? /[}/]/ : /\}/);
    if (!op.startsWith('/') || this.char !== '/') return { op, word };
    this.position++;
    return { op, word, by: this.#bracedWord(quoted, /\}/) };
  }

  #bracedWord(quoted: boolean, ends: RegExp): Word {
    const start = this.position;
    const parts: WordPart[] = [];
    while (this.position < this.source.text.length && !ends.test(this.char)) {
      if (quoted && this.char !== '"' && this.char !== "'") this.#quotedPiece(parts, `$\`\\"'}/`);
      else this.#piece(parts, ends);
    }
    return { parts, start, end: this.position };
  }

  #emptyWord(): Word {
    return { parts: [], start: this.position, end: this.position };
  }

  #arithmetic(parts: WordPart[], quoted: boolean): void {
    const start = this.position;
    let depth = 0;
    for (let at = start + 1; at < this.source.text.length; at++) {
      if (this.source.text[at] === '(') depth++;
      if (this.source.text[at] === ')' && --depth === 0) {
        this.position = at + 1;
        parts.push({
          kind: 'arithmetic',
          source: this.source.text.slice(start + 3, at - 1),
          quoted,
          from: this.#from(start),
        });
        return;
      }
    }
    throw new ShellSyntaxError('no closing ))', start);
  }

  #backquoted(parts: WordPart[], quoted: boolean): void {
    const start = this.position++;
    const body = this.#readCommands(this, '`');
    this.#expect('`');
    parts.push({
      kind: 'command',
      body,
      quoted,
      from: this.#from(start),
      source: this.source.text.slice(start, this.position),
    });
  }

  #expect(char: string): void {
    if (this.char !== char) throw new ShellSyntaxError(`no closing ${char}`, this.position);
    this.position++;
  }

  #from(start: number): Provenance {
    return this.source.from(start, this.position);
  }
}
