import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jaccardOf, similarPairs } from '../../../src/dedup/similar-pairs.ts';

const sets = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnop'), { minLength: 1, maxLength: 12 }), {
  maxLength: 25,
});

describe('pairs that reach the threshold', () => {
  test('are exactly those that comparing all with all finds', () => {
    fc.assert(
      fc.property(sets, fc.constantFrom(0.3, 0.5, 0.7, 0.9), (given, threshold) => {
        const found = similarPairs(given, threshold).map(({ a, b }) => `${a} ${b}`);
        const wanted = given.flatMap((x, a) =>
          given.flatMap((y, b) => (a < b && jaccardOf(new Set(x), new Set(y)) >= threshold ? [`${a} ${b}`] : [])),
        );
        expect(found.sort()).toEqual(wanted.sort());
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('MinHash finds nearly all of them, and nothing below', () => {
    const words = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => `w${from + at}`);
    // Families of four that share 24 of 30 facts.
    const given = Array.from({ length: 400 }, (_, at) => [
      ...words(Math.floor(at / 4) * 100, 24),
      ...words(100_000 + at * 10, 6),
    ]);
    const exact = similarPairs(given, 0.6);
    const found = similarPairs(given, 0.6, 0);
    expect(exact).toHaveLength(600);
    expect(found.length).toBeGreaterThanOrEqual(590);
    expect(found.every((pair) => pair.similarity >= 0.6)).toBe(true);
  });
});
