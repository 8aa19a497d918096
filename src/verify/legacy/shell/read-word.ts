import type { Cursor } from './cursor.ts';
import { Cursor as TextCursor } from './cursor.ts';
import type { List, ParameterChange, Word, WordPart } from './syntax.ts';

/** Parses the commands inside `$(…)`; given by the command parser, which this file must not import. */
export type ReadCommands = (cursor: Cursor, end: ')' | '') => List;

/** Where a word ends: at blanks and operators, at the `}`, `]` or `/` of a parameter expansion, or with the text. */
type Ending = 'blank' | 'brace' | 'bracket' | 'slash' | 'colon' | 'text';

export class WordReader {
  readonly #readCommands: ReadCommands;

  constructor(readCommands: ReadCommands) {
    this.#readCommands = readCommands;
  }

  /** A word of a command; undefined where none begins. */
  word(cursor: Cursor): Word | undefined {
    const line = cursor.line;
    const parts = this.#parts(cursor, 'blank');
    return parts.length === 0 ? undefined : { parts, line };
  }

  /** The text between the brackets of an array's element, which are stepped over. */
  index(cursor: Cursor): Word {
    const line = cursor.line;
    const parts = this.#parts(cursor, 'bracket');
    cursor.expect(']');
    return { parts, line };
  }

  /** The text of a here-document, or of an arithmetic expression: quotes mean nothing in it. */
  text(text: string, line: number): Word {
    return { parts: this.#quoted(new TextCursor(text, line), ''), line };
  }

  #parts(cursor: Cursor, ending: Ending): readonly WordPart[] {
    const parts: WordPart[] = [];
    while (!cursor.done) {
      const process = ending === 'blank' ? cursor.match(/[<>]\(/y) : undefined;
      if (process !== undefined) {
        const body = this.#readCommands(cursor, ')');
        cursor.expect(')');
        parts.push({ kind: 'process', body, writes: process === '>(', quoted: true });
        continue;
      }
      if (ends(cursor, ending)) break;
      if (cursor.take('\\\n')) continue;
      if (cursor.take("'")) parts.push({ kind: 'text', text: this.#single(cursor), quoted: true });
      else if (cursor.take('"')) {
        const inner = this.#quoted(cursor, '"');
        cursor.expect('"');
        parts.push({ kind: 'text', text: '', quoted: true }, ...inner);
      } else if (cursor.take("$'")) parts.push({ kind: 'text', text: ansiQuoted(cursor), quoted: true });
      else if (cursor.startsWith('$"')) cursor.fail('quoting $"');
      else if (cursor.take('\\')) parts.push({ kind: 'text', text: cursor.next(), quoted: true });
      else parts.push(this.#expansion(cursor, false) ?? { kind: 'text', text: cursor.next(), quoted: false });
    }
    return joined(parts);
  }

  #single(cursor: Cursor): string {
    const end = cursor.text.indexOf("'", cursor.at);
    if (end < 0) return cursor.fail('an open quote');
    const text = cursor.text.slice(cursor.at, end);
    cursor.at = end + 1;
    return text;
  }

  /** Up to `end`, exclusive. */
  #quoted(cursor: Cursor, end: '"' | ''): readonly WordPart[] {
    const parts: WordPart[] = [];
    while (!cursor.done && (end === '' || cursor.peek() !== end)) {
      if (cursor.take('\\\n')) continue;
      const escaped = cursor.peek() === '\\' && (end === '"' ? '$`"\\' : '$`\\').includes(cursor.peek(1) || ' ');
      if (escaped) {
        cursor.at += 1;
        parts.push({ kind: 'text', text: cursor.next(), quoted: true });
      } else parts.push(this.#expansion(cursor, true) ?? { kind: 'text', text: cursor.next(), quoted: true });
    }
    if (end !== '' && cursor.done) cursor.fail('an open quote');
    return joined(parts);
  }

  #expansion(cursor: Cursor, quoted: boolean): WordPart | undefined {
    if (cursor.peek() === '`') return { kind: 'command', body: this.#backquoted(cursor, quoted), quoted };
    if (cursor.peek() !== '$') return undefined;
    if (cursor.take('$((')) return this.#arithmetic(cursor, quoted);
    if (cursor.take('$(')) {
      const body = this.#readCommands(cursor, ')');
      cursor.expect(')');
      return { kind: 'command', body, quoted };
    }
    if (cursor.take('${')) return this.#braced(cursor, quoted);
    const name = cursor.match(/\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/y);
    return name === undefined ? undefined : { kind: 'parameter', name: name.slice(1), quoted };
  }

  #backquoted(cursor: Cursor, quoted: boolean): List {
    const line = cursor.line;
    cursor.at += 1;
    let inner = '';
    while (!cursor.done && cursor.peek() !== '`') {
      if (cursor.peek() === '\\' && (quoted ? '$`\\"' : '$`\\').includes(cursor.peek(1))) cursor.at += 1;
      inner += cursor.next();
    }
    cursor.expect('`');
    return this.#readCommands(new TextCursor(inner, line), '');
  }

  #arithmetic(cursor: Cursor, quoted: boolean): WordPart {
    const line = cursor.line;
    return { kind: 'arithmetic', source: this.text(this.arithmeticText(cursor), line), quoted };
  }

  /** Behind `((`: the text up to the matching `))`, stepped over. */
  arithmeticText(cursor: Cursor): string {
    const start = cursor.at;
    for (let depth = 0; !cursor.done; cursor.at += 1) {
      if (depth === 0 && cursor.startsWith('))')) {
        const text = cursor.text.slice(start, cursor.at);
        cursor.at += 2;
        return text;
      }
      if (cursor.peek() === '(') depth += 1;
      if (cursor.peek() === ')') depth -= 1;
    }
    return cursor.fail('an open arithmetic expression');
  }

  /** Behind `${`. */
  #braced(cursor: Cursor, quoted: boolean): WordPart {
    if (cursor.peek() === '#' && cursor.peek(1) !== '}') {
      cursor.at += 1;
      const element = this.#element(cursor);
      cursor.expect('}');
      return { kind: 'parameter', ...element, change: { kind: 'length' }, quoted };
    }
    const indirect = cursor.match(/!(?=[A-Za-z_])/y) === undefined ? {} : { indirect: true };
    const named = { kind: 'parameter', ...this.#element(cursor), ...indirect, quoted } as const;
    if (cursor.take('}')) return named;
    const change = this.#change(cursor, quoted);
    cursor.expect('}');
    return { ...named, change };
  }

  /** A name, with the index of an array's element behind it. */
  #element(cursor: Cursor): { readonly name: string; readonly index?: Word | '@' | '*' } {
    const name = this.#name(cursor);
    if (!/^[A-Za-z_]/.test(name) || !cursor.take('[')) return { name };
    const all = cursor.match(/[@*](?=\])/y);
    if (all === undefined) return { name, index: this.index(cursor) };
    cursor.expect(']');
    return { name, index: all === '@' ? '@' : '*' };
  }

  #name(cursor: Cursor): string {
    return cursor.match(/[A-Za-z_]\w*|\d+|[@*#?$!-]/y) ?? cursor.fail('this parameter expansion');
  }

  #change(cursor: Cursor, quoted: boolean): ParameterChange {
    const operand = (ending: Ending): Word => {
      const line = cursor.line;
      // Inside double quotes a single quote of the operand is a plain character.
      if (quoted && cursor.text.slice(cursor.at).match(/^[^}]*'/) !== null)
        cursor.fail('a single quote in a quoted expansion');
      return { parts: this.#parts(cursor, ending), line };
    };
    const test = cursor.match(/:?[-=?+]/y);
    if (test !== undefined) {
      const kind = ({ '-': 'default', '=': 'assign', '?': 'require', '+': 'alternative' } as const)[
        test.at(-1) === '-' ? '-' : test.at(-1) === '=' ? '=' : test.at(-1) === '?' ? '?' : '+'
      ];
      return { kind, colon: test.length === 2, word: operand('brace') };
    }
    const cut = cursor.match(/##?|%%?/y);
    if (cut !== undefined)
      return {
        kind: cut.startsWith('#') ? 'cut-start' : 'cut-end',
        longest: cut.length === 2,
        pattern: operand('brace'),
      };
    const letters = cursor.match(/\^\^?|,,?/y);
    if (letters !== undefined) {
      if (cursor.peek() !== '}') cursor.fail('a pattern of letters to change');
      return { kind: 'case', upper: letters.startsWith('^'), all: letters.length === 2 };
    }
    if (cursor.take('/')) {
      const all = cursor.take('/');
      const pattern = operand('slash');
      const by: Word = cursor.take('/') ? operand('brace') : { parts: [], line: pattern.line };
      return { kind: 'replace', all, pattern, by };
    }
    if (cursor.take(':')) {
      const from = operand('colon');
      return cursor.take(':') ? { kind: 'slice', from, length: operand('brace') } : { kind: 'slice', from };
    }
    return cursor.fail('this parameter expansion');
  }
}

function ends(cursor: Cursor, ending: Ending): boolean {
  const next = cursor.peek();
  switch (ending) {
    case 'blank':
      return ' \t\n;&|<>()'.includes(next);
    case 'brace':
      return next === '}';
    case 'bracket':
      return next === ']';
    case 'slash':
      return next === '}' || next === '/';
    case 'colon':
      return next === '}' || next === ':';
    case 'text':
      return false;
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** Behind `$'`, up to the quote that ends it. */
function ansiQuoted(cursor: Cursor): string {
  let text = '';
  while (!cursor.done && !cursor.take("'")) {
    if (!cursor.take('\\')) text += cursor.next();
    else
      text += escapes[cursor.peek()] === undefined ? cursor.fail("an escape in $'…'") : (escapes[cursor.next()] ?? '');
  }
  return text;
}

/** Neighbouring literals as one. */
function joined(parts: readonly WordPart[]): readonly WordPart[] {
  const out: WordPart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.kind === 'text' && last?.kind === 'text' && last.quoted === part.quoted)
      out[out.length - 1] = { kind: 'text', text: last.text + part.text, quoted: part.quoted };
    else out.push(part);
  }
  return out;
}
