// One parser for the whole grammar: longer than other files because its methods call each other.
import { Cursor } from './cursor.ts';
import { WordReader } from './read-word.ts';
import type { Arm, ArrayItem, Assignment, Branch, Command, List, Redirect, RedirectKind, Word } from './syntax.ts';

/** @throws NotInterpretable where the text is outside the subset */
export function parseScript(text: string): List {
  const cursor = new Cursor(text.replaceAll('\r\n', '\n'));
  const list = new Parser(cursor).list(() => false);
  if (!cursor.done) cursor.fail(`"${cursor.peek()}" here`);
  return list;
}

interface PendingHere {
  readonly end: string;
  readonly raw: boolean;
  readonly tabs: boolean;
  readonly settle: (target: Word) => void;
}

const redirects: Readonly<Record<string, RedirectKind>> = {
  '<': 'read',
  '>': 'write',
  '>|': 'write',
  '>>': 'append',
  '<>': 'read-write',
  '>&': 'duplicate',
  '<&': 'duplicate',
  '&>': 'both',
  '<<': 'here',
  '<<-': 'here',
  '<<<': 'here',
};

class Parser {
  readonly #cursor: Cursor;
  readonly #words = new WordReader((cursor, end) =>
    new Parser(cursor).list((next) => next.peek() === end && end !== ''),
  );
  #pending: PendingHere[] = [];

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** Commands up to where `end` holds, or the end of the text. */
  list(end: (cursor: Cursor) => boolean): List {
    const commands: Command[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#cursor.done || end(this.#cursor)) return commands;
      const line = this.#cursor.line;
      const command = this.#andOr();
      this.#skip(false);
      if (this.#cursor.take('&')) {
        commands.push({ kind: 'background', command, line });
        continue;
      }
      commands.push(command);
      if (this.#cursor.startsWith(';;')) return commands;
      if (!this.#cursor.take(';') && this.#cursor.peek() !== '\n') return commands;
    }
  }

  /** Blanks, comments and, where wanted, line ends. */
  #skip(lines: boolean): void {
    const cursor = this.#cursor;
    for (;;) {
      if (cursor.match(/(?:[ \t]|\\\n)+/y) !== undefined) continue;
      if (cursor.peek() === '#') cursor.match(/#[^\n]*/y);
      else if (cursor.peek() === '\n' && lines) {
        cursor.at += 1;
        this.#readHeres();
      } else return;
    }
  }

  #readHeres(): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const here of pending) {
      const line = this.#cursor.line;
      let body = '';
      for (;;) {
        if (this.#cursor.done) break;
        const whole = this.#cursor.match(/[^\n]*/y) ?? '';
        this.#cursor.take('\n');
        const text = here.tabs ? whole.replace(/^\t+/, '') : whole;
        if (text === here.end) break;
        body += `${text}\n`;
      }
      here.settle(
        here.raw ? { parts: [{ kind: 'text', text: body, quoted: true }], line } : this.#words.text(body, line),
      );
    }
  }

  #andOr(): Command {
    let left = this.#pipeline();
    for (;;) {
      this.#skip(false);
      const operator = this.#cursor.take('&&') ? '&&' : this.#cursor.take('||') ? '||' : undefined;
      if (operator === undefined) return left;
      this.#skip(true);
      left = { kind: 'and-or', left, operator, right: this.#pipeline() };
    }
  }

  #pipeline(): Command {
    const line = this.#cursor.line;
    const negated = this.#keyword('!');
    const commands = [this.#command()];
    for (;;) {
      this.#skip(false);
      if (this.#cursor.startsWith('||')) break;
      if (this.#cursor.startsWith('|&')) this.#cursor.fail('|&');
      if (!this.#cursor.take('|')) break;
      this.#skip(true);
      commands.push(this.#command());
    }
    const [only] = commands;
    if (commands.length === 1 && only !== undefined && !negated) return only;
    return { kind: 'pipeline', commands, negated, line };
  }

  #command(): Command {
    this.#skip(false);
    const compound = this.#compound();
    if (compound === undefined) return this.#simple();
    const found: Redirect[] = [];
    this.#skip(false);
    while (this.#redirect(found)) this.#skip(false);
    return found.length === 0 ? compound : { kind: 'redirected', command: compound, redirects: found };
  }

  #compound(): Command | undefined {
    const cursor = this.#cursor;
    const line = cursor.line;
    if (cursor.take('(('))
      return { kind: 'arithmetic', source: this.#words.text(this.#words.arithmeticText(cursor), line), line };
    if (cursor.take('(')) {
      const body = this.list((next) => next.peek() === ')');
      cursor.expect(')');
      return { kind: 'subshell', body, line };
    }
    if (this.#keyword('{')) return { kind: 'group', body: this.#until('}') };
    if (this.#keyword('if')) return this.#if();
    if (this.#keyword('while')) return this.#loop(false, line);
    if (this.#keyword('until')) return this.#loop(true, line);
    if (this.#keyword('for')) return this.#for();
    if (this.#keyword('case')) return this.#case();
    if (this.#keyword('[[')) return { kind: 'condition', words: this.#conditionWords(), line };
    if (this.#keyword('select')) cursor.fail('select');
    return this.#function();
  }

  /** A reserved word as a whole word, stepped over. */
  #keyword(word: string): boolean {
    const after = this.#cursor.peek(word.length);
    if (!this.#cursor.startsWith(word) || !(after === '' || ' \t\n;&|<>()'.includes(after))) return false;
    this.#cursor.at += word.length;
    return true;
  }

  /** Commands up to one of the reserved words, which is stepped over. */
  #until(...words: readonly string[]): List {
    const found = this.#upTo(words);
    return found.body;
  }

  #upTo(words: readonly string[]): { readonly body: List; readonly word: string } {
    let word: string | undefined;
    const body = this.list(() => {
      word = words.find((candidate) => this.#keyword(candidate));
      return word !== undefined;
    });
    return { body, word: word ?? this.#cursor.fail(`syntax without "${words.join('" or "')}"`) };
  }

  #if(): Command {
    const branches: Branch[] = [];
    for (;;) {
      const test = this.#until('then');
      const { body, word } = this.#upTo(['elif', 'else', 'fi']);
      branches.push({ test, body });
      if (word === 'fi') return { kind: 'if', branches };
      if (word === 'else') return { kind: 'if', branches, otherwise: this.#until('fi') };
    }
  }

  #loop(until: boolean, line: number): Command {
    const test = this.#until('do');
    return { kind: 'loop', until, test, body: this.#until('done'), line };
  }

  #for(): Command {
    this.#skip(false);
    const line = this.#cursor.line;
    if (this.#cursor.take('((')) return this.#countingLoop(line);
    const name = this.#cursor.match(/[A-Za-z_]\w*/y) ?? this.#cursor.fail('this for');
    this.#skip(true);
    let words: Word[] | undefined;
    if (this.#keyword('in')) {
      words = [];
      for (;;) {
        this.#skip(false);
        const word = this.#words.word(this.#cursor);
        if (word === undefined) break;
        words.push(word);
      }
    }
    this.#skip(false);
    this.#cursor.take(';');
    this.#skip(true);
    if (!this.#keyword('do')) this.#cursor.fail('a for without do');
    const body = this.#until('done');
    return words === undefined ? { kind: 'for', name, body } : { kind: 'for', name, words, body };
  }

  /** Behind `for ((`. */
  #countingLoop(line: number): Command {
    const [first, test, next, ...more] = this.#words
      .arithmeticText(this.#cursor)
      .split(';')
      .map((text) => this.#words.text(text, line));
    if (first === undefined || test === undefined || next === undefined || more.length > 0)
      return this.#cursor.fail('this for');
    this.#skip(false);
    this.#cursor.take(';');
    this.#skip(true);
    if (!this.#keyword('do')) this.#cursor.fail('a for without do');
    return { kind: 'counting-loop', first, test, next, body: this.#until('done'), line };
  }

  #case(): Command {
    this.#skip(false);
    const word = this.#words.word(this.#cursor) ?? this.#cursor.fail('this case');
    this.#skip(true);
    if (!this.#keyword('in')) this.#cursor.fail('a case without in');
    const arms: Arm[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#keyword('esac')) return { kind: 'case', word, arms };
      this.#cursor.take('(');
      const patterns: Word[] = [];
      do {
        this.#skip(false);
        patterns.push(this.#words.word(this.#cursor) ?? this.#cursor.fail('this case pattern'));
        this.#skip(false);
      } while (this.#cursor.take('|'));
      this.#cursor.expect(')');
      let last = false;
      const body = this.list((cursor) => {
        last = this.#keyword('esac');
        return last || cursor.startsWith(';;');
      });
      arms.push({ patterns, body });
      if (last) return { kind: 'case', word, arms };
      if (this.#cursor.startsWith(';;&') || this.#cursor.startsWith(';&')) this.#cursor.fail('falling through a case');
      this.#cursor.expect(';;');
    }
  }

  #conditionWords(): readonly Word[] {
    const words: Word[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#keyword(']]')) return words;
      const line = this.#cursor.line;
      const operator = this.#cursor.match(/&&|\|\||[()<>]/y);
      if (operator === '<' || operator === '>') this.#cursor.fail(`[[ ${operator} ]]`);
      if (operator !== undefined) words.push({ parts: [{ kind: 'text', text: operator, quoted: false }], line });
      else words.push(this.#words.word(this.#cursor) ?? this.#cursor.fail('this [['));
    }
  }

  #function(): Command | undefined {
    const cursor = this.#cursor;
    const start = cursor.at;
    const keyword = this.#keyword('function');
    this.#skip(false);
    const name = cursor.match(/[A-Za-z_][\w-]*/y);
    const parentheses = name === undefined ? undefined : cursor.match(/[ \t]*\([ \t]*\)/y);
    if (name === undefined || (parentheses === undefined && !keyword)) {
      cursor.at = start;
      return undefined;
    }
    this.#skip(true);
    return { kind: 'function', name, body: this.#command() };
  }

  #simple(): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const arrays: Assignment[] = [];
    const found: Redirect[] = [];
    const line = this.#cursor.line;
    for (;;) {
      this.#skip(false);
      if (this.#redirect(found)) continue;
      const assignment = words.length === 0 ? this.#assignment() : undefined;
      if (assignment !== undefined) {
        assignments.push(assignment);
        continue;
      }
      const array = declares(words[0]) ? this.#cursor.match(/[A-Za-z_]\w*(?==\()/y) : undefined;
      if (array !== undefined) {
        this.#cursor.at += 1;
        arrays.push({ name: array, value: { parts: [], line }, items: this.#items() });
        words.push({ parts: [{ kind: 'text', text: array, quoted: false }], line });
        continue;
      }
      const word = this.#words.word(this.#cursor);
      if (word === undefined) break;
      words.push(word);
    }
    if (assignments.length + words.length + found.length === 0) this.#cursor.fail(`"${this.#cursor.peek()}" here`);
    return { kind: 'simple', assignments, ...(arrays.length === 0 ? {} : { arrays }), words, redirects: found, line };
  }

  /** `NAME=`, `NAME+=`, `NAME[INDEX]=`, with the value; undefined where none begins here. */
  #assignment(): Assignment | undefined {
    const cursor = this.#cursor;
    const { line, at: start } = cursor;
    const name = cursor.match(/[A-Za-z_]\w*(?=\+?=|\[)/y);
    if (name === undefined) return undefined;
    const index = cursor.take('[') ? this.#words.index(cursor) : undefined;
    const sign = cursor.match(/\+?=/y);
    if (sign === undefined) {
      cursor.at = start;
      return undefined;
    }
    const append = sign === '+=' ? { append: true } : {};
    const head = { name, ...(index === undefined ? {} : { index }), ...append };
    if (cursor.peek() === '(') return { ...head, value: { parts: [], line }, items: this.#items() };
    return { ...head, value: this.#words.word(cursor) ?? { parts: [], line } };
  }

  /** `(…)` of an array, with its parentheses. */
  #items(): readonly ArrayItem[] {
    const cursor = this.#cursor;
    const items: ArrayItem[] = [];
    cursor.expect('(');
    for (;;) {
      this.#skip(true);
      if (cursor.take(')')) return items;
      const { line } = cursor;
      const key = cursor.match(/\[(?=[^\]]*\]=)/y) === undefined ? undefined : this.#words.index(cursor);
      if (key !== undefined) cursor.expect('=');
      const value = this.#words.word(cursor);
      if (value === undefined && key === undefined) return cursor.fail('this array');
      items.push({ ...(key === undefined ? {} : { key }), value: value ?? { parts: [], line } });
    }
  }

  #redirect(found: Redirect[]): boolean {
    const cursor = this.#cursor;
    const operator = cursor.match(/\d*(?:<<<|<<-|<<|<>|<&|>>|>&|>\||<(?!\()|>(?!\())|&>/y);
    if (operator === undefined) return false;
    const digits = /^\d+/.exec(operator)?.[0];
    const sign = operator.slice(digits?.length ?? 0);
    const kind = redirects[sign] ?? cursor.fail(`redirection ${sign}`);
    const descriptor = digits === undefined ? (sign.startsWith('<') ? 0 : 1) : Number(digits);
    this.#skip(false);
    const line = cursor.line;
    const target = this.#words.word(cursor) ?? cursor.fail('a redirection without a target');
    if (sign === '<<<') {
      found.push({
        kind,
        descriptor,
        target: { parts: [...quote(target), { kind: 'text', text: '\n', quoted: true }], line },
      });
    } else if (kind === 'here') {
      const at = found.push({ kind, descriptor, target }) - 1;
      const end = target.parts
        .map((part) => (part.kind === 'text' ? part.text : cursor.fail('this here-document')))
        .join('');
      const raw = target.parts.some((part) => part.quoted);
      this.#pending.push({
        end,
        raw,
        tabs: sign === '<<-',
        settle: (body) => (found[at] = { kind, descriptor, target: body }),
      });
    } else found.push({ kind, descriptor, target });
    return true;
  }
}

const declaring: ReadonlySet<string> = new Set(['declare', 'local', 'typeset', 'readonly', 'export']);

function declares(word: Word | undefined): boolean {
  const [part, ...more] = word?.parts ?? [];
  return part?.kind === 'text' && more.length === 0 && declaring.has(part.text);
}

/** The same word, never split. */
function quote(word: Word): readonly Word['parts'][number][] {
  return word.parts.map((part) => ({ ...part, quoted: true }));
}
