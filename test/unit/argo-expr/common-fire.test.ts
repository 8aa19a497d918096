import { expect, test } from 'vitest';
import { commonFire } from '../../../src/argo-expr/common-fire.ts';
import { cronFires } from '../../../src/argo-expr/cron-fires.ts';

test.each([
  ['0 6 * * *', '0 18 * * *'],
  ['15 * * * *', '45 * * * *'],
  ['0 5 * * 1', '0 5 * * 2'],
  ['0 5 1 * *', '0 5 2 * *'],
  ['0 5 31 1 *', '0 5 28 2 *'],
  ['*/20 * * * *', '10-59/20 * * * *'],
])('%s and %s never meet', (a, b) => {
  expect(commonFire(a, b)).toEqual({ kind: 'never' });
});

test.each([
  ['0 6 * * *', '0 6 * * *', { month: 1, day: 1, weekday: 0, hour: 6, minute: 0 }],
  ['30 18 * * *', '30 18 * * 1', { month: 1, day: 1, weekday: 1, hour: 18, minute: 30 }],
  // No New Year's Day of the next years is a Monday.
  ['0 5 1 1 *', '0 5 * * 1', { month: 1, day: 1, weekday: 1, hour: 5, minute: 0 }],
  // Where both fields of the day are restricted, one is enough.
  ['0 5 13 * 5', '0 5 * * 5', { month: 1, day: 1, weekday: 5, hour: 5, minute: 0 }],
  ['0 0 29 2 *', '0 0 * 2 3', { month: 2, day: 29, weekday: 3, hour: 0, minute: 0 }],
  ['*/15 * * * *', '0 4 * * *', { month: 1, day: 1, weekday: 0, hour: 4, minute: 0 }],
])('%s and %s meet', (a, b, at) => {
  expect(commonFire(a, b)).toEqual({ kind: 'at', ...at });
});

test('an interval counts from the start of the controller', () => {
  expect(commonFire('@every 1h', '0 5 * * *')).toEqual({ kind: 'unknown' });
});

test('what never meets by its fields has no fire in common, also where clocks change', () => {
  const schedules = ['30 1 * * *', '30 2 * * *', '0 3 * * *', '30 0-5/2 * * 0', '15 2 29 2 *', '45 * 1-7 3 *'];
  let looked = 0;
  for (const [at, first] of schedules.entries())
    for (const second of schedules.slice(at + 1)) {
      if (commonFire(first, second).kind !== 'never') continue;
      const fires = (schedule: string): readonly number[] => {
        const found = cronFires({ schedules: [schedule], timezone: 'America/New_York' }, Date.parse('2026-01-01'), 800);
        return found.kind === 'fires' ? found.fires.map(({ atMs }) => atMs) : [];
      };
      const known = new Set(fires(first));
      looked += known.size;
      expect(fires(second).filter((ms) => known.has(ms))).toEqual([]);
    }
  expect(looked).toBeGreaterThan(1000);
});
