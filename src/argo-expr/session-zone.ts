import { localTime, offsetSeconds, utcMillis } from '../core/zoned-time.ts';

/** What a zone's clock changes allow to be computed exactly. */
export interface ZoneFacts {
  /** One offset all the time. */
  readonly fixed: boolean;
  /** No clock change touches midnight, so that each day begins at 00:00 and shifts by days keep their date. */
  readonly daysBeginAtMidnight: boolean;
  /** Seconds by which the zone's full hours differ from UTC's; undefined where that changes. */
  readonly pastFullHour: number | undefined;
}

/** Sessions outside these years are not considered. */
const FROM = Date.UTC(2020, 0, 1);
const TO = Date.UTC(2041, 0, 1);
const WEEK = 7 * 86_400_000;

const known = new Map<string, ZoneFacts>();

export function zoneFacts(zone: string): ZoneFacts {
  const found = known.get(zone);
  if (found !== undefined) return found;
  const facts = findFacts(zone);
  known.set(zone, facts);
  return facts;
}

function findFacts(zone: string): ZoneFacts {
  const offsets = new Set<number>();
  let daysBeginAtMidnight = true;
  let before = offsetSeconds(zone, FROM);
  offsets.add(before);
  for (let at = FROM; at < TO; at += WEEK) {
    const after = offsetSeconds(zone, at + WEEK);
    if (after === before) continue;
    if (!keepsDate(zone, changeBetween(zone, at, at + WEEK), before, after)) daysBeginAtMidnight = false;
    offsets.add(after);
    before = after;
  }
  const past = new Set([...offsets].map((offset) => ((offset % 3600) + 3600) % 3600));
  const [pastFullHour] = past;
  return { fixed: offsets.size === 1, daysBeginAtMidnight, pastFullHour: past.size === 1 ? pastFullHour : undefined };
}

function changeBetween(zone: string, start: number, end: number): number {
  const before = offsetSeconds(zone, start);
  let [low, high] = [start, end];
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetSeconds(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * True where no midnight is skipped or comes twice. Skipped times are moved by the length of the gap, one way or the
 * other; that must not change their date.
 */
function keepsDate(zone: string, change: number, before: number, after: number): boolean {
  const length = Math.abs(after - before) * 1000;
  const wall = utcMillis(localTime(zone, change - 1000)) + 1000;
  const [first, last] = after > before ? [wall - length, wall + 2 * length - 1] : [wall - length - 1, wall];
  return new Date(first).toISOString().slice(0, 10) === new Date(last).toISOString().slice(0, 10);
}
