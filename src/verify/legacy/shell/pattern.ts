import { escapeRegExp } from '../../../core/escape-regexp.ts';
import { NotInterpretable } from './not-interpretable.ts';

/** A pattern of the shell as a regular expression's source. `literal[i]`: the character was quoted. */
export interface PatternText {
  readonly text: string;
  readonly literal: readonly boolean[];
}

export function hasWildcard({ text, literal }: PatternText): boolean {
  return [...text.matchAll(/[*?]|\[(?=.+\])/g)].some(({ index }) => literal[index] === false);
}

/** `lazy`: a star takes as little as it can. */
export function patternSource(pattern: PatternText, lazy = false): string {
  let out = '';
  for (let at = 0; at < pattern.text.length; at += 1) {
    const character = pattern.text[at] ?? '';
    if (pattern.literal[at] === true) out += escapeRegExp(character);
    else if (character === '*') out += lazy ? '[^]*?' : '[^]*';
    else if (character === '?') out += '[^]';
    else if (character === '[') {
      const end = pattern.text.indexOf(']', at + 2);
      if (end < 0) out += '\\[';
      else {
        out += bracket(pattern.text.slice(at + 1, end));
        at = end;
      }
    } else if ('@+!?*'.includes(character) && pattern.text[at + 1] === '(')
      throw new NotInterpretable('an extended pattern');
    else out += escapeRegExp(character);
  }
  return out;
}

export function matchesPattern(text: string, pattern: PatternText): boolean {
  return new RegExp(`^(?:${patternSource(pattern)})$`, 'u').test(text);
}

function bracket(inside: string): string {
  const negated = inside.startsWith('!') || inside.startsWith('^');
  const body = (negated ? inside.slice(1) : inside)
    .replaceAll('\\', '\\\\')
    .replaceAll('[', '\\[')
    .replaceAll('^', '\\^');
  if (inside.includes('[:')) throw new NotInterpretable('a character class');
  return `[${negated ? '^' : ''}${body}]`;
}
