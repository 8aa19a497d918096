import { peek } from '../tags/tracker.ts';
import { PyError, valueError } from './error.ts';
import { int } from './number.ts';
import { isInteger } from './types.ts';
import { type Plain, PyFloat, PyFunction, PyTuple, type Value } from './value.ts';

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
    case 'conjugate':
      return method(value, name, () => value);
    case 'hex':
      return method(value, name, () => hexadecimal(n));
    case 'as_integer_ratio':
      return method(value, name, () => ratio(n));
    default:
      return undefined;
  }
}

/** float.hex(): `0x1.8000000000000p+0`. */
function hexadecimal(n: number): string {
  if (!Number.isFinite(n)) return Number.isNaN(n) ? 'nan' : n < 0 ? '-inf' : 'inf';
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, n);
  const high = bits.getUint32(0);
  const sign = high >>> 31 === 1 ? '-' : '';
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (high & 0xfffff).toString(16).padStart(5, '0') + bits.getUint32(4).toString(16).padStart(8, '0');
  if (n === 0) return `${sign}0x0.0p+0`;
  const exponent = biased === 0 ? -1022 : biased - 1023;
  return `${sign}0x${biased === 0 ? 0 : 1}.${fraction}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

function ratio(n: number): PyTuple {
  if (Number.isNaN(n)) throw valueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(n)) throw new PyError('OverflowError', 'cannot convert Infinity to integer ratio');
  let numerator = n;
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new PyTuple([int(BigInt(numerator)), int(denominator)]);
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
    case 'as_integer_ratio':
      return method(value, name, () => new PyTuple([int(n), 1]));
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
