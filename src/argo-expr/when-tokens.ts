import { parseGoTime } from './go-time-parse.ts';
import { ExpressionError, Refusal, SyntaxFailure } from './outcome.ts';

export type WhenToken =
  | { readonly kind: 'numeric'; readonly value: number }
  /** Quoted texts that look like a date are times: seconds since the epoch. */
  | { readonly kind: 'time'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  /** A bare word; Argo reads it as a text. */
  | { readonly kind: 'variable'; readonly value: string }
  | { readonly kind: 'accessor'; readonly value: string }
  | { readonly kind: 'prefix' | 'modifier' | 'logical' | 'comparator' | 'ternary'; readonly value: string }
  | { readonly kind: 'open' | 'close' | 'separator' };

type Kind = WhenToken['kind'];

const values: readonly Kind[] = ['numeric', 'boolean', 'variable', 'accessor', 'string', 'time'];
const afterTime: readonly Kind[] = ['modifier', 'comparator', 'logical', 'close', 'separator'];
const afterValue: readonly Kind[] = [...afterTime, 'ternary'];

/** @see Knetic/govaluate lexerState.go */
const mayFollow: Readonly<Record<Kind | 'start', readonly Kind[]>> = {
  start: ['prefix', ...values, 'open'],
  open: ['prefix', ...values, 'open', 'close'],
  close: [...afterValue, 'numeric', 'boolean', 'variable', 'string', 'time', 'open'],
  numeric: afterValue,
  time: afterTime,
  boolean: afterValue,
  string: afterValue,
  variable: afterValue,
  accessor: [...afterValue, 'open'],
  modifier: ['prefix', 'numeric', 'variable', 'accessor', 'string', 'boolean', 'open', 'close'],
  comparator: ['prefix', ...values, 'open', 'close'],
  logical: ['prefix', ...values, 'open', 'close'],
  prefix: ['numeric', 'boolean', 'variable', 'accessor', 'open', 'close'],
  ternary: ['prefix', ...values, 'open', 'separator'],
  separator: ['prefix', ...values, 'open'],
};

const mayEnd: ReadonlySet<Kind | 'start'> = new Set([...values, 'close']);

const modifiers: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '**']);
const comparators: ReadonlySet<string> = new Set(['==', '!=', '>', '>=', '<', '<=', '=~', '!~']);
const unread: ReadonlySet<string> = new Set(['&', '|', '^', '>>', '<<', '~']);

/** Tokens of a `when` after substitution, bare words turned into texts as Argo does. */
export function whenTokens(text: string): readonly WhenToken[] {
  if (text.includes('\\')) throw new Refusal('backslashes in a when');
  const tokens = split(text);
  const opened = tokens.filter((token) => token.kind === 'open').length;
  if (opened !== tokens.filter((token) => token.kind === 'close').length)
    throw new SyntaxFailure('unbalanced parentheses');
  checkOrder(tokens);
  const words = tokens.map(
    (token): WhenToken => (token.kind === 'variable' ? { kind: 'string', value: token.value } : token),
  );
  checkOrder(words);
  return words;
}

function checkOrder(tokens: readonly WhenToken[]): void {
  let state: Kind | 'start' = 'start';
  for (const token of tokens) {
    if (!mayFollow[state].includes(token.kind)) throw new SyntaxFailure(`${token.kind} cannot follow ${state}`);
    state = token.kind;
  }
  if (!mayEnd.has(state)) throw new SyntaxFailure('unexpected end of expression');
}

function split(text: string): readonly WhenToken[] {
  const tokens: WhenToken[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const { token, length } = nextToken(rest, tokens.at(-1)?.kind ?? 'start');
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function nextToken(rest: string, state: Kind | 'start'): { readonly token: WhenToken; readonly length: number } {
  const first = rest[0] ?? '';
  const number = /^[\p{Nd}.]+/u.exec(rest)?.[0];
  if (number !== undefined) {
    if (/^0x/.test(rest)) throw new Refusal('hexadecimal numbers in a when');
    if (!/^(?:\d+\.?\d*|\.\d+)$/.test(number)) throw new SyntaxFailure(`unable to parse number ${number}`);
    return { token: { kind: 'numeric', value: Number(number) }, length: number.length };
  }
  if (first === ',') return { token: { kind: 'separator' }, length: 1 };
  if (first === '[') throw new Refusal('brackets in a when');
  const word = /^\p{L}[\p{L}\p{Nd}_.]*/u.exec(rest)?.[0];
  if (word !== undefined) return { token: wordToken(word), length: word.length };
  if (first === "'" || first === '"') {
    const body = /^[^'"]*/.exec(rest.slice(1))?.[0] ?? '';
    if (rest.length < body.length + 2) throw new SyntaxFailure('unclosed string literal');
    return { token: quotedToken(body), length: body.length + 2 };
  }
  if (first === '(' || first === ')') return { token: { kind: first === '(' ? 'open' : 'close' }, length: 1 };
  const symbol = /^[^\p{Nd}\p{L}()[\]'"\s]+/u.exec(rest)?.[0] ?? first;
  return { token: symbolToken(symbol, state), length: symbol.length };
}

function wordToken(word: string): WhenToken {
  if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
  if (word === 'in' || word === 'IN') return { kind: 'comparator', value: 'in' };
  const [, ...fields] = word.split('.');
  if (fields.length === 0) return { kind: 'variable', value: word };
  if (word.endsWith('.')) throw new SyntaxFailure(`hanging accessor ${word}`);
  if (fields.some((field) => (field[0] ?? '').toUpperCase() !== (field[0] ?? '')))
    throw new SyntaxFailure(`unable to access a field of ${word}`);
  return { kind: 'accessor', value: word };
}

function symbolToken(symbol: string, state: Kind | 'start'): WhenToken {
  if (mayFollow[state].includes('prefix') && (symbol === '-' || symbol === '!'))
    return { kind: 'prefix', value: symbol };
  if (modifiers.has(symbol)) return { kind: 'modifier', value: symbol };
  if (symbol === '&&' || symbol === '||') return { kind: 'logical', value: symbol };
  if (comparators.has(symbol)) return { kind: 'comparator', value: symbol };
  if (symbol === '?' || symbol === ':' || symbol === '??') return { kind: 'ternary', value: symbol };
  if (unread.has(symbol)) throw new Refusal(`the operator ${symbol} in a when`);
  throw new SyntaxFailure(`invalid token ${symbol}`);
}

const timeLayouts = [
  'Mon Jan _2 15:04:05 2006',
  'Mon Jan 02 15:04:05 -0700 2006',
  '3:04PM',
  '2006-01-02T15:04:05Z07:00',
  '2006-01-02',
  '2006-01-02 15:04',
  '2006-01-02 15:04:05',
  '2006-01-02 15:04:05-07:00',
  '2006-01-02T15Z0700',
  '2006-01-02T15:04Z0700',
  '2006-01-02T15:04:05Z0700',
];

function quotedToken(text: string): WhenToken {
  for (const layout of timeLayouts) {
    try {
      const time = parseGoTime(layout, text);
      return { kind: 'time', value: Math.floor(Number(time.nanos / 1_000_000_000n)) };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
  }
  return { kind: 'string', value: text };
}
