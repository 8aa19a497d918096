import { evaluateArithmetic } from './arithmetic.ts';
import { type Expansion, expandText } from './expand.ts';
import { expandParameter } from './expand-parameter.ts';
import { NotInterpretable } from './not-interpretable.ts';
import type { Word, WordPart } from './syntax.ts';

type Parameter = Extract<WordPart, { kind: 'parameter' }>;

/** The values of `$@`, `$*`, `${NAME[@]}` or `${!NAME[@]}`, changed as it says; undefined for a single value. */
export function expandList(part: Parameter, expansion: Expansion): readonly string[] | undefined {
  const values = listOf(part, expansion);
  if (values === undefined) return undefined;
  const { change } = part;
  switch (change?.kind) {
    case undefined:
      return values;
    case 'length':
      return [String(values.length)];
    case 'slice': {
      // Of the positional parameters, 0 is the script itself.
      const all = part.name === '@' || part.name === '*' ? [expansion.state.script, ...values] : values;
      return sliced(all, change, expansion);
    }
    case 'cut-start':
    case 'cut-end':
    case 'replace':
    case 'case':
      return values.map((value) => expandParameter({ name: part.name, change }, value, expansion));
    case 'default':
      return isPresent(values, change.colon) ? values : [expandText(change.word, expansion)];
    case 'alternative':
      throw new NotInterpretable('an alternative of a list in a text');
    case 'assign':
    case 'require':
      throw new NotInterpretable('this expansion of a list');
  }
}

/** Whether a list counts as set for `-`, `+` and their forms with a colon. */
export function isPresent(values: readonly string[], colon: boolean): boolean {
  return values.length > 0 && !(colon && values.join(' ') === '');
}

/** All values that a part without its change stands for; undefined for a single one. */
export function listOf({ name, index, indirect }: Parameter, { state }: Expansion): readonly string[] | undefined {
  if (name === '@' || name === '*') return state.positional;
  if (index !== '@' && index !== '*') return undefined;
  const items = state.items(name);
  return indirect === true ? [...items.keys()] : [...items.values()];
}

/** One element of an array, or the plain variable; undefined where it is unset. */
export function singleValue(part: Parameter, expansion: Expansion): string | undefined {
  const { state } = expansion;
  const name = part.indirect === true ? (state.get(part.name) ?? '') : part.name;
  if (part.indirect === true && !/^[A-Za-z_]\w*$/.test(name)) throw new NotInterpretable('this indirect expansion');
  if (part.index === undefined || part.index === '@' || part.index === '*') return state.get(name);
  const items = state.items(name);
  return items.get(itemKey(name, part.index, expansion));
}

/** The key that an index stands for: its text, or the number it comes to. */
export function itemKey(name: string, index: Word, expansion: Expansion): string {
  const { state } = expansion;
  const text = expandText(index, expansion);
  if (state.variables.get(name)?.keyed === true) return text;
  const number = Number(evaluateArithmetic(text, state));
  if (number >= 0) return String(number);
  const last = Math.max(-1, ...[...state.items(name).keys()].map(Number));
  return String(last + 1 + number);
}

function sliced(
  values: readonly string[],
  { from, length }: { readonly from: Word; readonly length?: Word },
  expansion: Expansion,
): readonly string[] {
  const number = (word: Word): number => Number(evaluateArithmetic(expandText(word, expansion), expansion.state));
  const start = number(from);
  const first = start < 0 ? values.length + start : start;
  if (first < 0) return [];
  const count = length === undefined ? values.length : number(length);
  if (count < 0) throw new NotInterpretable('a slice of a list with a negative length');
  return values.slice(first, first + count);
}
