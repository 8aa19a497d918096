import type { TextPart } from '../../../ir/value.ts';
import { type PartText, partText } from './part-text.ts';
import { readCommands } from './shell-commands.ts';
import { wordsWithoutShell } from './shell-words.ts';

/** A sidecar's shell text that runs its program and ends it when told, as a pattern sees it. */
export interface Wrapper {
  readonly words: readonly (readonly TextPart[])[];
  readonly groups: Readonly<Record<string, string>>;
}

/** Finds the program in a wrapper: `pattern` must match the whole text on one line, and its group `program` be one simple command. */
export function unwrapPolling(parts: readonly TextPart[], pattern: RegExp): Wrapper | undefined {
  const text = partText(parts);
  const line = oneLine(text.text);
  const match = new RegExp(pattern.source, `${pattern.flags.replace('d', '')}d`).exec(line.text);
  const [start, end] = match?.indices?.groups?.['program'] ?? [];
  if (match === null || start === undefined || end === undefined || match[0].length !== line.text.length)
    return undefined;
  const program = programText(text, line.offsets[start] ?? 0, (line.offsets[end - 1] ?? 0) + 1);
  const commands = readCommands(program.text);
  const [command] = commands ?? [];
  const words = command === undefined || commands?.length !== 1 ? undefined : wordsWithoutShell(program, command);
  return words === undefined ? undefined : { words, groups: { ...match.groups } };
}

function programText(text: PartText, start: number, end: number): PartText {
  return partText(text.slice(start, end));
}

/** The text on one line: line ends as `; ` where the shell reads them so, blanks as one, comments gone; with the offset of each character. */
export function oneLine(source: string): { readonly text: string; readonly offsets: readonly number[] } {
  let text = '';
  const offsets: number[] = [];
  const add = (char: string, at: number): void => {
    text += char;
    offsets.push(at);
  };
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (char === '\\' && source[at + 1] === '\n') {
      if (!text.endsWith(' ')) add(' ', at);
      at += 1;
    } else if (char === '#' && /(?:^|\s)$/.test(source.slice(0, at))) {
      const end = source.indexOf('\n', at);
      at = (end < 0 ? source.length : end) - 1;
    } else if (char === '\n') {
      if (!/(?:^|[;&|({]|\b(?:do|then|else))\s*$/.test(text)) for (const made of '; ') add(made, at);
      else if (!/(?:^|\s)$/.test(text)) add(' ', at);
    } else if (char === ' ' || char === '\t') {
      if (!/(?:^|\s)$/.test(text)) add(' ', at);
    } else add(char, at);
  }
  const kept = text.replace(/[\s;]+$/, '').length;
  return { text: text.slice(0, kept), offsets: offsets.slice(0, kept) };
}
