/** Powers of ten that a decimal suffix stands for. */
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, bigint>> = { Ki: 1n, Mi: 2n, Gi: 3n, Ti: 4n, Pi: 5n, Ei: 6n };

/**
 * A resource quantity as one text per amount: `1`, `1000m` and `1e0` are equal, `1Gi` and `1073741824` too. Kubernetes rounds up to
 * billionths. undefined where the text is no quantity.
 */
export function canonicalQuantity(written: string | number): string | undefined {
  const match = /^([-+]?)(\d+(?:\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][-+]?\d+)$/.exec(
    String(written).trim(),
  );
  if (match === null) return undefined;
  const [, sign = '', digits = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const power = binary[suffix];
  const exponent = power !== undefined ? 0 : (decimal[suffix] ?? Number(suffix.slice(1)));
  const factor = power === undefined ? 1n : 1024n ** power;
  const nano = scaled(BigInt(`${whole}${fraction}` || '0') * factor, exponent - fraction.length + 9);
  return `${sign === '-' && nano !== 0n ? '-' : ''}${nano}n`;
}

function scaled(value: bigint, exponent: number): bigint {
  if (exponent >= 0) return value * 10n ** BigInt(Math.min(exponent, 64));
  const divisor = 10n ** BigInt(Math.min(-exponent, 64));
  return (value + divisor - 1n) / divisor;
}
