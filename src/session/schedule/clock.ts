import { instantOf, instantsOf, type LocalTime, localTime, utcMillis } from '../../core/zoned-time.ts';

/** Wall clock of a zone as Java's GregorianCalendar has it; beside regions it knows fixed offsets. */
export interface Clock {
  local(epochMs: number): LocalTime;
  /** In a gap the time moves forward; where clocks go back, the later of the two instants. */
  latest(local: LocalTime): number;
  /** As `latest`, but the earlier of the two: Java's ZonedDateTime. */
  earliest(local: LocalTime): number;
}

/** The clock of a zone id of Java's ZoneId. */
export function clockOf(zone: string): Clock {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) {
    const instant = (local: LocalTime): number => utcMillis(local) - fixed * 1000;
    return { local: (epochMs) => localTime('UTC', epochMs + fixed * 1000), latest: instant, earliest: instant };
  }
  return {
    local: (epochMs) => localTime(zone, epochMs),
    latest: (local) => instantsOf(zone, local).at(-1) ?? instantOf(zone, local),
    earliest: (local) => instantOf(zone, local),
  };
}

/** The zone in which cron patterns match: java.util.TimeZone does not know `UTC+09:00` and takes GMT in silence. */
export function timeZoneOf(zone: string): string {
  return /^UTC?[-+]/.test(zone) ? 'UTC' : zone;
}

function fixedOffset(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'UT' || zone === 'UTC' || zone === 'GMT') return 0;
  const found = /^(?:UTC|GMT|UT)?([-+])(\d\d):(\d\d)(?::(\d\d))?$/.exec(zone);
  if (found === null) return undefined;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return found[1] === '-' ? -seconds : seconds;
}
