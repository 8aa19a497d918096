import { expect, test } from 'vitest';
import { pythonPlain } from '../../../src/yaml/py/scalar.ts';

/** Answers of yaml.safe_load, PyYAML 6.0. */
const cases: readonly [string, string, unknown][] = [
  ['010', 'int', 8],
  ['0o10', 'string', '0o10'],
  ['09', 'string', '09'],
  ['0x1F', 'int', 31],
  ['0b101', 'int', 5],
  ['1_000', 'int', 1000],
  ['1e3', 'string', '1e3'],
  ['1.0e3', 'string', '1.0e3'],
  ['1.0e+3', 'float', 1000],
  ['1.', 'float', 1],
  ['.5', 'float', 0.5],
  ['-.5', 'string', '-.5'],
  ['1.10', 'float', 1.1],
  ['3:30', 'int', 210],
  ['190:20:30.15', 'float', 685230.15],
  ['yes', 'bool', true],
  ['OFF', 'bool', false],
  ['y', 'string', 'y'],
  ['yEs', 'string', 'yEs'],
  ['~', 'null', undefined],
  ['', 'null', undefined],
  ['nUll', 'string', 'nUll'],
  ['.inf', 'float', Number.POSITIVE_INFINITY],
  ['12345678901234567890', 'int', 12345678901234567890n],
  ['2026-01-02', 'date', '2026-01-02'],
  ['2026-1-2', 'string', '2026-1-2'],
  ['2026-01-02T03:04:05.5Z', 'datetime', '2026-01-02 03:04:05.500000+00:00'],
  ['2026-01-02 03:04:05 +9', 'datetime', '2026-01-02 03:04:05+09:00'],
  ['v1.2', 'string', 'v1.2'],
];

test.each(cases)('%s is %s', (text, kind, value) => {
  const read = pythonPlain(text);
  expect(read?.kind).toBe(kind);
  expect(read !== undefined && 'value' in read ? read.value : undefined).toEqual(value);
});

test.each(['2026-02-30', '2026-13-01', '0b_'])('PyYAML fails on %s', (text) => {
  expect(pythonPlain(text)).toBeUndefined();
});
