import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { renderPlain } from '../../../src/jinja/render.ts';
import { loadVariables } from '../../../src/jinja/variables.ts';
import { environmentFor } from './project.ts';

/** Python's own answers, recorded with Jinja2 3.1.6. */
const cases: readonly (readonly [template: string, python: string])[] = [
  ["{% set j = joiner('; ') %}{% for i in [1, 2] %}{{ j() }}{{ i }}{% endfor %}", '1; 2'],
  ['{{ {}.fromkeys([1], 2) }}', '{1: 2}'],
  ["{{ '{0.a}'.format(nope) }}", "main:1: UndefinedError: 'nope' is undefined"],
  ["{{ '{x[a]}'.format(x=nope) }}", "main:1: UndefinedError: 'nope' is undefined"],
  ['{{ [1]|slice(nope)|list }}', "main:1: UndefinedError: 'nope' is undefined"],
  ['{{ dict(nope) }}', "main:1: UndefinedError: 'nope' is undefined"],
  ['{% set n = namespace(nope, a=1) %}{{ n.a }}', "main:1: UndefinedError: 'nope' is undefined"],
  ['{{ {}.update(nope) }}', "main:1: UndefinedError: 'nope' is undefined"],
  ['{{ dict([nope]) }}', 'main:1: ValueError: dictionary update sequence element #0 has length 0; 2 is required'],
  ["{{ 'abc'.translate({97: 'X', 98: none}) }}", 'Xc'],
  ['{{ range(4)[9:9] }} {{ range(4)[1:] }} {{ range(4).index(2) }}', 'range(4, 4) range(1, 4) 2'],
  ['{{ 1.5.hex() }} {{ 0.5.as_integer_ratio() }} {{ 2.0.conjugate() }}', '0x1.8000000000000p+0 (1, 2) 2.0'],
  ['{{ {1: 2, none: 3}|pprint }}', '{None: 3, 1: 2}'],
  ['{{ 12345678901234567890123 / 7 }}', '1.763668414462081e+21'],
  ['{{ 9007199254740991 % 9007199254740990 }} {{ -7 % 3 }} {{ 7 // -2 }}', '1 2 -4'],
  ["{{ 'a-b'|wordwrap(3.5) }}", 'a-b'],
  ['{{ false[2:] }}|{{ (1, 2)[none:1] }}', '|(1,)'],
  ['{% set x = false[2:] %}', "main:1: TypeError: 'bool' object is not subscriptable"],
  ["{{ '%c' % 'ab' }}", 'main:1: TypeError: %c requires int or char'],
  ['{{ [2, 1]|sort(none) }}', "main:1: TypeError: 'NoneType' object cannot be interpreted as an integer"],
  ['{% filter length %}ab{% endfilter %}', 'main:1: TypeError: expected str instance, int found'],
  ['{{ "a"|attr(0) }}', "main:1: TypeError: attribute name must be string, not 'int'"],
  ["{{ '%%' % nope }}|{{ '%%' % [1] }}|{{ '%%' % range(2) }}", '%|%|%'],
  ["{{ '%x' % nope }}", 'main:1: TypeError: %x format: an integer is required, not Undefined'],
  ['{{ 7|trim(nope) }}', 'main:1: TypeError: strip arg must be None or str'],
  ["{{ ' a '|trim(1) }}", 'main:1: TypeError: strip arg must be None or str'],
  ["{{ [1]|selectattr('a', [])|list }}", "main:1: TypeError: unhashable type: 'list'"],
  ["{{ [].pop('x') }}", "main:1: TypeError: 'str' object cannot be interpreted as an integer"],
  ['{{ 3|dictsort(nope) }}', "main:1: AttributeError: 'int' object has no attribute 'items'"],
  ['{{ {1: 2}.items() in {} }}', "main:1: TypeError: unhashable type: 'dict_items'"],
  ['{{ {1: 2}.keys() is filter }}', "main:1: TypeError: unhashable type: 'dict_keys'"],
  [
    "{{ 'x' if '\u00e9'.encode() * 2 else 'y' }}{{ 'x' if ''.encode() else 'y' }}{{ 'ab'.encode()|list }}",
    'xy[97, 98]',
  ],
  ["{{ 5|round('z', 'floor') }}", "main:1: TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'"],
  ["{{ 'bob'|int(7, 'z') }}", '7'],
  ["{{ 'bob'|wordwrap(0) }}", 'main:1: ValueError: invalid width 0 (must be > 0)'],
  ['{{ [1] * 99999999999999999999 }}', "main:1: OverflowError: cannot fit 'int' into an index-sized integer"],
  ['{{ [([]|reverse)|string and 1] }}', '[1]'],
  ['{% macro f() %}{% include nope without context %}{% endmacro %}{{ f() is string }}', 'False'],
  // Python counts the items before it.
  [
    "{% for i in [[1]] recursive %}{% include 'main' without context %}{% endfor %}",
    'main:1: TypeError: expected str instance, generator found',
  ],
  ['{% macro f() %}{% include nope without context %}{% endmacro %}{{ f() is string }}', 'False'],
  [
    '{% macro f() %}{% include nope without context %}{% endmacro %}\n{{ f() }}',
    'main:2: UnsupportedError: an object whose address is printed',
  ],
  [
    '\n{% set x = 1 %}\n{% set x.y = 2 %}',
    'main:2: TemplateRuntimeError: cannot assign attribute on non-namespace object',
  ],
];

test.each(cases)('%s', (template, python) => {
  const context = loadVariables([], 'shallow', new DiagnosticList());
  const rendered = renderPlain(repoPath('main'), context, environmentFor({ main: template }));
  expect(rendered.kind === 'text' ? rendered.text : rendered.error).toBe(python);
});
