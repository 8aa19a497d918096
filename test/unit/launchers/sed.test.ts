import { describe, expect, test } from 'vitest';
import type { TextPart, TextValue } from '../../../src/ir/value.ts';
import { editText } from '../../../src/launchers/macros/edit.ts';
import { readSed } from '../../../src/launchers/macros/sed.ts';
import { readableText } from '../../../src/launchers/shell/text-value.ts';
import { exported, literal, mixed, runtime } from './project.ts';

const sessionDate = runtime({
  kind: 'session',
  ast: {
    kind: 'format',
    at: { kind: 'session', which: 'this' },
    pattern: [
      { kind: 'token', token: 'YYYY' },
      { kind: 'literal', text: '/' },
      { kind: 'token', token: 'MM' },
    ],
  },
});
const fallback =
  literal().via === 'literal'
    ? (literal() as Extract<ReturnType<typeof literal>, { via: 'literal' }>).span
    : undefined!;
const silent = { used: () => undefined, undefinedName: () => undefined };

function apply(script: TextValue, text: TextValue, extended = false): TextValue {
  const read = readSed(script, fallback, { extended, rule: 'r', macroName: (search) => search });
  if (read.kind === 'problem') throw new Error(read.problem);
  return read.edits.reduce((at, edit) => editText(at, edit, silent), text);
}

describe('sed on a text', () => {
  const cases: readonly (readonly [string, string, string, boolean?])[] = [
    ['s/a/b/', 'aa', 'ba'],
    ['s/a/b/', 'aa\naa', 'ba\nba'],
    ['s/a/b/g', 'aa', 'bb'],
    ['s|__X__|/a/b|g', '__X__', '/a/b'],
    ['s/A/x/g; s/x/y/g', 'A', 'y'],
    ['s/A/x/g\ns/B/z/g', 'AB', 'xz'],
    ['s/a\\.b/x/g', 'a.b axb', 'x axb'],
    ['s/a+/x/g', 'a+ aa', 'x aa'],
    ['s/a\\+/x/g', 'aa', 'x'],
    ['s/a+/x/g', 'aa', 'x', true],
    ['s/\\(a\\)\\(b\\)/\\2\\1/', 'ab', 'ba'],
    ['s/(a)(b)/\\2\\1/', 'ab', 'ba', true],
    ['s/b/[&]/', 'abc', 'a[b]c'],
    ['s/b/\\&/', 'abc', 'a&c'],
    ['s/{{x}}/1/g', '{{x}}', '1'],
    ['s/\\${X}/1/g', '${X}', '1'],
    ['s/$X/1/g', '$X', '1'],
    ['s/[0-9]*$/x/', 'a12', 'ax'],
    ['s/^/> /', 'a', '> a'],
    ['s/X/a\\nb/', 'X', 'a\nb'],
    ['s/x/y/gI', 'xX', 'yy'],
  ];
  test.each(cases.map(([script, text, want, extended]) => [script, text, want, extended ?? false] as const))(
    '%s on %j',
    (script, text, want, extended) => expect(readableText(apply(mixed(script), mixed(text), extended))).toBe(want),
  );
});

test('what is put in keeps its parts and takes the macro as its name', () => {
  const read = readSed(mixed('s/__D__/', exported('d', '1'), '-', sessionDate, '/g'), fallback, {
    extended: false,
    rule: 'r',
    macroName: () => 'D',
  });
  const parts =
    read.kind === 'edits' ? read.edits.reduce((at, edit) => editText(at, edit, silent), mixed('--x=__D__;')).parts : [];
  expect(parts).toMatchObject([
    { kind: 'literal', text: '--x=' },
    { kind: 'variable', variable: 'd', text: '1' },
    { kind: 'literal', text: '-' },
    { kind: 'runtime', name: 'D' },
    { kind: 'literal', text: ';' },
  ]);
});

test('a macro is found across parts; a variable it cuts through becomes text, another stays', () => {
  const across = apply(mixed('s/__AB__/x/'), mixed('__', exported('v', 'AB'), '__ ', exported('w', 'c')));
  expect(across.parts).toMatchObject([
    { kind: 'literal', text: 'x' },
    { kind: 'literal', text: ' ' },
    { kind: 'variable', variable: 'w' },
  ]);
  const inside = apply(mixed('s/__A__/x/'), mixed(exported('v', '--d=__A__')));
  expect(inside.parts.map((part: TextPart) => part.kind)).toEqual(['literal', 'literal']);
  expect(readableText(inside)).toBe('--d=x');
});

describe('values that break the command', () => {
  test.each([
    ['a delimiter in a variable', mixed('s/X/', exported('v', 'a/b'), '/'), [{ macro: 'X', character: '/' }]],
    ['a delimiter in a date format', mixed('s/X/', sessionDate, '/'), [{ macro: 'X', character: '/' }]],
    ['an ampersand', mixed('s|X|', exported('v', 'a&b'), '|'), [{ macro: 'X', character: '&' }]],
    ['none', mixed('s|X|', sessionDate, '|'), []],
  ])('%s', (_, script, want) => {
    const read = readSed(script, fallback, { extended: false, rule: 'r', macroName: (search) => search });
    expect(read).toMatchObject({ kind: 'edits', breaks: want });
  });
});

describe('what is not understood', () => {
  test.each([
    ['1d', 'the sed command 1d is not understood'],
    ['s/a/b', 'unterminated s command s/a/b'],
    ['s/a/b/e', 'the flags e of a sed command are not understood'],
    ['s/a/2024/01/g', 'the flags 01 of a sed command are not understood'],
  ])('%s', (script, problem) => {
    expect(readSed(mixed(script), fallback, { extended: false, rule: 'r', macroName: (search) => search })).toEqual({
      kind: 'problem',
      problem,
    });
  });
});
