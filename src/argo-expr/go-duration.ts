import { ExpressionError, Refusal } from './outcome.ts';

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Go's time.ParseDuration, in nanoseconds. */
export function parseDuration(text: string): bigint {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0n;
  if (rest === '') throw new ExpressionError(`invalid duration ${JSON.stringify(text)}`);
  let total = 0n;
  let at = 0;
  while (at < rest.length) {
    const match = /^(\d*)(\.\d*)?([^\d.]+)/.exec(rest.slice(at));
    const [whole, number = '', fraction = '', name = ''] = match ?? [];
    const unit = Object.hasOwn(units, name) ? units[name] : undefined;
    if (whole === undefined || unit === undefined || !/\d/.test(number + fraction))
      throw new ExpressionError(`invalid duration ${JSON.stringify(text)}`);
    if (fraction.length > 1) throw new Refusal('durations with a fraction');
    total += BigInt(number === '' ? '0' : number) * unit;
    at += whole.length;
  }
  if (total > 2n ** 63n - 1n) throw new ExpressionError(`invalid duration ${JSON.stringify(text)}`);
  return sign === '-' ? -total : total;
}

/** Go's Duration.String for whole seconds. */
export function durationText(nanos: bigint): string {
  if (nanos % 1_000_000_000n !== 0n) throw new Refusal('the text of a duration below a second');
  const total = nanos / 1_000_000_000n;
  const absolute = total < 0n ? -total : total;
  const [hours, minutes, seconds] = [absolute / 3600n, (absolute / 60n) % 60n, absolute % 60n];
  const text = hours > 0n ? `${hours}h${minutes}m${seconds}s` : minutes > 0n ? `${minutes}m${seconds}s` : `${seconds}s`;
  return total < 0n ? `-${text}` : text;
}
