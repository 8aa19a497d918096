import type { CalendarUnit } from '../ir/session-expr.ts';
import { zoneTable } from '../sandbox/zones.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** An instant as moment 2.21.0 holds it: epoch milliseconds, looked at from a zone. Months count from 0, days from Sunday. */
export class MomentClock {
  readonly ms: number;
  readonly zone: string;

  constructor(ms: number, zone: string) {
    this.ms = ms;
    this.zone = zone;
  }

  /** Minutes ahead of UTC. */
  get offset(): number {
    return -minutesBehind(this.zone, this.ms);
  }

  get year(): number {
    return this.#local().getUTCFullYear();
  }
  get month(): number {
    return this.#local().getUTCMonth();
  }
  get quarter(): number {
    return Math.ceil((this.month + 1) / 3);
  }
  get date(): number {
    return this.#local().getUTCDate();
  }
  get day(): number {
    return this.#local().getUTCDay();
  }
  get hour(): number {
    return this.#local().getUTCHours();
  }
  get minute(): number {
    return this.#local().getUTCMinutes();
  }
  get second(): number {
    return this.#local().getUTCSeconds();
  }
  get millisecond(): number {
    return this.#local().getUTCMilliseconds();
  }
  get isoWeekday(): number {
    return this.day === 0 ? 7 : this.day;
  }
  get dayOfYear(): number {
    return Math.floor((utc(this.year, this.month, this.date) - utc(this.year, 0, 1)) / DAY) + 1;
  }

  /** Week and year of the week: ISO weeks, or English ones (week 1 holds 1 January, weeks begin on Sunday). */
  week(kind: 'iso' | 'english'): { readonly week: number; readonly year: number } {
    const first = (year: number): number => {
      const anchor = kind === 'iso' ? utc(year, 0, 4) : utc(year, 0, 1);
      const day = new Date(anchor).getUTCDay();
      return anchor - (kind === 'iso' ? (day + 6) % 7 : day) * DAY;
    };
    const today = utc(this.year, this.month, this.date);
    const year = today >= first(this.year + 1) ? this.year + 1 : today < first(this.year) ? this.year - 1 : this.year;
    return { week: Math.floor((today - first(year)) / (7 * DAY)) + 1, year };
  }

  at(zone: string): MomentClock {
    return new MomentClock(this.ms, zone);
  }

  add(amount: number, unit: CalendarUnit): MomentClock {
    switch (unit) {
      case 'year':
        return amount === 0 ? this : this.withMonth(this.month + amount * 12);
      case 'quarter':
        return amount === 0 ? this : this.withMonth(this.month + amount * 3);
      case 'month':
        return amount === 0 ? this : this.withMonth(this.month + amount);
      case 'week':
      case 'isoWeek':
        return amount === 0 ? this : this.withDate(this.date + amount * 7);
      case 'day':
        return amount === 0 ? this : this.withDate(this.date + amount);
      case 'hour':
        return this.addMilliseconds(amount * 60 * MINUTE);
      case 'minute':
        return this.addMilliseconds(amount * MINUTE);
      case 'second':
        return this.addMilliseconds(amount * 1000);
    }
  }

  addMilliseconds(amount: number): MomentClock {
    return new MomentClock(this.ms + amount, this.zone);
  }

  startOf(unit: CalendarUnit): MomentClock {
    switch (unit) {
      case 'year':
        return this.withMonth(0).withDate(1).startOf('day');
      case 'quarter': {
        const start = this.withDate(1).startOf('day');
        return start.withMonth(Math.floor(start.month / 3) * 3);
      }
      case 'month':
        return this.withDate(1).startOf('day');
      case 'week': {
        const start = this.startOf('day');
        return start.add(-start.day, 'day');
      }
      case 'isoWeek': {
        const start = this.startOf('day');
        return start.withIsoWeekday(1);
      }
      case 'day':
        return this.withHour(0).startOf('hour');
      case 'hour':
        return this.withMinute(0).startOf('minute');
      case 'minute':
        return this.withSecond(0).startOf('second');
      case 'second':
        return this.#set((local) => local.setUTCMilliseconds(0));
    }
  }

  endOf(unit: CalendarUnit): MomentClock {
    return this.startOf(unit)
      .add(1, unit === 'isoWeek' ? 'week' : unit)
      .addMilliseconds(-1);
  }

  /** The day of the month stays, or becomes the last one of a shorter month. */
  withMonth(month: number): MomentClock {
    const date = Math.min(this.date, daysInMonth(this.year, month));
    return this.#set((local) => local.setUTCMonth(month, date));
  }

  withYear(year: number): MomentClock {
    const { month } = this;
    return this.#set((local) =>
      month === 1 && local.getUTCDate() === 29
        ? local.setUTCFullYear(year, month, daysInMonth(year, month))
        : local.setUTCFullYear(year),
    );
  }

  withDate(date: number): MomentClock {
    return this.#set((local) => local.setUTCDate(date));
  }

  withDay(day: number): MomentClock {
    return this.add(day - this.day, 'day');
  }

  withIsoWeekday(day: number): MomentClock {
    return this.withDay(this.day % 7 === 0 ? day - 7 : day);
  }

  withHour(hour: number): MomentClock {
    return this.#set((local) => local.setUTCHours(hour));
  }

  withMinute(minute: number): MomentClock {
    return this.#set((local) => local.setUTCMinutes(minute));
  }

  withSecond(second: number): MomentClock {
    return this.#set((local) => local.setUTCSeconds(second));
  }

  /** Whole units from `from` to this instant, cut towards zero. */
  diff(from: MomentClock, unit: CalendarUnit): number {
    const delta = this.ms - from.ms;
    const zoneDelta = (from.offset - this.offset) * MINUTE;
    const whole = (n: number): number => (n < 0 ? Math.ceil(n) || 0 : Math.floor(n));
    switch (unit) {
      case 'year':
        return whole(this.#months(from) / 12);
      case 'quarter':
        return whole(this.#months(from) / 3);
      case 'month':
        return whole(this.#months(from));
      case 'week':
      case 'isoWeek':
        return whole((delta - zoneDelta) / (7 * DAY));
      case 'day':
        return whole((delta - zoneDelta) / DAY);
      case 'hour':
        return whole(delta / (60 * MINUTE));
      case 'minute':
        return whole(delta / MINUTE);
      case 'second':
        return whole(delta / 1000);
    }
  }

  /** moment's monthDiff(this, from). */
  #months(from: MomentClock): number {
    const apart = (from.year - this.year) * 12 + (from.month - this.month);
    const anchor = this.add(apart, 'month');
    const other = from.ms - anchor.ms < 0 ? this.add(apart - 1, 'month') : this.add(apart + 1, 'month');
    const adjust =
      from.ms - anchor.ms < 0
        ? (from.ms - anchor.ms) / (anchor.ms - other.ms)
        : (from.ms - anchor.ms) / (other.ms - anchor.ms);
    return -(apart + adjust) || 0;
  }

  #local(): Date {
    return new Date(this.ms - minutesBehind(this.zone, this.ms) * MINUTE);
  }

  #set(change: (local: Date) => void): MomentClock {
    const local = this.#local();
    change(local);
    return new MomentClock(toUtc(this.zone, local.getTime()), this.zone);
  }
}

function daysInMonth(year: number, month: number): number {
  return new Date(utc(year, month + 1, 0)).getUTCDate();
}

function utc(year: number, month: number, date: number): number {
  return new Date(0).setUTCFullYear(year, month, date);
}

/** As ES5 and Digdag's engines do it: an ambiguous time is the second of the two, a time in a gap is taken back over it. */
function toUtc(zone: string, local: number): number {
  return local + minutesBehind(zone, local + standardBehind(zone) * MINUTE) * MINUTE;
}

function minutesBehind(zone: string, ms: number): number {
  const table = tableOf(zone);
  let low = 0;
  let high = table.untils.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ms < (table.untils[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return table.offsets[low] ?? 0;
}

/** The zone's standard time: the later of its two offsets where it has summer time to this day. */
function standardBehind(zone: string): number {
  const { offsets, untils } = tableOf(zone);
  const last = offsets.at(-1) ?? 0;
  return (untils.at(-2) ?? 0) > 2e12 ? Math.max(last, offsets.at(-2) ?? last) : last;
}

function tableOf(zone: string): NonNullable<ReturnType<typeof zoneTable>> {
  const table = zoneTable(zone);
  if (table === undefined) throw new RangeError(`unknown time zone ${zone}`);
  return table;
}
