import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { readCompletely } from '../../../src/yaml/kubectl.ts';
import { readPlainManifest } from '../../../src/yaml/plain-manifest.ts';

const scalar = fc.constantFrom(
  'a',
  'sales-etl',
  '1',
  '010',
  '1.5',
  'true',
  'yes',
  'null',
  '~',
  '512Mi',
  '"quoted"',
  "'q'",
  '"a # b"',
  '"x\\n"',
  '"a \\"b\\" \\u0026 \\/ c"',
  '"\\x41"',
  '"\\ud83d\\ude00"',
  "'it''s'",
  '2026-01-02',
  'http://h:80/p#f',
  'a b  c',
  'x # comment',
  '"x" # comment',
  '-1',
  '--flag',
  '-',
  '[]',
  '{}',
  '[a, "b", 1]',
  '{a: 1, b: [x, {y: z}]}',
  '[a, b] # c',
  '{a}',
  '[a: 1]',
  '$(NAME)',
  '*alias',
  '&anchor x',
  '!!str 1',
  '>',
  '|',
  '%x',
  '@x',
  'a: b',
  'a:',
  '.inf',
  'é日',
  '',
  ' ',
);
const line = fc.record({
  indent: fc.integer({ min: 0, max: 4 }),
  dash: fc.constantFrom('', '', '', '- ', '- - ', '-   '),
  key: fc.constantFrom('a: ', 'b: ', 'name: ', 'c:', 'd:   ', 'e : ', 'y: ', '"k": ', 'app.io/x: ', '', '# ', '  # '),
  value: scalar,
});
const block = fc.constantFrom(
  's: |\n  x\n  # y\n',
  's: |-\n    x\n\n    z\n\n',
  's: | # c\n  x\n',
  's: |+\n  x\n\n',
  's: >-\n  x\n',
  's: |\n\n  x\n',
  's: |\n  x\n   ',
  's: |\n',
);

const documents = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: line.map(({ indent, dash, key, value }) => `${' '.repeat(indent)}${dash}${key}${value}\n`),
    },
    { weight: 1, arbitrary: block },
    { weight: 1, arbitrary: fc.constantFrom('\n', '   \n', '# c\n') },
  ),
  { minLength: 1, maxLength: 7 },
);

test('the short way reads what the complete reader reads, or nothing', () => {
  let short = 0;
  fc.assert(
    fc.property(documents, fc.boolean(), (pieces, cut) => {
      const text = cut ? pieces.join('').replace(/\n$/, '') : pieces.join('');
      const part = { path: repoPath('m.yaml'), text };
      const plain = readPlainManifest(part);
      if (plain.kind === 'unusual') return;
      short += 1;
      const sink = new DiagnosticList();
      const complete = readCompletely(part, sink);
      expect(sink.items).toEqual([]);
      expect(plain.node).toEqual(complete);
    }),
    { numRuns: 4000, seed: 7 },
  );
  expect(short).toBeGreaterThan(300);
});

test('a manifest as teams write it is read the short way', () => {
  const text = `# top
apiVersion: batch/v1
kind: Job
metadata:
  name: sales-etl # the name
  labels: {app: sales, "env": prd}
spec:
  template:
    spec:
      containers:
      - name: main
        command: ["/app/run.sh", --date=__DATE__]
        # where it logs
        args:
          - "--level"
          - 'info'
      volumes: []
      script: |
        set -e
        # not a comment
        run
`;
  expect(readPlainManifest({ path: repoPath('m.yaml'), text })).toEqual({
    kind: 'document',
    node: readCompletely({ path: repoPath('m.yaml'), text }, new DiagnosticList()),
  });
});
