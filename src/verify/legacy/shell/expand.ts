import { evaluateArithmetic } from './arithmetic.ts';
import { bracedWords } from './braces.ts';
import { expandList, isPresent, listOf, singleValue } from './expand-list.ts';
import { expandParameter } from './expand-parameter.ts';
import { NotInterpretable } from './not-interpretable.ts';
import { hasWildcard, type PatternText } from './pattern.ts';
import type { ShellState } from './state.ts';
import type { List, Word, WordPart } from './syntax.ts';

/** Runs the commands of a substitution and gives what they print. */
export type Substitute = (body: List, state: ShellState) => string;

export interface Expansion {
  readonly state: ShellState;
  readonly substitute: Substitute;
  /** Runs the commands of `<(…)`, or takes those of `>(…)` as they are, and gives the path of the file. */
  readonly process: (body: List, writes: boolean, state: ShellState) => string;
}

/** One stretch of an expanded word. `split`: blanks in it separate words. */
interface Stretch {
  readonly text: string;
  readonly quoted: boolean;
  readonly split: boolean;
}

/** Between two stretches where `"$@"` starts a new word. */
type Piece = Stretch | 'break';

/** The words that a list of words becomes: expansion, splitting, removal of quotes. */
export function expandWords(words: readonly Word[], expansion: Expansion): readonly string[] {
  return words.flatMap(bracedWords).flatMap((word) => fields(pieces(word, expansion), expansion.state));
}

/** A word that is never split: assignments, redirection targets, here-documents, case. */
export function expandText(word: Word, expansion: Expansion): string {
  return pieces(word, expansion)
    .map((piece) => (piece === 'break' ? ' ' : piece.text))
    .join('');
}

/** A word as a pattern: what was quoted stands for itself. */
export function expandPattern(word: Word, expansion: Expansion): PatternText {
  const stretches = pieces(word, expansion).filter((piece) => piece !== 'break');
  return {
    text: stretches.map((stretch) => stretch.text).join(''),
    literal: stretches.flatMap(({ text, quoted }) => Array<boolean>(text.length).fill(quoted)),
  };
}

function pieces(word: Word, expansion: Expansion): readonly Piece[] {
  const [first] = word.parts;
  if (first?.kind === 'text' && !first.quoted && first.text.startsWith('~')) throw new NotInterpretable('~', word.line);
  const all = word.parts.map((part) => piecesOf(part, expansion));
  // Quotes around a list of nothing make no word.
  const vanishes = word.parts.some((part, at) => part.kind === 'parameter' && part.quoted && all[at]?.length === 0);
  return all.flat().filter((piece) => !vanishes || piece === 'break' || piece.text !== '');
}

function piecesOf(part: WordPart, expansion: Expansion): readonly Piece[] {
  const { state } = expansion;
  switch (part.kind) {
    case 'text':
      if (!part.quoted && /\{[^{}]*(?:,|\.\.)[^{}]*\}/.test(part.text))
        throw new NotInterpretable('braces that make several words');
      return [{ text: part.text, quoted: part.quoted, split: false }];
    case 'parameter':
      return parameterPieces(part, expansion);
    case 'process':
      return [{ text: expansion.process(part.body, part.writes, state), quoted: true, split: false }];
    case 'command':
      return [
        { text: expansion.substitute(part.body, state).replace(/\n+$/, ''), quoted: part.quoted, split: !part.quoted },
      ];
    case 'arithmetic': {
      const value = evaluateArithmetic(expandText(part.source, expansion), state);
      return [{ text: String(value), quoted: part.quoted, split: !part.quoted }];
    }
  }
}

function parameterPieces(part: Extract<WordPart, { kind: 'parameter' }>, expansion: Expansion): readonly Piece[] {
  const { quoted, change } = part;
  const all = listOf(part, expansion);
  const value = all === undefined ? singleValue(part, expansion) : undefined;
  if (change?.kind === 'alternative' || (change?.kind === 'default' && !quoted)) {
    const present =
      all === undefined ? value !== undefined && !(change.colon && value === '') : isPresent(all, change.colon);
    // The other word may be several.
    if (present === (change.kind === 'alternative'))
      return pieces(change.word, expansion).map((piece) =>
        piece === 'break' ? piece : { ...piece, quoted: quoted || piece.quoted, split: !quoted && !piece.quoted },
      );
    if (!present) return [{ text: '', quoted, split: !quoted }];
  }
  const list = expandList(part, expansion);
  if (list === undefined) return [{ text: expandParameter(part, value, expansion), quoted, split: !quoted }];
  if (quoted && (part.name === '*' || part.index === '*')) return [{ text: list.join(' '), quoted, split: false }];
  return list.flatMap((text, at): readonly Piece[] => [
    ...(at === 0 ? [] : (['break'] as const)),
    { text, quoted, split: !quoted },
  ]);
}

/** The words between the blanks of unquoted expansions. */
function fields(all: readonly Piece[], state: ShellState): readonly string[] {
  if (
    state.variables.get('IFS') !== undefined &&
    state.get('IFS') !== ' \t\n' &&
    all.some((piece) => piece !== 'break' && piece.split && piece.text !== '')
  )
    throw new NotInterpretable('splitting by another IFS');
  const found: PatternText[] = [];
  let current: PatternText | undefined;
  const end = (): void => {
    if (current !== undefined) found.push(current);
    current = undefined;
  };
  const add = (text: string, quoted: boolean): void => {
    if (text === '' && !quoted) return;
    const literal = Array<boolean>(text.length).fill(quoted);
    current = { text: (current?.text ?? '') + text, literal: [...(current?.literal ?? []), ...literal] };
  };
  for (const piece of all) {
    if (piece === 'break') end();
    else if (!piece.split) add(piece.text, piece.quoted);
    else
      for (const run of piece.text.match(/[ \t\n]+|[^ \t\n]+/g) ?? []) {
        if (/[ \t\n]/.test(run)) end();
        else add(run, false);
      }
  }
  end();
  return found.map((field) => withoutWildcards(field));
}

/** No pattern is matched with files: what a folder holds is not known. URLs, flags and JSON paths never name files. */
function withoutWildcards(field: PatternText): string {
  const { text } = field;
  if (hasWildcard(field) && !text.includes('://') && !text.startsWith('-') && !text.includes('{'))
    throw new NotInterpretable(`the file pattern ${text}`);
  return text;
}
