import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repoPath } from '../../../src/core/source.ts';
import { fromPlain, type PlainData } from '../../../src/emit/plain-value.ts';
import { printYaml } from '../../../src/emit/yaml-print.ts';
import { text } from '../../../src/ir/build-value.ts';

function print(data: PlainData): string {
  return printYaml(fromPlain(data, 'test')).text;
}

describe('printYaml', () => {
  test.each([
    ['short command in one line', { command: ['sh', '-c'] }, 'command: [sh, -c]\n'],
    [
      'arguments with tags one a line',
      { args: ['--a=1', '--date={{inputs.parameters.date}}'] },
      'args:\n  - --a=1\n  - --date={{inputs.parameters.date}}\n',
    ],
    ['a tag alone is quoted', { value: '{{item}}' }, 'value: "{{item}}"\n'],
    ['cron patterns are quoted', { schedules: ['0 7 * * *'] }, 'schedules:\n  - "0 7 * * *"\n'],
    ['text that YAML 1.1 takes for a boolean', { a: 'yes', b: 'n', c: 'On' }, 'a: "yes"\nb: "n"\nc: "On"\n'],
    [
      'text that looks like a number or date',
      { a: '010', b: '1e3', c: '2026-01-02', d: '1:30', e: '0x1f' },
      'a: "010"\nb: "1e3"\nc: "2026-01-02"\nd: "1:30"\ne: "0x1f"\n',
    ],
    ['quantities stay plain', { limits: { cpu: '1', memory: '1Gi' } }, 'limits: {cpu: "1", memory: 1Gi}\n'],
    [
      'an environment variable from a Secret',
      { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
      'env:\n  - {name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}\n',
    ],
    [
      'no value in flow style is wider than 100 columns',
      {
        env: [
          { name: 'A', value: 'x'.repeat(78) },
          { name: 'A', value: 'x'.repeat(79) },
        ],
      },
      `env:\n  - {name: A, value: ${'x'.repeat(78)}}\n  - name: A\n    value: ${'x'.repeat(79)}\n`,
    ],
    [
      'an operation on a leaf stays in one line, one on a map does not',
      [
        { op: 'replace', path: `/spec/${'x'.repeat(80)}/memory`, value: '2Gi' },
        { op: 'add', path: `/spec/${'x'.repeat(60)}`, value: { image: 'a' } },
      ],
      `- {op: replace, path: /spec/${'x'.repeat(80)}/memory, value: 2Gi}\n- op: add\n  path: /spec/${'x'.repeat(60)}\n  value:\n    image: a\n`,
    ],
    ['an input without a default', { parameters: [{ name: 'date' }] }, 'parameters:\n  - name: date\n'],
    [
      'maps of maps are blocks',
      { resources: { limits: { cpu: '1' }, requests: { cpu: '1' } }, metadata: { name: 'a' } },
      'resources:\n  limits: {cpu: "1"}\n  requests: {cpu: "1"}\nmetadata:\n  name: a\n',
    ],
    [
      'several environment variables, one a line',
      {
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', value: '1' },
        ],
      },
      'env:\n  - {name: A, value: x}\n  - {name: B, value: "1"}\n',
    ],
    [
      'parameters one a line',
      { parameters: [{ name: 'env', value: '' }] },
      'parameters:\n  - {name: env, value: ""}\n',
    ],
    ['groups of steps', { steps: [[{ name: 'a' }, { name: 'b' }]] }, 'steps:\n  - - name: a\n    - name: b\n'],
    ['text of several lines', { source: 'a\n  b\n' }, 'source: |\n  a\n    b\n'],
    ['text of several lines without the last line end', { source: 'a\nb' }, 'source: |-\n  a\n  b\n'],
    ['empty containers', { emptyDir: {}, args: [] }, 'emptyDir: {}\nargs: []\n'],
    ['a comment sign', { channel: '#dev', text: 'a #b' }, 'channel: "#dev"\ntext: "a #b"\n'],
  ] satisfies [string, PlainData, string][])('%s', (_, given, want) => {
    expect(print(given)).toBe(want);
  });

  test('comments stand above their key and keep the indent', () => {
    const from = { via: 'rule', rule: 'test', from: [] } as const;
    const value = { ...text('x', from), comment: 'why\nand how' };
    const printed = printYaml({
      kind: 'map',
      from,
      control: [],
      entries: new Map([
        [
          'steps',
          {
            kind: 'list',
            from,
            control: [],
            items: [{ kind: 'map', from, control: [], entries: new Map([['when', value]]) }],
          },
        ],
      ]),
    });
    expect(printed.text).toBe('steps:\n  # why\n  # and how\n  - when: x\n');
  });

  test('every value with a source is in the map of origins, by JSON pointer', () => {
    const point = { offset: 0, line: 1, col: 1 };
    const span = { file: repoPath('a.dig'), start: point, end: point };
    const literal = { via: 'literal', span } as const;
    const value = fromPlain({ spec: { 'a/b': [text('x', literal)] } } as never, 'test');
    expect(printYaml(value).origins.get('/spec/a~1b/0')).toEqual({ span, chain: [{ via: 'source', at: span }] });
  });

  test('a value of several parts knows the way of each, once; what a rule adds knows the rule', () => {
    const point = { offset: 0, line: 1, col: 1 };
    const at = { file: repoPath('a.dig'), start: point, end: point };
    const there = { file: repoPath('v.yaml'), start: point, end: point };
    const from = { via: 'rule', rule: 'r', from: [{ via: 'literal', span: at }] } as const;
    const parts = [
      { kind: 'literal', text: 'x', from: { via: 'literal', span: at } },
      { kind: 'variable', text: 'y', variable: 'env.name', from: { via: 'export', span: there, name: 'env' } },
    ] as const;
    const value = {
      kind: 'map',
      from,
      control: [],
      entries: new Map([['a', { kind: 'text', parts, from, control: [from] }]]),
    } as const;
    const { origins } = printYaml(value as never);
    expect(origins.get('/a')).toEqual({
      span: at,
      rule: 'r',
      chain: [
        { via: 'rule', name: 'r' },
        { via: 'source', at },
        { via: 'variable', name: 'env.name', at: there },
        { via: 'variable', name: 'env', at: there },
        { via: 'condition', at },
      ],
    });
    const added = { kind: 'scalar', value: 1, from: { via: 'default', reason: 'a policy' }, control: [] } as const;
    expect(printYaml({ ...value, entries: new Map([['b', added]]) } as never).origins.get('/b')).toEqual({
      chain: [{ via: 'default', name: 'a policy' }],
    });
  });

  test('what is printed reads back as it was, by YAML 1.1 and 1.2', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'yes',
        '1e3',
        '0o7',
        '1_000',
        ' a',
        'a ',
        '- a',
        '? a',
        'a: b',
        '#',
        '!x',
        '&a',
        '*a',
        '%',
        '@',
        '`',
        '{{x}}',
        '| ',
        '12:30:45',
        '2001-01-01T00:00:00Z',
        '.5',
        '+1',
        '\n',
        'a\n\nb\n',
        '\ta',
        'a\n b \n',
      ),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc.oneof(
      fc.constantFrom('env', 'args', 'limits', 'parameters', 'steps', 'source', 'y', '1', ''),
      fc.string(),
    );
    const data = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(key, data, { minKeys: 1, maxKeys: 4 }), (given) => {
        const printed = print(given as PlainData);
        for (const version of ['1.1', '1.2'] as const)
          expect(JSON.stringify(parse(printed, { version, uniqueKeys: false }))).toBe(JSON.stringify(given));
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});
