import type { FormatPart } from './session-expr.ts';

/** What strftime (POSIX, C locale) calls the fields, as moment tokens. */
const tokens: Readonly<Record<string, string | readonly string[]>> = {
  Y: 'YYYY',
  m: 'MM',
  d: 'DD',
  y: 'YY',
  H: 'HH',
  I: 'hh',
  M: 'mm',
  S: 'ss',
  j: 'DDDD',
  u: 'E',
  w: 'd',
  a: 'ddd',
  A: 'dddd',
  b: 'MMM',
  h: 'MMM',
  B: 'MMMM',
  V: 'WW',
  G: 'GGGG',
  p: 'A',
  F: ['YYYY', '-', 'MM', '-', 'DD'],
  D: ['MM', '/', 'DD', '/', 'YY'],
  T: ['HH', ':', 'mm', ':', 'ss'],
  R: ['HH', ':', 'mm'],
  z: 'ZZ',
  '-d': 'D',
  '-m': 'M',
  '-H': 'H',
  '-M': 'm',
  '-S': 's',
  '-j': 'DDD',
  '-I': 'h',
  '0d': 'DD',
  '0m': 'MM',
  ':z': 'Z',
};
const literals: Readonly<Record<string, string>> = { '%': '%', n: '\n', t: '\t' };

const fieldOf: ReadonlyMap<string, string> = new Map(
  // Of several names of one field the first is the one that people write.
  Object.entries(tokens)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .reverse()
    .map(([field, token]) => [token, `%${field}`]),
);

/** The strftime field that prints what a moment token does. */
export function strftimeField(token: string): string | undefined {
  return fieldOf.get(token);
}

export type StrftimeResult =
  | { readonly kind: 'pattern'; readonly parts: readonly FormatPart[] }
  | { readonly kind: 'unknown'; readonly token: string };

/** A strftime format as format parts; names the first field that has no equal. */
export function readStrftime(format: string): StrftimeResult {
  const parts: FormatPart[] = [];
  const literal = (text: string): void => {
    const last = parts.at(-1);
    if (last?.kind === 'literal') parts[parts.length - 1] = { kind: 'literal', text: last.text + text };
    else parts.push({ kind: 'literal', text });
  };
  for (let at = 0; at < format.length; at += 1) {
    const char = format[at] ?? '';
    if (char !== '%') {
      literal(char);
      continue;
    }
    const field = /^(?:[-0:])?[A-Za-z%]/.exec(format.slice(at + 1))?.[0] ?? '';
    const plain = literals[field];
    const token = tokens[field];
    if (plain !== undefined) literal(plain);
    else if (typeof token === 'string') parts.push({ kind: 'token', token });
    else if (token !== undefined)
      for (const piece of token)
        /^[A-Z]+$|^(?:mm|ss)$/i.test(piece) ? parts.push({ kind: 'token', token: piece }) : literal(piece);
    else return { kind: 'unknown', token: `%${field}` };
    at += field.length;
  }
  return { kind: 'pattern', parts };
}
