import { expect, test } from 'vitest';
import { freeName } from '../../../src/core/free-name.ts';

test.each([
  [[], 'load'],
  [['load'], 'load-2'],
  [['load', 'load-2', 'load-4'], 'load-3'],
  [['load_2'], 'load'],
])('among %j the wish "load" becomes %s', (taken, name) => {
  expect(freeName('load', '-', new Set(taken))).toBe(name);
});

test('the separator is the one that the names of a place have', () => {
  expect(freeName('store', '_', new Map([['store', 'taken']]))).toBe('store_2');
});
