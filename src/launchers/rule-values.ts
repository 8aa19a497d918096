import { textOf } from '../ir/build-value.ts';
import { entryOf } from '../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../ir/value.ts';
import type { ValueSource } from '../rules/schema.ts';
import { type Arguments, flagValue } from './shell/arguments.ts';
import { cutText, environmentText, shapeOf } from './shell/text-value.ts';
import type { LauncherStep } from './types.ts';

/** The value a rule names: among the arguments of a program, the step's options or its parameters. */
export function valueAt(source: ValueSource, step: LauncherStep, args: Arguments | undefined): Value | undefined {
  if ('text' in source)
    return textOf([{ kind: 'literal', text: source.text, from: { via: 'default', reason: 'written in the rule' } }], {
      via: 'default',
      reason: 'written in the rule',
    });
  if (source.pattern === undefined) return rawValue(source, step, args);
  const { pattern } = source;
  // A flag that is given several times: the value that fits.
  const values = 'flag' in source ? flagValues(source.flag, args) : [rawValue(source, step, args)];
  for (const value of values) {
    const found = value === undefined ? undefined : captured(environmentText(value), pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function textAt(source: ValueSource, step: LauncherStep, args: Arguments | undefined): TextValue | undefined {
  const value = valueAt(source, step, args);
  return value === undefined ? undefined : environmentText(value);
}

function rawValue(
  source: Exclude<ValueSource, { text: string }>,
  step: LauncherStep,
  args: Arguments | undefined,
): Value | undefined {
  if ('positional' in source) return args?.positionals[source.positional - 1];
  if ('flag' in source)
    return args === undefined
      ? undefined
      : flagValue(args, ...(typeof source.flag === 'string' ? [source.flag] : source.flag));
  if ('option' in source) return optionAt(step, source.option);
  if ('parameter' in source)
    return parameterAt(step.options, source.parameter) ?? parameterAt(step.scope, source.parameter);
  return step.command;
}

function flagValues(flag: string | readonly string[], args: Arguments | undefined): readonly Value[] {
  return [flag].flat().flatMap((name) => [...(args?.flags.get(name) ?? [])].reverse());
}

/** A key of the step itself is stronger than what it sees from outside. */
function parameterAt(values: ReadonlyMap<string, Value>, name: string): Value | undefined {
  return values.get(name) ?? nested(values, name);
}

/** `sh` of a context operator stands under `sh>`. */
function optionAt(step: LauncherStep, name: string): Value | undefined {
  return (
    step.options.get(name) ??
    step.options.get(`${name}>`) ??
    nested(step.options, name) ??
    entryOf(step.command, ...name.split('.')) ??
    entryOf(step.command, `${name}>`)
  );
}

function nested(values: ReadonlyMap<string, Value>, name: string): Value | undefined {
  const [first, ...rest] = name.split('.');
  return first === undefined || rest.length === 0 ? undefined : entryOf(values.get(first), ...rest);
}

function captured(value: TextValue, pattern: string): TextValue | undefined {
  const match = new RegExp(pattern, 'u').exec(shapeOf(value));
  if (match === null) return undefined;
  const [whole, group] = match;
  if (group === undefined) return cutText(value, match.index, match.index + whole.length);
  const start = match.index + whole.indexOf(group);
  return cutText(value, start, start + group.length);
}

/** Words as a shell splits them, quotes taken off; nothing is expanded. */
export function splitWords(value: TextValue): readonly TextValue[] {
  const shape = shapeOf(value);
  const words: TextPart[][] = [];
  let word: TextPart[] | undefined;
  let quote = '';
  for (let at = 0; at < shape.length; at++) {
    const char = shape[at] ?? '';
    if (quote === '' && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      word ??= [];
    } else if (char === quote) quote = '';
    else {
      if (char === '\\' && quote !== "'" && at + 1 < shape.length) at++;
      // A run goes on to the next character that means something, so that a variable stays whole.
      let end = at + 1;
      while (end < shape.length && !/[\s"'\\]/.test(shape[end] ?? '')) end++;
      if (quote !== '') while (end < shape.length && shape[end] !== quote && shape[end] !== '\\') end++;
      word = [...(word ?? []), ...cutText(value, at, end).parts];
      at = end - 1;
    }
  }
  if (word !== undefined) words.push(word);
  return words.map((parts) => textOf(parts, value.from));
}
