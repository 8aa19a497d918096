import { describe, expect, test } from 'vitest';
import type { JinjaOptions } from '../../../src/jinja/environment.ts';
import { findings, renderProject } from './project.ts';

describe('runs', () => {
  test('literal text, variables and their control', () => {
    const { rendered } = renderProject(
      { main: 'a: {{ x }}-{{ y|upper }}\n{% if debug %}b: 1{% endif %}' },
      'x: v\ny: w\ndebug: true\n',
    );
    expect(rendered?.text).toBe('a: v-W\nb: 1');
    const shown = rendered?.runs.map((run) => [
      rendered.text.slice(run.start, run.end),
      run.data.map((leaf) => leaf.path),
      run.control.flatMap((control) => control.leaves.map((leaf) => leaf.path)),
    ]);
    expect(shown).toEqual([
      ['a: ', [], []],
      ['v', ['x'], []],
      ['-', [], []],
      ['W', ['y'], []],
      ['\n', [], []],
      ['b: 1', [], ['debug']],
      ['', [], ['debug']],
    ]);
  });

  test('an if that is not taken leaves a run of no width', () => {
    const { rendered } = renderProject({ main: 'a{% if debug %}b{% endif %}' }, 'debug: false\n');
    const empty = rendered?.runs.filter((run) => run.start === run.end);
    expect(empty?.map((run) => run.control.flatMap((control) => control.leaves.map((leaf) => leaf.path)))).toEqual([
      ['debug'],
    ]);
    expect(empty?.[0]?.control[0]?.span.start).toEqual({ offset: 1, line: 1, col: 2 });
  });

  test('text of a macro comes from the template of the macro', () => {
    const { rendered } = renderProject(
      {
        main: "{% import 'lib' as lib %}{{ lib.port(p)|indent(2) }}",
        lib: '{% macro port(n) %}port:\n{{ n }}{% endmacro %}',
      },
      'p: 80\n',
    );
    expect(rendered?.text).toBe('port:\n  80');
    expect(rendered?.runs.map((run) => [run.span.file, rendered.text.slice(run.start, run.end)])).toEqual([
      ['lib', 'port:'],
      ['lib', '\n  '],
      ['lib', '80'],
    ]);
    expect(rendered?.used.templates).toEqual(['main', 'lib']);
    expect(rendered?.used.leaves.map((leaf) => leaf.path)).toEqual(['p']);
  });

  test('positions count in the file as it is, with CRLF', () => {
    const { rendered } = renderProject({ main: 'a: 1\r\nb: {{ x }}\r\n' }, 'x: v\n', { keepTrailingNewline: true });
    expect(rendered?.text).toBe('a: 1\nb: v\n');
    expect(rendered?.runs.find((run) => run.data.length > 0)?.span).toMatchObject({
      start: { offset: 9, line: 2, col: 4 },
      end: { offset: 16, line: 2, col: 11 },
    });
  });
});

describe('what Jinja2 refuses is a diagnostic with its place', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, Partial<JinjaOptions>, readonly string[]][] = [
    ['undefined attribute of an undefined name', { main: 'a\nb: {{ nope.x }}' }, {}, ['JINJA_UNDEFINED main:2:7']],
    ['strict undefined', { main: '{% if nope %}{% endif %}' }, { undefined: 'strict' }, ['JINJA_UNDEFINED main:1:7']],
    ['missing end tag', { main: 'a\n{% if x %}\nb' }, {}, ['JINJA_SYNTAX main:2:1']],
    ['unknown tag', { main: '{% do x %}' }, {}, ['JINJA_SYNTAX main:1:1']],
    [
      'unknown filter of the name of a key',
      { main: '\n  cpu: {{ x.cpu | cpu }}' },
      {},
      ['JINJA_NAME_UNKNOWN main:2:19'],
    ],
    ['unknown filter', { main: '\n  {{ x|to_yaml }}' }, {}, ['JINJA_NAME_UNKNOWN main:2:8']],
    ['wrong type', { main: "{{ 'a' + 1 }}" }, {}, ['JINJA_TYPE main:1:1']],
    [
      'error inside a macro of another file',
      { main: "{% from 'lib' import f %}\n\n{{ f() }}", lib: '{% macro f() %}\n{{ 1 / 0 }}{% endmacro %}' },
      {},
      ['JINJA_TYPE lib:2:1'],
    ],
    ['missing template', { main: "x\n{% include 'gone.j2' %}" }, {}, ['JINJA_TEMPLATE_MISSING main:2:1']],
    ['clock', { main: 'd: {{ now() }}' }, {}, ['JINJA_CLOCK main:1:7']],
    ['chance', { main: '{{ [1, 2]|random }}' }, {}, ['JINJA_CLOCK main:1:1']],
    ['endless recursion', { main: '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}' }, {}, ['JINJA_LIMIT main:1:1']],
    ['a template that includes itself', { main: "{% include 'main' %}" }, {}, ['JINJA_LIMIT main:1:1']],
    ['too much text', { main: "{{ 'x' * 999999999 }}" }, {}, ['JINJA_LIMIT main:1:1']],
    ['too many iterations', { main: '{% for i in range(10000000000) %}{% endfor %}' }, {}, ['JINJA_LIMIT main:1:1']],
    [
      'nested loops',
      { main: '{% for i in range(2000) %}{% for j in range(2000) %}{% endfor %}{% endfor %}' },
      {},
      ['JINJA_LIMIT main:1:1'],
    ],
    ['a width', { main: "{{ '%1000000000d' % 1 }}" }, {}, ['JINJA_LIMIT main:1:1']],
    ['a precision', { main: "{{ '%.1000000000f' % 1 }}" }, {}, ['JINJA_LIMIT main:1:1']],
    ['tab stops', { main: "{{ '\t'.expandtabs(1000000000) }}" }, {}, ['JINJA_LIMIT main:1:1']],
    ['a power', { main: '{{ 10 ** 10000000 }}' }, {}, ['JINJA_LIMIT main:1:1']],
    [
      'squares of squares',
      { main: '{% set ns = namespace(v=10) %}{% for i in range(99) %}{% set ns.v = ns.v * ns.v %}{% endfor %}' },
      {},
      ['JINJA_LIMIT main:1:1'],
    ],
    ['a batch', { main: "{{ [1]|batch(1000000000, 'x')|list }}" }, {}, ['JINJA_LIMIT main:1:1']],
    [
      'lists in lists',
      {
        main: '{% set ns = namespace(v=[1]) %}{% for i in range(60) %}{% set ns.v = [ns.v, ns.v] %}{% endfor %}{{ ns.v }}',
      },
      {},
      ['JINJA_LIMIT main:1:1'],
    ],
    [
      'a macro that calls itself twice',
      { main: '{% macro f(n) %}{% if n > 0 %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}' },
      {},
      ['JINJA_LIMIT main:1:1'],
    ],
    ['a search through numbers', { main: "{{ 'a' in range(10000000000) }}" }, {}, ['JINJA_LIMIT main:1:1']],
    ['an address', { main: '{{ [1]|map("abs") }}' }, {}, ['JINJA_UNSUPPORTED main:1:1']],
    [
      'a macro with a part replaced',
      { main: "\n{{ '__RUN_DATE__'|replace('-', '') }}" },
      {},
      ['JINJA_MACRO_CHANGED main:2:1'],
    ],
    [
      'a macro that is looked for is known to be one',
      { main: "{{ 'a-__NAME__-__SUFFIX__'|replace('-__SUFFIX__', '') }}" },
      {},
      [],
    ],
    ['a macro cut', { main: "{{ 'x-${DATE}'[:4] }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a macro compared', { main: "{% if '%DATE%' == 'x' %}{% endif %}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a method on a macro', { main: "{{ '@@D@@'.split('-')|length }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a macro repeated', { main: "a\n{{ '__A__' * 2 }}" }, {}, ['JINJA_MACRO_CHANGED main:2:1']],
    ['a list of macros repeated', { main: "{{ ['@@A@@'] * 2 }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a macro as a format', { main: "{{ '%DATE%s %s' % 1 }}" }, {}, ['JINJA_TYPE main:1:1']],
    ['a macro put in by a format', { main: "{{ '%s-%s' % ('__A__', 1) }}" }, {}, []],
    ['a macro added', { main: "{{ '__A__' + '-x' }}" }, {}, []],
    ['a macro as a condition', { main: "x\n{% if '__ON__' %}a{% endif %}" }, {}, ['JINJA_MACRO_CHANGED main:2:1']],
    ['a macro as an inline condition', { main: "{{ 1 if '__ON__' else 2 }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a macro before or', { main: "{{ '__ON__' or 'x' }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a macro negated', { main: "{{ not '__ON__' }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    [
      'a macro in the condition of a loop',
      { main: "{% for i in ['__A__'] if i %}{% endfor %}" },
      {},
      ['JINJA_MACRO_CHANGED main:1:1'],
    ],
    ['a macro ordered', { main: "{{ '__A__' < 'b' }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a method on what a call gives', { main: "{{ '__A__'.strip().lower() }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    ['a method on an item', { main: "{{ {'a': '__A__'}.a.title() }}" }, {}, ['JINJA_MACRO_CHANGED main:1:1']],
    [
      'a macro of a raw block changed around it',
      { main: '{% filter upper %}{% raw %}{{ later }}{% endraw %}{% endfilter %}' },
      {},
      ['JINJA_MACRO_CHANGED main:1:1'],
    ],
    ['a raw block as it is', { main: '{% raw %}{{ later }} ${X}{% endraw %}' }, {}, []],
    [
      'a macro joined, quoted and indented',
      { main: "{{ ['__A_B__', 'x']|join(',')|indent(2)|tojson ~ '__C__' }}" },
      {},
      [],
    ],
    [
      'a name supplied later, changed',
      { main: '{% set x %}{{ later }}{% endset %}{{ x|upper }}' },
      { undefined: 'debug' },
      ['JINJA_MACRO_CHANGED main:1:1', 'JINJA_PRINTS_UNDEFINED main:1:15'],
    ],
    ['a name supplied later', { main: '{{ later }}' }, { undefined: 'debug' }, ['JINJA_PRINTS_UNDEFINED main:1:4']],
    ['a built-in where a variable was meant', { main: 'ns: {{ namespace }}' }, {}, ['JINJA_PRINTS_BUILTIN main:1:8']],
    ['a misspelt name prints nothing', { main: 'a: {{ imgae }}' }, {}, ['JINJA_PRINTS_UNDEFINED main:1:7']],
  ];
  test.each(cases)('%s', (_, files, options, want) => {
    const { rendered, sink } = renderProject(files, 'x: 1\n', options);
    expect(findings(sink)).toEqual(want);
    expect(rendered === undefined).toBe(sink.items.some((diagnostic) => diagnostic.severity === 'error'));
  });
});
