import { type GoTime, offsetOf } from './go-time.ts';
import { Refusal } from './outcome.ts';

/** Abbreviations by offset in seconds, as they have been since 1996. @see IANA tz database 2025b */
const central = { 3600: 'CET', 7200: 'CEST' };
const names: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  UTC: { 0: 'UTC' },
  'America/New_York': { [-18000]: 'EST', [-14400]: 'EDT' },
  'America/Chicago': { [-21600]: 'CST', [-18000]: 'CDT' },
  'America/Denver': { [-25200]: 'MST', [-21600]: 'MDT' },
  'America/Los_Angeles': { [-28800]: 'PST', [-25200]: 'PDT' },
  'Asia/Hong_Kong': { 28800: 'HKT' },
  'Asia/Kolkata': { 19800: 'IST' },
  'Asia/Seoul': { 32400: 'KST' },
  'Asia/Shanghai': { 28800: 'CST' },
  'Asia/Tokyo': { 32400: 'JST' },
  'Europe/Berlin': central,
  'Europe/London': { 0: 'GMT', 3600: 'BST' },
  'Europe/Madrid': central,
  'Europe/Paris': central,
  'Europe/Rome': central,
};

const SINCE = 820_454_400n * 1_000_000_000n;

/** What `MST` in a layout prints. Zones and times that are not in the table are refused. */
export function zoneAbbreviation(time: GoTime): string {
  const known = time.zone.kind === 'iana' && time.nanos >= SINCE ? names[time.zone.name] : undefined;
  const name = known?.[offsetOf(time)];
  if (name === undefined) throw new Refusal('names of time zones');
  return name;
}
