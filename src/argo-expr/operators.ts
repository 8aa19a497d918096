import type { BinaryOperator } from './ast.ts';
import { ExpressionError, Refusal } from './outcome.ts';
import { boolValue, compareGoText, type GoValue, intValue, nil, stringValue } from './value.ts';

/** Binary operators that need both values; `&&`, `||` and `??` are decided before their right side is computed. */
export function applyBinary(op: Exclude<BinaryOperator, '&&' | '||' | '??'>, left: GoValue, right: GoValue): GoValue {
  switch (op) {
    case '==':
      return boolValue(equal(left, right));
    case '!=':
      return boolValue(!equal(left, right));
    case '<':
      return boolValue(order(op, left, right) < 0);
    case '>':
      return boolValue(order(op, left, right) > 0);
    case '<=':
      return boolValue(order(op, left, right) <= 0);
    case '>=':
      return boolValue(order(op, left, right) >= 0);
    case 'in':
      return boolValue(isIn(left, right));
    case 'contains':
      return boolValue(text(op, left).includes(text(op, right)));
    case 'startsWith':
      return boolValue(text(op, left).startsWith(text(op, right)));
    case 'endsWith':
      return boolValue(text(op, left).endsWith(text(op, right)));
    case '..':
      return range(left, right);
    case 'matches':
      throw new Refusal('regular expressions');
    default:
      return arithmetic(op, left, right);
  }
}

export function isInteger(value: GoValue): value is Extract<GoValue, { kind: 'int' | 'int64' }> {
  return value.kind === 'int' || value.kind === 'int64';
}

function equal(left: GoValue, right: GoValue): boolean {
  if (isInteger(left) && isInteger(right)) return left.value === right.value;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a === b;
  if (left.kind !== right.kind) {
    if ([left, right].some((value) => value.kind === 'month' || value.kind === 'weekday'))
      throw new Refusal('months and weekdays as numbers without int()');
    return false;
  }
  switch (left.kind) {
    case 'nil':
      return true;
    case 'time':
      return right.kind === 'time' && left.time.nanos === right.time.nanos;
    case 'duration':
      return right.kind === 'duration' && left.nanos === right.nanos;
    case 'list':
      return (
        right.kind === 'list' &&
        left.items.length === right.items.length &&
        left.items.every((item, index) => equal(item, right.items[index] ?? nil))
      );
    case 'map':
    case 'zone':
      throw new Refusal(`comparing values of kind ${left.kind}`);
    default:
      return 'value' in right && left.value === right.value;
  }
}

/** A sign: below zero where left is less. */
export function order(op: string, left: GoValue, right: GoValue): number {
  if (isInteger(left) && isInteger(right)) return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a - b;
  if (left.kind === 'string' && right.kind === 'string') return compareGoText(left.value, right.value);
  if (left.kind === 'time' && right.kind === 'time') return Number(left.time.nanos - right.time.nanos);
  if (left.kind === 'duration' && right.kind === 'duration') return Number(left.nanos - right.nanos);
  throw mismatch(op, left, right);
}

function arithmetic(op: '+' | '-' | '*' | '/' | '%' | '**', left: GoValue, right: GoValue): GoValue {
  if (op === '%' && isInteger(left) && isInteger(right)) {
    if (right.value === 0n) throw new ExpressionError('integer divide by zero');
    return checkedInt(left.value % right.value);
  }
  if (isInteger(left) && isInteger(right) && (op === '+' || op === '-' || op === '*')) {
    const [a, b] = [left.value, right.value];
    return checkedInt(op === '+' ? a + b : op === '-' ? a - b : a * b);
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined && op !== '%') {
    const value = op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : op === '/' ? a / b : a ** b;
    return { kind: 'float', value };
  }
  if (op === '+' && left.kind === 'string' && right.kind === 'string') return stringValue(left.value + right.value);
  return temporal(op, left, right);
}

function temporal(op: string, left: GoValue, right: GoValue): GoValue {
  const sign = op === '+' ? 1n : -1n;
  if (op === '+' || op === '-') {
    if (left.kind === 'time' && right.kind === 'duration')
      return { kind: 'time', time: { ...left.time, nanos: left.time.nanos + sign * right.nanos } };
    if (left.kind === 'duration' && right.kind === 'duration')
      return { kind: 'duration', nanos: left.nanos + sign * right.nanos };
    if (op === '+' && left.kind === 'duration' && right.kind === 'time') return temporal(op, right, left);
    if (op === '-' && left.kind === 'time' && right.kind === 'time')
      return { kind: 'duration', nanos: left.time.nanos - right.time.nanos };
  }
  throw mismatch(op, left, right);
}

function range(left: GoValue, right: GoValue): GoValue {
  if (!isInteger(left) || !isInteger(right)) throw mismatch('..', left, right);
  if (right.value - left.value > 10_000n) throw new Refusal('long ranges');
  const length = Math.max(0, Number(right.value - left.value) + 1);
  return { kind: 'list', items: Array.from({ length }, (_, index) => intValue(left.value + BigInt(index))) };
}

function isIn(needle: GoValue, haystack: GoValue): boolean {
  if (haystack.kind === 'list') return haystack.items.some((item) => equal(needle, item));
  if (haystack.kind === 'map' && needle.kind === 'string') return haystack.entries.has(needle.value);
  if (haystack.kind === 'nil') return false;
  throw mismatch('in', needle, haystack);
}

function text(op: string, value: GoValue): string {
  if (value.kind !== 'string') throw new ExpressionError(`invalid operation: ${op} on ${value.kind}`);
  return value.value;
}

function numberOf(value: GoValue): number | undefined {
  return value.kind === 'float' ? value.value : isInteger(value) ? Number(value.value) : undefined;
}

function checkedInt(value: bigint): GoValue {
  if (value >= 2n ** 63n || value < -(2n ** 63n)) throw new Refusal('integers beyond 64 bits');
  return intValue(value);
}

function mismatch(op: string, left: GoValue, right: GoValue): ExpressionError {
  return new ExpressionError(`invalid operation: ${left.kind} ${op} ${right.kind}`);
}
