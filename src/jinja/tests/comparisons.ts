import { peek } from '../tags/tracker.ts';
import { type Comparison, compareValues, contains, equal } from '../values/compare.ts';
import { binary } from '../values/operators.ts';
import { isText, textOf } from '../values/types.ts';
import { type Plain, PyFloat, type Value } from '../values/value.ts';
import { define, none, type Test } from './test.ts';

const compare = (name: string, operator: Comparison): Test =>
  define(`${name}(a, b)`, (_, left = none, right = none) => compareValues(operator, left, right));

/** `is`: the same object; small ints, texts of templates and singletons are shared. */
function isSame(a: Plain, b: Plain): boolean {
  if (a instanceof PyFloat || b instanceof PyFloat) return a === b;
  if (isText(a) && isText(b)) return typeof a === typeof b && textOf(a) === textOf(b);
  return a === b;
}

const remainder = (value: Value, by: Value, wanted: number): boolean => equal(binary('%', value, by), wanted);

/** Tests against another value. */
export const comparisonTests: Readonly<Record<string, Test>> = {
  '!=': compare('ne', '!='),
  '<': compare('lt', '<'),
  '<=': compare('le', '<='),
  '==': compare('eq', '=='),
  '>': compare('gt', '>'),
  '>=': compare('ge', '>='),
  divisibleby: define('test_divisibleby(value, num)', (_, value = none, by = none) => remainder(value, by, 0)),
  eq: compare('eq', '=='),
  equalto: compare('eq', '=='),
  even: define('test_even(value)', (_, value = none) => remainder(value, 2, 0)),
  ge: compare('ge', '>='),
  greaterthan: compare('gt', '>'),
  gt: compare('gt', '>'),
  in: define('test_in(value, seq)', (_, value = none, container = none) => contains(container, value)),
  le: compare('le', '<='),
  lessthan: compare('lt', '<'),
  lt: compare('lt', '<'),
  ne: compare('ne', '!='),
  odd: define('test_odd(value)', (_, value = none) => remainder(value, 2, 1)),
  sameas: define('test_sameas(value, other)', (_, value = none, other = none) => isSame(peek(value), peek(other))),
};
