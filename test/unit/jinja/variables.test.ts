import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath, type SourceFile } from '../../../src/core/source.ts';
import { leaves, loadVariables } from '../../../src/jinja/variables.ts';
import { findings } from './project.ts';

const file = (path: string, text: string): SourceFile => ({ path: repoPath(path), text });

function load(
  files: readonly SourceFile[],
  merge: 'shallow' | 'deep' = 'shallow',
): { readonly shown: readonly string[]; readonly sink: DiagnosticList } {
  const sink = new DiagnosticList();
  const context = loadVariables(files, merge, sink);
  return {
    shown: leaves(context).map(
      (leaf) => `${leaf.path} ${leaf.span.file}:${leaf.span.start.line}:${leaf.span.start.col}`,
    ),
    sink,
  };
}

test('leaves carry path and place', () => {
  expect(load([file('v.yaml', 'db: {host: h}\nxs:\n- a\n- b: 1\nnone: []\n"a.b": 1\n')]).shown).toEqual([
    'db.host v.yaml:1:12',
    'xs[0] v.yaml:3:3',
    'xs[1].b v.yaml:4:6',
    'none v.yaml:5:7',
    "['a.b'] v.yaml:6:8",
  ]);
});

test('a later file replaces keys, or merges mappings', () => {
  const files = [file('a.yaml', 'db: {host: h, port: 1}\nx: 1\n'), file('b.yaml', 'db: {port: 2}\n')];
  expect(load(files).shown).toEqual(['db.port b.yaml:1:12', 'x a.yaml:2:4']);
  expect(load(files, 'deep').shown).toEqual(['db.host a.yaml:1:12', 'db.port b.yaml:1:12', 'x a.yaml:2:4']);
});

test('JSON, .env and ini by name', () => {
  expect(load([file('v.json', '{"a": {"b": [1]}}')]).shown).toEqual(['a.b[0] v.json:1:14']);
  expect(load([file('v.env', '# c\nA=1\nB = x=y\n')]).shown).toEqual(['A v.env:2:3', 'B v.env:3:5']);
  expect(load([file('v.ini', '[db]\nHost = h\n')]).shown).toEqual(['db.host v.ini:2:8']);
});

test.each([
  ['v.yaml', '- 1\n', 'JINJA_VARIABLES_NOT_MAPPING v.yaml:1:1'],
  ['v.yaml', 'a: 1\n2: x\n', 'JINJA_VARIABLES_KEY v.yaml:2:1'],
  ['v.yaml', 'a: *b\n', 'YAML_ALIAS_UNKNOWN v.yaml:1:4'],
  ['v.yaml', 'a: !vault x\n', 'YAML_TAG_UNKNOWN v.yaml:1:11'],
  ['v.yaml', 'a: 1\n---\nb: 2\n', 'YAML_TWO_DOCUMENTS v.yaml:2:1'],
  ['v.json', '{"a": 1,}', 'JINJA_VARIABLES_FORMAT v.json:1:9'],
  ['v.ini', 'a = 1\n', 'JINJA_VARIABLES_FORMAT v.ini:1:1'],
])('%s: %j is %s', (path, text, want) => {
  expect(findings(load([file(path, text)]).sink)).toEqual([want]);
});
