import { NotInterpretable } from './not-interpretable.ts';

const classes: Readonly<Record<string, string>> = {
  space: '\\s',
  blank: ' \\t',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

/** `match`: what is found matters; `test`: only that something is. */
export type RegexUse = 'match' | 'test';

/** A POSIX expression (basic, or extended) as a JavaScript one's source, for the flag `u`. */
export function posixRegex(source: string, extended: boolean, use: RegexUse): string {
  let out = '';
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (character === '[') {
      const { text, end } = bracket(source, at);
      out += text;
      at = end;
    } else if (character === '\\') {
      at += 1;
      const next = source[at] ?? '';
      out += next === '|' && !extended ? alternation(source, use) : escaped(next, extended, source);
    } else if (character === '|' && extended) out += alternation(source, use);
    else if ('+?(){}'.includes(character)) out += extended ? character : `\\${character}`;
    else if (character === '|') out += '\\|';
    else if (character === '*') out += at === 0 || source.slice(0, at) === '^' ? '\\*' : '*';
    else if (character === '^') out += at === 0 || extended ? '^' : '\\^';
    else if (character === '$') out += at === source.length - 1 || extended ? '$' : '\\$';
    else out += character === '/' || character === ']' || character === '-' ? literal(character) : character;
  }
  return out;
}

function literal(character: string): string {
  return character === '-' ? '-' : `\\${character}`;
}

/** POSIX takes the longest of several ways to match, JavaScript the first. */
function alternation(source: string, use: RegexUse): string {
  if (use === 'match') throw new NotInterpretable(`the alternatives of the expression ${source}`);
  return '|';
}

function escaped(character: string, extended: boolean, source: string): string {
  if (!extended && '(){}+?'.includes(character)) return character;
  if (/[1-9bBwWsS]/.test(character)) return `\\${character}`;
  if (character === 'n') return '\\n';
  if (character === 't') return '\\t';
  if (/[A-Za-z0-9<>`']/.test(character)) throw new NotInterpretable(`\\${character} in the expression ${source}`);
  return '^$\\.*+?()[]{}|/'.includes(character) ? `\\${character}` : character;
}

function bracket(source: string, start: number): { readonly text: string; readonly end: number } {
  let at = start + 1;
  const negated = source[at] === '^';
  if (negated) at += 1;
  let text = '';
  for (let first = true; at < source.length; at += 1, first = false) {
    const character = source[at] ?? '';
    if (character === ']' && !first) return { text: `[${negated ? '^' : ''}${text}]`, end: at };
    const named = /^\[:(\w+):\]/.exec(source.slice(at));
    if (named !== null) {
      text += classes[named[1] ?? ''] ?? '';
      at += named[0].length - 1;
    } else text += '\\[]^'.includes(character) ? `\\${character}` : character;
  }
  throw new NotInterpretable(`the expression ${source}`);
}
