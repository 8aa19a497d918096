import { assertNever } from '../core/assert-never.ts';
import type { CalendarUnit, SessionInstant } from '../ir/session-expr.ts';
import { NotWritable, quoted } from './session-code.ts';
import { zoneFacts } from './session-zone.ts';

/** How the session reaches the template: as its date or as its time, in the input of this name. */
export interface SessionInputAt {
  readonly timezone: string;
  readonly input: { readonly kind: 'date' | 'time'; readonly name: string };
}

/** Source text of a Go time, and how far it can be trusted. */
export interface TimeCode {
  readonly text: string;
  readonly zone: string;
  /** It is 00:00 of its day. */
  readonly midnight: boolean;
  /** It is the first day of its month. */
  readonly first: boolean;
  /** Its time of day is moment's too; else only its date is. */
  readonly exact: boolean;
  /** It may have a fraction of a second. */
  readonly millis: boolean;
  /** It carries no zone: the zone's days do not all begin at midnight, and only the date may be used. */
  readonly dateOnly: boolean;
  /** Source of its date as YYYY-MM-DD, where that is at hand. */
  readonly dateText?: string;
}

export function writeInstant(at: SessionInstant, where: SessionInputAt): TimeCode {
  switch (at.kind) {
    case 'session':
      if (at.which !== 'this') throw new NotWritable(`the ${at.which} session's time depends on the schedule`);
      return base(where);
    case 'shift':
      return shifted(writeInstant(at.of, where), at.amount, at.unit);
    case 'startOf':
      return startOf(writeInstant(at.of, where), at.unit);
    case 'endOf':
      return endOf(writeInstant(at.of, where), at.unit);
    case 'with':
      return withField(writeInstant(at.of, where), at.unit, at.value);
    case 'zone':
      return inZone(writeInstant(at.of, where), at.zone);
    default:
      return assertNever(at);
  }
}

function base({ timezone, input }: SessionInputAt): TimeCode {
  const read = `inputs.parameters.${input.name}`;
  if (input.kind === 'time')
    return {
      text: `date(${read}).In(timezone(${quoted(timezone)}))`,
      zone: timezone,
      midnight: false,
      first: false,
      exact: true,
      millis: false,
      dateOnly: false,
    };
  const safe = zoneFacts(timezone).daysBeginAtMidnight;
  const text = safe ? `date(${read}, '2006-01-02', ${quoted(timezone)})` : `date(${read}, '2006-01-02')`;
  return {
    text,
    zone: timezone,
    midnight: true,
    first: false,
    exact: safe,
    millis: false,
    dateOnly: !safe,
    dateText: read,
  };
}

/** Another time of the same nature, whose date must be computed. */
function moved({ dateText, ...time }: TimeCode): TimeCode {
  return time;
}

/** `AddDate` with what it does to exactness: local times that do not exist, or exist twice, are settled differently by Go and moment. */
function addDate(
  time: TimeCode,
  years: number,
  months: string | number,
  days: string | number,
  first: boolean,
): TimeCode {
  const facts = zoneFacts(time.zone);
  if (!facts.daysBeginAtMidnight) throw new NotWritable(`the clocks of ${time.zone} change at midnight`);
  if (years === 0 && months === 0 && days === 0) return time;
  const exact = time.exact && (facts.fixed || time.midnight);
  return { ...moved(time), text: `${time.text}.AddDate(${years}, ${months}, ${days})`, first, exact };
}

/** The layout of a year and month. */
const MONTH = "'2006-01'";

/** 00:00 of the first day of the month. */
function monthStart(time: TimeCode): TimeCode {
  return time.first && time.midnight ? time : dated(time, MONTH, " + '-01'", true);
}

/** The first day of the month that lies `months` away, at the same time of day. */
function firstOfMonth(time: TimeCode, years: number, months: number | string): TimeCode {
  if (time.midnight) return addDate(monthStart(time), years, months, 0, true);
  return time.first
    ? addDate(time, years, months, 0, true)
    : addDate(time, years, months, `1 - ${time.text}.Day()`, true);
}

/** Some day of the month that lies `months` away: the first, which no shift runs over. */
export function shiftedMonth(time: TimeCode, years: number, months: number): TimeCode {
  return addDate(monthStart(time), years, months, 0, true);
}

/** Years and months of a shift by calendar months; undefined for other units. */
export function monthsOf(
  amount: number,
  unit: CalendarUnit,
): { readonly years: number; readonly months: number } | undefined {
  if (unit === 'year') return { years: amount, months: 0 };
  if (unit === 'quarter') return { years: 0, months: amount * 3 };
  return unit === 'month' ? { years: 0, months: amount } : undefined;
}

function shifted(time: TimeCode, amount: number, unit: CalendarUnit): TimeCode {
  if (!Number.isInteger(amount)) throw new NotWritable('the shift is no whole number');
  if (amount === 0) return time;
  const calendar = monthsOf(amount, unit);
  if (calendar !== undefined) return clamped(time, calendar.years, calendar.months);
  if (unit === 'day') return addDate(time, 0, 0, amount, false);
  if (unit === 'week' || unit === 'isoWeek') return addDate(time, 0, 0, amount * 7, false);
  return add(time, `${amount}${unit === 'hour' ? 'h' : unit === 'minute' ? 'm' : 's'}`);
}

/** moment keeps the day of the month or takes the last one of a shorter month; Go would run over into the next month. */
function clamped(time: TimeCode, years: number, months: number | string): TimeCode {
  const first = firstOfMonth(time, years, months);
  if (time.first) return first;
  const last = `${first.text}.AddDate(0, 1, -1).Day()`;
  return addDate({ ...first, exact: time.exact }, 0, 0, `min([${time.text}.Day(), ${last}]) - 1`, false);
}

function add(time: TimeCode, duration: string): TimeCode {
  if (!time.exact) throw new NotWritable(`the time of day is not certain when the clocks of ${time.zone} change`);
  return { ...moved(time), text: `${time.text}.Add(duration(${quoted(duration)}))`, midnight: false, first: false };
}

function startOf(time: TimeCode, unit: CalendarUnit): TimeCode {
  switch (unit) {
    case 'second':
      return time.midnight ? time : truncated(time, '1s');
    case 'minute':
      return time.midnight ? time : truncated(time, '1m');
    case 'hour':
      return time.midnight ? time : startOfHour(time);
    case 'day':
      return time.midnight ? time : dated(time, "'2006-01-02'", '', time.first);
    case 'week': {
      const day = startOf(time, 'day');
      return addDate(day, 0, 0, `-int(${day.text}.Weekday())`, false);
    }
    case 'isoWeek': {
      const day = startOf(time, 'day');
      return addDate(day, 0, 0, `-((int(${day.text}.Weekday()) + 6) % 7)`, false);
    }
    case 'month':
      return monthStart(time);
    case 'quarter': {
      const month = startOf(time, 'month');
      return addDate(month, 0, `-((int(${month.text}.Month()) + 2) % 3)`, 0, true);
    }
    case 'year':
      return dated(time, "'2006'", " + '-01-01'", true);
  }
}

/** Midnight of the date that the time's own layout and a constant rest give. */
function dated(time: TimeCode, layout: string, rest: string, first: boolean): TimeCode {
  const safe = zoneFacts(time.zone).daysBeginAtMidnight;
  if (!safe && !time.dateOnly) throw new NotWritable(`the clocks of ${time.zone} change at midnight`);
  const zone = time.dateOnly ? '' : `, ${quoted(time.zone)}`;
  const written =
    time.dateText !== undefined && layout === MONTH ? `${time.dateText}[0:7]` : `${time.text}.Format(${layout})`;
  return {
    ...moved(time),
    text: `date(${written}${rest}, '2006-01-02'${zone})`,
    midnight: true,
    first,
    exact: !time.dateOnly,
    millis: false,
  };
}

function startOfHour(time: TimeCode): TimeCode {
  const past = zoneFacts(time.zone).pastFullHour;
  if (past === undefined) throw new NotWritable(`the full hours of ${time.zone} change`);
  if (past === 0) return truncated(time, '1h');
  const whole = truncated(add(time, `${past}s`), '1h');
  return add(whole, `-${past}s`);
}

function truncated(time: TimeCode, duration: string): TimeCode {
  if (!time.exact) throw new NotWritable(`the time of day is not certain when the clocks of ${time.zone} change`);
  return { ...moved(time), text: `${time.text}.Truncate(duration(${quoted(duration)}))`, millis: false };
}

function endOf(time: TimeCode, unit: CalendarUnit): TimeCode {
  const start = startOf(time, unit);
  return { ...add(shifted(start, 1, unit === 'isoWeek' ? 'week' : unit), '-1ms'), millis: true };
}

/** The last day of the month or quarter, at 00:00: enough for a format of dates alone, and shorter than the end of it. */
export function lastDayOf(time: TimeCode, unit: CalendarUnit): TimeCode {
  const start = startOf(time, unit);
  const length = monthsOf(1, unit);
  if (length !== undefined) return addDate(start, length.years, length.months, -1, false);
  return unit === 'week' || unit === 'isoWeek' ? addDate(start, 0, 0, 6, false) : start;
}

function withField(time: TimeCode, unit: Extract<SessionInstant, { kind: 'with' }>['unit'], value: number): TimeCode {
  if (!Number.isInteger(value)) throw new NotWritable(`the ${unit} is no whole number`);
  switch (unit) {
    case 'date':
      return addDate(time, 0, 0, `${value} - ${time.text}.Day()`, value === 1);
    case 'day':
      return addDate(time, 0, 0, `${value} - int(${time.text}.Weekday())`, false);
    case 'isoWeekday':
      return addDate(time, 0, 0, `${value - 1} - (int(${time.text}.Weekday()) + 6) % 7`, false);
    case 'month':
      return clamped(time, 0, `${value + 1} - int(${time.text}.Month())`);
    case 'year':
      throw new NotWritable('a year that is set keeps no exact 29 February');
    case 'hour':
    case 'minute':
    case 'second':
      return withClock(time, unit, value);
    default:
      return assertNever(unit);
  }
}

const clockRanges = { hour: 24, minute: 60, second: 60 } as const;

function withClock(time: TimeCode, unit: 'hour' | 'minute' | 'second', value: number): TimeCode {
  if (value < 0 || value >= clockRanges[unit]) throw new NotWritable(`${value} is no ${unit} of the clock`);
  if (!zoneFacts(time.zone).fixed)
    throw new NotWritable(`a time of the clock may be missing when the clocks of ${time.zone} change`);
  if (time.millis) throw new NotWritable('the fraction of a second would be lost');
  if (time.midnight) return value === 0 ? time : shifted(time, value, unit);
  const layouts = {
    hour: ['2006-01-02 ', ':04:05'],
    minute: ['2006-01-02 15:', ':05'],
    second: ['2006-01-02 15:04:', ''],
  } as const;
  const [before, after] = layouts[unit];
  const parts = [
    `${time.text}.Format('${before}')`,
    quoted(String(value).padStart(2, '0')),
    ...(after === '' ? [] : [`${time.text}.Format('${after}')`]),
  ];
  return {
    ...moved(time),
    text: `date(${parts.join(' + ')}, '2006-01-02 15:04:05', ${quoted(time.zone)})`,
    first: false,
  };
}

function inZone(time: TimeCode, zone: string): TimeCode {
  if (zone === time.zone) return time;
  if (!time.exact) throw new NotWritable(`the time of day is not certain when the clocks of ${time.zone} change`);
  return { ...moved(time), text: `${time.text}.In(timezone(${quoted(zone)}))`, zone, midnight: false, first: false };
}
