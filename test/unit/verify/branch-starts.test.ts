import { expect, test } from 'vitest';
import { localTime } from '../../../src/core/zoned-time.ts';
import type { Start } from '../../../src/verify/effect.ts';
import { hasBranches, sessionsOfAYear, startsOfOtherShape } from '../../../src/verify/legacy/branch-starts.ts';
import { LegacyPlayer } from '../../../src/verify/legacy/play.ts';
import { activeSchedule } from '../../../src/verify/legacy/schedule.ts';
import { defaultStarts, type StartOptions } from '../../../src/verify/legacy/starts.ts';
import { samplePlatform } from './platform.ts';

const platform = samplePlatform('shop-batch');
const player = new LegacyPlayer(platform);
const environment = 'prd';

function jobOf(name: string) {
  const dig = player.workflow(environment, name);
  if (dig === undefined) throw new Error(`no ${name}`);
  const options: StartOptions = {
    environment,
    timezone: dig.timezone,
    fromMs: Date.parse('2026-11-24T00:00:00Z'),
    target: 'time',
  };
  return { dig, schedule: activeSchedule(dig, environment, platform.config), options };
}

function local(start: Start, zone: string) {
  return localTime(zone, Date.parse(start.sessionTime));
}

test.each(['inventory_sync', 'search_index', 'kpi_report'])('the sessions of %s over a year have every day', (name) => {
  const { dig, schedule, options } = jobOf(name);
  const sessions = sessionsOfAYear(schedule, options).map((start) => ({ ...local(start, dig.timezone), start }));
  expect(new Set(sessions.map(({ day }) => day)).size).toBe(31);
  expect(new Set(sessions.map(({ month }) => month)).size).toBe(12);
  const weekday = ({ year, month, day }: (typeof sessions)[number]) =>
    new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  expect(new Set(sessions.map(weekday)).size).toBe(7);
  expect(new Set(sessions.map(({ hour }) => hour)).size).toBe(name === 'kpi_report' ? 1 : 24);
});

test('a job without schedule is asked for two months of days', () => {
  const { options } = jobOf('kpi_report');
  const sessions = sessionsOfAYear(undefined, options);
  expect(new Set(sessions.map((start) => local(start, options.timezone).day)).size).toBe(31);
  expect(sessions.every(({ targetDate }) => targetDate?.slice(11) === '00:00:00+09:00')).toBe(true);
});

test('the step that runs at 23 h is reached by one more session', async () => {
  const { dig, schedule, options } = jobOf('inventory_sync');
  const usual = defaultStarts(schedule, options);
  const tasks = ({ sessionTime }: Start) => player.tasks({ environment, workflow: 'inventory_sync', sessionTime });
  const found = await startsOfOtherShape(usual, sessionsOfAYear(schedule, options), 4, tasks);
  expect(found.map((start) => local(start, dig.timezone).hour)).toEqual([23]);
});

test('jobs whose tasks are the same at every session are not searched', () => {
  expect(['inventory_sync', 'daily_sales'].map((name) => hasBranches(jobOf(name).dig))).toEqual([true, false]);
});
