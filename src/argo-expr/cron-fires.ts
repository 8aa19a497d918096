import { type Cron, type CronFields, isGoZone, namesDay, readCron } from './cron.ts';
import { addDate, civilOf, type GoTime, type GoZone, goDate, offsetOf, truncate, UTC, weekdayOf } from './go-time.ts';

export interface CronSpec {
  readonly schedules: readonly string[];
  /** IANA name; without one the zone of the controller's process decides. */
  readonly timezone?: string;
}

export interface CronFire {
  readonly atMs: number;
  readonly schedule: string;
}

export type CronFires =
  | { readonly kind: 'fires'; readonly fires: readonly CronFire[] }
  | { readonly kind: 'malformed'; readonly reason: string };

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;

/**
 * The next fires after an instant (exclusive), of all schedules together; a time that two schedules name comes twice.
 * Fewer than asked for where the library gives up: nothing within five years.
 */
export function cronFires(spec: CronSpec, fromMs: number, count: number, controllerTimezone = 'UTC'): CronFires {
  const timezone = spec.timezone === undefined || spec.timezone === '' ? controllerTimezone : spec.timezone;
  if (!isGoZone(timezone)) return { kind: 'malformed', reason: `unknown time zone ${timezone}` };
  const zone: GoZone = timezone === 'UTC' ? UTC : { kind: 'iana', name: timezone };
  const fires: CronFire[] = [];
  for (const schedule of spec.schedules) {
    // The controller puts the zone before the schedule and trims the rest.
    const reading = readCron(
      spec.timezone === undefined || spec.timezone === '' ? schedule : `CRON_TZ=${timezone} ${schedule}`,
    );
    if (reading.kind === 'malformed') return reading;
    fires.push(...firesOf(reading.cron, zone, fromMs, count).map((atMs) => ({ atMs, schedule })));
  }
  return { kind: 'fires', fires: fires.sort((a, b) => a.atMs - b.atMs).slice(0, count) };
}

function firesOf(cron: Cron, zone: GoZone, fromMs: number, count: number): readonly number[] {
  const fires: number[] = [];
  let at: GoTime | undefined = { nanos: BigInt(Math.round(fromMs * 1000)) * 1000n, zone };
  while (fires.length < count) {
    at = next(cron, at);
    if (at === undefined) break;
    fires.push(Number(at.nanos / 1_000_000n));
  }
  return fires;
}

function next(cron: Cron, after: GoTime): GoTime | undefined {
  const fraction = BigInt(civilOf(after).nanosecond);
  if (cron.kind === 'every') return { ...after, nanos: after.nanos + BigInt(cron.seconds) * SECOND - fraction };
  return new Search(cron, { ...after, nanos: after.nanos + SECOND - fraction }).run();
}

/**
 * The library's search, step by step, because what it does on days when clocks change is the sum of its steps.
 * @see robfig/cron v3.0.1 spec.go, Next
 */
class Search {
  readonly #cron: CronFields;
  #at: GoTime;
  #moved = false;

  constructor(cron: CronFields, start: GoTime) {
    this.#cron = cron;
    this.#at = start;
  }

  run(): GoTime | undefined {
    const limit = civilOf(this.#at).year + 5;
    while (civilOf(this.#at).year <= limit) {
      if (this.#month() && this.#day() && this.#clock()) return this.#at;
    }
    return undefined;
  }

  /** Each step moves on to a match; false where it ran over into the next larger unit. */
  #month(): boolean {
    while (!this.#cron.month.has(civilOf(this.#at).month)) {
      this.#reset({ day: 1, hour: 0 });
      this.#at = addDate(this.#at, 0, 1, 0);
      if (civilOf(this.#at).month === 1) return false;
    }
    return true;
  }

  #day(): boolean {
    while (!this.#dayMatches()) {
      this.#reset({ hour: 0 });
      this.#at = addDate(this.#at, 0, 0, 1);
      const { hour } = civilOf(this.#at);
      // Midnight may not exist.
      if (hour !== 0) this.#add(BigInt(hour > 12 ? 24 - hour : -hour) * HOUR);
      if (civilOf(this.#at).day === 1) return false;
    }
    return true;
  }

  #dayMatches(): boolean {
    const civil = civilOf(this.#at);
    return namesDay(this.#cron, civil.day, weekdayOf(civil));
  }

  #clock(): boolean {
    const regular = this.#onRegularDay();
    if (regular !== undefined) return regular;
    while (!this.#cron.hour.has(civilOf(this.#at).hour)) {
      this.#reset({});
      this.#add(HOUR);
      if (civilOf(this.#at).hour === 0) return false;
    }
    while (!this.#cron.minute.has(civilOf(this.#at).minute)) {
      this.#truncate(MINUTE);
      this.#add(MINUTE);
      if (civilOf(this.#at).minute === 0) return false;
    }
    while (civilOf(this.#at).second !== 0) {
      this.#truncate(SECOND);
      this.#add(SECOND);
      if (civilOf(this.#at).second === 0) return false;
    }
    return true;
  }

  /** Where the offset is the same from midnight to midnight, stepping ends where arithmetic does, and takes long. Undefined on other days. */
  #onRegularDay(): boolean | undefined {
    const { hour, minute, second, nanosecond } = civilOf(this.#at);
    if (nanosecond !== 0) return undefined;
    const seconds = (hour * 60 + minute) * 60 + second;
    const midnight = { ...this.#at, nanos: this.#at.nanos - BigInt(seconds) * SECOND };
    const nextMidnight = { ...midnight, nanos: midnight.nanos + 24n * HOUR };
    if (civilOf(midnight).hour !== 0 || offsetOf(midnight) !== offsetOf(nextMidnight)) return undefined;
    const found = this.#minuteFrom(Math.ceil(seconds / 60));
    this.#moved = true;
    this.#at = found === undefined ? nextMidnight : { ...midnight, nanos: midnight.nanos + BigInt(found) * MINUTE };
    return found !== undefined;
  }

  /** The first minute of the day, not before this one, that the fields name. */
  #minuteFrom(first: number): number | undefined {
    for (let hour = Math.floor(first / 60); hour < 24; hour += 1) {
      if (!this.#cron.hour.has(hour)) continue;
      for (let minute = hour * 60 === first - (first % 60) ? first % 60 : 0; minute < 60; minute += 1)
        if (this.#cron.minute.has(minute)) return hour * 60 + minute;
    }
    return undefined;
  }

  /** Sets the smaller fields to their start, once. */
  #reset(fields: { readonly day?: number; readonly hour?: number }): void {
    if (this.#moved) return;
    this.#moved = true;
    this.#at = goDate({ ...civilOf(this.#at), ...fields, minute: 0, second: 0, nanosecond: 0 }, this.#at.zone);
  }

  #truncate(to: bigint): void {
    if (this.#moved) return;
    this.#moved = true;
    this.#at = truncate(this.#at, to);
  }

  #add(nanos: bigint): void {
    this.#at = { ...this.#at, nanos: this.#at.nanos + nanos };
  }
}
