import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import type { Schedule } from '../../../src/ir/graph.ts';
import { cronFields } from '../../../src/rules/builtin/flow/cron-fields.ts';

const point = { offset: 0, line: 1, col: 1 };

function schedule(kind: Schedule['kind'], pattern: string, delaySeconds: number, timezone = 'Asia/Tokyo'): Schedule {
  return {
    kind,
    pattern,
    delaySeconds,
    timezone,
    skipOnOvertime: false,
    state: 'active',
    written: `${kind} ${pattern}`,
    span: { file: repoPath('a.dig'), start: point, end: point },
  };
}

function fields(given: Schedule): { schedules?: readonly string[]; when?: string; codes: readonly string[] } {
  const sink = new DiagnosticList();
  return { ...cronFields(given, sink), codes: sink.items.map((item) => item.code) };
}

describe('cronFields', () => {
  test.each([
    ['daily at seven', schedule('daily', '0 0 * * *', 7 * 3600), ['0 7 * * *'], []],
    ['daily beyond midnight', schedule('daily', '0 0 * * *', 26 * 3600), ['0 2 * * *'], ['SCHEDULE_BEYOND_MIDNIGHT']],
    ['hourly at ten past', schedule('hourly', '0 * * * *', 600), ['10 * * * *'], []],
    ['weekly', schedule('weekly', '0 0 * * Mon', 4 * 3600), ['0 4 * * Mon'], []],
    [
      'weekly beyond midnight moves the weekday',
      schedule('weekly', '0 0 * * Sat', 25 * 3600),
      ['0 1 * * 0'],
      ['SCHEDULE_BEYOND_MIDNIGHT'],
    ],
    ['Sunday as seven', schedule('weekly', '0 0 * * 7', 3600), ['0 1 * * 0'], []],
    ['monthly', schedule('monthly', '0 0 1 * *', 3 * 3600), ['0 3 1 * *'], []],
    ['cron as written', schedule('cron', '42 4 * * *', 0), ['42 4 * * *'], []],
    ['interval beyond the hour is hourly', schedule('minutes_interval', '*/90 * * * *', 0), ['0 * * * *'], []],
    [
      'alternatives become several schedules',
      schedule('cron', '0 1 * * * | 30 5 * * *', 0),
      ['0 1 * * *', '30 5 * * *'],
      [],
    ],
    ['seconds are said', schedule('daily', '0 0 * * *', 3600 + 30), ['0 1 * * *'], ['SCHEDULE_SECONDS']],
    [
      'clock changes are said',
      schedule('daily', '0 0 * * *', 7 * 3600, 'America/New_York'),
      ['0 7 * * *'],
      ['SCHEDULE_DST'],
    ],
    [
      'a time that comes twice a year is said',
      schedule('daily', '0 0 * * *', 3600 + 900, 'America/New_York'),
      ['15 1 * * *'],
      ['SCHEDULE_DST', 'SCHEDULE_TWICE'],
    ],
    [
      'but not of an hourly job, which Digdag starts in both hours too',
      schedule('hourly', '0 * * * *', 900, 'America/New_York'),
      ['15 * * * *'],
      ['SCHEDULE_DST'],
    ],
  ])('%s', (_, given, schedules, codes) => {
    expect(fields(given)).toEqual({ schedules, codes });
  });

  test('day of month and weekday: Digdag wants both, so a `when` keeps the weekday', () => {
    expect(fields(schedule('cron', '0 9 13 * 5', 0))).toEqual({
      schedules: ['0 9 13 * *'],
      when: "{{= int(now().In(timezone('Asia/Tokyo')).Weekday()) == 5}}",
      codes: ['SCHEDULE_DAY_AND_WEEKDAY'],
    });
  });

  test.each([
    ['0 22 L * *', "now().In(timezone('Asia/Tokyo')).AddDate(0, 0, 1).Day() == 1", ['SCHEDULE_LAST_DAY']],
    [
      '0 22 l * Mon,Fri',
      "now().In(timezone('Asia/Tokyo')).AddDate(0, 0, 1).Day() == 1 && (int(now().In(timezone('Asia/Tokyo')).Weekday()) == 1 || int(now().In(timezone('Asia/Tokyo')).Weekday()) == 5)",
      ['SCHEDULE_LAST_DAY', 'SCHEDULE_DAY_AND_WEEKDAY'],
    ],
  ])('the last day of the month: %s', (pattern, when, codes) => {
    expect(fields(schedule('cron', pattern, 0))).toEqual({
      schedules: ['0 22 28-31 * *'],
      when: `{{= ${when}}}`,
      codes,
    });
  });

  test.each([
    ['seconds_interval', schedule('seconds_interval', '30', 0)],
    ['the last day of the month beside others', schedule('cron', '0 0 1,L * *', 0)],
    ['monthly on the 31st beyond midnight', schedule('monthly', '0 0 31 * *', 25 * 3600)],
  ])('%s has no equal and says so', (_, given) => {
    expect(fields(given).schedules).toBeUndefined();
    expect(fields(given).codes).toContain('SCHEDULE_UNSUPPORTED');
  });
});
