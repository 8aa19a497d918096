import { describe, expect, test } from 'vitest';
import type { ConfigMap } from '../../../src/expr/config-value.ts';
import { play, steps } from './play.ts';

describe('what a task sees', () => {
  test.each<[string, string, ConfigMap, string]>([
    ['start parameters', '+a:\n  echo>: ${x}\n', new Map([['x', 'given']]), '+w+a: given'],
    ['_export is stronger', '_export: {x: own}\n+a:\n  echo>: ${x}\n', new Map([['x', 'given']]), '+w+a: own'],
    [
      'exports are evaluated at the task',
      '_export: {v: g, w: "<${v}>"}\n+a:\n  _export: {v: l}\n  echo>: ${w}\n',
      new Map(),
      '+w+a: <l>',
    ],
    [
      'built-ins win over exports',
      '_export: {session_date: mine}\n+a:\n  echo>: ${session_date}\n',
      new Map(),
      '+w+a: 2021-12-07',
    ],
    ['own keys win over built-ins', '+a:\n  session_date: mine\n  echo>: ${session_date}\n', new Map(), '+w+a: mine'],
    [
      'maps merge',
      '_export: {o: {a: 1, b: 2}}\n+g:\n  _export: {o: {b: 3}}\n  +a:\n    echo>: ${o}\n',
      new Map(),
      '+w+g+a: {"a":1,"b":3}',
    ],
    [
      'the schedule gives last and next',
      'schedule:\n  daily>: 01:00:00\n+a:\n  echo>: ${last_session_date} ${next_session_date}\n',
      new Map(),
      '+w+a: 2021-12-06 2021-12-08',
    ],
  ])('%s', async (_, dig, params, want) => {
    expect(steps(await play(dig, { params }))).toEqual([want]);
  });
});

test('stored values reach later tasks, but not parallel ones, and go with a retry', async () => {
  const dig =
    '+g:\n  _retry: 1\n  +s:\n    py>: m.put\n  +u:\n    echo>: ${typeof v} ${typeof w}\n  +t:\n    sh>: t\n+z:\n  echo>: ${v}${typeof w}\n';
  let starts = 0;
  const trace = await play(dig, {
    outcome: (call) => {
      if (call.type === 'py') return { kind: 'success', store: new Map([[starts++ === 0 ? 'w' : 'v', 'stored']]) };
      return call.task === '+w+g+t' && call.attempt === 0 ? { kind: 'failure' } : { kind: 'success' };
    },
  });
  expect(trace.calls.filter((call) => call.type === 'echo').map((call) => call.command)).toEqual([
    'undefined string',
    'string undefined',
    'storedundefined',
  ]);
});

test('sh> gets every parameter with a usable name in its environment', async () => {
  const dig =
    '_export: {num: 5, flt: 1.0, flag: true, obj: {a: [1]}, my-key: dash}\n+a:\n  _env: {OWN: x, KEY: {secret: api.key}}\n  mode: fast\n  sh>: run\n';
  const [call] = (await play(dig)).calls;
  const env = Object.fromEntries(call?.env ?? []);
  expect(env).toMatchObject({
    num: '5',
    flt: '1.0',
    flag: 'true',
    obj: '{"a":[1]}',
    mode: 'fast',
    OWN: 'x',
    KEY: '${secret:api.key}',
    session_date: '2021-12-07',
    session_unixtime: '1638835200',
    task_name: '+w+a',
  });
  expect(env).not.toHaveProperty('my-key');
  expect(env).not.toHaveProperty('_command');
});

test('a null parameter fails sh>', async () => {
  const trace = await play('_export: {nul: null}\n+a:\n  sh>: run\n');
  expect(trace.failed).toEqual([{ task: '+w+a', message: "Parameter 'nul' is required but null (config)" }]);
});

test('a failing export fails every task below it, and the notice of the failure', async () => {
  const trace = await play('_export: {x: "${nope}"}\n+a:\n  echo>: hello\n');
  expect(trace.calls).toEqual([]);
  expect(trace.failed.map(({ task }) => task)).toEqual(['+w+a', '+w^failure-alert']);
  expect(trace.failureAlert).toBe(false);
});
