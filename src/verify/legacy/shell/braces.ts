import type { Word } from './syntax.ts';

/** `a{b,c}`, `{1..3}`: the words it makes; a word with no braces of this form is itself. */
export function bracedWords(word: Word): readonly Word[] {
  for (const [at, part] of word.parts.entries()) {
    // Braces within braces are not understood; they are refused where the word is expanded.
    if (part.kind !== 'text' || part.quoted || /\{[^}]*\{/.test(part.text)) continue;
    const found = /\{([^{}]*)\}/.exec(part.text);
    const choices = found === null ? undefined : choicesOf(found[1] ?? '');
    if (found === null || choices === undefined) continue;
    const end = found.index + found[0].length;
    return choices.flatMap((choice) => {
      const text = part.text.slice(0, found.index) + choice + part.text.slice(end);
      return bracedWords({ ...word, parts: word.parts.toSpliced(at, 1, { ...part, text }) });
    });
  }
  return [word];
}

function choicesOf(inside: string): readonly string[] | undefined {
  if (inside.includes(',')) return inside.split(',');
  const [, from, to] = /^(-?\d+)\.\.(-?\d+)$/.exec(inside) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const [first, last] = [Number(from), Number(to)];
  const step = first <= last ? 1 : -1;
  const count = Math.min(Math.abs(last - first) + 1, 10_000);
  return Array.from({ length: count }, (_, at) => String(first + at * step).padStart(width, '0'));
}
