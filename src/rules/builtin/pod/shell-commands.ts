/**
 * Reads the shell text of a container's `sh -c` as a list of simple commands. It answers only where the text is such a list:
 * for compound commands, functions and here-documents it gives undefined, and the text is left as it is.
 */

export type Separator = ';' | '&&' | '||' | '&' | '|' | 'end';

/** A run of characters of a word, with its quotes off. */
export interface WordSegment {
  readonly start: number;
  readonly end: number;
  readonly quote: 'none' | 'single' | 'double';
}

export interface ShellWord {
  readonly start: number;
  readonly end: number;
  readonly segments: readonly WordSegment[];
  /** True where the shell would expand something in it: `$x`, `$(…)`, a backtick, a glob, `~`, a brace list. */
  readonly expands: boolean;
}

export interface ShellCommand {
  readonly start: number;
  readonly end: number;
  readonly assignments: readonly ShellWord[];
  readonly words: readonly ShellWord[];
  readonly redirections: readonly { readonly start: number; readonly end: number }[];
  /** What stands between this command and the next. */
  readonly separator: Separator;
  readonly separatorEnd: number;
}

const compound = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'function',
  'select',
  '{',
  '}',
  '!',
  '[[',
  'time',
  'coproc',
]);
const blank = /[ \t]/;
const operatorStart = /[;&|()<>\n]/;

export function readCommands(text: string): readonly ShellCommand[] | undefined {
  const reader = new Reader(text);
  try {
    return reader.list();
  } catch (problem) {
    if (problem instanceof NotSimple) return undefined;
    throw problem;
  }
}

class NotSimple extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  list(): readonly ShellCommand[] {
    const commands: ShellCommand[] = [];
    for (;;) {
      this.#skipEmpty();
      if (this.#at >= this.#text.length) return commands;
      commands.push(this.#command());
    }
  }

  #command(): ShellCommand {
    const start = this.#at;
    const words: ShellWord[] = [];
    const assignments: ShellWord[] = [];
    const redirections: { start: number; end: number }[] = [];
    let end = start;
    for (;;) {
      this.#skipBlanks();
      const redirection = this.#redirection();
      if (redirection !== undefined) {
        redirections.push(redirection);
        end = this.#at;
        continue;
      }
      if (this.#at >= this.#text.length || operatorStart.test(this.#char())) break;
      const word = this.#word();
      end = word.end;
      const written = this.#text.slice(word.start, word.end);
      if (words.length === 0 && /^[A-Za-z_]\w*=/.test(written)) assignments.push(word);
      else {
        if (words.length === 0 && compound.has(written)) throw new NotSimple();
        words.push(word);
      }
    }
    if (words.length + assignments.length + redirections.length === 0) throw new NotSimple();
    const separator = this.#separator();
    return { start, end, assignments, words, redirections, separator, separatorEnd: this.#at };
  }

  #separator(): Separator {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    if (rest === '') return 'end';
    if (rest === '&&' || rest === '||') {
      this.#at += 2;
      this.#skipNewlines();
      return rest;
    }
    const char = this.#char();
    if (rest === ';;' || rest === '|&' || !/[;&|\n]/.test(char)) throw new NotSimple();
    this.#at += 1;
    if (char === '|') this.#skipNewlines();
    return char === '\n' ? ';' : (char as Separator);
  }

  #redirection(): { start: number; end: number } | undefined {
    const match = /^(\d*)(>>|>&|<&|&>>|&>|>\||<>|>|<<<|<<|<)/.exec(this.#text.slice(this.#at));
    if (match === null) return undefined;
    if (match[2] === '<<' || match[2] === '<<<') throw new NotSimple();
    const start = this.#at;
    this.#at += match[0].length;
    this.#skipBlanks();
    const word = this.#word();
    return { start, end: word.end };
  }

  #word(): ShellWord {
    const start = this.#at;
    const segments: WordSegment[] = [];
    let expands = false;
    const plain = (from: number, to: number): void => {
      if (to > from) segments.push({ start: from, end: to, quote: 'none' });
    };
    let runStart = this.#at;
    while (this.#at < this.#text.length) {
      const char = this.#char();
      if (blank.test(char) || operatorStart.test(char)) break;
      if (char === "'") {
        plain(runStart, this.#at);
        const close = this.#text.indexOf("'", this.#at + 1);
        if (close < 0) throw new NotSimple();
        segments.push({ start: this.#at + 1, end: close, quote: 'single' });
        this.#at = runStart = close + 1;
      } else if (char === '"') {
        plain(runStart, this.#at);
        expands = this.#doubleQuoted(segments) || expands;
        runStart = this.#at;
      } else if (char === '\\') {
        plain(runStart, this.#at);
        if (this.#at + 1 >= this.#text.length) throw new NotSimple();
        if (this.#text[this.#at + 1] !== '\n')
          segments.push({ start: this.#at + 1, end: this.#at + 2, quote: 'single' });
        this.#at += 2;
        runStart = this.#at;
      } else if (char === '$' || char === '`') {
        expands = this.#expansion() || expands;
      } else {
        if (/[*?[\]~{}]/.test(char) || (char === '#' && this.#at === start)) expands = true;
        this.#at += 1;
      }
    }
    plain(runStart, this.#at);
    if (this.#at === start) throw new NotSimple();
    return { start, end: this.#at, segments, expands };
  }

  #doubleQuoted(segments: WordSegment[]): boolean {
    let expands = false;
    this.#at += 1;
    let from = this.#at;
    const push = (): void => {
      if (this.#at > from) segments.push({ start: from, end: this.#at, quote: 'double' });
    };
    for (;;) {
      const char = this.#char();
      if (char === '') throw new NotSimple();
      if (char === '"') {
        if (this.#at === from) segments.push({ start: from, end: from, quote: 'double' });
        push();
        this.#at += 1;
        return expands;
      }
      if (char === '\\' && /["\\$`\n]/.test(this.#text[this.#at + 1] ?? '')) {
        push();
        if (this.#text[this.#at + 1] !== '\n')
          segments.push({ start: this.#at + 1, end: this.#at + 2, quote: 'single' });
        this.#at += 2;
        from = this.#at;
      } else if (char === '$' || char === '`') expands = this.#expansion() || expands;
      else this.#at += 1;
    }
  }

  /** Moves behind an expansion; false where the `$` stands for itself. */
  #expansion(): boolean {
    const end = expansionEnd(this.#text, this.#at);
    if (end === undefined) throw new NotSimple();
    const own = end > this.#at + 1;
    this.#at = end;
    return own;
  }

  #skipBlanks(): void {
    for (;;) {
      if (blank.test(this.#char())) this.#at += 1;
      else if (this.#text.startsWith('\\\n', this.#at)) this.#at += 2;
      else return;
    }
  }

  #skipNewlines(): void {
    for (;;) {
      this.#skipBlanks();
      if (this.#char() !== '\n') return;
      this.#at += 1;
    }
  }

  /** Blank lines, stray line ends and comments before a command. */
  #skipEmpty(): void {
    for (;;) {
      this.#skipNewlines();
      if (this.#char() !== '#') return;
      const end = this.#text.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#text.length : end;
    }
  }

  #char(): string {
    return this.#text[this.#at] ?? '';
  }
}

/** The offset behind the expansion that begins at `at` with `$` or a backtick; undefined where it never ends. */
export function expansionEnd(text: string, at: number): number | undefined {
  if (text[at] === '`') {
    for (let i = at + 1; i < text.length; i += 1) {
      if (text[i] === '\\') i += 1;
      else if (text[i] === '`') return i + 1;
    }
    return undefined;
  }
  const next = text[at + 1] ?? '';
  if (next === '(') return closing(text, at + 1, '(', ')');
  if (next === '{') return closing(text, at + 1, '{', '}');
  const name = /^(?:[A-Za-z_]\w*|[0-9?$!#@*-])/.exec(text.slice(at + 1));
  return at + 1 + (name?.[0].length ?? 0);
}

function closing(text: string, at: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let i = at; i < text.length; i += 1) {
    const char = text[i];
    if (char === '\\') i += 1;
    else if (char === "'") {
      const end = text.indexOf("'", i + 1);
      if (end < 0) return undefined;
      i = end;
    } else if (char === '"') {
      const end = doubleQuoteEnd(text, i);
      if (end === undefined) return undefined;
      i = end;
    } else if (char === open) depth += 1;
    else if (char === close) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return undefined;
}

function doubleQuoteEnd(text: string, at: number): number | undefined {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i;
    else if (text[i] === '$' && (text[i + 1] === '(' || text[i + 1] === '{')) {
      const end = expansionEnd(text, i);
      if (end === undefined) return undefined;
      i = end - 1;
    }
  }
  return undefined;
}
