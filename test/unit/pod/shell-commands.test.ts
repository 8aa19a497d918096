import { expect, test } from 'vitest';
import { readCommands } from '../../../src/rules/builtin/pod/shell-commands.ts';

function shown(text: string): string[] | undefined {
  return readCommands(text)?.map((command) => {
    const slice = (word: { start: number; end: number }): string => text.slice(word.start, word.end);
    const all = [...command.assignments, ...command.words].map((word) => slice(word) + (word.expands ? '*' : ''));
    return `${all.join(' ')} ${command.redirections.map((it) => `{${slice(it)}}`).join('')}${command.separator}`;
  });
}

const cases: readonly (readonly [string, readonly string[] | undefined])[] = [
  ['/app/run --env=x; rc=$?; pkill p; exit $rc', ['/app/run --env=x ;', 'rc=$?* ;', 'pkill p ;', 'exit $rc* end']],
  ['a && b || c & d | e', ['a &&', 'b ||', 'c &', 'd |', 'e end']],
  ['a \'b c\' "d e"f\n# nothing\ng >/dev/null 2>&1', ['a \'b c\' "d e"f ;', 'g {>/dev/null}{2>&1}end']],
  ['a "$(date +"%F")" `b; c`', ['a "$(date +"%F")"* `b; c`* end']],
  ['a *.txt "*.txt" \\*', ['a *.txt* "*.txt" \\* end']],
  ["trap 'touch /x' EXIT; a \\\n  b", ["trap 'touch /x' EXIT ;", 'a b end']],
  ['cost$ "a$"', ['cost$ "a$" end']],
  ['if a; then b; fi', undefined],
  ['f() { a; }', undefined],
  ['(a; b)', undefined],
  ['cat <<EOF\nx\nEOF', undefined],
  ["a 'b", undefined],
  ['a ;; b', undefined],
];

test.each(cases)('%s', (text, want) => {
  expect(shown(text)).toEqual(want);
});
