import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox, type SandboxResult } from '../../../src/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ milliseconds: 200, megabytes: 32 });
});
afterAll(() => sandbox.dispose());

function run(expression: string, zone = 'Asia/Tokyo', now?: number): SandboxResult {
  return sandbox.run({
    source: `with(this){return (${expression})}`,
    params: '{"x":5}',
    zone,
    ...(now === undefined ? {} : { now }),
  });
}
const value = (text: string): SandboxResult => ({ kind: 'value', text });

describe('dates are in the zone of the run', () => {
  test.each([
    ['Asia/Tokyo', "moment('2021-12-07').format()", '2021-12-07T00:00:00+09:00'],
    ['America/New_York', "moment('2021-07-01').format()", '2021-07-01T00:00:00-04:00'],
    ['Europe/London', 'new Date(0).getTimezoneOffset()', '-60'],
    ['+09:00', 'new Date(2021, 11, 7).toISOString()', '2021-12-06T15:00:00.000Z'],
    // ES5: an ambiguous time is the second one, a time in a gap lies before it, an ISO text without offset is UTC.
    ['America/New_York', 'new Date(2021, 10, 7, 1, 30).toISOString()', '2021-11-07T06:30:00.000Z'],
    ['America/New_York', 'new Date(2021, 2, 14, 2, 30).toISOString()', '2021-03-14T06:30:00.000Z'],
    ['America/New_York', "new Date('2021-12-07T00:00:00').toISOString()", '2021-12-07T00:00:00.000Z'],
  ])('%s %s', (zone, expression, want) => {
    expect(run(expression, zone)).toEqual(value(want));
  });

  test('an unknown zone is a failure', () => {
    expect(run('1', 'Mars/Olympus')).toEqual({
      kind: 'failed',
      reason: 'zone',
      message: 'unknown time zone Mars/Olympus',
    });
  });
});

describe('one run cannot see another', () => {
  test.each([
    ['a new global', 'leak = 5', 'typeof leak', 'undefined'],
    ['a changed prototype', 'String.prototype.trim = function () { return 1 }', "' a '.trim()", 'a'],
    ['a changed library', 'moment.unix = null', 'moment.unix(0).unix()', '0'],
    ['a replaced built-in', 'JSON = 5', 'JSON.stringify([1])', '[1]'],
  ])('%s', (_, first, second, want) => {
    expect(run(first).kind).toBe('value');
    expect(run(second)).toEqual(value(want));
  });
});

describe('a text that moment has parsed before', () => {
  const moment = "moment('2021-12-07T00:00:00+09:00')";
  test.each([
    ['is not changed by what was done with it', `${moment}.add(1, 'days').format()`, '2021-12-08T00:00:00+09:00'],
    ['keeps no list of another', `${moment}._pf.parsedDateParts.push(1)`, '7'],
    ['keeps no mark of another', `(${moment}._pf.iso = 5) && ${moment}._pf.iso`, 'true'],
    ['is apart from its twin', `${moment}.add(1, 'hours').diff(${moment})`, '3600000'],
    ['says how it was made', `JSON.stringify(${moment}.creationData().input)`, '"2021-12-07T00:00:00+09:00"'],
    ['may be none', "moment('2021-02-30').isValid() + moment('2021-02-30').format()", 'falseInvalid date'],
  ])('%s', (_, expression, want) => {
    expect(run(expression)).toEqual(value(want));
    expect(run(expression)).toEqual(value(want));
  });

  test('is parsed again in another zone', () => {
    expect(run("moment('2021-12-07').valueOf()", 'UTC')).toEqual(value('1638835200000'));
    expect(run("moment('2021-12-07').valueOf()", 'Asia/Tokyo')).toEqual(value('1638802800000'));
  });

  test('is parsed again where the clock says its day', () => {
    const noon = "moment('Jan 5 12:00', 'MMM D HH:mm').year() + moment(undefined).year()";
    expect(run(noon, 'UTC', Date.UTC(2020, 1, 1))).toEqual(value('4040'));
    expect(run(noon, 'UTC', Date.UTC(2022, 1, 1))).toEqual(value('4044'));
    expect(run("moment('2021-W05').format('GGGG-[W]WW')", 'UTC')).toEqual(value('2021-W05'));
  });
});

describe('limits', () => {
  test('time', () => {
    expect(run('(function(){while(true){}})()')).toEqual({
      kind: 'failed',
      reason: 'limit',
      message: 'ran out of time or memory',
    });
    expect(run('x + 1')).toEqual(value('6'));
  });
  test('memory', () => {
    expect(run("(function(){ var s = 'x'; for (;;) s += s; })()")).toMatchObject({ kind: 'failed' });
    expect(run('(function(){ var a = []; for (;;) a.push([1, 2, 3]); })()')).toMatchObject({
      kind: 'failed',
      reason: 'limit',
    });
    expect(run('x + 1')).toEqual(value('6'));
  });
  test.each(["new Array(1e9).join('x')", "'x'.repeat(1e9)", 'new Array(1e9).indexOf(5)'])(
    'an array of nothing but length: %s',
    (expression) => {
      expect(run(expression)).toEqual({ kind: 'failed', reason: 'exception', message: 'RangeError: array too long' });
    },
  );
  test('a pattern that never ends', () => {
    expect(run("/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')")).toMatchObject({
      kind: 'failed',
      reason: 'limit',
    });
  });
  test('depth', () => {
    expect(run('(function f(){return f()})()')).toEqual({
      kind: 'failed',
      reason: 'exception',
      message: 'InternalError: stack overflow',
    });
  });
});

describe('the clock', () => {
  test.each(['moment().format()', 'new Date().getFullYear()', 'Math.random()', "moment('12:00', 'HH:mm').format()"])(
    '%s is refused',
    (expression) => {
      expect(run(expression)).toEqual({
        kind: 'failed',
        reason: 'clock',
        message: 'the result depends on the time of evaluation',
      });
    },
  );
  test('reading it without using it is no matter', () => {
    expect(run("moment('2021-12', 'YYYY-MM').format('YYYY-MM')")).toEqual(value('2021-12'));
    expect(run('moment().year() > 1')).toEqual(value('true'));
  });
  test('the caller may set it', () => {
    expect(run('moment().format()', 'UTC', 0)).toEqual(value('1970-01-01T00:00:00+00:00'));
  });
});

test.each(['require', 'process', 'globalThis', 'Symbol', 'Promise', 'console', 'setTimeout', 'Map', 'Intl'])(
  'there is no %s',
  (name) => {
    expect(run(`typeof ${name}`)).toEqual(value('undefined'));
  },
);

test('thrown errors keep their kind', () => {
  expect(run('nope')).toEqual({
    kind: 'failed',
    reason: 'exception',
    message: "ReferenceError: 'nope' is not defined",
  });
  expect(run('(function(){throw "x"})()')).toEqual({ kind: 'failed', reason: 'exception', message: 'x' });
});
