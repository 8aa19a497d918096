import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { readDigdagYaml } from '../../../src/yaml/digdag.ts';
import { entryNamed, valueNamed, type YamlNode } from '../../../src/yaml/node.ts';

const path = repoPath('w.dig');

function read(text: string): { readonly node: YamlNode | undefined; readonly found: readonly string[] } {
  const sink = new DiagnosticList();
  const node = readDigdagYaml({ path, text }, sink);
  return {
    node,
    found: sink.items.map((item) => `${item.code} ${item.span === undefined ? '' : formatPosition(item.span)}`),
  };
}

describe('scalars', () => {
  test.each([
    ['010', { kind: 'int', value: 8 }],
    ['0.5', { kind: 'string', value: '0.5' }],
    ['1.0', { kind: 'float', value: 1 }],
    ['1:30.5', { kind: 'float', value: 90.5 }],
    ['07:00:00', { kind: 'string', value: '07:00:00' }],
    ['yes', { kind: 'string', value: 'yes' }],
    ['9007199254740993', { kind: 'int', value: 9007199254740993n }],
    ['2021-12-07', { kind: 'string', value: '2021-12-07' }],
    ["'010'", { kind: 'string', value: '010' }],
  ])('%s', (text, want) => {
    expect(valueNamed(read(`v: ${text}\n`).node, 'v')).toMatchObject(want);
  });
});

describe('refused', () => {
  test.each([
    ['a tab', 'a:\tb\n', 'YAML_TAB w.dig:1:3'],
    ['a tab on an empty line', 'a: 1\n\t\nb: 2\n', 'YAML_TAB w.dig:2:1'],
    ['a duplicate', 'a: 1\nb: 2\n"a": 3\n', 'YAML_DUPLICATE_KEY w.dig:3:1'],
    ['a tag', 'a: !foo b\n', 'YAML_TAG_UNKNOWN w.dig:1:9'],
    ['an escape', 'a: "x\\/"\n', 'YAML_ESCAPE w.dig:1:6'],
    ['a question mark between braces', 'a: {u: x?y}\n', 'YAML_FLOW_QUESTION w.dig:1:9'],
    ['a control character', 'a: \u0007\n', 'YAML_CHARACTER w.dig:1:4'],
    ['an unknown alias', 'a: *x\n', 'YAML_ALIAS_UNKNOWN w.dig:1:4'],
    ['an alias in itself', 'a: &x [*x]\n', 'YAML_ALIAS_RECURSIVE w.dig:1:8'],
    ['a merge of a number', 'a:\n  <<: 5\n', 'YAML_MERGE w.dig:2:7'],
    ['a null key', '~: 1\n', 'YAML_NULL_KEY w.dig:1:1'],
    ['a second document', 'a: 1\n---\nb: 2\n', 'YAML_TWO_DOCUMENTS w.dig:2:1'],
    ['a list', '- a\n', 'YAML_NOT_MAPPING w.dig:1:1'],
    ['no octal digit', 'a: !!int 08\n', 'YAML_TAG_VALUE w.dig:1:10'],
    ['an unquoted ternary', 'a: ${x ? 1 : 2}\n', 'YAML_SYNTAX w.dig:1:4'],
    ['an open quote', 'a: "b\n', 'YAML_SYNTAX w.dig:1:4'],
  ])('%s', (_, text, want) => {
    const { node, found } = read(text);
    expect(node).toBeUndefined();
    expect(found).toEqual([want]);
  });

  test('aliases that multiply', () => {
    const levels = Array.from(
      { length: 20 },
      (_, at) => `l${at}: &l${at} [${at === 0 ? '1' : `*l${at - 1}, *l${at - 1}, *l${at - 1}`}]`,
    );
    expect(read(levels.join('\n')).found).toEqual([expect.stringMatching(/^YAML_TOO_LARGE w\.dig:1[0-9]:/)]);
  });

  test('brackets in brackets without end', () => {
    expect(read(`a: ${'['.repeat(20_000)}`).found).toEqual([expect.stringMatching(/^YAML_/)]);
  });
});

describe('positions', () => {
  const text = 'a: 1\n# about b\n# and more\nb: # inside\n  c: "x y" # behind\n  d: |\n    e\n';

  test.each([
    ['unix', text],
    ['dos', text.replaceAll('\n', '\r\n')],
  ])('of every key and value, %s line ends', (_, source) => {
    const { node } = read(source);
    const b = entryNamed(node, 'b');
    const c = entryNamed(b?.value, 'c');
    const d = entryNamed(b?.value, 'd');
    expect(b).toMatchObject({
      comment: 'about b\nand more',
      keySpan: { start: { line: 4, col: 1 }, end: { line: 4, col: 2 } },
      value: { trailingComment: 'inside' },
    });
    expect(c).toMatchObject({
      keySpan: { start: { line: 5, col: 3 } },
      value: {
        value: 'x y',
        source: '"x y"',
        style: 'double',
        trailingComment: 'behind',
        span: { start: { line: 5, col: 6 }, end: { line: 5, col: 11 } },
      },
    });
    expect(d?.value).toMatchObject({ kind: 'string', value: 'e\n', style: 'literal' });
    expect(source.slice(c?.value.span.start.offset, c?.value.span.end.offset)).toBe('"x y"');
  });

  test('stay true where continuation lines are indented too little', () => {
    const source = 'a:\n  b: [\n  x,\n  y\n  ]\nc: "p\nq"\nd: z\n';
    const { node, found } = read(source);
    expect(found).toEqual([]);
    const items = valueNamed(valueNamed(node, 'a'), 'b');
    expect(items).toMatchObject({
      kind: 'list',
      items: [
        { value: 'x', span: { start: { line: 3, col: 3 } } },
        { value: 'y', span: { start: { line: 4, col: 3 } } },
      ],
    });
    expect(valueNamed(node, 'c')).toMatchObject({ value: 'p q', source: '"p\nq"' });
    expect(entryNamed(node, 'd')?.keySpan.start).toEqual({ offset: source.indexOf('d:'), line: 8, col: 1 });
  });

  test('a comment mark inside a block is no comment', () => {
    const { node } = read('a: |\n  # text\nb: 1\n');
    expect(entryNamed(node, 'b')).not.toHaveProperty('comment');
  });
});

test('keys keep their order, numbers among them', () => {
  const { node } = read('z: 1\n"10": 2\na: 3\n"2": 4\n');
  expect(node?.kind === 'map' && node.entries.map((entry) => entry.key)).toEqual(['z', '10', 'a', '2']);
});
