import { escapeRegExp } from '../escape-regexp.ts';
import { launcherPhrases } from './phrases-launcher.ts';
import { podPhrases } from './phrases-pod.ts';
import { reasonPhrases } from './phrases-reason.ts';
import { reportPhrases } from './phrases-report.ts';

/**
 * The English of a text that the program writes, and its Japanese. `{1}` stands for what differs, taken over as it is;
 * `{1~}` for a phrase of its own.
 */
export type Phrase = readonly [english: string, japanese: string];

const exact = new Map<string, string>();
const open: { readonly english: string; readonly pattern: RegExp; readonly japanese: string }[] = [];
for (const [english, japanese] of [...reportPhrases, ...launcherPhrases, ...podPhrases, ...reasonPhrases])
  if (/\{\d~?\}/.test(english)) open.push({ english, pattern: patternOf(english), japanese });
  else exact.set(english, japanese);

function patternOf(english: string): RegExp {
  const parts = english.split(/(\{\d~?\})/);
  return new RegExp(`^${parts.map((part, at) => (at % 2 === 1 ? '([\\s\\S]+?)' : escapeRegExp(part))).join('')}$`, 'u');
}

function known(text: string): string | undefined {
  const said = exact.get(text);
  if (said !== undefined) return said;
  for (const { english, pattern, japanese } of open) {
    const found = pattern.exec(text);
    if (found !== null && !takesProse(english, found))
      return japanese.replaceAll(/\{(\d)(~?)\}/g, (_whole, hole: string, deep: string) => {
        const value = found[Number(hole)] ?? '';
        return deep === '' ? value : inJapanese(value);
      });
  }
  return undefined;
}

/** True where what should be a name is half a sentence: the text only begins like the phrase. */
function takesProse(english: string, found: RegExpExecArray): boolean {
  return [...english.matchAll(/(`?)\{(\d)\}/g)].some(
    ([, quote, hole]) =>
      quote === '' && /(?:^| )(?:an?|the|of|is|are|was|has|which|that) /.test(found[Number(hole)] ?? ''),
  );
}

/**
 * The Japanese of a phrase of this package, or of several with `; ` between them; undefined for other texts: those of
 * users' rules and of other programs.
 */
export function translated(text: string): string | undefined {
  const said = known(text);
  if (said !== undefined || !text.includes('; ')) return said;
  const parts = text.split('; ').map(known);
  return parts.every((part) => part !== undefined) ? parts.join('。') : undefined;
}

/** A phrase as part of a Japanese sentence. What others wrote in English is quoted, so that no sentence mixes languages. */
export function inJapanese(text: string): string {
  const said = translated(text);
  if (said !== undefined) return said;
  return /[a-z]\S* \S*[a-z]{2}/i.test(text) ? `「${text}」` : text;
}

/** What a rule tells a person to do; that of a user's rule as it was written. */
export function remedyInJapanese(text: string): string {
  return translated(text) ?? `ルールに書かれた対応: 「${text}」`;
}
