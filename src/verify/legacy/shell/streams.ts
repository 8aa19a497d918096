import { NotInterpretable } from './not-interpretable.ts';

/** Text in a file, a pipe or a substitution. `unknown`: a program whose output nobody can know wrote to it. */
export interface Content {
  readonly text: string;
  readonly unknown?: string;
}

export const nothing: Content = { text: '' };

/** @throws NotInterpretable where the text cannot be known */
export function knownText(content: Content): string {
  if (content.unknown !== undefined) throw new NotInterpretable(`the output of ${content.unknown}`);
  return content.text;
}

/** What is left to read; shared by all commands that read from it. */
export class Input {
  readonly #content: Content;
  #at = 0;

  constructor(content: Content) {
    this.#content = content;
  }

  readAll(): Content {
    const text = this.#content.text.slice(this.#at);
    this.#at = this.#content.text.length;
    return this.#content.unknown === undefined ? { text } : { text, unknown: this.#content.unknown };
  }

  /** A line without its end, and whether it had one; undefined at the end of the text. */
  readLine(): { readonly text: string; readonly ended: boolean } | undefined {
    const all = knownText(this.#content);
    if (this.#at >= all.length) return undefined;
    const end = all.indexOf('\n', this.#at);
    const text = all.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? all.length : end + 1;
    return { text, ended: end >= 0 };
  }
}

const MAX_TEXT = 10_000_000;

export class Output {
  #text = '';
  #unknown: string | undefined;

  write(text: string): void {
    this.#text += text;
    if (this.#text.length > MAX_TEXT) throw new NotInterpretable('so much output');
  }

  /** Takes over what another output held. */
  add(content: Content): void {
    this.write(content.text);
    this.#unknown ??= content.unknown;
  }

  writeUnknown(program: string): void {
    this.#unknown ??= program;
  }

  get content(): Content {
    return this.#unknown === undefined ? { text: this.#text } : { text: this.#text, unknown: this.#unknown };
  }
}

export interface Streams {
  readonly in: Input;
  readonly out: Output;
  readonly err: Output;
}
