import { expect, test } from 'vitest';
import { dayWithTimeTwice } from '../../../src/core/clock-changes.ts';

test.each([
  ['America/New_York', '01:15', '2027-11-07'],
  ['America/New_York', '00:59', undefined],
  ['America/New_York', '02:00', undefined],
  ['Europe/Berlin', '02:30', '2027-10-31'],
  // Half an hour only.
  ['Australia/Lord_Howe', '01:45', '2027-04-04'],
  ['Australia/Lord_Howe', '01:15', undefined],
  ['Asia/Tokyo', '01:15', undefined],
])('%s %s: %s', (zone, time, want) => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  expect(dayWithTimeTwice(zone, hour * 3600 + minute * 60)).toBe(want);
});
