import { assertNever } from '../../core/assert-never.ts';
import type { Arguments, Expression } from '../ast.ts';
import { passedOnClock } from '../clock/names.ts';
import { constantSlices } from '../constant-slices.ts';
import { joinMarkup } from '../filters/html.ts';
import { bare, beginOperation, endOperation, peek, tag } from '../tags/tracker.ts';
import { bind } from '../values/arguments.ts';
import { getAttribute, getItem, slice } from '../values/attributes.ts';
import { call } from '../values/call.ts';
import { compareValues, contains } from '../values/compare.ts';
import { hashKey, PyDict } from '../values/dict.ts';
import { PyError, typeError } from '../values/error.ts';
import { listOf, truthy } from '../values/iterate.ts';
import { spendText } from '../values/limits.ts';
import { binary, concatenate, negate, positive } from '../values/operators.ts';
import { str, textRepr } from '../values/print.ts';
import { isText, textOf, typeName } from '../values/types.ts';
import { type CallArgs, PyList, PySlice, PyTuple, Undefined, type Value } from '../values/value.ts';
import { dateFilter } from './date-guard.ts';
import type { Frame } from './frame.ts';
import {
  guardBinary,
  guardFilter,
  guardMethod,
  guardMethodArguments,
  guardOperator,
  guardSubscript,
  guardTest,
  guardTruth,
} from './macro-guard.ts';
import { RenderingFunction } from './rendering-function.ts';
import type { Runtime } from './runtime.ts';
import { missing } from './scope.ts';

/** The value of an expression; the result of each operation carries the tags of what the operation looked at. */
export function evaluate(node: Expression, frame: Frame): Value {
  switch (node.kind) {
    case 'const':
      return node.value;
    case 'name': {
      const slot = frame.scope.get(node.name);
      return slot === missing ? frame.runtime.undefined({ name: node.name }) : slot;
    }
    case 'tuple':
      return new PyTuple(node.items.map((item) => evaluate(item, frame)));
    case 'list':
      return new PyList(node.items.map((item) => evaluate(item, frame)));
  }
  const outer = beginOperation();
  const result = operate(node, frame);
  return tag(result, endOperation(outer));
}

function operate(node: Exclude<Expression, { kind: 'const' | 'name' | 'tuple' | 'list' }>, frame: Frame): Value {
  const kind = frame.runtime.host.undefinedKind;
  switch (node.kind) {
    case 'dict':
      return new PyDict(
        node.pairs.map(([key, value]): [Value, Value] => [evaluate(key, frame), evaluate(value, frame)]),
      );
    case 'condition':
      if (holds(evaluate(node.test, frame), frame.runtime)) return evaluate(node.then, frame);
      return node.otherwise === undefined
        ? new Undefined('default', { hint: inlineIfHint(node.line, frame) })
        : evaluate(node.otherwise, frame);
    case 'or':
    case 'and': {
      const left = evaluate(node.left, frame);
      return holds(left, frame.runtime) === (node.kind === 'or') ? left : evaluate(node.right, frame);
    }
    case 'not':
      return !holds(evaluate(node.operand, frame), frame.runtime);
    case 'negative':
      return negate(evaluate(node.operand, frame));
    case 'positive':
      return positive(evaluate(node.operand, frame));
    case 'compare':
      return compareChain(node, frame);
    case 'binary': {
      const left = passedOnClock(evaluate(node.left, frame));
      const right = passedOnClock(evaluate(node.right, frame));
      guardBinary(frame.runtime, node.operator, left, right);
      return binary(node.operator, left, right);
    }
    case 'concat': {
      const items = node.items.map((item) => evaluate(item, frame));
      return frame.runtime.autoescape ? joinMarkup(items) : concatenate(items);
    }
    case 'attribute':
      return getAttribute(passedOnClock(evaluate(node.of, frame)), node.name, kind);
    case 'item': {
      const of = evaluate(node.of, frame);
      guardSubscript(frame.runtime, of);
      if (node.key.kind !== 'slice') return getItem(of, evaluate(node.key, frame), kind);
      return slicedItem(of, node, node.key, frame);
    }
    case 'slice':
      return sliceOf(node, frame);
    case 'call': {
      if (node.callee.kind === 'attribute') return callMethod(node.callee, node.args, frame);
      const callee = passedOnClock(evaluate(node.callee, frame));
      const args = evaluateArguments(node.args, frame);
      const plain = bare(callee);
      return spendOn(plain instanceof RenderingFunction ? plain.callIn(args, frame) : call(callee, args));
    }
    case 'filter': {
      const value = node.of === undefined ? (frame.filterInput?.captured() ?? '') : evaluate(node.of, frame);
      return runFilter(frame.runtime, node.name, value, evaluateArguments(node.args, frame));
    }
    case 'test': {
      const value = evaluate(node.of, frame);
      return runTest(frame.runtime, node.name, value, evaluateArguments(node.args, frame));
    }
    default:
      return assertNever(node);
  }
}

/** Calls an attribute, its receiver evaluated once. */
function callMethod(node: Extract<Expression, { kind: 'attribute' }>, given: Arguments, frame: Frame): Value {
  const outer = beginOperation();
  const of = passedOnClock(evaluate(node.of, frame));
  guardMethod(frame.runtime, node.name, of);
  const attribute = getAttribute(of, node.name, frame.runtime.host.undefinedKind);
  const callee = tag(attribute, endOperation(outer));
  const args = evaluateArguments(given, frame);
  guardMethodArguments(node.name, of, args);
  return spendOn(call(callee, args));
}

/** Whether a condition is met: `if`, `and`, `or`, `not`. */
export function holds(value: Value, runtime: Runtime): boolean {
  guardTruth(runtime, value);
  return truthy(value);
}

function slicedItem(of: Value, node: Expression, key: Extract<Expression, { kind: 'slice' }>, frame: Frame): Value {
  const bounds = sliceOf(key, frame);
  try {
    return slice(of, bounds);
  } catch (error) {
    const place = constantSlices(frame.template.parsed).get(node);
    const { undefinedKind } = frame.runtime.host;
    if (!(error instanceof PyError) || error.kind !== 'TypeError' || place === undefined) throw error;
    if (place === 'printed' && undefinedKind === 'strict') throw error;
    return frame.runtime.undefined({ obj: peek(of), name: bounds });
  }
}

function inlineIfHint(line: number, frame: Frame): string {
  const name = frame.template.name;
  return `the inline if-expression on line ${line} in ${textRepr(name)} evaluated to false and no else section was defined.`;
}

function compareChain(node: Extract<Expression, { kind: 'compare' }>, frame: Frame): Value {
  let left = evaluate(node.first, frame);
  let result = true;
  for (const [operator, operand] of node.rest) {
    const right = evaluate(operand, frame);
    guardOperator(frame.runtime, operator, left, right);
    if (operator === 'in') result = contains(right, left);
    else if (operator === 'not in') result = !contains(right, left);
    else result = compareValues(operator, left, right);
    if (!result) return false;
    left = right;
  }
  return result;
}

function sliceOf(node: Extract<Expression, { kind: 'slice' }>, frame: Frame): PySlice {
  const bound = (part: Expression | undefined): Value => (part === undefined ? null : evaluate(part, frame));
  return new PySlice(bound(node.start), bound(node.stop), bound(node.step));
}

export function evaluateArguments(args: Arguments, frame: Frame): CallArgs {
  const positional = args.positional.map((node) => evaluate(node, frame));
  const named = new Map(args.named.map(([key, node]): [string, Value] => [key, evaluate(node, frame)]));
  if (args.star !== undefined) positional.push(...listOf(evaluate(args.star, frame)));
  if (args.doubleStar !== undefined) {
    const mapping = peek(evaluate(args.doubleStar, frame));
    if (!(mapping instanceof PyDict)) throw typeError(`argument after ** must be a mapping, not ${typeName(mapping)}`);
    for (const [key, value] of mapping.pairs()) {
      const name = peek(key);
      if (!isText(name)) throw typeError('keywords must be strings');
      if (named.has(textOf(name))) throw typeError(`got multiple values for keyword argument '${textOf(name)}'`);
      named.set(textOf(name), value);
    }
  }
  return { args: positional, kwargs: named };
}

/** `value | name(args)`, also for map(). */
export function runFilter(runtime: Runtime, name: Value, value: Value, given: CallArgs): Value {
  hashKey(name);
  const filter = runtime.host.library.filters.get(str(name));
  if (filter === undefined) throw unknown('filter', name);
  const args = bind(filter.signature, { args: [value, ...given.args], kwargs: given.kwargs });
  spendOn(value);
  const known = dateFilter(str(name), value, args);
  if (known !== undefined) return known;
  guardFilter(runtime, str(name), value, given);
  return spendOn(filter.run(runtime, ...args));
}

function spendOn(value: Value): Value {
  const plain = bare(value);
  if (typeof plain === 'string' && plain.length > 64) spendText(plain.length);
  return value;
}

/** `value is name(args)`, also for select(). */
export function runTest(runtime: Runtime, name: Value, value: Value, given: CallArgs): boolean {
  hashKey(name);
  const test = runtime.host.library.tests.get(str(name));
  if (test === undefined) throw unknown('test', name);
  guardTest(runtime, str(name), value, given);
  return test.run(runtime, ...bind(test.signature, { args: [value, ...given.args], kwargs: given.kwargs }));
}

function unknown(what: string, name: Value): PyError {
  return new PyError('TemplateRuntimeError', `No ${what} named ${textRepr(str(name))}.`);
}
