import { describe, expect, test } from 'vitest';
import { failing, play, steps } from './play.ts';

describe('call>', () => {
  test('runs the file in place, in its folder, without its time zone', async () => {
    const trace = await play({
      'w.dig': '+a:\n  v: local\n  call>: jobs/load\n+b:\n  sh>: b\n',
      'jobs/load.dig':
        'timezone: Asia/Tokyo\n_export: {x: 1}\n+s:\n  sh>: ${x} ${timezone} ${typeof v}\n+n:\n  call>: sub/more.dig\n',
      'jobs/sub/more.dig': '+q:\n  sh>: q\n',
    });
    expect(
      trace.calls.filter((call) => call.type === 'sh').map((call) => [call.task, call.command, call.workdir]),
    ).toEqual([
      ['+w+a^sub+s', '1 UTC undefined', 'jobs'],
      ['+w+a^sub+n^sub+q', 'q', 'jobs/sub'],
      ['+w+b', 'b', ''],
    ]);
  });

  test.each([
    ['nowhere', 'File not found: nowhere.dig (config)'],
    ['../w', 'File not found: ../w.dig (config)'],
  ])('call>: %s fails', async (path, message) => {
    expect((await play(`+a:\n  call>: ${path}\n`)).failed).toEqual([{ task: '+w+a', message }]);
  });
});

describe('require>', () => {
  const files = {
    'w.dig': '_export: {x: 1}\n+a:\n  require>: other\n  params: {p: 2}\n+b:\n  require>: other\n',
    'other.dig': 'timezone: Asia/Tokyo\n+t:\n  sh>: ${typeof x} ${p} ${session_time}\n',
  };

  test('starts one session of the other workflow, with its own zone and without exports', async () => {
    const trace = await play(files);
    expect(steps(trace)).toEqual(['+w+a: other', '+w+b: other']);
    expect(trace.required.map((other) => steps(other.trace))).toEqual([
      ['+other+t: undefined 2 2021-12-07T09:00:00+09:00'],
    ]);
  });

  test('fails with it', async () => {
    const trace = await play(files, { outcome: failing({ '+other+t': 1 }) });
    expect(trace.failed).toEqual([{ task: '+w+a', message: 'Dependent workflow failed.' }]);
    expect(trace.required.map((other) => other.trace.status)).toEqual(['error']);
  });

  test.each([
    ['+a:\n  require>: other\n  ignore_failure: true\n', 'success', 1],
    ['+a:\n  require>: other\n  ignore_failure: true\n+b:\n  require>: other\n  rerun_on: failed\n', 'success', 2],
    ['+a:\n  require>: nowhere\n', 'error', 0],
    ['+a:\n  require>: w\n', 'error', 0],
  ])('%s', async (dig, status, sessions) => {
    const trace = await play(
      { ...files, 'w.dig': dig.replaceAll('require>: other\n', 'require>: other\n  params: {p: 2}\n') },
      { outcome: once() },
    );
    expect([trace.status, trace.required.length]).toEqual([status, sessions]);
  });
});

/** The first call of all fails. */
function once(): () => { readonly kind: 'success' | 'failure' } {
  let first = true;
  return () => {
    const kind = first ? 'failure' : 'success';
    first = false;
    return { kind };
  };
}

test('there is no workflow of that name', async () => {
  await expect(play('+a:\n  echo>: a\n', {}, 'v')).rejects.toThrow('no workflow v');
});
