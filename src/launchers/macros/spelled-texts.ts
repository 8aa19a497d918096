import { digitsOf } from '../../ir/format-width.ts';
import type { FormatPart, SessionExpr } from '../../ir/session-expr.ts';
import { sliceSession } from '../../ir/session-text.ts';
import type { TextPart } from '../../ir/value.ts';
import { HOLE } from '../shell/text-with-holes.ts';

type RuntimePart = Extract<TextPart, { kind: 'runtime' }>;
type FixedPart = Exclude<TextPart, { kind: 'runtime' }>;
type Format = Extract<SessionExpr, { kind: 'format' }>;

/** Characters that stand for what is known only at run time. */
const FIRST_MARK = 0xf8000;
const mark = /[\u{F8000}-\u{FFFFD}]/u;

/** What one mark stands for: all of a value, or the character `at` of the field `field` of a date. */
type Meaning = { readonly kind: 'whole'; readonly part: RuntimePart } | Character;

interface Character {
  readonly kind: 'character';
  readonly part: RuntimePart;
  readonly format: Format;
  readonly field: number;
  readonly at: number;
  readonly width: number;
}

/**
 * Stands in for run-time values while a template is rendered. A date of the session is spelled: each digit is a mark of its own, and the
 * text between its fields is itself, so that it can be cut and its separators replaced as if it were known.
 */
export class SpelledTexts {
  readonly #meanings: Meaning[] = [];

  spell(part: RuntimePart): string {
    const format = fixedFormat(part);
    if (format === undefined) return this.#mark({ kind: 'whole', part });
    return format.pattern
      .map((piece, field) => {
        if (piece.kind === 'literal') return piece.text;
        const width = digitsOf(piece) ?? 0;
        const marks = Array.from({ length: width }, (_, at) =>
          this.#mark({ kind: 'character', part, format, field, at, width }),
        );
        return marks.join('');
      })
      .join('');
  }

  /** The parts of a rendered text with the values in the place of their marks, under the names that the template printed them by. */
  read(rendered: readonly TextPart[]): readonly TextPart[] {
    // What was known only at run time before stays one character, which no run goes across.
    const owners = rendered.flatMap((part): readonly TextPart[] =>
      part.kind === 'runtime' ? [part] : Array.from(part.text, () => part),
    );
    const characters = rendered.flatMap((part) => (part.kind === 'runtime' ? [HOLE] : [...part.text]));
    const parts: TextPart[] = [];
    for (let at = 0; at < characters.length; ) {
      const meaning = this.#meaningOf(characters[at]);
      const owner = owners[at];
      if (owner === undefined) break;
      const start = at;
      if (owner.kind === 'runtime') {
        parts.push(owner);
        at++;
      } else if (meaning === undefined) {
        while (owners[at] === owner && this.#meaningOf(characters[at]) === undefined) at++;
        parts.push({ ...owner, text: characters.slice(start, at).join('') });
      } else if (meaning.kind === 'whole') {
        parts.push(named(meaning.part, owner));
        at++;
      } else {
        const run = this.#runAt(characters, at);
        at = run.end;
        parts.push(
          run.cut === undefined ? madeOf(meaning, run.pattern, owner) : pieceOf(meaning, run.pattern, run.cut),
        );
      }
    }
    return parts;
  }

  /** Fields of one date that follow each other, with the separators between them; or a piece of a single field. */
  #runAt(
    characters: readonly string[],
    start: number,
  ): {
    readonly pattern: readonly FormatPart[];
    readonly end: number;
    readonly cut?: { readonly from: number; readonly to: number };
  } {
    const first = this.#fieldAt(characters, start);
    if (first === undefined) throw new Error('a run begins with a mark');
    const pattern: FormatPart[] = [first.token];
    if (first.to - first.from < first.width)
      return { pattern, end: first.end, cut: { from: first.from, to: first.to } };
    let end = first.end;
    let field = first.field;
    for (;;) {
      let next = end;
      while (
        next < characters.length &&
        next - end < 3 &&
        characters[next] !== HOLE &&
        /^[^\p{L}\p{N}]$/u.test(characters[next] ?? '') &&
        this.#meaningOf(characters[next]) === undefined
      )
        next++;
      const found = this.#fieldAt(characters, next);
      if (
        found === undefined ||
        found.part !== first.part ||
        found.field !== nextField(found.format, field) ||
        found.to - found.from < found.width
      )
        return { pattern, end };
      if (next > end) pattern.push({ kind: 'literal', text: characters.slice(end, next).join('') });
      pattern.push(found.token);
      end = found.end;
      field = found.field;
    }
  }

  /** The marks of one field that stand here in their order. */
  #fieldAt(characters: readonly string[], start: number) {
    const first = this.#meaningOf(characters[start]);
    if (first?.kind !== 'character') return undefined;
    let end = start + 1;
    for (; end < characters.length; end++) {
      const next = this.#meaningOf(characters[end]);
      const follows =
        next?.kind === 'character' &&
        next.part === first.part &&
        next.field === first.field &&
        next.at === first.at + end - start;
      if (!follows) break;
    }
    const token = first.format.pattern[first.field] ?? { kind: 'literal' as const, text: '' };
    const { part, format, field, width } = first;
    return { part, format, field, width, token, from: first.at, to: first.at + end - start, end };
  }

  #mark(meaning: Meaning): string {
    return String.fromCodePoint(FIRST_MARK + this.#meanings.push(meaning) - 1);
  }

  #meaningOf(character: string | undefined): Meaning | undefined {
    return character !== undefined && mark.test(character)
      ? this.#meanings[(character.codePointAt(0) ?? 0) - FIRST_MARK]
      : undefined;
  }
}

export function canBeSpelled(part: RuntimePart): boolean {
  return fixedFormat(part) !== undefined;
}

/** A date that has the same number of digits in every session, and neither letters nor digits between its fields. */
function fixedFormat({ expr }: RuntimePart): Format | undefined {
  if (expr.kind !== 'session' || expr.ast.kind !== 'format') return undefined;
  const fixed = expr.ast.pattern.every((piece) =>
    piece.kind === 'literal' ? !/[\p{L}\p{N}]/u.test(piece.text) : digitsOf(piece) !== undefined,
  );
  return fixed ? expr.ast : undefined;
}

function nextField(format: Format, field: number): number {
  return format.pattern.findIndex((piece, at) => at > field && piece.kind === 'token');
}

function madeOf({ part, format }: Character, pattern: readonly FormatPart[], owner: FixedPart): RuntimePart {
  const isWhole = JSON.stringify(pattern) === JSON.stringify(format.pattern);
  return isWhole
    ? named(part, owner)
    : { kind: 'runtime', expr: { kind: 'session', ast: { ...format, pattern } }, from: part.from };
}

function pieceOf(
  { part, format }: Character,
  pattern: readonly FormatPart[],
  { from, to }: { readonly from: number; readonly to: number },
): RuntimePart {
  const ast = sliceSession({ ...format, pattern }, from, to);
  return { kind: 'runtime', expr: { kind: 'session', ast }, from: part.from };
}

function named(part: RuntimePart, owner: FixedPart): RuntimePart {
  return owner.kind === 'variable' ? { ...part, name: owner.variable } : part;
}
