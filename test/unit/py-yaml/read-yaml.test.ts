import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import type { PyNode } from '../../../src/yaml/py/node.ts';
import { readPythonYaml } from '../../../src/yaml/py/read-yaml.ts';

function shown(node: PyNode | null | undefined): unknown {
  if (node === null || node === undefined) return node;
  if (node.kind === 'list') return node.items.map(shown);
  if (node.kind === 'map') return node.entries.map((entry) => [shown(entry.key), shown(entry.value)]);
  return node.kind === 'null' ? 'None' : node.value;
}

/** Answers of yaml.safe_load, PyYAML 6.0. */
const cases: readonly [string, unknown][] = [
  ['', null],
  ['a: 1\na: 2\n', [['a', 2]]],
  [
    '1: a\n1.0: b\ntrue: c\n"1": d\n',
    [
      [1, 'c'],
      ['1', 'd'],
    ],
  ],
  [
    'b: &b {x: 1, y: 2}\nc:\n  <<: *b\n  y: 3\n  z: 4\n',
    [
      [
        'b',
        [
          ['x', 1],
          ['y', 2],
        ],
      ],
      [
        'c',
        [
          ['x', 1],
          ['y', 3],
          ['z', 4],
        ],
      ],
    ],
  ],
  [
    'a: &1 {x: 1}\nb: &2 {x: 2, w: 5}\nc:\n  z: 1\n  <<: [*1, *2]\n  x: 9\n',
    [
      ['a', [['x', 1]]],
      [
        'b',
        [
          ['x', 2],
          ['w', 5],
        ],
      ],
      [
        'c',
        [
          ['x', 9],
          ['w', 5],
          ['z', 1],
        ],
      ],
    ],
  ],
  [
    'n: 1\nyes: 2\n',
    [
      ['n', 1],
      [true, 2],
    ],
  ],
  [
    "a: '010'\nb: !!str 010\nc: !!int '3'\n",
    [
      ['a', '010'],
      ['b', '010'],
      ['c', 3],
    ],
  ],
  ['{=: 1}\n', [['=', 1]]],
  ['\uFEFF- a: 1\n', [[['a', 1]]]],
  ['a: |2\n    x\n    \n', [['a', '  x\n  \n']]],
  ['a: |+\n  x', [['a', 'x']]],
  [
    'a: !!omap [x: 1, y: 2]\n',
    [
      [
        'a',
        [
          ['x', 1],
          ['y', 2],
        ],
      ],
    ],
  ],
  ['a: multi\n  line\n\n  text\n', [['a', 'multi line\ntext']]],
  [
    '"10": x\n"9": y\n',
    [
      ['10', 'x'],
      ['9', 'y'],
    ],
  ],
];

test.each(cases)('%j', (text, want) => {
  const sink = new DiagnosticList();
  expect(shown(readPythonYaml({ path: repoPath('v.yaml'), text }, sink))).toEqual(want);
  expect(sink.items).toEqual([]);
});

test.each([
  ['? [a, b]\n: 1\n', 'JINJA_VARIABLES_KEY', 1, 3],
  ['a: =\n', 'YAML_TAG_VALUE', 1, 4],
  ['a: &x [*x]\n', 'YAML_ALIAS_RECURSIVE', 1, 8],
  ['c: {<<: 1}\n', 'YAML_MERGE', 1, 9],
  ['a: [1, 2\n', 'YAML_SYNTAX', 2, 1],
  ['a: &x 1\nb: &x 2\n', 'YAML_ANCHOR_TWICE', 2, 7],
  ['a: b\tc\n', 'YAML_TAB', 1, 5],
  ['\n...\n', 'YAML_SYNTAX', 2, 1],
])('%j is refused', (text, code, line, col) => {
  const sink = new DiagnosticList();
  expect(readPythonYaml({ path: repoPath('v.yaml'), text }, sink)).toBeUndefined();
  expect(sink.items.map((item) => [item.code, item.span?.start.line, item.span?.start.col])).toEqual([
    [code, line, col],
  ]);
});
