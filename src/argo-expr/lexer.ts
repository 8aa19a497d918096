import { Refusal, SyntaxFailure } from './outcome.ts';

export interface Token {
  readonly kind: 'identifier' | 'number' | 'string' | 'operator' | 'bracket' | 'end';
  readonly text: string;
}

const wordOperators: ReadonlySet<string> = new Set([
  'not',
  'in',
  'or',
  'and',
  'matches',
  'contains',
  'startsWith',
  'endsWith',
  'let',
  'if',
  'else',
]);

const number =
  /^(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|(?:[0-9][0-9_]*)?(?:\.(?!\.)[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)/;
const word = /^[\p{L}\p{Nd}_$]+/u;
const operator = /^(?:\?[.?]?|\|\|?|::?|[!=<>&*][&=*]?|\.\.?|[,;%+\-^/#])/;

/** Tokens of expr-lang 1.17. @see expr-lang/expr parser/lexer */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = source;
  while (rest !== '') {
    const skipped = /^(?:[ \t\r\n]+|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)/.exec(rest)?.[0];
    if (skipped !== undefined) {
      rest = rest.slice(skipped.length);
      continue;
    }
    const { token, length } = nextToken(rest);
    tokens.push(token);
    rest = rest.slice(length);
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function nextToken(rest: string): { readonly token: Token; readonly length: number } {
  const first = rest[0] ?? '';
  if (first === "'" || first === '"' || first === '`') return quoted(rest, first);
  if (/^\.?[0-9]/.test(rest)) {
    const text = number.exec(rest)?.[0] ?? '';
    if (word.test(rest.slice(text.length))) throw new SyntaxFailure(`bad number syntax: ${text}`);
    return { token: { kind: 'number', text }, length: text.length };
  }
  const name = word.exec(rest)?.[0];
  if (name === '$env') throw new Refusal('$env');
  if (name !== undefined)
    return { token: { kind: wordOperators.has(name) ? 'operator' : 'identifier', text: name }, length: name.length };
  if ('()[]{}'.includes(first)) return { token: { kind: 'bracket', text: first }, length: 1 };
  const sign = operator.exec(rest)?.[0];
  if (sign === undefined || rest.startsWith('/*')) throw new SyntaxFailure(`unrecognized character: ${first}`);
  return { token: { kind: 'operator', text: sign }, length: sign.length };
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function quoted(rest: string, quote: string): { readonly token: Token; readonly length: number } {
  let text = '';
  let at = 1;
  while (at < rest.length && rest[at] !== quote) {
    const char = rest[at] ?? '';
    if (quote !== '`' && char === '\n') throw new SyntaxFailure('literal not terminated');
    if (quote === '`' || char !== '\\') {
      text += char;
      at += 1;
      continue;
    }
    const unicode = /^\\u([0-9a-fA-F]{4})/.exec(rest.slice(at));
    const plain = escapes[rest[at + 1] ?? ''];
    if (unicode === null && plain === undefined && at + 1 < rest.length)
      throw new Refusal(`the escape \\${rest[at + 1]}`);
    text += unicode === null ? (plain ?? '') : String.fromCharCode(Number.parseInt(unicode[1] ?? '', 16));
    at += unicode === null ? 2 : unicode[0].length;
  }
  if (at >= rest.length) throw new SyntaxFailure('literal not terminated');
  if (quote === '`' && rest[at + 1] === '`') throw new Refusal('a doubled back quote');
  return { token: { kind: 'string', text }, length: at + 1 };
}
