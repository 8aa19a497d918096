import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition, indexLines, repoPath } from '../../../src/core/source.ts';
import { text } from '../../../src/ir/build-value.ts';
import { type OperatorTask, taskId } from '../../../src/ir/graph.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { operatorRuleFor, unreadOptions } from '../../../src/rules/match.ts';

const span = indexLines({ path: repoPath('a.dig'), text: '+a:\n  sh>: x\n' }).span(6, 9);

function task(operator: string, ...options: readonly string[]): OperatorTask {
  const value = text('x', { via: 'literal', span });
  return {
    kind: 'operator',
    id: taskId('+w+a'),
    path: ['w', 'a'],
    span,
    exports: new Map(),
    background: false,
    operator,
    command: value,
    options: new Map(options.map((name) => [name, value])),
    effects: [],
  };
}

const rule = (name: string, match: string): readonly [string, string] => [
  `rules/operators/${name}.yaml`,
  `kind: operator\nid: operator-${name}\ntitle: t\nmatch: ${match}\nreads: [shell]\nunsupported: {docker: lost}\nexamples: [{dig: {sh>: x}}]\n`,
];

function load(...files: readonly (readonly [string, string])[]) {
  return loadRules(
    files.map(([path, body]) => ({ path: repoPath(path), text: body })),
    new DiagnosticList(),
  );
}

describe('the one operator rule', () => {
  const rules = load(
    rule('sh', '{operator: ^sh$}'),
    rule('py', '{operator: [^py$, ^rb$]}'),
    rule('sh-docker', '{operator: ^sh$, option: [docker]}'),
  );

  test.each([
    ['sh', [], 'operator-sh'],
    ['rb', [], 'operator-py'],
    ['shx', [], undefined],
  ])('%s', (operator, options, id) => {
    const sink = new DiagnosticList();
    expect(operatorRuleFor(rules, task(operator, ...options), sink)?.id).toBe(id);
    expect(sink.items).toEqual([]);
  });

  test('two are an error that names both and points to both files', () => {
    const sink = new DiagnosticList();
    expect(operatorRuleFor(rules, task('sh', 'docker'), sink)).toBeUndefined();
    expect(
      sink.items.map((found) => [
        formatPosition(found.span!),
        messageOf(found),
        found.related?.map((other) => formatPosition(other.span)),
      ]),
    ).toEqual([
      [
        'a.dig:2:3',
        'sh> of +w+a is matched by 2 rules: operator-sh, operator-sh-docker',
        ['rules/operators/sh.yaml:2:1', 'rules/operators/sh-docker.yaml:2:1'],
      ],
    ]);
  });

  test('options that a rule neither reads nor gives up are listed', () => {
    const sh = rules.byKind.operator.find(({ id }) => id === 'operator-sh')!;
    expect(unreadOptions(sh, task('sh', 'shell', 'docker', 'colour'))).toEqual(['colour']);
  });
});
