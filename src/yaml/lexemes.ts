import { Lexer } from 'yaml';

/** A piece of YAML text with its place; together the pieces are the whole text. */
export interface Lexeme {
  /** `given-up` is empty: here the lexer leaves brackets that are still open. */
  readonly kind:
    | 'plain'
    | 'block'
    | 'single'
    | 'double'
    | 'comment'
    | 'space'
    | 'newline'
    | 'anchor'
    | 'tag'
    | 'mark'
    | 'given-up';
  readonly source: string;
  readonly offset: number;
}

const SCALAR_FOLLOWS = '\u001f';
const GIVEN_UP = '\u0018';
const markers: ReadonlySet<string> = new Set(['\u0002', GIVEN_UP, SCALAR_FOLLOWS]);

/** `text` must hold no control characters: the lexer uses some as marks of its own. */
export function lexemesOf(text: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  let offset = 0;
  let scalarFollows = false;
  let blockFollows = false;
  for (const source of new Lexer().lex(text)) {
    if (markers.has(source)) {
      if (source === SCALAR_FOLLOWS) scalarFollows = true;
      if (source === GIVEN_UP) lexemes.push({ kind: 'given-up', source: '', offset });
      continue;
    }
    const kind = scalarFollows ? (blockFollows ? 'block' : 'plain') : kindOf(source);
    if (scalarFollows) {
      scalarFollows = false;
      blockFollows = false;
    } else if (/^[|>]/.test(source)) blockFollows = true;
    lexemes.push({ kind, source, offset });
    offset += source.length;
  }
  return lexemes;
}

function kindOf(source: string): Lexeme['kind'] {
  switch (source[0]) {
    case '#':
      return 'comment';
    case ' ':
    case '\t':
      return 'space';
    case '\n':
    case '\r':
      return 'newline';
    case '&':
    case '*':
      return 'anchor';
    case '!':
      return 'tag';
    case "'":
      return 'single';
    case '"':
      return 'double';
    default:
      return 'mark';
  }
}
