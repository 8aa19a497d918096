import type { Language } from './emit-input.ts';

/** The language of most comment lines (`#`) of the texts; English where there are none. */
export function majorityLanguage(texts: readonly string[]): Language {
  let japanese = 0;
  let other = 0;
  for (const text of texts) {
    for (const line of text.split('\n')) {
      const comment = /^\s*#(?!!)\s*(.*\p{L}.*)$/u.exec(line)?.[1];
      if (comment === undefined) continue;
      if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(comment)) japanese += 1;
      else other += 1;
    }
  }
  return japanese > other ? 'ja' : 'en';
}
