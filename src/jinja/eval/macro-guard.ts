import { bare } from '../tags/tracker.ts';
import { isText, textOf } from '../values/types.ts';
import { type CallArgs, PyList, PyTuple, type Value } from '../values/value.ts';
import { guardDate, guardDateArguments, guardPadding } from './date-guard.ts';
import type { Runtime } from './runtime.ts';

/**
 * Stands in a manifest for what is put in after the rendering: `__X__`, `@@X@@`, `%X%`, `${X}`, and `{{ x }}` that a raw
 * block or DebugUndefined left for a second rendering.
 */
const macro = /\{\{\s*[\w.]+\s*\}\}|__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__|@@\w+@@|%[A-Z][A-Z0-9_]*%|\$\{\w+\}/;

/** Filters that give the right text whatever the macro will stand for. */
const safeFilters: ReadonlySet<string> = new Set([
  'b64decode',
  'combine',
  'd',
  'default',
  'dict2items',
  'dictsort',
  'first',
  'format',
  'indent',
  'items',
  'join',
  'last',
  'list',
  'mandatory',
  'map',
  'pprint',
  'quote',
  'reverse',
  'safe',
  'string',
  'ternary',
  'to_json',
  'to_nice_json',
  'to_nice_yaml',
  'to_yaml',
  'tojson',
  'trim',
]);
/** Of a list, they look at the number of items only. */
const safeForLists: ReadonlySet<string> = new Set(['batch', 'count', 'flatten', 'length', 'slice', 'zip']);
const safeMethods: ReadonlySet<string> = new Set([
  'append',
  'format',
  'get',
  'items',
  'join',
  'keys',
  'strip',
  'values',
]);
const safeTests: ReadonlySet<string> = new Set([
  'defined',
  'undefined',
  'none',
  'string',
  'mapping',
  'iterable',
  'sequence',
  'number',
]);

function macroIn(value: Value, depth = 0): string | undefined {
  const plain = bare(value);
  if (isText(plain)) return macro.exec(textOf(plain))?.[0];
  if (depth > 0 || !(plain instanceof PyList || plain instanceof PyTuple)) return undefined;
  for (const item of plain.items) {
    const found = macroIn(item, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A rendering sees the macro, not its value: an operation that looks at the characters may give a wrong text. */
function guard(runtime: Runtime, operation: string, values: readonly Value[]): void {
  guardDate(operation, values);
  for (const value of values) {
    const found = macroIn(value);
    if (found === undefined) continue;
    runtime.host.warn({
      kind: 'changes-macro',
      name: found,
      operation,
      line: runtime.line,
      template: runtime.template,
    });
    return;
  }
}

export function guardFilter(runtime: Runtime, name: string, value: Value, given: CallArgs): void {
  guardDateArguments(name, value, given, safeFilters);
  // In what `reverse`, `first` and `last` take from a list the macro stays whole; of a text they take characters.
  const cuts = name === 'first' || name === 'last' || name === 'reverse' || name === 'list' || name === 'b64decode';
  const isOneText = isText(bare(value));
  if (!isOneText && safeForLists.has(name)) return;
  // Whoever looks for a macro knows that it is one: `replace('-__SUFFIX__', '')`.
  if (name === 'replace' && given.args[0] !== undefined && macroIn(given.args[0]) !== undefined) return;
  if (!safeFilters.has(name) || (cuts && isOneText)) guard(runtime, name, [value]);
}

export function guardMethodArguments(name: string, value: Value, given: CallArgs): void {
  if (isText(bare(value))) guardDateArguments(name, value, given, safeMethods);
}

export function guardMethod(runtime: Runtime, name: string, value: Value): void {
  if (!safeMethods.has(name) && isText(bare(value))) guard(runtime, `.${name}()`, [value]);
}

export function guardTest(runtime: Runtime, name: string, value: Value, given: CallArgs): void {
  if (safeTests.has(name)) return;
  guard(runtime, `is ${name}`, [value]);
  guardDate(`is ${name}`, [...given.args, ...given.kwargs.values()]);
}

export function guardOperator(runtime: Runtime, operator: string, left: Value, right: Value): void {
  if (isText(bare(left)) || isText(bare(right))) guard(runtime, operator, [left, right]);
  else guardDate(operator, [left, right]);
}

/** Texts are joined by `+` and put in by `%` as they are; whatever else is done to them looks at the macro itself. */
export function guardBinary(runtime: Runtime, operator: string, left: Value, right: Value): void {
  if (operator === '*') guard(runtime, operator, [left, right]);
  else if (operator === '%') guardPadding(left, [right]);
  else if (operator !== '+')
    guardDate(
      operator,
      [left, right].filter((side) => isText(bare(side))),
    );
  if (operator === '%' && isText(bare(left))) guard(runtime, operator, [left]);
}

/** The macro is a text, hence true; what takes its place may be empty, `false` or 0. */
export function guardTruth(runtime: Runtime, value: Value): void {
  if (isText(bare(value))) guard(runtime, 'a condition', [value]);
}

export function guardSubscript(runtime: Runtime, value: Value): void {
  if (isText(bare(value))) guard(runtime, 'a subscript', [value]);
}

/** A loop over a text takes its characters. */
export function guardLoop(runtime: Runtime, value: Value): void {
  if (isText(bare(value))) guard(runtime, 'a loop', [value]);
}
