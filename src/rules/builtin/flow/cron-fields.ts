import { repeatedStart } from '../../../core/clock-changes.ts';
import { diagnose } from '../../../core/diagnose.ts';
import type { DiagnosticSink } from '../../../core/diagnostic.ts';
import { localTime, offsetSeconds } from '../../../core/zoned-time.ts';
import type { Schedule } from '../../../ir/graph.ts';

/** What Argo's cron says for a Digdag schedule. `when` holds what cron cannot say: a weekday beside a day of the month, the last day of the month. */
export interface CronFields {
  readonly schedules: readonly string[];
  readonly when?: string;
}

/** @see digdag-standards CronSchedulerFactory and friends: every kind is a cron4j pattern of session times plus a delay. */
export function cronFields(schedule: Schedule, sink: DiagnosticSink): CronFields | undefined {
  if (schedule.kind === 'seconds_interval')
    return everyFewMinutes(schedule) ?? unsupported(schedule, 'Argo starts at full minutes only', sink);
  const seconds = schedule.delaySeconds % 60;
  if (seconds !== 0) sink.add(diagnose('SCHEDULE_SECONDS', { written: schedule.written }, { span: schedule.span }));
  if (schedule.start !== undefined)
    sink.add(diagnose('SCHEDULE_OPTION_LOST', { option: `start: ${schedule.start}` }, { span: schedule.span }));
  if (schedule.end !== undefined)
    sink.add(diagnose('SCHEDULE_OPTION_LOST', { option: `end: ${schedule.end}` }, { span: schedule.span }));
  if (schedule.kind !== 'hourly' && schedule.delaySeconds >= 86_400)
    sink.add(diagnose('SCHEDULE_BEYOND_MIDNIGHT', { written: schedule.written }, { span: schedule.span }));
  noteClockChanges(schedule, sink);
  const alternatives = schedule.pattern.split('|').map((pattern) => alternative(pattern.trim(), schedule, sink));
  const fields = alternatives.filter((field): field is AlternativeFields => field !== undefined);
  if (fields.length < alternatives.length) return undefined;
  const whens = new Set(fields.map((field) => field.when));
  if (whens.size > 1) return unsupported(schedule, 'its alternatives restrict weekdays differently', sink);
  const [when] = whens;
  return { schedules: fields.map((field) => field.schedule), ...(when === undefined ? {} : { when }) };
}

/** Multiples of whole minutes since the epoch, where the zone's hours and those of the epoch are the same. */
function everyFewMinutes(schedule: Schedule): CronFields | undefined {
  const seconds = Number(schedule.pattern);
  const minutes = seconds / 60;
  const aligned = offsetSeconds(schedule.timezone, Date.UTC(2024, 0, 1)) % 3600 === 0;
  const fits = Number.isInteger(minutes) && 60 % minutes === 0 && schedule.delaySeconds === 0;
  return aligned && fits ? { schedules: [`*/${minutes} * * * *`] } : undefined;
}

interface AlternativeFields {
  readonly schedule: string;
  readonly when: string | undefined;
}

function alternative(pattern: string, schedule: Schedule, sink: DiagnosticSink): AlternativeFields | undefined {
  const [minute, hour, day, month, weekday] = pattern.split(/\s+/);
  if (minute === undefined || hour === undefined || day === undefined || month === undefined || weekday === undefined)
    return unsupported(schedule, 'it is no cron pattern of five fields', sink);
  const isLastDay = /^L$/i.test(day);
  if (/L/i.test(day) && !isLastDay)
    return unsupported(schedule, 'Argo does not know L, the last day of the month, beside other days', sink);
  const shifted = shiftByDelay(
    {
      minute: intervalMinutes(minute),
      hour,
      day: isLastDay ? '28-31' : day,
      month,
      weekday: sundayAsZero(weekday),
    },
    schedule,
  );
  if (shifted === undefined) return unsupported(schedule, 'the delay moves it to days that cron cannot name', sink);
  const now = `now().In(timezone('${schedule.timezone}'))`;
  const tests: string[] = [];
  if (isLastDay) {
    sink.add(diagnose('SCHEDULE_LAST_DAY', { written: schedule.written }, { span: schedule.span }));
    tests.push(`${now}.AddDate(0, 0, 1).Day() == 1`);
  }
  if (shifted.day !== '*' && shifted.weekday !== '*') {
    sink.add(diagnose('SCHEDULE_DAY_AND_WEEKDAY', { written: schedule.written }, { span: schedule.span }));
    const days = weekdayNumbers(shifted.weekday);
    if (days === undefined) return unsupported(schedule, 'its weekdays cannot be listed', sink);
    const test = days.map((number) => `int(${now}.Weekday()) == ${number}`).join(' || ');
    tests.push(isLastDay && days.length > 1 ? `(${test})` : test);
  }
  if (tests.length === 0) return { schedule: fieldsText(shifted), when: undefined };
  return { schedule: fieldsText({ ...shifted, weekday: '*' }), when: `{{= ${tests.join(' && ')}}}` };
}

interface Fields {
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
  readonly month: string;
  readonly weekday: string;
}

function fieldsText(fields: Fields): string {
  return `${fields.minute} ${fields.hour} ${fields.day} ${fields.month} ${fields.weekday}`;
}

/** The fire of a session pattern at midnight or the full hour, moved by the delay; whole days move the weekday or the day of the month. */
function shiftByDelay(fields: Fields, schedule: Schedule): Fields | undefined {
  const delay = schedule.delaySeconds;
  if (delay === 0) return fields;
  const minutes = Math.floor(delay / 60) % 60;
  if (schedule.kind === 'hourly') return { ...fields, minute: String(minutes) };
  if (fields.minute !== '0' || fields.hour !== '0') return undefined;
  const hours = Math.floor(delay / 3600);
  const days = Math.floor(hours / 24);
  const timed = { ...fields, minute: String(minutes), hour: String(hours % 24) };
  if (days === 0 || (fields.day === '*' && fields.weekday === '*')) return timed;
  if (fields.day !== '*')
    return Number(fields.day) + days <= 28 ? { ...timed, day: String(Number(fields.day) + days) } : undefined;
  const shifted = weekdayNumbers(fields.weekday)?.map((number) => (number + days) % 7);
  return shifted === undefined ? undefined : { ...timed, weekday: shifted.sort((a, b) => a - b).join(',') };
}

/** cron4j reads a step beyond 59 as minute 0 only: "every 90 minutes" is hourly. */
function intervalMinutes(minute: string): string {
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  return step !== undefined && Number(step) > 59 ? '0' : minute;
}

const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Digdag takes 0 and 7 for Sunday, Argo only 0. */
function sundayAsZero(weekday: string): string {
  if (!weekday.includes('7')) return weekday;
  return weekdayNumbers(weekday)?.join(',') ?? weekday;
}

/** The weekdays a field names, 0 to 6, ascending; undefined for a step or an unknown name. */
function weekdayNumbers(field: string): readonly number[] | undefined {
  const numbers = new Set<number>();
  for (const part of field.split(',')) {
    const [from, to = from] = part.split('-').map(weekdayNumber);
    if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      numbers.add(day);
      if (day === to) break;
    }
  }
  return [...numbers].sort((a, b) => a - b);
}

function weekdayNumber(name: string): number {
  const index = weekdayNames.indexOf(name.toLowerCase().slice(0, 3));
  if (index >= 0) return index;
  return /^[0-7]$/.test(name) ? Number(name) % 7 : Number.NaN;
}

/** Digdag counts the delay in elapsed seconds from local midnight, cron reads the wall clock: they part where the zone changes its clocks. */
function noteClockChanges(schedule: Schedule, sink: DiagnosticSink): void {
  if (schedule.delaySeconds === 0 || !changesClocks(schedule.timezone)) return;
  sink.add(diagnose('SCHEDULE_DST', { zone: schedule.timezone }, { span: schedule.span }));
  const repeated = schedule.kind === 'hourly' ? undefined : repeatedStart(schedule.timezone, schedule.delaySeconds);
  if (repeated !== undefined)
    sink.add(diagnose('SCHEDULE_TWICE', { zone: schedule.timezone, ...repeated }, { span: schedule.span }));
}

/** True for a zone whose January and July offsets differ in a fixed recent year; a clock of the machine plays no part. */
function changesClocks(zone: string): boolean {
  const january = Date.UTC(2024, 0, 1);
  const july = Date.UTC(2024, 6, 1);
  return localTime(zone, january).year > 0 && offsetSeconds(zone, january) !== offsetSeconds(zone, july);
}

function unsupported(schedule: Schedule, reason: string, sink: DiagnosticSink): undefined {
  sink.add(diagnose('SCHEDULE_UNSUPPORTED', { written: schedule.written, reason }, { span: schedule.span }));
  return undefined;
}
