import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { compileProject, compileSubtask, compileWorkflow } from '../../../src/dig/compile-workflow.ts';
import { loadDig } from '../../../src/dig/load.ts';
import type { DigTask } from '../../../src/dig/types.ts';
import { digUnits } from '../../../src/dig/units.ts';
import { readDigdagYaml } from '../../../src/yaml/digdag.ts';

function compile(files: Readonly<Record<string, string>>) {
  const sink = new DiagnosticList();
  const loaded = loadDig(repoPath('w.dig'), (path) => files[path], sink);
  const workflow = loaded === undefined ? undefined : compileWorkflow(loaded, 'w', sink);
  return {
    loaded,
    workflow,
    sink,
    found: sink.items.map((item) => `${item.code} ${item.span === undefined ? '' : formatPosition(item.span)}`),
  };
}

function child(task: DigTask | undefined, ...names: readonly string[]): DigTask | undefined {
  return names.reduce<DigTask | undefined>((at, name) => at?.children.find((one) => one.name === name), task);
}

describe('refused', () => {
  test.each([
    ['a group key', '+g:\n  _paralel: true\n  +x: {echo>: y}\n', ['DIG_GROUP_KEY w.dig:2:3']],
    ['a top-level key', 'scedule: {}\n+x: {echo>: y}\n', ['DIG_TOP_LEVEL_KEY w.dig:1:1']],
    ['a time zone', 'timezone: JST\n+x: {echo>: y}\n', ['DIG_TIMEZONE w.dig:1:11']],
    ['a task name', '+a b: {echo>: y}\n', ['DIG_TASK_NAME w.dig:1:1']],
    ['an empty task', '+a:\n', ['DIG_NULL w.dig:1:1']],
    ['a task that is text', '+g:\n  +a: x\n', ['DIG_NOT_TASK w.dig:2:7']],
    ['two operators', '+a:\n  sh>: x\n  echo>: y\n', ['DIG_TWO_OPERATORS w.dig:3:3']],
    ['an operator with tasks', '+a:\n  sh>: x\n  +b: {echo>: y}\n', ['DIG_OPERATOR_WITH_TASKS w.dig:2:3']],
    [
      '_after in a serial group',
      '+a: {echo>: a}\n+b: {echo>: b, _after: ["+a"]}\n',
      ['DIG_AFTER_NOT_PARALLEL w.dig:2:16'],
    ],
    [
      '_after of a later task',
      '+g:\n  _parallel: true\n  +a: {echo>: a, _after: ["+b"]}\n  +b: {echo>: b}\n',
      ['DIG_AFTER_UNKNOWN w.dig:3:27'],
    ],
    ['_parallel as a number', '+g:\n  _parallel: 2\n  +a: {echo>: a}\n', ['DIG_PARALLEL w.dig:2:14']],
    [
      '_background below _parallel',
      '+g:\n  _parallel: true\n  +a: {echo>: a, _background: true}\n',
      ['DIG_BACKGROUND_IN_PARALLEL w.dig:3:18'],
    ],
    ['a bad _error', '+a:\n  sh>: x\n  _error:\n    foo: 1\n', ['DIG_GROUP_KEY w.dig:4:5']],
    [
      'several mistakes at once',
      '+a: {sh>: x, echo>: y}\n+b: {foo: 1}\n',
      ['DIG_TWO_OPERATORS w.dig:1:14', 'DIG_GROUP_KEY w.dig:2:6'],
    ],
  ])('%s', (_, text, want) => {
    const { workflow, found } = compile({ 'w.dig': text });
    expect(workflow).toBeUndefined();
    expect(found).toEqual(want);
  });

  test('with the key that was meant', () => {
    const { sink } = compile({ 'w.dig': '+g:\n  _paralel: true\n  +x: {echo>: y}\n' });
    expect(sink.items[0]?.hint).toContain('did you mean _parallel');
  });

  test.each([
    ['missing', '!include : p.yml\n', 'DIG_INCLUDE_MISSING w.dig:1:12'],
    ['outside', '!include : ../p.yml\n', 'DIG_INCLUDE_OUTSIDE w.dig:1:12'],
    ['in itself', '!include : w.dig\n', 'DIG_INCLUDE_CYCLE w.dig:1:12'],
    ['as a value', 'a: !include p.yml\n', 'DIG_INCLUDE_VALUE w.dig:1:4'],
  ])('an include %s', (_, text, want) => {
    expect(compile({ 'w.dig': text }).found).toEqual([want]);
  });
});

test('a node from an include keeps its own file, and what it replaces is not forgotten', () => {
  const { loaded, workflow } = compile({
    'w.dig': '_export:\n  !include : conf/v.yml\n  a: 9\n+t:\n  sh>: x\n',
    'conf/v.yml': 'a: 1\n# the bucket\nb: 2\n',
  });
  expect(loaded?.files).toEqual(['w.dig', 'conf/v.yml']);
  expect(workflow?.exports?.entries.map((entry) => [entry.key, formatPosition(entry.keySpan), entry.comment])).toEqual([
    ['a', 'w.dig:3:3', undefined],
    ['b', 'conf/v.yml:3:1', 'the bucket'],
  ]);
  expect(loaded?.replaced.map((entry) => formatPosition(entry.keySpan))).toEqual(['conf/v.yml:1:1']);
  expect(digUnits(loaded!).map((unit) => `${unit.kind} ${unit.label} ${formatPosition(unit.span)}`)).toEqual([
    'dig-key _export w.dig:1:1',
    'dig-key _export.!include w.dig:2:3',
    'dig-value _export.!include w.dig:2:14',
    'dig-key _export.a w.dig:3:3',
    'dig-value _export.a w.dig:3:6',
    'dig-key +t w.dig:4:1',
    'dig-key +t.sh> w.dig:5:3',
    'dig-value +t.sh> w.dig:5:8',
    'dig-key a conf/v.yml:1:1',
    'dig-value a conf/v.yml:1:4',
    'dig-key b conf/v.yml:3:1',
    'dig-value b conf/v.yml:3:4',
  ]);
});

test('a task carries its operator, parameters and directives', () => {
  const { workflow } = compile({
    'w.dig':
      '# nightly\n\n+g:\n  # loads it\n  +a:\n    sh>: x\n    _env: {A: b}\n    _retry: 2\n    shell: [bash]\n    _error: {echo>: e}\n  +b: {echo>: y, _background: true}\n  +c: {_disable: true, sh>: z}\n',
  });
  expect(workflow?.headComment).toBe('nightly');
  const a = child(workflow?.root, '+g', '+a');
  expect(a).toMatchObject({
    fullName: '+w+g+a',
    index: 2,
    comment: 'loads it',
    kind: 'operator',
    operator: { type: 'sh', command: { value: 'x' } },
    retry: { value: 2 },
    background: false,
    upstreams: [],
  });
  expect(a?.local.map((entry) => entry.key)).toEqual(['shell']);
  expect(a?.error?.entries[0]?.key).toBe('echo>');
  expect(child(workflow?.root, '+g', '+b')).toMatchObject({ background: true, upstreams: [] });
  expect(child(workflow?.root, '+g', '+c')).toMatchObject({ disabled: true, kind: 'group', upstreams: [2, 3] });
});

test('what loads and fails when it runs is a warning', () => {
  const { workflow, found } = compile({ 'w.dig': '+a:\n  sh>: x\n  _export: 5\n' });
  expect(workflow).toBeDefined();
  expect(found).toEqual(['DIG_FAILS_AT_RUN w.dig:3:3']);
});

describe('a schedule that is commented out', () => {
  test.each([
    [
      'a block',
      'timezone: UTC\n# schedule:\n#   daily>: 07:00:00\n#   skip_on_overtime: true\n+a: {sh>: x}\n',
      'daily',
      '07:00:00',
      'w.dig:2:1',
    ],
    [
      'one line below a schedule of nothing',
      '+a: {sh>: x}\n#schedule:\n#  cron>: 0 4 * * *\n',
      'cron',
      '0 4 * * *',
      'w.dig:2:1',
    ],
    [
      'with text before it',
      '# off until the move\n# schedule:\n#   hourly>: "30:00"\n+a: {sh>: x}\n',
      'hourly',
      '"30:00"',
      'w.dig:2:1',
    ],
  ])('%s', (_, text, operator, written, at) => {
    const found = compile({ 'w.dig': text }).workflow?.commentedSchedule;
    expect(found).toMatchObject({ operator, written });
    expect(found === undefined ? '' : formatPosition(found.span)).toBe(at);
    const value = found?.node.entries[0]?.value.span;
    expect(text.slice(value?.start.offset, value?.end.offset)).toBe(written);
  });

  test('prose about schedules is none', () => {
    expect(
      compile({ 'w.dig': '# schedule: see the wiki\n# daily> was tried\n+a: {sh>: x}\n' }).workflow?.commentedSchedule,
    ).toBeUndefined();
  });
});

test('a project holds the .dig files of its folder alone', () => {
  const files: Record<string, string> = {
    'p/b.dig': '+x: {echo>: 1}\n',
    'p/a.dig': '+x: {echo>: 1}\n',
    'p/sub/c.dig': 'k: v\n',
    'p/.h.dig': 'k: v\n',
    'p/bad.dig': 'k: v\n',
  };
  const sink = new DiagnosticList();
  const workflows = compileProject('p', Object.keys(files).map(repoPath), (path) => files[path], sink);
  expect(workflows.map((workflow) => workflow.name)).toEqual(['a', 'b']);
  expect(sink.items.map((item) => `${item.code} ${item.span?.file}`)).toEqual(['DIG_TOP_LEVEL_KEY p/bad.dig']);
});

test('a generated task counts from itself', () => {
  const sink = new DiagnosticList();
  const node = readDigdagYaml(
    { path: repoPath('w.dig'), text: '_parallel: {limit: 1}\n+a: {echo>: 1}\n+b: {echo>: 2}\n' },
    sink,
  );
  const task = node?.kind === 'map' ? compileSubtask(node, '+w+l', '^sub', sink) : undefined;
  expect(task?.children.map(({ fullName, index, upstreams }) => ({ fullName, index, upstreams }))).toEqual([
    { fullName: '+w+l^sub+a', index: 1, upstreams: [] },
    { fullName: '+w+l^sub+b', index: 2, upstreams: [1] },
  ]);
});
