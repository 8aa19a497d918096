import { evaluateArithmetic } from './arithmetic.ts';
import { type Expansion, expandPattern, expandText } from './expand.ts';
import { NotInterpretable } from './not-interpretable.ts';
import { patternSource } from './pattern.ts';
import { Exit } from './signals.ts';
import type { ShellState } from './state.ts';
import type { ParameterChange } from './syntax.ts';

interface Parameter {
  readonly name: string;
  readonly change?: ParameterChange;
}

/** The text that `$name` or `${name…}` stands for, where the variable holds `value`. */
export function expandParameter({ name, change }: Parameter, value: string | undefined, expansion: Expansion): string {
  if (change === undefined) return value ?? unset(name, expansion.state);
  switch (change.kind) {
    case 'default':
    case 'assign':
    case 'require':
    case 'alternative':
      return tested(name, value, change, expansion);
    case 'length':
      return String([...(value ?? unset(name, expansion.state))].length);
    case 'cut-start':
    case 'cut-end':
      return cut(value ?? unset(name, expansion.state), change, expansion);
    case 'case': {
      const text = value ?? unset(name, expansion.state);
      const letters = change.all ? text : (text.match(/^./u)?.[0] ?? '');
      return (change.upper ? letters.toUpperCase() : letters.toLowerCase()) + text.slice(letters.length);
    }
    case 'replace': {
      const pattern = expandPattern(change.pattern, expansion);
      if (pattern.text === '') return value ?? '';
      const by = expandText(change.by, expansion);
      if (by.includes('&')) throw new NotInterpretable('& in the replacement of an expansion');
      const anchor = pattern.literal[0] === false && !change.all ? /^[#%]/.exec(pattern.text)?.[0] : undefined;
      const inner = anchor === undefined ? pattern : { text: pattern.text.slice(1), literal: pattern.literal.slice(1) };
      const found = `(?:${patternSource(inner)})`;
      const source = anchor === undefined ? found : anchor === '#' ? `^${found}` : `${found}$`;
      return (value ?? unset(name, expansion.state)).replace(new RegExp(source, change.all ? 'gu' : 'u'), () => by);
    }
    case 'slice':
      return slice(value ?? unset(name, expansion.state), change, expansion);
  }
}

function unset(name: string, state: ShellState): string {
  if (state.options.nounset && name !== '@' && name !== '*') throw new Exit(1);
  return '';
}

function tested(
  name: string,
  value: string | undefined,
  change: Extract<ParameterChange, { kind: 'default' | 'assign' | 'require' | 'alternative' }>,
  expansion: Expansion,
): string {
  const present = value !== undefined && !(change.colon && value === '');
  if (change.kind === 'alternative') return present ? expandText(change.word, expansion) : '';
  if (present) return value;
  const text = expandText(change.word, expansion);
  if (change.kind === 'require') throw new Exit(1);
  if (change.kind === 'assign') expansion.state.set(name, text);
  return text;
}

function cut(
  text: string,
  change: Extract<ParameterChange, { kind: 'cut-start' | 'cut-end' }>,
  expansion: Expansion,
): string {
  const pattern = expandPattern(change.pattern, expansion);
  const whole = new RegExp(`^(?:${patternSource(pattern)})$`, 'u');
  const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
  const ordered = change.longest ? lengths.reverse() : lengths;
  for (const length of ordered) {
    if (change.kind === 'cut-start' && whole.test(text.slice(0, length))) return text.slice(length);
    if (change.kind === 'cut-end' && whole.test(text.slice(text.length - length)))
      return text.slice(0, text.length - length);
  }
  return text;
}

function slice(text: string, change: Extract<ParameterChange, { kind: 'slice' }>, expansion: Expansion): string {
  const number = (word: Parameters<typeof expandText>[0]): number =>
    Number(evaluateArithmetic(expandText(word, expansion), expansion.state));
  const characters = [...text];
  const from = number(change.from);
  const start = from < 0 ? characters.length + from : from;
  if (start < 0) return '';
  if (change.length === undefined) return characters.slice(start).join('');
  const length = number(change.length);
  return characters.slice(start, length < 0 ? characters.length + length : start + length).join('');
}
