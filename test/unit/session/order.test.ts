import { expect, test } from 'vitest';
import { failing, play, steps, waits } from './play.ts';

const sh = (name: string, more = ''): string => `+${name}:\n  sh>: ${name}\n${more}`;
const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');

test('tasks of a group run one after the other, groups inside too', async () => {
  const trace = await play(`${sh('a')}+g:\n${indent(sh('b') + sh('c'))}${sh('d')}`);
  expect(waits(trace)).toEqual(['+w+a <- ', '+w+g+b <- +w+a', '+w+g+c <- +w+g+b', '+w+d <- +w+g+c']);
});

test('parallel tasks wait for what is before the group, and what is behind it waits for all', async () => {
  const trace = await play(`${sh('a')}+p:\n  _parallel: true\n${indent(sh('b') + sh('c'))}${sh('d')}`);
  expect(waits(trace)).toEqual(['+w+a <- ', '+w+p+b <- +w+a', '+w+p+c <- +w+a', '+w+d <- +w+p+b +w+p+c']);
});

test('a limit makes chunks with a barrier', async () => {
  const trace = await play(`+p:\n  _parallel: {limit: 2}\n${indent(sh('a') + sh('b') + sh('c'))}`);
  expect(waits(trace)).toEqual(['+w+p+a <- ', '+w+p+b <- ', '+w+p+c <- +w+p+a +w+p+b']);
});

test('a background task waits for nobody; the next one waits for it and for the one before it', async () => {
  const trace = await play(`${sh('a')}${sh('b', '  _background: true\n')}${sh('c')}`);
  expect(waits(trace)).toEqual(['+w+a <- ', '+w+b <- ', '+w+c <- +w+a +w+b']);
});

test('_after orders parallel tasks; a failure holds back only what waits for it', async () => {
  const trace = await play(
    `+p:\n  _parallel: true\n${indent(sh('a') + sh('b', "  _after: ['+a']\n") + sh('c'))}${sh('d')}`,
    { outcome: failing({ '+w+p+a': 1 }) },
  );
  expect(waits(trace)).toEqual(['+w+p+a <- ', '+w+p+c <- ']);
  expect(trace).toMatchObject({ status: 'error', failed: [{ task: '+w+p+a', message: 'broken (runtime)' }] });
});

test('a failure stops a sequence, and error tasks run from the inside out', async () => {
  const trace = await play(
    `_error:\n  echo>: root \${error.message}\n+g:\n  _error:\n    echo>: group\n${indent(sh('a', '  _error:\n    echo>: task\n') + sh('b'))}${sh('c')}`,
    { outcome: failing({ '+w+g+a': 1 }) },
  );
  expect(steps(trace)).toEqual([
    '+w+g+a: a',
    '+w+g+a^error: task',
    '+w+g^error: group',
    '+w^error: root broken (runtime)',
  ]);
  expect(trace.failureAlert).toBe(true);
});

test.each([
  ['the operator repeats itself', sh('a', '  _retry: 2\n'), { '+w+a': 2 }, ['+w+a', '+w+a', '+w+a'], 'success'],
  ['until no attempt is left', sh('a', '  _retry: 1\n'), { '+w+a': 2 }, ['+w+a', '+w+a'], 'error'],
  [
    'a group runs all its children again',
    `+g:\n  _retry: 1\n${indent(sh('a') + sh('b'))}`,
    { '+w+g+b': 1 },
    ['+w+g+a', '+w+g+b', '+w+g+a', '+w+g+b'],
    'success',
  ],
  [
    'retries multiply',
    `+g:\n  _retry: 1\n${indent(sh('a', '  _retry: 1\n'))}`,
    { '+w+g+a': 9 },
    ['+w+g+a', '+w+g+a', '+w+g+a', '+w+g+a'],
    'error',
  ],
  ['echo does not repeat itself', '+a:\n  _retry: 2\n  echo>: [1]\n', {}, ['+w+a'], 'error'],
] as const)('retry: %s', async (_, dig, fail, tasks, status) => {
  const trace = await play(dig, { outcome: failing(fail) });
  expect(trace.calls.map((call) => call.task)).toEqual(tasks);
  expect(trace.status).toBe(status);
  expect(trace.calls.map((call) => call.attempt)).toEqual(
    tasks.map((task, i) => tasks.slice(0, i).filter((other) => other === task).length),
  );
});

test('loops run in order, and stop at the first failure', async () => {
  const dig = '+l:\n  for_each>: {x: [1, 2], y: [a, b]}\n  _do:\n    sh>: ${x}${y}\n';
  expect(
    steps(await play(dig))
      .slice(1)
      .map((step) => step.split(': ')[1]),
  ).toEqual(['1a', '1b', '2a', '2b']);
  const failed = await play(dig, { outcome: failing({ '+w+l^sub+for-0=x=0=1&1=y=1=b': 1 }) });
  expect(failed.calls.map((call) => call.command).slice(1)).toEqual(['1a', '1b']);
});
