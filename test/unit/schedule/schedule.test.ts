import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { lastSession, nextFire, nextSession, sessionOfFire } from '../../../src/session/schedule/fires.ts';
import { parseSchedule } from '../../../src/session/schedule/parse-schedule.ts';
import { readDigdagYaml } from '../../../src/yaml/digdag.ts';

function parse(text: string, timezone = 'UTC', strict = true) {
  const sink = new DiagnosticList();
  const node = readDigdagYaml({ path: repoPath('w.dig'), text }, sink);
  const schedule = node?.kind === 'map' ? parseSchedule(node, timezone, sink, { strict }) : undefined;
  return {
    schedule,
    found: sink.items.map((item) => `${item.code} ${item.span === undefined ? '' : formatPosition(item.span)}`),
  };
}

test('all options', () => {
  const { schedule, found } = parse(
    'daily>: 26:00:00\nskip_on_overtime: true\nskip_delayed_by: 1h 30m\nstart: 2024-01-01\nend: 2024-12-31\n',
    'Asia/Tokyo',
  );
  expect(found).toEqual([]);
  expect(schedule).toMatchObject({
    kind: 'daily',
    pattern: '0 0 * * *',
    delaySeconds: 93_600,
    timezone: 'Asia/Tokyo',
    skipOnOvertime: true,
    skipDelayedBySeconds: 5400,
    start: '2024-01-01',
    end: '2024-12-31',
    state: 'active',
    written: '26:00:00',
  });
});

describe('refused', () => {
  test.each([
    ['no kind', 'foo: 1\n', 'DIG_SCHEDULE_EMPTY w.dig:1:1'],
    ['an unknown kind', 'dayly>: 01:00:00\n', 'DIG_SCHEDULE_KIND w.dig:1:1'],
    ['a time without seconds', 'daily>: 07:00\n', 'DIG_SCHEDULE_VALUE w.dig:1:9'],
    ['a name for a month day', 'monthly>: L,09:00:00\n', 'DIG_SCHEDULE_VALUE w.dig:1:11'],
    ['four cron fields', 'cron>: 0 0 * *\n', 'DIG_SCHEDULE_VALUE w.dig:1:8'],
    ['an unknown option', 'cron>: 0 0 * * *\ndelay: 5\n', 'DIG_SCHEDULE_OPTION w.dig:2:1'],
    ['a date that does not exist', 'daily>: 07:00:00\nstart: 2021-02-30\n', 'DIG_SCHEDULE_DATE w.dig:2:8'],
    [
      'an end before the start',
      'daily>: 07:00:00\nstart: 2021-02-02\nend: 2021-02-01\n',
      'DIG_SCHEDULE_RANGE w.dig:3:6',
    ],
  ])('%s', (_, text, want) => {
    const { schedule, found } = parse(text);
    expect(schedule).toBeUndefined();
    expect(found).toEqual([want]);
  });

  test('an option that only fails when it is used is a warning', () => {
    const { schedule, found } = parse('daily>: 07:00:00\nskip_delayed_by: soon\n');
    expect(schedule).toBeDefined();
    expect(found).toEqual(['DIG_SCHEDULE_OPTION_VALUE w.dig:2:18']);
  });
});

// From the measured facts about Digdag 0.10.5.
describe('clock changes in New York', () => {
  test.each([
    [
      'daily> after clocks go back fires an hour early',
      'daily>: 07:00:00',
      '2021-11-07T00:00:00Z',
      '2021-11-07T11:00:00Z',
    ],
    ['daily> when clocks go forward', 'daily>: 02:30:00', '2021-03-14T05:00:00Z', '2021-03-14T07:30:00Z'],
    ['cron> in the gap', 'cron>: 30 2 * * *', '2021-03-14T05:00:00Z', '2021-03-14T07:30:00Z'],
    [
      'cron> in the doubled hour takes the second one',
      'cron>: 30 1 * * *',
      '2021-11-07T04:00:00Z',
      '2021-11-07T06:30:00Z',
    ],
  ])('%s', (_, text, after, want) => {
    const { schedule } = parse(`${text}\n`, 'America/New_York');
    const fire = nextFire(schedule!, Date.parse(after));
    expect(new Date(fire!.fireMs).toISOString()).toBe(want.replace('Z', '.000Z'));
    expect(sessionOfFire(schedule!, fire!.fireMs)).toBe(fire!.sessionMs);
  });
});

test('day of month and day of week must both match', () => {
  const { schedule } = parse('cron>: 0 9 13 * 5\n');
  expect(new Date(nextFire(schedule!, Date.parse('2024-01-01T00:00:00Z'))!.fireMs).toISOString()).toBe(
    '2024-09-13T09:00:00.000Z',
  );
});

test('the last session of an uneven weekly schedule is the flawed one of Digdag', () => {
  const { schedule } = parse('weekly>: Mon-Fri,00:00:00\n');
  const monday = Date.parse('2021-12-13T00:00:00Z');
  expect(new Date(lastSession(schedule!, monday)!).toISOString()).toBe('2021-12-11T00:00:00.000Z');
  expect(new Date(nextSession(schedule!, monday)!).toISOString()).toBe('2021-12-14T00:00:00.000Z');
});

test('a day that no month has never comes, and the search ends', () => {
  const { schedule, found } = parse('cron>: 0 0 30 2 *\n');
  expect(found).toEqual(['DIG_SCHEDULE_NEVER w.dig:1:1']);
  expect(nextFire(schedule!, 0)).toBeUndefined();
  expect(lastSession(schedule!, 0)).toBeUndefined();
});

test('the last fire is on the last day', () => {
  const { schedule } = parse('daily>: 07:00:00\nend: 2024-01-02\n');
  const fires: string[] = [];
  for (
    let fire = nextFire(schedule!, Date.parse('2023-12-31T12:00:00Z'));
    fire !== undefined;
    fire = nextFire(schedule!, fire.fireMs)
  )
    fires.push(new Date(fire.fireMs).toISOString());
  expect(fires).toEqual(['2024-01-01T07:00:00.000Z', '2024-01-02T07:00:00.000Z']);
});
