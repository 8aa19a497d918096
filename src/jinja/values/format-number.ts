import { exactDecimal } from './number.ts';

/** C's %e, %f and %g of a double. */
export function formatDouble(value: number, type: string, precision: number, alternate = false): string {
  const upper = type === type.toUpperCase();
  const text = Number.isFinite(value)
    ? finite(value, type.toLowerCase(), precision, alternate)
    : Number.isNaN(value)
      ? 'nan'
      : value > 0
        ? 'inf'
        : '-inf';
  return upper ? text.toUpperCase() : text;
}

function finite(value: number, type: string, precision: number, alternate: boolean): string {
  if (type === 'f') return exactDecimal(value, precision) + (alternate && precision === 0 ? '.' : '');
  if (type === 'e') return exponential(value, precision);
  const significant = precision === 0 ? 1 : precision;
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const scientific = exponential(value, significant - 1);
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  if (exponent < -4 || exponent >= significant) {
    const [mantissa = '', tail = ''] = scientific.split('e');
    return `${alternate ? mantissa : trimZeros(mantissa)}e${tail}`;
  }
  const fixed = exactDecimal(value, significant - 1 - exponent);
  return alternate ? fixed : trimZeros(fixed);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `d.ddde+XX`, rounded half to even on the exact value. */
function exponential(value: number, precision: number): string {
  if (value === 0) return `${Object.is(value, -0) ? '-' : ''}0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}e+00`;
  let exponent = Number(Math.abs(value).toExponential().split('e')[1]);
  let digits = exactDecimal(Math.abs(value), precision - exponent)
    .replace('.', '')
    .replace(/^0+/, '');
  if (precision - exponent < 0) digits = digits.slice(0, digits.length - (exponent - precision));
  if (digits.length > precision + 1) {
    exponent += 1;
    digits = digits.slice(0, precision + 1);
  }
  const mantissa = precision > 0 ? `${digits[0]}.${digits.slice(1)}` : (digits[0] ?? '0');
  return `${value < 0 ? '-' : ''}${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
