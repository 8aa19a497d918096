import { describe, expect, test } from 'vitest';
import { formatOffset, instantOf, instantsOf, isZone, localTime, offsetSeconds } from '../../../src/core/zoned-time.ts';

const at = (iso: string): number => Date.parse(iso);
const local = (year: number, month: number, day: number, hour = 0, minute = 0) => ({
  year,
  month,
  day,
  hour,
  minute,
  second: 0,
});

describe('zoned time', () => {
  test.each([
    ['Asia/Tokyo', '2026-03-01T00:00:00Z', 9 * 3600],
    ['America/New_York', '2021-03-14T06:59:59Z', -5 * 3600],
    ['America/New_York', '2021-03-14T07:00:00Z', -4 * 3600],
    ['Asia/Kolkata', '2026-03-01T00:00:00Z', 5.5 * 3600],
    ['UTC', '2026-03-01T00:00:00Z', 0],
    ['+09:00', '2026-03-01T00:00:00Z', 9 * 3600],
    ['UTC-03:30', '2026-03-01T00:00:00Z', -3.5 * 3600],
  ])('%s at %s', (zone, iso, seconds) => expect(offsetSeconds(zone, at(iso))).toBe(seconds));

  test('local time across a year end', () => {
    expect(localTime('Asia/Tokyo', at('2025-12-31T15:00:00Z'))).toEqual(local(2026, 1, 1));
  });

  test('an hour that clocks show twice has two instants, one in the gap has none', () => {
    expect(instantsOf('America/New_York', local(2021, 11, 7, 1, 30)).map((ms) => new Date(ms).toISOString())).toEqual([
      '2021-11-07T05:30:00.000Z',
      '2021-11-07T06:30:00.000Z',
    ]);
    expect(instantsOf('America/New_York', local(2021, 3, 14, 2, 30))).toEqual([]);
  });

  test('a time in the gap moves forward by its length', () => {
    expect(new Date(instantOf('America/New_York', local(2021, 3, 14, 2, 30))).toISOString()).toBe(
      '2021-03-14T07:30:00.000Z',
    );
  });

  test.each([
    ['Asia/Tokyo', true],
    ['UTC', true],
    ['+09:00', true],
    ['JSTX', false],
    ['', false],
  ])('isZone(%s)', (zone, want) => expect(isZone(zone)).toBe(want));

  test('offsets as text', () =>
    expect([formatOffset(9 * 3600, false), formatOffset(-5.5 * 3600, true)]).toEqual(['+0900', '-05:30']));
});
