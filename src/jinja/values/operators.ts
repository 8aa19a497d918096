import { clockArithmetic } from '../clock/moments.ts';
import { concatRich, fromRich, rich } from '../tags/rich.ts';
import { bare, note, peek } from '../tags/tracker.ts';
import { PyError, typeError } from './error.ts';
import { formatPercent } from './format-percent.ts';
import { checkItems, checkSize, spendText } from './limits.ts';
import { escapeText } from './markup.ts';
import { type ArithmeticOperator, arithmetic, indexOf, int } from './number.ts';
import { failUndefined, isInteger, isText, textOf, typeName } from './types.ts';
import { Markup, type Plain, PyBytes, PyFloat, PyList, PyTuple, Tagged, Undefined, type Value } from './value.ts';

/** A binary operator of the expression language, but comparisons. */
export function binary(operator: ArithmeticOperator, left: Value, right: Value): Value {
  if (operator === '+' && typeof bare(left) === 'string' && typeof bare(right) === 'string') {
    if (!(left instanceof Tagged) && !(right instanceof Tagged)) {
      const text = `${String(left)}${String(right)}`;
      checkSize(text.length);
      spendText(text.length);
      return text;
    }
    return fromRich(concatRich([rich(left), rich(right)]));
  }
  if (operator === '%' && isText(bare(left)) && !(bare(right) instanceof Undefined)) return formatPercent(left, right);
  const [a, b] = [peek(left), peek(right)];
  return binaryPlain(operator, a, b);
}

function binaryPlain(operator: ArithmeticOperator, a: Plain, b: Plain): Value {
  const dated = clockArithmetic(operator, a, b);
  if (dated !== undefined) return dated;
  const number = arithmetic(operator, a, b);
  if (number !== undefined) return number;
  if (operator !== '%' || !isText(a)) {
    if (a instanceof Undefined) return failUndefined(a);
    if (b instanceof Undefined && !(operator === '%' && isText(a))) return failUndefined(b);
  }
  if (operator === '+') return add(a, b);
  if (operator === '*') return multiply(a, b);
  if (operator === '%' && isText(a)) return formatPercent(a, b);
  throw unsupported(operator, a, b);
}

export function unsupported(operator: string, a: Plain, b: Plain): Error {
  const shown = operator === '**' ? '** or pow()' : operator;
  return typeError(`unsupported operand type(s) for ${shown}: '${typeName(a)}' and '${typeName(b)}'`);
}

export function add(a: Plain, b: Plain): Value {
  if (isText(a) && isText(b)) {
    checkSize(textOf(a).length + textOf(b).length);
    if (a instanceof Markup || b instanceof Markup) return new Markup(escapeText(a) + escapeText(b));
    return textOf(a) + textOf(b);
  }
  if (a instanceof PyList && b instanceof PyList) {
    note(a.shape);
    note(b.shape);
    checkItems(a.items.length + b.items.length);
    return new PyList([...a.items, ...b.items]);
  }
  if (a instanceof PyTuple && b instanceof PyTuple) {
    checkItems(a.items.length + b.items.length);
    return new PyTuple([...a.items, ...b.items]);
  }
  if (isText(a)) throw typeError(`can only concatenate str (not "${typeName(b)}") to str`);
  if (a instanceof PyList || a instanceof PyTuple) {
    const type = a instanceof PyList ? 'list' : 'tuple';
    throw typeError(`can only concatenate ${type} (not "${typeName(b)}") to ${type}`);
  }
  throw unsupported('+', a, b);
}

function isSequence(value: Plain): value is string | Markup | PyList | PyTuple {
  return isText(value) || value instanceof PyList || value instanceof PyTuple;
}

function timesOf(plain: number | bigint | boolean): number {
  if (BigInt.asIntN(64, BigInt(plain)) !== BigInt(plain))
    throw new PyError('OverflowError', "cannot fit 'int' into an index-sized integer");
  return indexOf(plain);
}

function multiply(a: Plain, b: Plain): Value {
  if (a instanceof PyBytes || b instanceof PyBytes) {
    const [bytes, times] = a instanceof PyBytes ? [a, b] : [b, a];
    if (!(bytes instanceof PyBytes) || !isInteger(times))
      throw typeError(`can't multiply sequence by non-int of type '${typeName(times)}'`);
    const count = Math.max(0, timesOf(times));
    checkSize(bytes.bytes.length * count);
    return new PyBytes(Buffer.concat(Array.from({ length: count }, () => bytes.bytes)));
  }
  if (isSequence(a)) {
    if (!isInteger(b)) throw typeError(`can't multiply sequence by non-int of type '${typeName(b)}'`);
    return repeat(a, timesOf(b));
  }
  if (isSequence(b)) {
    if (!isInteger(a)) throw typeError(`can't multiply sequence by non-int of type '${typeName(a)}'`);
    return repeat(b, timesOf(a));
  }
  throw unsupported('*', a, b);
}

function repeat(sequence: string | Markup | PyList | PyTuple, times: number): Value {
  const count = Math.max(0, times);
  if (isText(sequence)) {
    checkSize(textOf(sequence).length * count);
    const text = textOf(sequence).repeat(count);
    return sequence instanceof Markup ? new Markup(text) : text;
  }
  checkItems(sequence.items.length * count);
  if (sequence instanceof PyList) note(sequence.shape);
  const items = Array.from({ length: count }, () => sequence.items).flat();
  return sequence instanceof PyList ? new PyList(items) : new PyTuple(items);
}

export function negate(value: Value): Value {
  const plain = peek(value);
  if (plain instanceof PyFloat) return new PyFloat(-plain.n);
  if (isInteger(plain)) return int(-BigInt(plain));
  return unary('-', plain);
}

export function positive(value: Value): Value {
  const plain = peek(value);
  if (plain instanceof PyFloat) return plain;
  if (isInteger(plain)) return typeof plain === 'boolean' ? Number(plain) : plain;
  return unary('+', plain);
}

function unary(operator: string, plain: Plain): never {
  if (plain instanceof Undefined) failUndefined(plain);
  throw typeError(`bad operand type for unary ${operator}: '${typeName(plain)}'`);
}

/** `a ~ b ~ c`. */
export function concatenate(values: readonly Value[]): Value {
  if (values.every((value) => typeof value === 'string')) {
    const text = values.join('');
    checkSize(text.length);
    spendText(text.length);
    return text;
  }
  return fromRich(concatRich(values.map(rich)));
}
