import { staticText } from '../../ir/read-value.ts';
import type { Provenance, TextValue } from '../../ir/value.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import type { Runner } from './call.ts';
import { expandFields, expandText } from './expand.ts';
import type { Shell } from './shell.ts';
import type { Assignment } from './syntax.ts';
import { textKey } from './text-value.ts';

/** Sets `NAME=( … )`, `NAME+=( … )` and `NAME[index]=value`. */
export function assignArray(runner: Runner, shell: Shell, assignment: Assignment): void {
  const { name, append } = assignment;
  const before = shell.arrays.get(name) ?? new Map<string, TextValue>();
  const array = new Map<string, TextValue>(append || assignment.items === undefined ? before : []);
  if (assignment.items === undefined) {
    const index = assignment.index === undefined ? undefined : expandText(shell, assignment.index, runner.substitution);
    const key = index === undefined ? '0' : arrayKey(shell, name, index);
    array.set(key, expandText(shell, assignment.value, runner.substitution));
  }
  for (const { key, value } of assignment.items ?? []) {
    if (key !== undefined)
      array.set(
        arrayKey(shell, name, expandText(shell, key, runner.substitution)),
        expandText(shell, value, runner.substitution),
      );
    else for (const field of expandFields(shell, value, runner.substitution)) array.set(nextIndex(array), field);
  }
  shell.arrays.set(name, array);
}

function nextIndex(array: ReadonlyMap<string, TextValue>): string {
  const indexes = [...array.keys()].map(Number).filter(Number.isInteger);
  return String(indexes.length === 0 ? 0 : Math.max(...indexes) + 1);
}

/** An associative array takes the text, any other reckons with it. */
function arrayKey(shell: Shell, name: string, index: TextValue): string {
  if (shell.associative.has(name)) return textKey(index);
  const written = staticText(index);
  const value = written === undefined ? undefined : evaluateArithmetic(shell, written, index.from);
  return value === undefined ? textKey(index) : String(value);
}

/** What stands in `${…}` where it names an array: `NAME[@]`, `NAME[key]`, `!NAME[@]`. */
export interface ArrayReading {
  readonly kind: 'all' | 'item';
  readonly values: readonly TextValue[];
}

/** Undefined where the name is no array. */
export function readArray(shell: Shell, written: string, from: Provenance): ArrayReading | undefined {
  const match = /^(!?)([A-Za-z_]\w*)(?:\[(.*)\])?$/s.exec(written);
  const name = match?.[2] ?? '';
  const array = shell.arrays.get(name);
  if (match === null || array === undefined) return undefined;
  const index = match[3];
  if (index === '@' || index === '*') {
    const keys = [...array.keys()].map(
      (key): TextValue => ({ kind: 'text', parts: [{ kind: 'literal', text: key, from }], from, control: [] }),
    );
    return { kind: 'all', values: match[1] === '!' ? keys : [...array.values()] };
  }
  const key = index === undefined ? '0' : arrayKey(shell, name, indexText(shell, index, from));
  const item = array.get(key);
  return { kind: 'item', values: item === undefined ? [] : [item] };
}

/** The index inside `${NAME[…]}`: a word with at most one variable. */
function indexText(shell: Shell, written: string, from: Provenance): TextValue {
  const plain = written.replace(/^(["'])(.*)\1$/s, '$2');
  const variable = /^\$(?:\{(\w+)\}|(\w+))$/.exec(plain);
  const name = variable?.[1] ?? variable?.[2];
  const value =
    name === undefined ? undefined : /^\d+$/.test(name) ? shell.positionals[Number(name) - 1] : shell.lookup(name);
  return value ?? { kind: 'text', parts: [{ kind: 'literal', text: plain, from }], from, control: [] };
}
