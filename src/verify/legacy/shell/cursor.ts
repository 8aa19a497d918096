import { NotInterpretable } from './not-interpretable.ts';

/** A place in a script's text. */
export class Cursor {
  readonly text: string;
  readonly #firstLine: number;
  at = 0;

  constructor(text: string, firstLine = 1) {
    this.text = text;
    this.#firstLine = firstLine;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  get line(): number {
    let line = this.#firstLine;
    for (let i = this.text.indexOf('\n'); i >= 0 && i < this.at; i = this.text.indexOf('\n', i + 1)) line += 1;
    return line;
  }

  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Steps over `text` where it is next. */
  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky pattern matches here, stepped over. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  next(): string {
    const character = this.peek();
    this.at += 1;
    return character;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(`syntax without "${text}"`);
  }

  fail(construct: string): never {
    throw new NotInterpretable(construct, this.line);
  }
}
