import { expect, test } from 'vitest';
import { breakBraces } from '../../../src/rules/builtin/pod/break-braces.ts';
import { textParts } from './fixture.ts';

const shown = (text: string): string | undefined =>
  breakBraces(textParts(text))
    ?.map((part) => (part.kind === 'runtime' ? `<${part.name}>` : part.text))
    .join('');

test.each([
  ["echo '{{workflow.status}}'", `echo '{''{workflow.status}}'`],
  ['echo "{{item}}"', 'echo "{""{item}}"'],
  ['echo {{=x}}', 'echo {""{=x}}'],
  ['echo \\" {{item}}', 'echo \\" {""{item}}'],
  ['docker ps --format "{{.Names}}" {{ ds }}', 'docker ps --format "{{.Names}}" {{ ds }}'],
  ['echo {__DATE__}', 'echo {""<DATE>}'],
  ["awk '{{print' x", "awk '{''{print' x"],
])('%s stays the same text to the shell', (text, broken) => {
  expect(shown(text)).toBe(broken);
});

test.each([
  'cat <<END\n{{item}}\nEND',
  'echo "$(echo {{item}})"',
  'echo `{{item}}`',
  'x # {{item}}',
  "echo $'{{item}}'",
  'echo ${A:-{{item}}}',
])('%s cannot be broken', (text) => {
  expect(shown(text)).toBeUndefined();
});
