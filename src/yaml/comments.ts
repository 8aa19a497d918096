import type { LineIndex, SourceSpan } from '../core/source.ts';
import type { Lexeme } from './lexemes.ts';

export interface CommentLine {
  /** Without the mark and one space behind it. */
  readonly text: string;
  /** From the mark to the end of the line. */
  readonly span: SourceSpan;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
}

/** The comments of one file by line. */
export class Comments {
  readonly #byLine = new Map<number, CommentLine>();

  constructor(lexemes: readonly Lexeme[], lines: LineIndex) {
    let filled = 0;
    for (const { kind, source, offset } of lexemes) {
      const span = lines.span(offset, offset + source.length);
      if (kind === 'comment') {
        const text = source.slice(1).replace(/^ /, '').trimEnd();
        this.#byLine.set(span.start.line, { text, span, alone: filled !== span.start.line });
      }
      if (kind !== 'space' && kind !== 'newline') filled = source.endsWith('\n') ? span.end.line - 1 : span.end.line;
    }
  }

  /** The unbroken comment lines right above a line, joined. */
  above(line: number): string | undefined {
    const found: string[] = [];
    for (let at = line - 1; this.#byLine.get(at)?.alone === true; at -= 1)
      found.unshift(this.#byLine.get(at)?.text ?? '');
    return found.length === 0 ? undefined : found.join('\n');
  }

  /** The comment behind something that ends on the line at the offset. */
  behind(line: number, offset: number): string | undefined {
    const found = this.#byLine.get(line);
    return found !== undefined && !found.alone && found.span.start.offset >= offset ? found.text : undefined;
  }

  /** Unbroken runs of lines that hold only a comment, from top to bottom. */
  blocks(): readonly (readonly CommentLine[])[] {
    const blocks: CommentLine[][] = [];
    let last = -1;
    for (const [line, comment] of [...this.#byLine].sort(([a], [b]) => a - b)) {
      if (!comment.alone) continue;
      if (line === last + 1) blocks.at(-1)?.push(comment);
      else blocks.push([comment]);
      last = line;
    }
    return blocks;
  }
}
