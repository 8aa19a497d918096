import { expect, test } from 'vitest';
import { blockLines } from '../../../src/pipeline/count-block-lines.ts';

test.each([
  ['block style as it is', 'a:\n  b: 1\n  c:\n    - x\n    - y\n', 5],
  ['flow style as if it were block', 'a: {b: 1, c: [x, y]}\n', 5],
  [
    'a map in a list begins behind its dash',
    '- {name: A, value: x}\n- {name: B, valueFrom: {fieldRef: {fieldPath: p}}}\n',
    6,
  ],
  ['a literal block with its indicator', 'source: |\n  a\n  b\n', 3],
  ['a text of several lines in quotes', 'source: "a\\nb"\n', 3],
  ['empty maps and lists', 'emptyDir: {}\nargs: []\n', 2],
  ['comments and separators', '# a\nb: 1\n---\n# c\nd: 1\n', 5],
])('%s', (_, text, want) => {
  expect(blockLines(text)).toBe(want);
});
