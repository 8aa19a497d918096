import { expect, test } from 'vitest';
import { repoPath } from '../../../src/core/source.ts';
import { jinjaPresets } from '../../../src/jinja/environment.ts';
import { checkSyntax, referencedTemplates, templateUnits, undeclaredVariables } from '../../../src/jinja/static.ts';
import { environmentFor } from './project.ts';

test.each([
  ['{{ a.b }}{% for i in xs %}{{ i }}{{ loop.index }}{% endfor %}', ['a', 'xs']],
  ['{% set a = 1 %}{{ a }}{{ b }}', ['b']],
  ['{% if x %}{% set y = 1 %}{% endif %}{{ y }}', ['x', 'y']],
  ['{% macro f(p) %}{{ p }}{{ q }}{% endmacro %}', ['q']],
  ['{% if %}', []],
])('undeclared variables of %s', (template, want) => {
  expect(undeclaredVariables(repoPath('main'), environmentFor({ main: template }))).toEqual(want);
});

test('referenced templates', () => {
  const main = "{% extends 'a' %}{% import 'b' as b %}{% block x %}{% include ['c', name] %}{% endblock %}";
  expect(referencedTemplates(repoPath('main'), environmentFor({ main }))).toEqual(['a', 'b', 'c']);
});

test('units: tags, and lines with text', () => {
  const text = '# comment\n{# note\nkind: x #}\nkind: Job\n{% if a %}\nname: {{ b }}\n{% endif %}\n---\n';
  const units = templateUnits({ path: repoPath('t.j2'), text });
  expect(units.map((unit) => `${unit.kind} ${unit.span.start.line}:${unit.span.start.col} ${unit.label}`)).toEqual([
    'template-tag 5:1 if',
    'template-tag 6:7 {{ b }}',
    'template-tag 7:1 endif',
    'template-leaf 4:1 kind: Job',
    'template-leaf 6:1 name: {{ b }}',
  ]);
});

test('syntax errors are found without variables', () => {
  expect(checkSyntax({ path: repoPath('t'), text: 'a\n{{ 1 + }}' }, jinjaPresets.library)).toEqual({
    line: 2,
    problem: "unexpected 'end of print statement'",
  });
  expect(checkSyntax({ path: repoPath('t'), text: '{{ x }}' }, jinjaPresets.library)).toBeUndefined();
});
