import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { readManifest } from '../../../src/yaml/kubectl.ts';
import { entryNamed, valueNamed } from '../../../src/yaml/node.ts';

function read(text: string) {
  const sink = new DiagnosticList();
  const nodes = readManifest({ path: repoPath('job.yaml'), text }, sink);
  return {
    nodes,
    found: sink.items.map((item) => `${item.code} ${item.span === undefined ? '' : formatPosition(item.span)}`),
  };
}

// As sigs.k8s.io/yaml 1.4.0 answers.
describe('scalars', () => {
  test.each([
    ['yes', { kind: 'bool', value: true }],
    ['y', { kind: 'bool', value: true }],
    ['off', { kind: 'bool', value: false }],
    ['010', { kind: 'int', value: 8 }],
    ['0o17', { kind: 'int', value: 15 }],
    ['08', { kind: 'int', value: 8 }],
    ['1_000', { kind: 'int', value: 1000 }],
    ['1.0', { kind: 'int', value: 1 }],
    ['0.5', { kind: 'float', value: 0.5 }],
    ['12:30', { kind: 'string', value: '12:30' }],
    ['2021-12-07', { kind: 'string', value: '2021-12-07' }],
    ['18446744073709551615', { kind: 'int', value: 18446744073709551615n }],
    ['"1"', { kind: 'string', value: '1' }],
  ])('%s', (text, want) => {
    expect(valueNamed(read(`v: ${text}\n`).nodes[0], 'v')).toMatchObject(want);
  });

  test('a key that is a boolean becomes its text', () => {
    expect(entryNamed(read('y: 1\n').nodes[0], 'true')?.value).toMatchObject({ value: 1 });
  });
});

test('several documents keep their lines; empty ones are left out', () => {
  const { nodes, found } = read('---\n# only a comment\n---\na: 1\n--- # second\n# about b\nb: 2\n');
  expect(found).toEqual([]);
  expect(nodes).toHaveLength(2);
  expect(entryNamed(nodes[0], 'a')?.keySpan.start).toMatchObject({ line: 4, col: 1 });
  expect(entryNamed(nodes[1], 'b')).toMatchObject({ comment: 'about b', keySpan: { start: { line: 7, col: 1 } } });
});

test.each([
  ['a duplicate is a warning, the last one counts', 'a: 1\na: 2\n', 'YAML_DUPLICATE_IGNORED job.yaml:2:1', 1],
  ['text behind the separator', 'a: 1\n---b\n', 'YAML_SEPARATOR job.yaml:2:1', 0],
  ['infinity has no JSON form', 'a: .inf\n', 'YAML_TAG_VALUE job.yaml:1:4', 0],
  ['a broken document', 'a: [1\n', 'YAML_SYNTAX job.yaml:2:1', 0],
])('%s', (_, text, want, count) => {
  const { nodes, found } = read(text);
  expect(found).toEqual([want]);
  expect(nodes).toHaveLength(count);
  if (count === 1) expect(valueNamed(nodes[0], 'a')).toMatchObject({ value: 2 });
});
