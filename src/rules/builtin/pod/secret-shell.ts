import type { PartText } from './part-text.ts';
import { type SecretRun, secretsInWord } from './secret-words.ts';
import { readCommands, type ShellWord, type WordSegment } from './shell-commands.ts';

/** A secret of a command line, and how a reference is put in its place: as a word, or by the quotes around it in shell text. */
export interface ShellSecret extends SecretRun {
  readonly put: 'word' | WordSegment['quote'] | 'nowhere';
}

/** The secrets in a shell text, in order. Where the text is more than simple commands, what looks like one has no safe place. */
export function secretsInShell(text: PartText): readonly ShellSecret[] {
  const commands = readCommands(text.text);
  if (commands === undefined) return inCompound(text.text);
  return commands.flatMap(({ assignments, words }) => {
    const program = words[0] === undefined ? '' : flat(text, words[0]).text;
    return [...assignments, ...words].flatMap((word, at, all) => {
      const previous = all[at - 1];
      const before = previous === undefined ? undefined : flat(text, previous).text;
      return inWord(text, word, before, program);
    });
  });
}

/** A word without its quotes, and where each of its characters stands. */
interface FlatWord {
  readonly text: string;
  readonly places: readonly { readonly at: number; readonly segment: WordSegment }[];
}

function flat(text: PartText, word: ShellWord): FlatWord {
  const places = word.segments.flatMap((segment) =>
    [...Array(segment.end - segment.start).keys()].map((offset) => ({ at: segment.start + offset, segment })),
  );
  return { text: places.map(({ at }) => text.text[at] ?? '').join(''), places };
}

function inWord(text: PartText, word: ShellWord, before: string | undefined, program: string): readonly ShellSecret[] {
  const { text: shown, places } = flat(text, word);
  return secretsInWord(shown, before, program).flatMap((run): readonly ShellSecret[] => {
    const first = places[run.start];
    const last = places[run.end - 1];
    if (first === undefined || last === undefined) return [];
    const value = shown.slice(run.start, run.end);
    // What the shell puts together from variables is no plain text.
    if (first.segment.quote !== 'single' && /[$`]/.test(value)) return [];
    const put = first.segment === last.segment ? first.segment.quote : 'nowhere';
    return [{ start: first.at, end: last.at + 1, shown: run.shown, put }];
  });
}

function inCompound(text: string): readonly ShellSecret[] {
  const words = [...text.matchAll(/[^\s;&|()]+/g)].map((match) => match[0].replaceAll(/["'\\]/g, ''));
  const found = words.some((word, at) =>
    secretsInWord(
      word,
      words[at - 1],
      words.slice(0, at).find((each) => /(?:mysql|mariadb|curl)/.test(each)) ?? '',
    ).some(({ start, end }) => !/[$`]/.test(word.slice(start, end))),
  );
  const whole = secretsInWord(text, undefined, '').length > 0 && !text.includes('$');
  return found || whole ? [{ start: 0, end: text.length, shown: 'secret', put: 'nowhere' }] : [];
}
