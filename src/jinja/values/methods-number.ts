import { peek } from '../tags/tracker.ts';
import { int } from './number.ts';
import { isInteger } from './types.ts';
import { type Plain, PyFloat, PyFunction, type Value } from './value.ts';

/** The few attributes of int and float that a template may ask for. */
export function numberAttribute(value: Value, plain: Plain, name: string): Value | undefined {
  if (isInteger(plain)) return integerAttribute(value, name);
  if (!(plain instanceof PyFloat)) return undefined;
  const n = plain.n;
  switch (name) {
    case 'is_integer':
      return method(value, name, () => Number.isInteger(n));
    case 'real':
      return value;
    case 'imag':
      return new PyFloat(0);
    default:
      return undefined;
  }
}

function integerAttribute(value: Value, name: string): Value | undefined {
  const plain = peek(value);
  const n = isInteger(plain) ? BigInt(plain) : 0n;
  switch (name) {
    case 'bit_length':
      return method(value, name, () => (n === 0n ? 0 : (n < 0n ? -n : n).toString(2).length));
    case 'bit_count':
      return method(value, name, () => (n < 0n ? -n : n).toString(2).replaceAll('0', '').length);
    case 'real':
    case 'numerator':
    case 'conjugate':
      return name === 'conjugate' ? method(value, name, () => int(n)) : int(n);
    case 'imag':
      return 0;
    case 'denominator':
      return 1;
    default:
      return undefined;
  }
}

function method(value: Value, name: string, compute: () => Value): PyFunction {
  return new PyFunction(name, () => {
    peek(value);
    return compute();
  });
}
