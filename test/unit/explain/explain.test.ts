import { describe, expect, test } from 'vitest';
import { readAccounting, writtenAccounting } from '../../../src/explain/accounting-file.ts';
import { explainLegacy } from '../../../src/explain/explain-legacy.ts';
import { explainOutput } from '../../../src/explain/explain-output.ts';
import { type FileMap, fileMapOf, readMap, writtenMap } from '../../../src/explain/file-map.ts';
import { pointerLines } from '../../../src/explain/output-lines.ts';
import { convertSample } from '../../generated.ts';

const text = `# head
kind: CronWorkflow
metadata: {name: sales, labels: {a/b: x}}
spec:
  templates:
    - name: main
      script: |
        one
        two
    - name: extract
`;

test('every value has the lines of its key and of its end', () => {
  const lines = new Map(pointerLines(text).map(({ pointer, line, endLine }) => [pointer, [line, endLine]]));
  expect(Object.fromEntries(lines)).toEqual({
    '': [2, 10],
    '/kind': [2, 2],
    '/metadata': [3, 3],
    '/metadata/name': [3, 3],
    '/metadata/labels': [3, 3],
    '/metadata/labels/a~1b': [3, 3],
    '/spec': [4, 10],
    '/spec/templates': [5, 10],
    '/spec/templates/0': [6, 9],
    '/spec/templates/0/name': [6, 6],
    '/spec/templates/0/script': [7, 9],
    '/spec/templates/1': [10, 10],
    '/spec/templates/1/name': [10, 10],
  });
});

const source = (line: number, endLine = line) => ({ file: 'a.dig', line, col: 1, endLine, endCol: 1 });
const map: FileMap = {
  file: 'out.yaml',
  accepted: [],
  entries: [
    { pointer: '/metadata', chain: [{ via: 'rule', name: 'naming' }] },
    { pointer: '/metadata/name', rule: 'naming', chain: [{ via: 'rule', name: 'naming' }] },
    { pointer: '/spec/templates/0', source: source(3, 9), chain: [{ via: 'source', at: source(3) }] },
    {
      pointer: '/spec/templates/0/script',
      source: source(4, 6),
      chain: [
        { via: 'source', at: source(4) },
        { via: 'variable', name: 'env', at: { file: 'v.yaml', line: 2, col: 1 } },
      ],
    },
  ],
};

describe('from the output', () => {
  const pointers = (line: number): readonly string[] => explainOutput(map, text, line).map(({ pointer }) => pointer);

  test.each([
    [3, ['/metadata/name']],
    [6, ['/spec/templates/0']],
    [7, ['/spec/templates/0/script']],
    // Inside a longer text: the value that it belongs to.
    [9, ['/spec/templates/0/script']],
    [1, []],
    [2, []],
  ])('line %i', (line, want) => expect(pointers(line)).toEqual(want));

  test('the whole file lists every value once', () => expect(pointers(0)).toHaveLength(3));
});

describe('from the legacy tree', () => {
  const became = (file: string, line: number): readonly string[] =>
    explainLegacy([map], () => text, file, line).map((value) => `${value.line} ${value.pointer} ${value.role}`);

  test.each([
    ['a.dig', 3, ['6 /spec/templates/0 value']],
    ['a.dig', 4, ['7 /spec/templates/0/script value']],
    // Line 5 lies inside two texts: the shorter one is meant.
    ['a.dig', 5, ['7 /spec/templates/0/script value']],
    ['a.dig', 8, ['6 /spec/templates/0 value']],
    ['v.yaml', 2, ['7 /spec/templates/0/script part']],
    ['a.dig', 20, []],
    ['b.dig', 3, []],
  ])('%s:%i', (file, line, want) => expect(became(file, line)).toEqual(want));
});

test('the line that names a step leads to its template', () => {
  const step = { file: 'b.dig', line: 1, template: 'main', outputs: ['out.yaml'] };
  const became = explainLegacy([map], () => text, 'b.dig', 1, [step]);
  expect(became.map((value) => `${value.line} ${value.pointer} ${value.role}`)).toEqual(['6 /spec/templates/0 value']);
  expect(explainLegacy([map], () => text, 'b.dig', 1, [{ ...step, outputs: [] }])).toEqual([]);
});

describe('what a conversion leaves behind', () => {
  test('a map is read back as it was written', async () => {
    const { files } = await convertSample('daily-sales');
    const maps = files.filter((file) => file.origins.size > 0).map(fileMapOf);
    expect(maps.length).toBeGreaterThan(5);
    for (const each of maps) expect(readMap(writtenMap(each))).toEqual(each);
  });

  test('every value of a manifest is at its pointer, and knows its way', async () => {
    const { files } = await convertSample('daily-sales');
    const workflow = files.find((file) => file.path.endsWith('/base/workflow.yaml'));
    if (workflow === undefined) throw new Error('there is no workflow');
    const entries = new Map(fileMapOf(workflow).entries.map((entry) => [entry.pointer, entry]));
    const pointers = pointerLines(workflow.text).map(({ pointer }) => pointer);
    expect(pointers.length).toBeGreaterThan(50);
    expect(pointers.filter((pointer) => (entries.get(pointer)?.chain ?? []).length === 0)).toEqual([]);
  });

  test('the accounting of a file is read back', async () => {
    const { units } = await convertSample('daily-sales');
    const file = units[0]?.unit.span.file ?? '';
    const mine = units.filter(({ unit }) => unit.span.file === file);
    expect(readAccounting(writtenAccounting(units), file)).toHaveLength(mine.length);
    expect(readAccounting(writtenAccounting(units), 'no.dig')).toEqual([]);
  });

  test.each(['', 'no', '{}', '{"file": 1}', '[]'])('%j is neither', (broken) => {
    expect(readMap(broken)).toBeUndefined();
    expect(readAccounting(broken, 'a')).toEqual([]);
  });
});
