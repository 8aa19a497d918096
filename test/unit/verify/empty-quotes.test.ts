import { expect, test } from 'vitest';
import { withoutEmptyQuotes } from '../../../src/verify/compare/empty-quotes.ts';

test.each([
  [`echo '{''{a}}'`, `echo '{{a}}'`],
  ['echo "{""{a}}"', 'echo "{{a}}"'],
  ['echo {""{a}}', 'echo {{a}}'],
  // These are text, or no pair.
  [`echo "{''{a}}"`, `echo "{''{a}}"`],
  [`echo '{""{a}}'`, `echo '{""{a}}'`],
  ['echo \\{"" x', 'echo \\{ x'],
  ['echo \'\' ""', 'echo \'\' ""'],
])('%s is %s', (source, kept) => {
  expect(withoutEmptyQuotes(source)).toBe(kept);
});
