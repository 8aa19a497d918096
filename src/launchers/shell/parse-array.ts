import type { ArrayItem } from './syntax.ts';
import { ShellSyntaxError } from './syntax-error.ts';
import type { WordParser } from './word-parser.ts';

/** The items of `( … )` behind `NAME=`: words, or `[key]=word`. */
export function parseArray(words: WordParser): readonly ArrayItem[] {
  const opening = words.position++;
  const items: ArrayItem[] = [];
  for (;;) {
    skipBlanks(words);
    if (words.char === '') throw new ShellSyntaxError('no closing )', opening);
    if (words.char === ')') break;
    const key = words.char === '[' ? readKey(words) : undefined;
    const value = words.word();
    if (value.end === value.start && key === undefined)
      throw new ShellSyntaxError(`${words.char} is not expected in an array`, value.start);
    items.push(key === undefined ? { value } : { key, value });
  }
  words.position++;
  return items;
}

function readKey(words: WordParser): ArrayItem['key'] {
  const start = words.position++;
  const key = words.word(/[\]\s;&|<>()]/);
  if (!words.startsWith(']=')) throw new ShellSyntaxError('an array item that is not understood', start);
  words.position += 2;
  return key;
}

function skipBlanks(words: WordParser): void {
  for (;;) {
    if (/\s/.test(words.char)) words.position++;
    else if (words.startsWith('\\\n')) words.position += 2;
    else if (words.char === '#') words.position = endOfLine(words);
    else return;
  }
}

function endOfLine(words: WordParser): number {
  const end = words.source.text.indexOf('\n', words.position);
  return end < 0 ? words.source.text.length : end;
}
