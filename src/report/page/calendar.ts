import type { PageSchedule } from './data.ts';

/** One start of a job: when, and for which session (Digdag only). Milliseconds since 1970. */
export interface PageFire {
  readonly at: number;
  readonly session?: number;
}

export interface CalendarDay {
  /** `2026-03-01`, in the job's time zone. */
  readonly day: string;
  readonly legacy: readonly PageFire[];
  readonly argo: readonly PageFire[];
}

const DAY_MS = 86_400_000;

/** Starts of both sides on each of the next days, from the day of `now` on, in the zone of the schedule. */
export function calendarDays(schedule: PageSchedule, now: number, days: number): readonly CalendarDay[] {
  const { calendar, timezone } = schedule;
  if (calendar === undefined) return [];
  const zone = zoneClock(timezone);
  const first = zone.dayOf(now);
  const from = zone.instants(first, 0, 0).all[0] ?? now;
  const to = from + (days + 1) * DAY_MS;
  const legacy =
    calendar.legacy === undefined || !calendar.legacy.active
      ? []
      : legacyFires(calendar.legacy, zone, from, to).filter((fire) => isInRange(zone.dayOf(fire.at), calendar.legacy));
  const argo = schedule.suspended ? [] : argoFires(calendar.argo, zone, from, to);
  return Array.from({ length: days }, (_, at) => {
    const day = addDays(first, at);
    const onDay = (fire: PageFire): boolean => zone.dayOf(fire.at) === day;
    return { day, legacy: legacy.filter(onDay), argo: argo.filter(onDay) };
  });
}

function isInRange(day: string, range: { readonly start?: string; readonly end?: string } | undefined): boolean {
  return (range?.start === undefined || day >= range.start) && (range?.end === undefined || day <= range.end);
}

/** Digdag: a session at each time of the pattern, a start when the delay has passed. */
function legacyFires(
  { kind, pattern, delaySeconds }: NonNullable<NonNullable<PageSchedule['calendar']>['legacy']>,
  zone: ZoneClock,
  from: number,
  to: number,
): readonly PageFire[] {
  const delay = delaySeconds * 1000;
  if (kind === 'seconds_interval') {
    const step = Number(pattern) * 1000;
    // More than one start a minute is no calendar.
    if (!(step >= 60_000)) return [];
    const fires: PageFire[] = [];
    for (let at = Math.ceil((from - delay) / step) * step; at + delay < to; at += step)
      fires.push({ at: at + delay, session: at });
    return fires;
  }
  return cronTimes(pattern, zone, from - delay - DAY_MS, to - delay, 'and').flatMap((session) =>
    session + delay >= from && session + delay < to ? [{ at: session + delay, session }] : [],
  );
}

function argoFires(
  { schedules, weekdays }: NonNullable<PageSchedule['calendar']>['argo'],
  zone: ZoneClock,
  from: number,
  to: number,
): readonly PageFire[] {
  const times = new Set(schedules.flatMap((pattern) => cronTimes(pattern, zone, from, to, 'or')));
  return [...times]
    .filter((at) => at >= from && (weekdays === undefined || weekdays.includes(weekdayOf(zone.dayOf(at)))))
    .sort((a, b) => a - b)
    .map((at) => ({ at }));
}

interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

/** Instants of a cron pattern. Both engines differ in what a day of the month together with a weekday means. */
function cronTimes(pattern: string, zone: ZoneClock, from: number, to: number, both: 'and' | 'or'): readonly number[] {
  const fields = cronFields(pattern);
  if (fields === undefined) return [];
  const times: number[] = [];
  const last = zone.dayOf(to);
  for (let day = zone.dayOf(from); day <= last; day = addDays(day, 1)) {
    if (!onDay(fields, day, both)) continue;
    for (const hour of fields.hours)
      for (const minute of fields.minutes) {
        const { all, lenient } = zone.instants(day, hour, minute);
        // Of a time that the clock repeats Digdag takes the later one, Argo both; of one that it skips, Digdag an hour on, Argo none.
        for (const at of both === 'and' ? [all.at(-1) ?? lenient] : all) if (at >= from && at < to) times.push(at);
      }
  }
  return times.sort((a, b) => a - b);
}

function onDay(fields: CronFields, day: string, both: 'and' | 'or'): boolean {
  if (!fields.months.has(Number(day.slice(5, 7)))) return false;
  const inMonth = fields.days.has(Number(day.slice(8, 10)));
  const inWeek = fields.weekdays.has(weekdayOf(day));
  if (both === 'and' || fields.anyDay || fields.anyWeekday) return inMonth && inWeek;
  return inMonth || inWeek;
}

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdayNames = 'sun mon tue wed thu fri sat'.split(' ');

function cronFields(pattern: string): CronFields | undefined {
  const parts = pattern.trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = parts;
  if (
    parts.length !== 5 ||
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined
  )
    return undefined;
  const sets = [
    cronSet(minute, 0, 59, []),
    cronSet(hour, 0, 23, []),
    cronSet(day, 1, 31, []),
    cronSet(month, 1, 12, monthNames),
    cronSet(weekday, 0, 7, weekdayNames),
  ];
  const [minutes, hours, days, months, weekdays] = sets;
  if (
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    months === undefined ||
    weekdays === undefined
  )
    return undefined;
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: new Set([...weekdays].map((number) => number % 7)),
    anyDay: /^[*?]/.test(day),
    anyWeekday: /^[*?]/.test(weekday),
  };
}

function cronSet(text: string, low: number, high: number, names: readonly string[]): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const item of text.split(',')) {
    const match = /^(\*|\?|[A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?(?:\/(\d+))?$/.exec(item);
    if (match === null) return undefined;
    const [, first = '', second, step] = match;
    const every = first === '*' || first === '?';
    const from = every ? low : cronNumber(first, low, names);
    const to = every ? high : second !== undefined ? cronNumber(second, low, names) : step === undefined ? from : high;
    if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
    for (let number = from; number <= to; number += Math.max(1, Number(step ?? 1))) found.add(number);
  }
  return found;
}

function cronNumber(text: string, low: number, names: readonly string[]): number {
  const name = names.indexOf(text.slice(0, 3).toLowerCase());
  return name < 0 ? Number(text) : name + low;
}

interface ZoneClock {
  /** The local day of an instant. */
  readonly dayOf: (at: number) => string;
  /** The instants of a local time: none for one that the clock skips (`lenient`: as if it had not), two for one that it repeats. */
  readonly instants: (
    day: string,
    hour: number,
    minute: number,
  ) => { readonly all: readonly number[]; readonly lenient: number };
}

function zoneClock(timezone: string): ZoneClock {
  const format = zoneFormat(timezone);
  const offsets = new Map<number, number>();
  /** Offset of the zone at an instant; zones change it on whole quarters of an hour. */
  const offsetAt = (at: number): number => {
    const quarter = Math.floor(at / 900_000);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const parts = new Map(format.formatToParts(quarter * 900_000).map((part) => [part.type, Number(part.value)]));
    const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    const offset = local - quarter * 900_000;
    offsets.set(quarter, offset);
    return offset;
  };
  return {
    dayOf: (at) => new Date(at + offsetAt(at)).toISOString().slice(0, 10),
    instants: (day, hour, minute) => {
      const local = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000 + minute * 60_000;
      const lenient = local - offsetAt(local - DAY_MS);
      const guesses = new Set([lenient, local - offsetAt(local + DAY_MS)]);
      return { all: [...guesses].filter((guess) => guess + offsetAt(guess) === local).sort((a, b) => a - b), lenient };
    },
  };
}

function zoneFormat(timezone: string): Intl.DateTimeFormat {
  const options = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: timezone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
