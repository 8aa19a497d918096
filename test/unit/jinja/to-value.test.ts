import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import type { Value } from '../../../src/ir/value.ts';
import { renderedToValues } from '../../../src/jinja/to-value.ts';
import { findings, renderProject } from './project.ts';

const variables = 'env: prd\nbucket: acme\nn: 3\nempty: ""\ndb: {host: h, port: 5432}\nscript: "a\\nb"\ndebug: true\n';

function valuesOf(template: string): readonly Value[] {
  const { rendered } = renderProject({ main: template }, variables, { keepTrailingNewline: true });
  return rendered === undefined ? [] : renderedToValues(rendered, repoPath('main'), new DiagnosticList());
}

function entry(template: string, key = 'a'): Value | undefined {
  const [value] = valuesOf(template);
  return value?.kind === 'map' ? value.entries.get(key) : undefined;
}

/** Parts as `text` for literals and `name=text` in brackets for variables. */
function parts(value: Value | undefined): readonly string[] {
  if (value?.kind !== 'text') return [`no text: ${value?.kind}`];
  return value.parts.map((part) =>
    part.kind === 'runtime' ? '?' : part.kind === 'variable' ? `[${part.variable}=${part.text}]` : part.text,
  );
}

describe('texts are split where their origin changes', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['a: gs://{{ bucket }}/x', ['gs://', '[bucket=acme]', '/x']],
    ["a: '{{ env }}''s'", ['[env=prd]', "'s"]],
    ['a: "\\u0041{{ env }}\\n{{ bucket }}"', ['A', '[env=prd]', '\n', '[bucket=acme]']],
    ['a: |\n  x {{ env }}\n  y', ['x ', '[env=prd]', '\ny']],
    ['a: |-\n  x {{ env }}\n\n', ['x ', '[env=prd]']],
    ['a: >-\n  x {{ env }}\n  y {{ bucket }}\n', ['x ', '[env=prd]', ' y ', '[bucket=acme]']],
    ['a: x\n  {{ env }}', ['x ', '[env=prd]']],
    ['a: |\n  {{ script|indent(2) }}\n', ['[script=a\nb]', '\n']],
    ['a: {{ env ~ "-" ~ bucket }}', ['[env=prd]', '-', '[bucket=acme]']],
    ['a: {{ (env ~ bucket)|replace("d", "x") }}', ['[env=pr]', '[env=x]', '[bucket=acme]']],
    ['a: x{{ empty }}y', ['x', '[empty=]', 'y']],
    ['a: "{{ empty }}"', ['[empty=]']],
    ['a: {{ (env ~ bucket)|title }}', ['[env=Prd]', '[bucket=acme]']],
    ["a: {{ ['-e', env]|tojson }}", ['no text: list']],
    ['a: {{ db.host }}:{{ db["port"] }}', ['[db.host=h]', ':', '[db.port=5432]']],
    ['a: {{ "%s/%s" % (env, bucket) }}', ['[env=prd]', '/', '[bucket=acme]']],
    ['a: {{ "p" if env == "prd" else "q" }}', ['[env=p]']],
    ['a: {{ env }}{{ bucket|truncate(3, true, "") }}', ['[env=prd]', '[bucket=acme]']],
    ['a: v{{ n * 2 }}', ['v', '[n=6]']],
  ];
  test.each(cases)('%s', (template, want) => {
    expect(parts(entry(template))).toEqual(want);
  });
});

describe('other values', () => {
  test('numbers and booleans name their leaf', () => {
    const value = entry('a: {{ n }}');
    expect(value).toMatchObject({
      kind: 'scalar',
      value: 3,
      from: { via: 'jinja', template: 'main', inputs: [{ via: 'export', name: 'n' }] },
    });
    expect(entry('a: {{ debug|lower }}')).toMatchObject({
      kind: 'scalar',
      value: true,
      from: { inputs: [{ name: 'debug' }] },
    });
    expect(entry('a: 5')).toMatchObject({ kind: 'scalar', value: 5, from: { inputs: [] } });
  });

  test('items of a JSON list keep their tags', () => {
    const value = entry("a: {{ ['--env', env, 'x' ~ n]|tojson }}");
    expect(value?.kind === 'list' ? value.items.map(parts) : undefined).toEqual([
      ['--env'],
      ['[env=prd]'],
      ['x', '[n=3]'],
    ]);
  });

  test('control: of the value, of what an if left out, of a list', () => {
    const names = (value: Value | undefined): unknown =>
      value?.control.flatMap((control) =>
        control.via === 'jinja' ? control.inputs.map((input) => (input.via === 'export' ? input.name : '')) : [],
      );
    const [document] = valuesOf(
      '{% if debug %}a: 1\n{% endif %}b:\n- x\n{% if env == "dev" %}\n- y\n{% endif %}\nc: 2\n',
    );
    const map = document?.kind === 'map' ? document.entries : new Map<string, Value>();
    expect(names(map.get('a'))).toEqual(['debug']);
    expect(names(map.get('b'))).toEqual(['env']);
    expect(names(map.get('c'))).toEqual([]);
  });

  test('literal parts name the exact text of the template', () => {
    const value = entry('# c\na: x-{{ env }}-y\n');
    const last = value?.kind === 'text' ? value.parts.at(-1) : undefined;
    expect(last).toMatchObject({
      text: '-y',
      from: {
        via: 'jinja',
        span: { file: 'main', start: { offset: 18, line: 2, col: 15 }, end: { offset: 20, line: 2, col: 17 } },
        inputs: [],
      },
    });
    expect(value?.comment).toBe('c');
  });

  test('several documents', () => {
    expect(valuesOf('a: 1\n---\nb: {{ n }}\n')).toHaveLength(2);
  });

  test('broken YAML is reported at the tag that made it', () => {
    const { rendered, sink } = renderProject({ main: 'a: b\nc: {{ bad }}\n' }, 'bad: "x: y"\n');
    if (rendered !== undefined) renderedToValues(rendered, repoPath('main'), sink);
    expect(findings(sink)).toEqual(['JINJA_RENDERED_NOT_YAML main:2:4']);
  });
});
