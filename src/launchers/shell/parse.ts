// Longer than other files: one grammar, whose rules call each other.
import { parseArray } from './parse-array.ts';
import type { Assignment, Redirect, ShellNode, Word } from './syntax.ts';
import { ShellSyntaxError } from './syntax-error.ts';
import type { TextWithHoles } from './text-with-holes.ts';
import { WordParser } from './word-parser.ts';

export type ParsedScript =
  | { readonly kind: 'script'; readonly body: readonly ShellNode[] }
  | { readonly kind: 'problem'; readonly problem: string; readonly offset: number };

/** Reads a script of the sh subset that launchers use (with `[[`, `function` and `<(…)` of bash). */
export function parseShell(source: TextWithHoles): ParsedScript {
  try {
    const parser = new CommandParser(new WordParser(source, 0, readNested));
    return { kind: 'script', body: parser.script() };
  } catch (error) {
    if (error instanceof ShellSyntaxError) return { kind: 'problem', problem: error.message, offset: error.offset };
    throw error;
  }
}

function readNested(words: WordParser, end: ')' | '`'): readonly ShellNode[] {
  return new CommandParser(words, end).list([]);
}

interface PendingDocument {
  readonly delimiter: string;
  readonly literal: boolean;
  readonly tabs: boolean;
  readonly store: (word: Word) => void;
}

const OPERATORS = ['&>>', '<<<', '<<-', '&>', '>>', '>|', '<>', '<&', '>&', '<<', '<', '>'] as const;

class CommandParser {
  readonly #words: WordParser;
  /** Character that closes the substitution this parser reads. */
  readonly #end: string | undefined;
  readonly #documents: PendingDocument[] = [];

  constructor(words: WordParser, end?: ')' | '`') {
    this.#words = words;
    this.#end = end;
  }

  script(): readonly ShellNode[] {
    const body = this.list([]);
    if (!this.#atEnd()) throw new ShellSyntaxError(`${this.#char} is not expected here`, this.#at);
    return body;
  }

  /** Commands up to one of the reserved words, or what cannot begin a command. */
  list(terminators: readonly string[]): readonly ShellNode[] {
    const nodes: ShellNode[] = [];
    for (;;) {
      this.#separators();
      if (
        this.#atEnd() ||
        this.#char === this.#end ||
        this.#char === ')' ||
        this.#words.startsWith(';;') ||
        terminators.includes(this.#peekWord())
      )
        break;
      const start = this.#at;
      const command = this.#andOr();
      this.#blanks();
      if (this.#char === '&' && !this.#words.startsWith('&&')) {
        this.#words.position++;
        nodes.push({ kind: 'background', command, start, end: command.end });
      } else nodes.push(command);
      if (this.#at === start) throw new ShellSyntaxError(`${this.#char} is not expected here`, start);
    }
    if (this.#documents.length > 0 && this.#atEnd())
      throw new ShellSyntaxError(`no end of the here-document ${this.#documents[0]?.delimiter}`, this.#at);
    return nodes;
  }

  #andOr(): ShellNode {
    let left = this.#pipeline();
    for (;;) {
      this.#blanks();
      const op = this.#words.startsWith('&&') ? '&&' : this.#words.startsWith('||') ? '||' : undefined;
      if (op === undefined) return left;
      this.#words.position += 2;
      this.#separators();
      const right = this.#pipeline();
      left = { kind: 'and-or', op, left, right, start: left.start, end: right.end };
    }
  }

  #pipeline(): ShellNode {
    const start = this.#at;
    const negated = this.#peekWord() === '!';
    if (negated) this.#words.position++;
    this.#blanks();
    const commands = [this.#command()];
    for (;;) {
      this.#blanks();
      if (this.#char !== '|' || this.#words.startsWith('||')) break;
      this.#words.position += this.#words.startsWith('|&') ? 2 : 1;
      this.#separators();
      commands.push(this.#command());
    }
    const [only] = commands;
    if (only !== undefined && commands.length === 1 && !negated) return only;
    return { kind: 'pipeline', commands, negated, start, end: this.#at };
  }

  #command(): ShellNode {
    const start = this.#at;
    switch (this.#peekWord()) {
      case 'if':
        return this.#if(start);
      case 'case':
        return this.#case(start);
      case 'while':
      case 'until':
        return this.#loop(start);
      case 'for':
        return this.#for(start);
      case '{':
        return this.#group(start);
      case 'function':
        this.#words.position += 'function'.length;
        return this.#function(start);
    }
    if (this.#words.startsWith('((')) return this.#arithmetic(start);
    if (this.#char === '(') return this.#subshell(start);
    if (/^[A-Za-z_][\w-]*[ \t]*\([ \t]*\)/.test(this.#rest(200))) return this.#function(start);
    return this.#simple(start);
  }

  #if(start: number): ShellNode {
    const branches: { test: readonly ShellNode[]; body: readonly ShellNode[] }[] = [];
    let otherwise: readonly ShellNode[] = [];
    this.#reserved('if');
    for (;;) {
      const test = this.list(['then']);
      this.#reserved('then');
      branches.push({ test, body: this.list(['elif', 'else', 'fi']) });
      if (this.#peekWord() === 'elif') {
        this.#reserved('elif');
        continue;
      }
      if (this.#peekWord() === 'else') {
        this.#reserved('else');
        otherwise = this.list(['fi']);
      }
      this.#reserved('fi');
      return { kind: 'if', branches, otherwise, redirects: this.#redirects(), start, end: this.#at };
    }
  }

  #case(start: number): ShellNode {
    this.#reserved('case');
    this.#blanks();
    const word = this.#words.word();
    this.#separators();
    this.#reserved('in');
    const arms: { patterns: readonly Word[]; body: readonly ShellNode[] }[] = [];
    for (;;) {
      this.#separators();
      if (this.#peekWord() === 'esac') break;
      if (this.#char === '(') this.#words.position++;
      const patterns: Word[] = [];
      do {
        if (this.#char === '|') this.#words.position++;
        this.#blanks();
        patterns.push(this.#words.word());
        this.#blanks();
      } while (this.#char === '|');
      if (this.#char !== ')') throw new ShellSyntaxError('a pattern of case without )', this.#at);
      this.#words.position++;
      arms.push({ patterns, body: this.list(['esac']) });
      if (this.#words.startsWith(';;&'))
        throw new ShellSyntaxError('a case that falls through is not understood', this.#at);
      if (this.#words.startsWith(';;')) this.#words.position += 2;
    }
    this.#reserved('esac');
    return { kind: 'case', word, arms, redirects: this.#redirects(), start, end: this.#at };
  }

  #loop(start: number): ShellNode {
    const until = this.#peekWord() === 'until';
    this.#reserved(until ? 'until' : 'while');
    const test = this.list(['do']);
    return { kind: 'loop', until, test, body: this.#doneBody(), redirects: this.#redirects(), start, end: this.#at };
  }

  #for(start: number): ShellNode {
    this.#reserved('for');
    this.#blanks();
    if (this.#words.startsWith('((')) return this.#countingLoop(start);
    const name = this.#name();
    this.#separators();
    let words: Word[] | undefined;
    if (this.#peekWord() === 'in') {
      this.#reserved('in');
      words = [];
      for (this.#blanks(); this.#char !== '' && !';\n&|'.includes(this.#char); this.#blanks())
        words.push(this.#words.word());
    }
    this.#separators();
    return { kind: 'for', name, words, body: this.#doneBody(), redirects: this.#redirects(), start, end: this.#at };
  }

  /** `for ((i = 0; i < 3; i++)); do … done`. */
  #countingLoop(start: number): ShellNode {
    const header = this.#arithmetic(this.#at);
    const [first = '', test = '', next = ''] = header.kind === 'arithmetic' ? header.source.split(';') : [];
    this.#separators();
    const tested: ShellNode = { kind: 'arithmetic', source: test, redirects: [], start: header.start, end: header.end };
    return {
      kind: 'loop',
      until: false,
      counter: { first, next },
      test: test.trim() === '' ? [] : [tested],
      body: this.#doneBody(),
      redirects: this.#redirects(),
      start,
      end: this.#at,
    };
  }

  #doneBody(): readonly ShellNode[] {
    this.#reserved('do');
    const body = this.list(['done']);
    this.#reserved('done');
    return body;
  }

  #group(start: number): ShellNode {
    this.#reserved('{');
    const body = this.list(['}']);
    this.#reserved('}');
    return { kind: 'group', body, redirects: this.#redirects(), start, end: this.#at };
  }

  #subshell(start: number): ShellNode {
    this.#words.position++;
    const body = this.list([]);
    if (this.#char !== ')') throw new ShellSyntaxError('no closing )', start);
    this.#words.position++;
    return { kind: 'subshell', body, redirects: this.#redirects(), start, end: this.#at };
  }

  #function(start: number): ShellNode {
    this.#blanks();
    const name = this.#name();
    this.#blanks();
    const parentheses = /^\([ \t]*\)/.exec(this.#rest(20))?.[0];
    this.#words.position += parentheses?.length ?? 0;
    this.#separators();
    return { kind: 'function', name, body: this.#command(), start, end: this.#at };
  }

  #arithmetic(start: number): ShellNode {
    const end = this.#words.source.text.indexOf('))', start);
    if (end < 0) throw new ShellSyntaxError('no closing ))', start);
    this.#words.position = end + 2;
    return {
      kind: 'arithmetic',
      source: this.#words.source.text.slice(start + 2, end),
      redirects: this.#redirects(),
      start,
      end: this.#at,
    };
  }

  #simple(start: number): ShellNode {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.#blanks();
      if (this.#redirect(redirects)) continue;
      if (this.#char === '' || this.#char === '\n' || this.#char === this.#end) break;
      if (this.#words.startsWith('<(') || this.#words.startsWith('>(')) {
        words.push(this.#words.process());
        continue;
      }
      if (';&|()'.includes(this.#char) && !this.#inTest(words)) break;
      if (this.#char === '#') {
        this.#comment();
        continue;
      }
      if (this.#inTest(words)) {
        words.push(this.#testWord());
        continue;
      }
      const assignment = words.length === 0 ? this.#assignment() : this.#declaredArray(words);
      if (assignment !== undefined) assignments.push(assignment);
      else words.push(this.#words.word(this.#end === '`' ? /[\s;&|<>()`]/ : undefined));
    }
    if (assignments.length + words.length + redirects.length === 0)
      throw new ShellSyntaxError(
        this.#atEnd() ? 'the script ends in the middle of a command' : `${this.#char} is not expected here`,
        this.#at,
      );
    return {
      kind: 'simple',
      assignments,
      words,
      redirects,
      start,
      end: this.#lastEnd(start, assignments, words, redirects),
    };
  }

  #lastEnd(
    start: number,
    assignments: readonly Assignment[],
    words: readonly Word[],
    redirects: readonly Redirect[],
  ): number {
    return Math.max(
      start,
      ...assignments.map((a) => a.value.end),
      ...words.map((word) => word.end),
      ...redirects.map((redirect) => redirect.end),
    );
  }

  /** Between `[[` and `]]` operators are words. */
  #inTest(words: readonly Word[]): boolean {
    const text = (word: Word | undefined): string =>
      word?.parts.length === 1 && word.parts[0]?.kind === 'text' && !word.parts[0].quoted ? word.parts[0].text : '';
    return text(words[0]) === '[[' && text(words.at(-1)) !== ']]';
  }

  #testWord(): Word {
    const start = this.#at;
    const operator = /^(?:&&|\|\||[<>()]|\]\](?=[\s;&|)]|$))/.exec(this.#rest(3))?.[0];
    if (operator === undefined) return this.#words.word(/[\s()]/);
    this.#words.position += operator.length;
    return {
      parts: [{ kind: 'text', text: operator, quoted: false, from: this.#words.source.from(start, this.#at) }],
      start,
      end: this.#at,
    };
  }

  #assignment(): Assignment | undefined {
    const head = /^([A-Za-z_]\w*)(\[[^\]\n]+\])?(\+?)=/.exec(this.#rest(200));
    if (head === null) return undefined;
    const [all, name = '', bracket, plus] = head;
    const start = this.#at;
    const index = bracket === undefined ? undefined : this.#index(name.length + 1);
    this.#words.position = start + all.length;
    if (this.#char === '(') return this.#array(name, plus === '+');
    return {
      name,
      ...(index === undefined ? {} : { index }),
      append: plus === '+',
      value: this.#words.word(this.#end === '`' ? /[\s;&|<>()`]/ : undefined),
    };
  }

  /** The text in the brackets of `NAME[index]=`. */
  #index(offset: number): Word {
    this.#words.position += offset;
    return this.#words.word(/[\]\n]/);
  }

  #array(name: string, append: boolean): Assignment {
    const start = this.#at;
    const items = parseArray(this.#words);
    return { name, append, items, value: { parts: [], start, end: this.#at } };
  }

  /** `declare -A NAME=( … )`: an array among the words of a declaring command. */
  #declaredArray(words: readonly Word[]): Assignment | undefined {
    const first = words[0]?.parts[0];
    if (first?.kind !== 'text' || !/^(?:declare|local|typeset|readonly|export)$/.test(first.text)) return undefined;
    return /^[A-Za-z_]\w*\+?=\(/.test(this.#rest(200)) ? this.#assignment() : undefined;
  }

  #redirects(): readonly Redirect[] {
    const redirects: Redirect[] = [];
    do this.#blanks();
    while (this.#redirect(redirects));
    return redirects;
  }

  #redirect(into: Redirect[]): boolean {
    const start = this.#at;
    const descriptor = /^\d+(?=[<>])/.exec(this.#rest(8))?.[0] ?? '';
    const after = this.#words.source.text.slice(start + descriptor.length, start + descriptor.length + 3);
    if (/^[<>]\(/.test(after)) return false;
    const op = OPERATORS.find((candidate) => after.startsWith(candidate));
    if (op === undefined) return false;
    this.#words.position += descriptor.length + op.length;
    this.#blanks();
    const target = this.#words.startsWith('<(')
      ? this.#words.process()
      : this.#words.word(this.#end === '`' ? /[\s;&|<>()`]/ : undefined);
    const fd = descriptor === '' ? undefined : Number(descriptor);
    if (op !== '<<' && op !== '<<-') {
      into.push({ fd, op, target, start, end: this.#at });
      return true;
    }
    const index = into.push({ fd, op: '<<', target, start, end: this.#at }) - 1;
    const delimiter = target.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const store = (word: Word): void => {
      into[index] = { fd, op: '<<', target: word, start, end: this.#lastDelimiterEnd(start, target.end) };
    };
    this.#documents.push({ delimiter, literal: target.parts.some((part) => part.quoted), tabs: op === '<<-', store });
    return true;
  }

  /** The command's own text ends with the delimiter, not with the document below it. */
  #lastDelimiterEnd(start: number, end: number): number {
    return Math.max(start, end);
  }

  /** Reads the documents announced on the line that has just ended. */
  #readDocuments(): void {
    for (const pending of this.#documents.splice(0)) {
      const text = this.#words.source.text;
      const start = this.#at;
      for (let line = start; ; ) {
        const newline = text.indexOf('\n', line);
        const end = newline < 0 ? text.length : newline;
        const content = text.slice(line, end).replace(/\r$/, '');
        if ((pending.tabs ? content.replace(/^\t+/, '') : content) === pending.delimiter) {
          pending.store(this.#document(pending, start, line));
          this.#words.position = newline < 0 ? text.length : newline + 1;
          break;
        }
        if (newline < 0) throw new ShellSyntaxError(`no end of the here-document ${pending.delimiter}`, start);
        line = newline + 1;
      }
    }
  }

  #document(pending: PendingDocument, start: number, end: number): Word {
    const { source } = this.#words;
    const word = pending.literal
      ? {
          parts: [
            { kind: 'text' as const, text: source.text.slice(start, end), quoted: true, from: source.from(start, end) },
          ],
          start,
          end,
        }
      : this.#words.hereDocument(start, end);
    if (!pending.tabs) return word;
    return {
      ...word,
      parts: word.parts.map((part, i) =>
        part.kind === 'text' ? { ...part, text: part.text.replace(i === 0 ? /^\t+/gm : /(?<=\n)\t+/g, '') } : part,
      ),
    };
  }

  #separators(): void {
    for (;;) {
      this.#blanks();
      if (this.#char === '\n') {
        this.#words.position++;
        this.#readDocuments();
      } else if (this.#char === ';' && !this.#words.startsWith(';;')) this.#words.position++;
      else if (this.#char === '#') this.#comment();
      else return;
    }
  }

  #blanks(): void {
    while (/[ \t\r]/.test(this.#char) || this.#words.startsWith('\\\n'))
      this.#words.position += this.#char === '\\' ? 2 : 1;
  }

  #comment(): void {
    const end = this.#words.source.text.indexOf('\n', this.#at);
    this.#words.position = end < 0 ? this.#words.source.text.length : end;
  }

  #reserved(word: string): void {
    this.#separators();
    if (this.#peekWord() !== word) throw new ShellSyntaxError(`${word} is missing`, this.#at);
    this.#words.position += word.length;
  }

  #name(): string {
    const name = /^[A-Za-z_][\w-]*/.exec(this.#rest(200))?.[0];
    if (name === undefined) throw new ShellSyntaxError('a name is missing', this.#at);
    this.#words.position += name.length;
    return name;
  }

  /** The unquoted word at the position, without reading it. */
  #peekWord(): string {
    return /^[^\s;&|<>()'"\\$`]+/.exec(this.#rest(20))?.[0] ?? '';
  }

  #rest(length: number): string {
    return this.#words.source.text.slice(this.#at, this.#at + length);
  }

  get #char(): string {
    return this.#words.char;
  }

  get #at(): number {
    return this.#words.position;
  }

  #atEnd(): boolean {
    return this.#at >= this.#words.source.text.length;
  }
}
