import { bare, peek } from '../tags/tracker.ts';
import { isCallable } from '../values/call.ts';
import { hashKey, PyDict } from '../values/dict.ts';
import { isIterable, sizeOf } from '../values/iterate.ts';
import { str } from '../values/print.ts';
import { isLower, isUpper } from '../values/text.ts';
import { isInteger, isNumeric, isText } from '../values/types.ts';
import { Markup, type Plain, PyFloat, PyList, PyRange, PyTuple, Undefined, type Value } from '../values/value.ts';
import { define, none, type Test } from './test.ts';

const about = (name: string, holds: (plain: Plain) => boolean): Test =>
  define(`test_${name}(value)`, (_, value = none) => holds(peek(value)));

/** Whether a name is bound does not depend on the value bound to it. */
function isUndefined(value: Value): boolean {
  const plain = bare(value);
  if (plain instanceof Undefined) peek(value);
  return plain instanceof Undefined;
}

function isSequence(plain: Plain): boolean {
  if (
    isText(plain) ||
    plain instanceof PyList ||
    plain instanceof PyTuple ||
    plain instanceof PyDict ||
    plain instanceof PyRange
  )
    return true;
  return plain instanceof Undefined && plain.kind !== 'strict' && sizeOf(plain) === 0;
}

/** `value in names`; a list is not hashable and fails. */
function isName(names: ReadonlyMap<string, unknown>, value: Value): boolean {
  const key = hashKey(value);
  return typeof key === 'string' && names.has(key);
}

/** Tests of what a value is. */
export const kindTests: Readonly<Record<string, Test>> = {
  boolean: about('boolean', (plain) => typeof plain === 'boolean'),
  callable: define('callable(obj)', (_, value = none) => isCallable(value)),
  defined: define('test_defined(value)', (_, value = none) => !isUndefined(value)),
  escaped: about(
    'escaped',
    (plain) => plain instanceof Markup || (plain instanceof Undefined && plain.kind === 'chainable'),
  ),
  false: about('false', (plain) => plain === false),
  filter: define('test_filter(env, value)', (runtime, value = none) => isName(runtime.host.library.filters, value)),
  float: about('float', (plain) => plain instanceof PyFloat),
  integer: about('integer', (plain) => isInteger(plain) && typeof plain !== 'boolean'),
  iterable: about('iterable', isIterable),
  lower: define('test_lower(value)', (_, value = none) => isLower(str(value))),
  mapping: about('mapping', (plain) => plain instanceof PyDict),
  none: about('none', (plain) => plain === null),
  number: about('number', isNumeric),
  sequence: about('sequence', isSequence),
  string: about('string', isText),
  test: define('test_test(env, value)', (runtime, value = none) => isName(runtime.host.library.tests, value)),
  true: about('true', (plain) => plain === true),
  undefined: define('test_undefined(value)', (_, value = none) => isUndefined(value)),
  upper: define('test_upper(value)', (_, value = none) => isUpper(str(value))),
};
