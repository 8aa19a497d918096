import { describe, expect, test } from 'vitest';
import { repoPath } from '../../../src/core/source.ts';
import { parseShell } from '../../../src/launchers/shell/parse.ts';
import { simpleCommands } from '../../../src/launchers/shell/syntax.ts';
import { fileText } from '../../../src/launchers/shell/text-with-holes.ts';

function commandsOf(text: string): readonly string[] {
  const parsed = parseShell(fileText({ path: repoPath('a.sh'), text }));
  if (parsed.kind === 'problem') throw new Error(`${parsed.offset}: ${parsed.problem}`);
  return simpleCommands(parsed.body).map((command) => text.slice(command.start, command.end));
}

describe('simple commands of a script', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['lists', 'a; b & c\n\n# comment\nd # end', ['a', 'b', 'c', 'd']],
    ['and, or, pipes over lines', 'a &&\n  b ||\n  c | d |\n  e', ['a', 'b', 'c', 'd', 'e']],
    ['quotes and continued lines', 'a "b ; c" \'d | e\' \\\n  f\\ g', ['a "b ; c" \'d | e\' \\\n  f\\ g']],
    ['substitutions', 'X=$(a "$(b)") `c`', ['X=$(a "$(b)") `c`', 'a "$(b)"', 'b', 'c']],
    ['if', 'if a; then b; elif c; then d; else e; fi > f', ['a', 'b', 'c', 'd', 'e']],
    ['case with patterns', 'case "$1" in\n  a|b) x;;\n  (c) y ;;\n  *) z\nesac', ['x', 'y', 'z']],
    ['loops', 'while a; do b; done; until c\ndo d\ndone; for x in 1 2; do e; done', ['a', 'b', 'c', 'd', 'e']],
    ['functions', 'f() {\n  a\n}\nfunction g { b; }\nf', ['a', 'b', 'f']],
    ['subshell and group', '(a; b) && { c; }', ['a', 'b', 'c']],
    ['assignments and redirections', 'A=1 B="x y" cmd >out 2>&1 <in', ['A=1 B="x y" cmd >out 2>&1 <in']],
    ['here-document', 'cat <<EOF | b\n  text $(x) ; y\nEOF\nc', ['cat <<EOF', 'x', 'b', 'c']],
    ['here-document kept as it is', "cat <<'EOF'\n$(x)\nEOF\nb", ["cat <<'EOF'", 'b']],
    ['here-document without tabs', 'cat <<-EOF\n\ttext\n\tEOF\nb', ['cat <<-EOF', 'b']],
    ['two here-documents on a line', 'a <<A; b <<B\n1\nA\n2\nB\nc', ['a <<A', 'b <<B', 'c']],
    ['test of bash', '[[ $a == x* && ( -n $b || $c < d ) ]] && e', ['[[ $a == x* && ( -n $b || $c < d ) ]]', 'e']],
    ['process substitution', 'kubectl apply -f <(envsubst < a)', ['kubectl apply -f <(envsubst < a)', 'envsubst < a']],
    [
      'expansions with words',
      'a "${X:-$(b)}" ${Y%%.*} ${Z//a/b} $((1 + 2))',
      ['a "${X:-$(b)}" ${Y%%.*} ${Z//a/b} $((1 + 2))', 'b'],
    ],
    ['arrays', 'X=(a "$(b)") declare', ['X=(a "$(b)") declare', 'b']],
    ['a declared array', 'declare -A X=([a]=$(b) [c]=d)\ne', ['declare -A X=([a]=$(b) [c]=d)', 'b', 'e']],
    ['a counting loop', 'for ((i = 0; i < 3; i++)); do a; done', ['a']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
  ];
  test.each(cases)('%s', (_, text, want) => expect(commandsOf(text)).toEqual(want));
});

describe('what cannot be read, with its offset', () => {
  const cases: readonly (readonly [string, number, string])[] = [
    ['a "b', 2, 'no closing "'],
    ["a 'b", 2, "no closing '"],
    ['if a; then b', 12, 'fi is missing'],
    ['a )', 2, ') is not expected here'],
    ['cat <<EOF\ntext\n', 10, 'no end of the here-document EOF'],
    ['X=(a b', 2, 'no closing )'],
    ['X=([a]b)', 3, 'an array item that is not understood'],
    ['case $a in a) b ;;& c) d ;; esac', 16, 'a case that falls through is not understood'],
    ['a $(b', 5, 'no closing )'],
    ['a |', 3, 'the script ends in the middle of a command'],
  ];
  test.each(cases)('%s', (text, offset, problem) => {
    expect(parseShell(fileText({ path: repoPath('a.sh'), text }))).toEqual({ kind: 'problem', problem, offset });
  });
});
