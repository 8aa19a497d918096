import { PyEpoch, PyMoment } from '../clock/moments.ts';
import { clockMark, hasClock, needsTheDate, replaceInDate } from '../clock/render-clock.ts';
import { bare, peek } from '../tags/tracker.ts';
import { PyDict } from '../values/dict.ts';
import { str } from '../values/print.ts';
import { isText, textOf } from '../values/types.ts';
import { type CallArgs, PyList, PyTuple, type Value } from '../values/value.ts';

/** Filters that look into the items they are given. */
const lookInside: ReadonlySet<string> = new Set(['dictsort', 'groupby', 'max', 'min', 'sort', 'sum', 'unique']);
/** Filters that only hand their arguments on, or put them in as they are. */
const handOn: ReadonlySet<string> = new Set([
  'map',
  'regex_replace',
  'reject',
  'rejectattr',
  'replace',
  'select',
  'selectattr',
]);
/** Filters that know what a date of the clock is. */
const ofClocks: ReadonlySet<string> = new Set(['float', 'int', 'strftime']);

function isDated(value: Value, depth: number): boolean {
  const plain = bare(value);
  if (plain instanceof PyMoment || plain instanceof PyEpoch) return true;
  if (isText(plain)) return clockMark.test(textOf(plain));
  if (depth === 0) return false;
  if (plain instanceof PyDict)
    return plain.pairs().some(([key, item]) => isDated(key, depth - 1) || isDated(item, depth - 1));
  return (plain instanceof PyList || plain instanceof PyTuple) && plain.items.some((item) => isDated(item, depth - 1));
}

/** What a filter makes of a date where that stays symbolic. */
export function dateFilter(
  name: string,
  value: Value,
  [, search = null, by = null]: readonly Value[],
): Value | undefined {
  if (!hasClock()) return undefined;
  const plain = bare(value);
  if (plain instanceof PyEpoch && (name === 'int' || name === 'float')) return value;
  if (name !== 'replace') return undefined;
  const [text, from, to] = [plain instanceof PyMoment ? str(plain) : plain, peek(search), peek(by)];
  if (!isText(text) || !isText(from) || !isText(to)) return undefined;
  return replaceInDate(textOf(text), textOf(from), textOf(to));
}

/** What is done to a run-time macro is done in the legacy manifest too; of a date the rendering has no more than a mark. */
export function guardDate(operation: string, values: readonly Value[], depth = 1): void {
  if (hasClock() && values.some((value) => isDated(value, depth))) throw needsTheDate(operation);
}

export function guardDateArguments(
  name: string,
  value: Value,
  { args, kwargs }: CallArgs,
  safe: ReadonlySet<string>,
): void {
  if (!hasClock()) return;
  if (lookInside.has(name)) guardDate(name, [value], 5);
  if (!safe.has(name) && !ofClocks.has(name)) guardDate(name, [value], bare(value) instanceof PyDict ? 0 : 1);
  const given = [...args, ...kwargs.values()];
  if (name === 'format') guardPadding(value, given);
  else if (name === 'replace' || name === 'regex_replace') guardDate(name, given.slice(0, 1));
  else if (!safe.has(name) && !ofClocks.has(name) && !handOn.has(name)) guardDate(name, given);
}

/** `%s` and `{}` put a date in as it is; with a width, a precision or a conversion they look at it. */
export function guardPadding(format: Value, given: readonly Value[]): void {
  const plain = bare(format);
  if (!hasClock() || !isText(plain)) return;
  guardDate('a format', [format]);
  const onlyTexts = textOf(plain).replaceAll(/%%|%(?:\(\w+\))?s|\{\{|\}\}|\{\w*\}/g, '');
  if (/[%{]/.test(onlyTexts)) guardDate('a format with a width, precision or conversion', given, 2);
}
