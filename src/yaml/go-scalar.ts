import { integer, type ScalarValue } from './dialect.ts';

/**
 * Scalars as kubectl reads them: sigs.k8s.io/yaml 1.4, which carries a fork of go-yaml v2 and turns the result into JSON.
 * `y` and `n` are booleans there, octal is written `010` or `0o10`, and times stay strings.
 */
const words: ReadonlyMap<string, ScalarValue> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word): [string, ScalarValue] => [
    word,
    { kind: 'bool', value: true },
  ]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word): [string, ScalarValue] => [
    word,
    { kind: 'bool', value: false },
  ]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, ScalarValue] => [word, { kind: 'null' }]),
]);
const infinities = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const floatForm = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Undefined for infinities and NaN, which have no JSON form: kubectl refuses the manifest. */
export function goPlain(text: string): ScalarValue | undefined {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (infinities.test(text)) return undefined;
  if (/^[-+.0-9]/.test(text)) {
    const bare = text.replaceAll('_', '');
    const number = text.startsWith('.')
      ? goFloat(bare)
      : isTimestamp(text)
        ? undefined
        : (goInt(bare) ?? goFloat(bare));
    if (number !== undefined) return number;
  }
  return { kind: 'string', value: text };
}

export function goTagged(tag: string, text: string): ScalarValue | 'unknown' | undefined {
  const plain = goPlain(text);
  switch (tag) {
    case 'str':
      return { kind: 'string', value: text };
    case 'timestamp':
      return isTimestamp(text) ? { kind: 'string', value: text } : undefined;
    case 'int':
    case 'bool':
    case 'null':
      return plain?.kind === tag ? plain : undefined;
    case 'float':
      return plain?.kind === 'float' || plain?.kind === 'int' ? plain : undefined;
    case 'binary':
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replaceAll(/[\r\n]/g, ''))
        ? { kind: 'string', value: Buffer.from(text, 'base64').toString('utf8') }
        : undefined;
    default:
      return { kind: 'string', value: text };
  }
}

/** Go's `strconv.ParseInt` with base 0, within 64 bits (signed, else unsigned). */
function goInt(text: string): ScalarValue | undefined {
  const found = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9]\d*|0)$/.exec(text);
  const [sign = '', digits = ''] = found?.slice(1) ?? [];
  const low = digits.toLowerCase();
  const value = low.startsWith('0x')
    ? integer(sign, low.slice(2), 16)
    : low.startsWith('0b')
      ? integer(sign, low.slice(2), 2)
      : low.startsWith('0o')
        ? integer(sign, low.slice(2), 8)
        : low.startsWith('0') && low !== '0'
          ? integer(sign, low.slice(1), 8)
          : integer(sign, low, 10);
  if (value?.kind !== 'int') return undefined;
  const size = BigInt(value.value);
  const limit = sign === '' ? 2n ** 64n : 2n ** 63n;
  return size < limit && size >= -(2n ** 63n) ? value : undefined;
}

/** A float without fraction leaves as an integer: JSON does not tell them apart. */
function goFloat(text: string): ScalarValue | undefined {
  if (!floatForm.test(text)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return Number.isInteger(value) && Math.abs(value) < 1e21
    ? { kind: 'int', value: Number.isSafeInteger(value) ? value + 0 : BigInt(value) }
    : { kind: 'float', value };
}

function isTimestamp(text: string): boolean {
  const found =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d))| (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/.exec(
      text,
    );
  if (found === null) return false;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  const clock = found
    .slice(4)
    .filter((part) => part !== undefined)
    .map(Number);
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return (
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    (clock[0] ?? 0) < 24 &&
    (clock[1] ?? 0) < 60 &&
    (clock[2] ?? 0) < 60
  );
}
