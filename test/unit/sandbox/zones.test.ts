import { expect, test } from 'vitest';
import { offsetSeconds } from '../../../src/core/zoned-time.ts';
import { zoneTable } from '../../../src/sandbox/zones.ts';

function behind(zone: string, ms: number): number | undefined {
  const table = zoneTable(zone);
  return table?.offsets[table.untils.findIndex((until) => until === null || ms < until)];
}

test.each([
  'Asia/Tokyo',
  'America/New_York',
  'Europe/London',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
])('%s agrees with the zones of Node', (zone) => {
  let looked = 0;
  for (let ms = Date.UTC(1990, 0, 1); ms < Date.UTC(2025, 0, 1); ms += 20 * 86_400_000) {
    expect(behind(zone, ms)).toBe(0 - offsetSeconds(zone, ms) / 60);
    looked += 1;
  }
  expect(looked).toBeGreaterThan(600);
});

test.each([
  ['UTC+9', -540],
  ['+05:30', -330],
  ['GMT-3', 180],
  ['Z', 0],
  ['Japan', -540],
])('%s', (zone, minutes) => {
  expect(behind(zone, 0)).toBe(minutes);
});

test.each(['', 'Nowhere', 'UTC+'])('%o is no zone', (zone) => {
  expect(zoneTable(zone)).toBeUndefined();
});
