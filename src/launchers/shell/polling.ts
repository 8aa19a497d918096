import { staticText } from '../../ir/read-value.ts';
import type { SeesFailure } from './facts.ts';
import { failsWith, plainWord } from './failing.ts';
import type { Shell } from './shell.ts';
import { type ShellNode, type SimpleCommand, simpleCommands } from './syntax.ts';

type LoopNode = Extract<ShellNode, { kind: 'loop' | 'for' }>;

export interface PollingLoop {
  readonly timeoutSeconds: number | undefined;
  readonly failure: SeesFailure;
  readonly decidedLater: boolean;
}

/** A loop that asks for the state of a Job until it has ended; undefined for any other loop. */
export function readPolling(shell: Shell, loop: LoopNode): PollingLoop | undefined {
  const source = shell.source.text.slice(loop.start, loop.end);
  const test = loop.kind === 'loop' ? loop.test : [];
  const commands = simpleCommands([...test, ...loop.body]);
  if (!commands.some((command) => asksForState(shell, command))) return undefined;
  if (loop.kind === 'for' && goesOverNames(shell, loop, commands)) return undefined;
  // `.status.active` is 0, and the Job has its end, in both cases.
  const ends = /fail|active/i.test(source);
  const fails = failsWith(loop.body);
  return {
    timeoutSeconds: limitOf(shell, loop, commands),
    failure: ends && fails ? 'at-once' : ends ? 'never' : 'at-timeout',
    decidedLater: ends && !fails,
  };
}

/** `for job in a b c; do kubectl wait job/$job; done` does one thing for each name; it does not ask again and again. */
function goesOverNames(
  shell: Shell,
  loop: Extract<LoopNode, { kind: 'for' }>,
  commands: readonly SimpleCommand[],
): boolean {
  if (commands.some((command) => plainText(command, 0) === 'sleep')) return false;
  const variable = new RegExp(`\\$\\{?${loop.name}\\b`);
  return commands.some(
    (command) => asksForState(shell, command) && variable.test(shell.source.text.slice(command.start, command.end)),
  );
}

function asksForState(shell: Shell, command: SimpleCommand): boolean {
  const text = shell.source.text.slice(command.start, command.end);
  const [first] = command.words;
  const name = first === undefined ? undefined : (plainWord(first) ?? expandedName(shell, first.parts));
  return name !== undefined && /(^|\/)kubectl\b/.test(name) && /\b(get|wait|describe)\b/.test(text);
}

/** `$KUBECTL get …`: the variable holds the program and its flags. */
function expandedName(shell: Shell, parts: SimpleCommand['words'][number]['parts']): string | undefined {
  const [only] = parts;
  const value = parts.length === 1 && only?.kind === 'parameter' ? shell.lookup(only.name) : undefined;
  return value === undefined ? undefined : staticText(value);
}

/** The longest time the loop goes on: times a pause, or seconds compared with a limit. */
function limitOf(shell: Shell, loop: LoopNode, commands: readonly SimpleCommand[]): number | undefined {
  const pause = commands.flatMap((command) =>
    plainText(command, 0) === 'sleep' ? [numberOf(shell, command, 1)] : [],
  )[0];
  if (loop.kind === 'for') {
    const times = countOf(shell, loop);
    return times === undefined || pause === undefined ? undefined : times * pause;
  }
  const source = shell.source.text.slice(loop.start, loop.end);
  const compared = /\$?\{?(\w+)\}?"?\s*(?:-ge|-gt|-lt|-le|>=|<=|>|<)\s*"?\$?\{?(\w+)\}?/.exec(source);
  const [counter, bound] = [compared?.[1], compared?.[2]];
  if (counter === undefined || bound === undefined) return undefined;
  const limit = /^\d+$/.test(bound) ? Number(bound) : staticNumber(shell, bound);
  if (limit === undefined) return undefined;
  if (counter === 'SECONDS') return limit;
  const step = stepOf(shell, source, counter);
  return step === undefined ? undefined : step === 1 && pause !== undefined ? limit * pause : limit;
}

/** What a counter grows by in each turn. */
function stepOf(shell: Shell, source: string, counter: string): number | undefined {
  if (new RegExp(`\\b${counter}\\+\\+|\\+\\+${counter}\\b`).test(source)) return 1;
  const grown = new RegExp(
    `\\b${counter}\\s*(?:\\+=\\s*|=\\s*["$({]*\\s*(?:expr\\s+)?\\$?\\{?${counter}\\}?\\s*\\+\\s*)\\$?\\{?(\\w+)`,
  ).exec(source)?.[1];
  if (grown === undefined) return undefined;
  return /^\d+$/.test(grown) ? Number(grown) : staticNumber(shell, grown);
}

function countOf(shell: Shell, loop: Extract<LoopNode, { kind: 'for' }>): number | undefined {
  const source = (loop.words ?? []).map((word) => shell.source.text.slice(word.start, word.end)).join(' ');
  const sequence = /^(?:\$\(\s*seq\s+(?:(\d+)\s+)?(\S+?)\s*\)|\{(\d+)\.\.(\d+)\})$/.exec(source);
  if (sequence === null) return loop.words?.length;
  if (sequence[4] !== undefined) return Number(sequence[4]) - Number(sequence[3]) + 1;
  const last = (sequence[2] ?? '').replace(/["${}]/g, '');
  const end = /^\d+$/.test(last) ? Number(last) : staticNumber(shell, last);
  return end === undefined ? undefined : end - Number(sequence[1] ?? 1) + 1;
}

function numberOf(shell: Shell, command: SimpleCommand, at: number): number | undefined {
  const word = command.words[at];
  const written = word === undefined ? undefined : plainWord(word);
  if (written !== undefined) return /^\d+(\.\d+)?s?$/.test(written) ? Number.parseFloat(written) : undefined;
  const name = /^"?\$\{?(\w+)\}?"?$/.exec(shell.source.text.slice(word?.start, word?.end))?.[1];
  return name === undefined ? undefined : staticNumber(shell, name);
}

function plainText(command: SimpleCommand, at: number): string | undefined {
  const word = command.words[at];
  return word === undefined ? undefined : plainWord(word);
}

function staticNumber(shell: Shell, name: string): number | undefined {
  const value = /^\d$/.test(name) ? shell.positionals[Number(name) - 1] : shell.lookup(name);
  const written = value === undefined ? undefined : staticText(value);
  return written !== undefined && /^\d+$/.test(written) ? Number(written) : undefined;
}
