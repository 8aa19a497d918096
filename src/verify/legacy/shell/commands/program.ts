import { NotInterpretable } from '../not-interpretable.ts';
import type { ShellState } from '../state.ts';
import { knownText, type Streams } from '../streams.ts';

/** One start of a program that is known here. */
export interface ProgramCall {
  readonly name: string;
  readonly args: readonly string[];
  readonly streams: Streams;
  readonly state: ShellState;
}

/** Gives the exit status. */
export type Program = (call: ProgramCall) => number;

/** A program of which some uses are known here; the others are effects, like those of a program that is not known at all. */
export type PartlyKnown = (call: ProgramCall) => number | 'unknown';

/** An option or a use of the program that is not known here. */
export function refuse(call: ProgramCall, what?: string): never {
  throw new NotInterpretable(`${call.name}${what === undefined ? '' : ` ${what}`}`);
}

export function complain(call: ProgramCall, message: string, status = 1): number {
  call.streams.err.write(`${call.name}: ${message}\n`);
  return status;
}

export interface Flags {
  /** Flag → its values, in order; flags without a value have empty ones. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/**
 * Splits arguments by a list of flags: `-n=` takes a value, `-q` none. Short flags may stand together (`-sf`, `-n5`).
 * A flag that is not in the list refuses the call.
 */
export function readFlags(call: ProgramCall, known: readonly string[], args: readonly string[] = call.args): Flags {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const note = (flag: string, value: string): void => {
    values.set(flag, [...(values.get(flag) ?? []), value]);
  };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest);
      break;
    }
    if (!word.startsWith('-') || word === '-') operands.push(word);
    else if (word.startsWith('--') || known.includes(`${word}=`)) readLong(word);
    else readShort(word);
  }
  return { values, operands };

  function readLong(word: string): void {
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const flag = equals < 0 ? word : word.slice(0, equals);
    if (known.includes(`${flag}=`)) {
      const value = equals < 0 ? rest.shift() : word.slice(equals + 1);
      note(flag, value ?? refuse(call, `${flag} without a value`));
    } else if (known.includes(flag)) note(flag, equals < 0 ? '' : word.slice(equals + 1));
    else refuse(call, flag);
  }

  function readShort(word: string): void {
    if (!word.endsWith('=') && known.includes(word)) {
      note(word, '');
      return;
    }
    for (let at = 1; at < word.length; at += 1) {
      const flag = `-${word[at] ?? ''}`;
      if (known.includes(`${flag}=`)) {
        const value = at + 1 < word.length ? word.slice(at + 1) : rest.shift();
        note(flag, value ?? refuse(call, `${flag} without a value`));
        return;
      }
      if (!known.includes(flag)) refuse(call, word);
      note(flag, '');
    }
  }
}

export function lastOf(flags: Flags, ...names: readonly string[]): string | undefined {
  return names.map((name) => flags.values.get(name)?.at(-1)).find((value) => value !== undefined);
}

/** The text of the files, or of what comes in where there is none; undefined where one is missing. */
export function readOperands(call: ProgramCall, files: readonly string[]): string | undefined {
  if (files.length === 0) return knownText(call.streams.in.readAll());
  let text = '';
  for (const file of files) {
    const stdin = file === '-' || file === '/dev/stdin';
    const content = stdin ? call.streams.in.readAll() : call.state.machine.read(call.state.path(file));
    if (content === undefined) {
      complain(call, `${file}: No such file or directory`);
      return undefined;
    }
    text += knownText(content);
  }
  return text;
}

/** `90`, `30s`, `5m`, `2h`, `1h30m`; undefined where it is none of them. */
export function durationSeconds(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!/^(?:\d+(?:\.\d+)?[smhd])+$/.test(text)) return undefined;
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };
  return [...text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)].reduce(
    (sum, [, count = '0', unit = 's']) => sum + Number(count) * (units[unit] ?? 1),
    0,
  );
}
