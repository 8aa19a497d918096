import type { TextValue } from '../../ir/value.ts';
import { globSource } from './expand.ts';
import { HOLE } from './text-with-holes.ts';

export type PatternMatch = 'yes' | 'no' | 'maybe';

/** Whether a text fits a pattern of `case`, as far as what is known of the text decides it. */
export function matchPattern(word: TextValue, pattern: string): PatternMatch {
  const holes = word.parts.map((part) => part.kind === 'runtime');
  const fits = (text: string): boolean => new RegExp(`^(?:${globSource(pattern, false)})$`, 's').test(text);
  const texts = word.parts.map((part) => (part.kind === 'runtime' ? '' : part.text));
  const first = holes.indexOf(true);
  if (pattern.includes(HOLE)) return 'maybe';
  if (first < 0) return fits(texts.join('')) ? 'yes' : 'no';
  const start = texts.slice(0, first).join('');
  const end = texts.slice(holes.lastIndexOf(true) + 1).join('');
  // What fits before a final star fits with anything behind it.
  if (/(?<!\\)\*$/.test(pattern) && fits(start)) return 'yes';
  const from = /^(?:[^*?[\\]|\\.)*/s.exec(pattern)?.[0].replace(/\\(.)/gs, '$1') ?? '';
  const to = /\\/.test(pattern) ? '' : (/[^*?[\]]*$/.exec(pattern)?.[0] ?? '');
  const literal = !/[*?[\\]/.test(pattern);
  if (literal && !(pattern.startsWith(start) && pattern.slice(start.length).endsWith(end))) return 'no';
  if (!from.startsWith(start) && !start.startsWith(from)) return 'no';
  if (!to.endsWith(end) && !end.endsWith(to)) return 'no';
  // A time is written with digits or letters first; it is no flag.
  const hole = word.parts[first];
  const time = hole?.kind === 'runtime' && hole.expr.kind === 'session';
  return time && start === '' && from.startsWith('-') ? 'no' : 'maybe';
}
