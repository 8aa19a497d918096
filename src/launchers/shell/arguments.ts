import { staticText } from '../../ir/read-value.ts';
import type { TextValue } from '../../ir/value.ts';
import { cutText, shapeOf } from './text-value.ts';

/** The arguments of a program, flags apart. */
export interface Arguments {
  readonly positionals: readonly TextValue[];
  /** Flag without dashes → its values in order; a switch has an empty list. */
  readonly flags: ReadonlyMap<string, readonly TextValue[]>;
}

/** `withValue` names the flags (without dashes, `n` for `-n`) that take the next argument. `--flag=value` is always read so. */
export function readArguments(args: readonly TextValue[], withValue: ReadonlySet<string>): Arguments {
  const positionals: TextValue[] = [];
  const flags = new Map<string, TextValue[]>();
  const add = (name: string, value: TextValue | undefined): void => {
    const values = flags.get(name) ?? [];
    if (value !== undefined) values.push(value);
    flags.set(name, values);
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === undefined) break;
    const shape = shapeOf(arg);
    if (shape === '--') {
      positionals.push(...args.slice(at + 1));
      break;
    }
    const long = /^--([\w-]+)(=)?/.exec(shape);
    if (long !== null) {
      const name = long[1] ?? '';
      if (long[2] === '=') add(name, cutText(arg, long[0].length));
      else add(name, withValue.has(name) ? args[++at] : undefined);
    } else if (/^-[A-Za-z]/.test(shape)) at = readShort(arg, shape, args, at, withValue, add);
    else positionals.push(arg);
  }
  return { positionals, flags };
}

/** `-n x`, `-nx`, `-n=x`, and switches together with the last one's value: `-sfo FILE`. */
function readShort(
  arg: TextValue,
  shape: string,
  args: readonly TextValue[],
  index: number,
  withValue: ReadonlySet<string>,
  add: (name: string, value: TextValue | undefined) => void,
): number {
  for (let at = 1; at < shape.length; at++) {
    const name = shape[at] ?? '';
    if (!withValue.has(name)) {
      add(name, undefined);
      continue;
    }
    if (at + 1 < shape.length) {
      add(name, cutText(arg, shape[at + 1] === '=' ? at + 2 : at + 1));
      return index;
    }
    add(name, args[index + 1]);
    return index + 1;
  }
  return index;
}

export function flagValue(args: Arguments, ...names: readonly string[]): TextValue | undefined {
  for (const name of names) {
    const value = args.flags.get(name)?.at(-1);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function hasFlag(args: Arguments, ...names: readonly string[]): boolean {
  return names.some((name) => args.flags.has(name));
}

export function staticFlag(args: Arguments, ...names: readonly string[]): string | undefined {
  const value = flagValue(args, ...names);
  return value === undefined ? undefined : staticText(value);
}
