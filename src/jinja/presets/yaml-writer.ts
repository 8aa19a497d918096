/** Port of PyYAML 6.0's emitter as far as data without styles, tags and anchors needs it. */
const breaks = '\n\x85\u2028\u2029';
const blanks = `\0 \t\r${breaks}`;

interface Analysis {
  readonly empty: boolean;
  readonly multiline: boolean;
  readonly flowPlain: boolean;
  readonly blockPlain: boolean;
  readonly singleQuoted: boolean;
}

/** What a scalar's text allows; `analyze_scalar` of the emitter. */
export function analyzeScalar(text: string): Analysis {
  if (text === '') return { empty: true, multiline: false, flowPlain: false, blockPlain: true, singleQuoted: true };
  const chars = Array.from(text);
  const isBlank = (char: string | undefined): boolean => char === undefined || blanks.includes(char);
  let block = /^(?:---|\.\.\.)/.test(text);
  let flow = block;
  let special = false;
  let breakSpace = false;
  let spaceBreak = false;
  chars.forEach((char, at) => {
    const before = chars[at - 1];
    const blankFollows = isBlank(chars[at + 1]);
    if (at === 0) {
      if ('#,[]{}&*!|>\'"%@`'.includes(char)) flow = block = true;
      if (char === '?' || char === ':') [flow, block] = [true, block || blankFollows];
      if (char === '-' && blankFollows) flow = block = true;
    } else {
      if (',?[]{}'.includes(char)) flow = true;
      if (char === ':') [flow, block] = [true, block || blankFollows];
      if (char === '#' && isBlank(before)) flow = block = true;
    }
    if (char !== '\n' && !/[\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffe}]/u.test(char))
      special = true;
    if (char === ' ' && before !== undefined && breaks.includes(before)) breakSpace = true;
    if (breaks.includes(char) && before === ' ') spaceBreak = true;
  });
  const edge = `${chars[0]}${chars.at(-1)}`;
  const edges = edge.includes(' ') || Array.from(edge).some((char) => breaks.includes(char));
  const multiline = chars.some((char) => breaks.includes(char));
  const plain = !edges && !breakSpace && !spaceBreak && !special && !multiline;
  return {
    empty: false,
    multiline,
    flowPlain: plain && !flow,
    blockPlain: plain && !block,
    singleQuoted: !breakSpace && !spaceBreak && !special,
  };
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\x08': 'b',
  '\x09': 't',
  '\x0a': 'n',
  '\x0b': 'v',
  '\x0c': 'f',
  '\x0d': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

/** Where the emitter stands, and how it writes characters. */
export class YamlWriter {
  #out: string[] = [];
  #column = 0;
  #whitespace = true;
  indention = true;
  /** The indentation of what is being written; -1 before anything is. */
  indent = -1;
  openEnded = false;
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  get column(): number {
    return this.#column;
  }

  get isPastWidth(): boolean {
    return this.#column > this.#width;
  }

  text(): string {
    return this.#out.join('');
  }

  #write(text: string): void {
    this.#out.push(text);
    this.#column += Array.from(text).length;
  }

  #lineBreak(char = '\n'): void {
    this.#out.push(char);
    this.#column = 0;
    this.#whitespace = true;
    this.indention = true;
  }

  startLine(): void {
    const indent = Math.max(0, this.indent);
    if (!this.indention || this.#column > indent || (this.#column === indent && !this.#whitespace)) this.#lineBreak();
    if (this.#column < indent) {
      this.#whitespace = true;
      this.#write(' '.repeat(indent - this.#column));
    }
  }

  indicator(text: string, needsSpace: boolean, whitespace = false, indention = false): void {
    this.#write(this.#whitespace || !needsSpace ? text : ` ${text}`);
    this.#whitespace = whitespace;
    this.indention = this.indention && indention;
    this.openEnded = false;
  }

  plain(text: string, split: boolean): void {
    if (text === '') return;
    if (!this.#whitespace) this.#write(' ');
    this.#whitespace = false;
    this.indention = false;
    for (const piece of text.match(/ +|[^ ]+/g) ?? []) {
      if (piece !== ' ' || !this.isPastWidth || !split) {
        this.#write(piece);
        continue;
      }
      this.startLine();
      this.#whitespace = false;
      this.indention = false;
    }
  }

  single(text: string, split: boolean): void {
    this.indicator("'", true);
    const pieces = text.match(/ +|[\n\x85\u2028\u2029]+|[^ \n\x85\u2028\u2029]+/g) ?? [];
    pieces.forEach((piece, at) => {
      const inside = at > 0 && at < pieces.length - 1;
      if (piece === ' ' && this.isPastWidth && split && inside) this.startLine();
      else if (breaks.includes(piece.charAt(0))) {
        if (piece.startsWith('\n')) this.#lineBreak();
        for (const char of piece) this.#lineBreak(char);
        this.startLine();
      } else this.#write(piece.replaceAll("'", "''"));
    });
    this.indicator("'", false);
  }

  double(text: string, split: boolean): void {
    this.indicator('"', true);
    const chars = Array.from(text);
    let start = 0;
    for (let end = 0; end <= chars.length; end += 1) {
      const char = chars[end];
      if (
        char === undefined ||
        !/[\x20\x21\x23-\x5b\x5d-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(char)
      ) {
        if (start < end) this.#write(chars.slice(start, end).join(''));
        start = end;
        if (char !== undefined) {
          this.#write(escaped(char));
          start = end + 1;
        }
      }
      const inside = end > 0 && end < chars.length - 1;
      if (inside && (char === ' ' || start >= end) && this.#column + (end - start) > this.#width && split) {
        this.#write(`${chars.slice(start, end).join('')}\\`);
        if (start < end) start = end;
        this.startLine();
        this.#whitespace = false;
        this.indention = false;
        if (chars[start] === ' ') this.#write('\\');
      }
    }
    this.indicator('"', false);
  }
}

function escaped(char: string): string {
  const short = escapes[char];
  if (short !== undefined) return `\\${short}`;
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
