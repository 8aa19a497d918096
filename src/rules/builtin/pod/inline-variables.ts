import type { TextPart } from '../../../ir/value.ts';
import { type PartText, partText } from './part-text.ts';
import { readCommands, type ShellCommand } from './shell-commands.ts';
import { plainWord, staysOneWord, wordsWithoutShell } from './shell-words.ts';

export interface InlinedCommand {
  readonly words: readonly (readonly TextPart[])[];
  readonly variables: readonly string[];
}

/**
 * `DAY=20240330; /app/run --day=$DAY` as one program: assignments of fixed values, then one command that uses them. undefined where
 * the shell does anything else. The variables must not be among those the container has already, for then the program would see them.
 */
export function inlineVariables(
  text: PartText,
  commands: readonly ShellCommand[],
  known: ReadonlySet<string>,
): InlinedCommand | undefined {
  const command = commands.at(-1);
  const values = new Map<string, readonly TextPart[]>();
  for (const assignment of commands.slice(0, -1)) {
    const read = readAssignment(text, assignment);
    if (read === undefined || known.has(read.name)) return undefined;
    values.set(read.name, read.value);
  }
  if (command === undefined || values.size === 0) return undefined;
  const inlined = partText(withValues(text, command, values));
  const [only, ...more] = readCommands(inlined.text) ?? [];
  const words = only === undefined || more.length > 0 ? undefined : wordsWithoutShell(inlined, only);
  return words === undefined ? undefined : { words, variables: [...values.keys()] };
}

function readAssignment(
  text: PartText,
  command: ShellCommand,
): { readonly name: string; readonly value: readonly TextPart[] } | undefined {
  const [word, ...more] = command.assignments;
  if (
    word === undefined ||
    more.length > 0 ||
    command.words.length > 0 ||
    command.redirections.length > 0 ||
    command.separator !== ';' ||
    word.expands
  )
    return undefined;
  const name = /^(\w+)=/.exec(text.text.slice(word.start, word.end))?.[1];
  const plain = plainWord(text, word);
  if (name === undefined || plain === undefined) return undefined;
  const value = partText(plain);
  const parts = value.slice(name.length + 1, value.text.length);
  // Only what stays one word without quotes means the same with and without them.
  const simple =
    parts.length > 0 &&
    parts.every((part) =>
      part.kind === 'literal' ? /^[\w/.:=@%+,-]*$/.test(part.text) : staysOneWord(part, 'none', true),
    );
  return simple ? { name, value: parts } : undefined;
}

function withValues(
  text: PartText,
  command: ShellCommand,
  values: ReadonlyMap<string, readonly TextPart[]>,
): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = command.start;
  const source = text.text.slice(command.start, command.end);
  for (const match of source.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    const start = command.start + match.index;
    const value = values.get(match[1] ?? match[2] ?? '');
    const quoted = command.words.some((word) =>
      word.segments.some((segment) => segment.quote === 'single' && segment.start <= start && start < segment.end),
    );
    if (value === undefined || quoted) continue;
    parts.push(...text.slice(at, start), ...value);
    at = start + match[0].length;
  }
  parts.push(...text.slice(at, command.end));
  return parts;
}
