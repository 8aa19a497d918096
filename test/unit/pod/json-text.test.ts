import { expect, test } from 'vitest';
import type { TextPart } from '../../../src/ir/value.ts';
import { jsonText } from '../../../src/rules/builtin/pod/json-text.ts';
import { from, fromPlain, plain, value } from './fixture.ts';

test('keys are sorted, at every level', () => {
  expect(plain(jsonText(value('{b: [1, "x", true, null], a: {d: 1.5, c: []}}'), from))).toBe(
    '{"a":{"c":[],"d":1.5},"b":[1,"x",true,null]}',
  );
});

test('values stay references; a variable that JSON must escape is written out', () => {
  const parts: readonly TextPart[] = [
    { kind: 'literal', text: 'a"', from },
    { kind: 'variable', variable: 'plain', text: 'b', from },
    { kind: 'variable', variable: 'quoted', text: 'c"\\', from },
    { kind: 'runtime', expr: { kind: 'opaque', engine: 'macro', source: 'x', reason: 'test' }, name: 'X', from },
  ];
  const made = jsonText({ kind: 'text', parts, from, control: [] }, from);
  expect(plain(made)).toBe('"a\\"bc\\"\\\\<X>"');
  expect(made.parts.map((part) => part.kind)).toEqual(['literal', 'variable', 'literal', 'runtime', 'literal']);
});

test('large numbers keep their digits', () => {
  expect(
    plain(jsonText({ ...fromPlain(1), kind: 'scalar', value: 12345678901234567890n, from, control: [] }, from)),
  ).toBe('12345678901234567890');
});
