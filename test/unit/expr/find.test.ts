import { expect, test } from 'vitest';
import { findExpressions } from '../../../src/expr/find.ts';

const text = (value: string): string => `text ${value}`;
const code = (value: string): string => `code ${value}`;

test.each<[string, readonly string[]]>([
  ['plain', [text('plain')]],
  ['a ${x} b', [text('a '), code('x'), text(' b')]],
  ['${ {a: {b: 1}} }', [code(' {a: {b: 1}} ')]],
  ['$$ ${x} $$', [text('$ '), code('x'), text(' $')]],
  ['$${x}', [text('$'), code('x')]],
  ['${secret:a.b} ${x}', [text('${secret:a.b} '), code('x')]],
  ['${X:-y}', [code('X:-y')]],
  ['${}', [code('')]],
  ['${x', [text('${x')]],
  ['${x}${', [code('x'), text('${')]],
  ["${'}'}", [code("'"), text("'}")]],
  ['$(date) $1 $HOME', [text('$(date) $1 $HOME')]],
  ['a ${x ${y}', [text('a ${x ${y}')]],
])('%s', (given, want) => {
  const parts = findExpressions(given);
  expect(parts.map((part) => (part.kind === 'text' ? text(part.text) : code(part.source)))).toEqual(want);
});

test('each part knows its place', () => {
  const given = 'a $$ ${x} ${y}z';
  for (const part of findExpressions(given)) {
    const written = given.slice(part.start, part.end);
    if (part.kind === 'text') expect(part.text).toBe(written.replace('$$', () => '$'));
    else expect(written).toBe(`\${${part.source}}`);
  }
  expect(findExpressions(given).map((part) => part.start)).toEqual([0, 5, 9, 10, 14]);
});
