import type { SessionExpr } from '../ir/session-expr.ts';
import { NotWritable, quoted } from './session-code.ts';
import type { SessionInputAt } from './session-instant.ts';
import { writeSession } from './session-writer.ts';
import { zoneFacts } from './session-zone.ts';

export type WrittenSession =
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * A session expression as a text of tags over the session input. What cannot be said exactly, also at month ends and on
 * days when clocks change, is refused.
 */
export function sessionExprToArgo(ast: SessionExpr, at: SessionInputAt): WrittenSession {
  try {
    return { kind: 'expression', text: tagsOf(ast, at) };
  } catch (error) {
    if (error instanceof NotWritable) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function tagsOf(ast: SessionExpr, at: SessionInputAt): string {
  if (isIdentity(ast, at.input.kind)) return `{{inputs.parameters.${at.input.name}}}`;
  if (ast.kind === 'concat') return ast.parts.map((part) => tagsOf(part, at)).join('');
  if (ast.kind === 'text') {
    if (ast.text.includes('{{')) throw new NotWritable('the text holds {{');
    return ast.text;
  }
  return `{{=${writeSession(ast, at).text}}}`;
}

/** True for the expression that prints the input itself. */
function isIdentity(ast: SessionExpr, kind: 'date' | 'time'): boolean {
  if (ast.kind !== 'format' || ast.at.kind !== 'session' || ast.at.which !== 'this') return false;
  const pattern = ast.pattern.map((part) => (part.kind === 'literal' ? `[${part.text}]` : part.token)).join('');
  return pattern === (kind === 'date' ? 'YYYY[-]MM[-]DD' : 'YYYY[-]MM[-]DD[T]HH[:]mm[:]ssZ');
}

export type ScheduleKind = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'cron' | 'minutes_interval' | 'seconds_interval';

const TARGET = 'workflow.parameters.target_date';
/** The controller's clock where nothing scheduled the run. */
const FIRED = 'workflow.scheduledTime ?? workflow.creationTimestamp.RFC3339';
const RFC3339 = "'2006-01-02T15:04:05-07:00'";

/**
 * The argument of `main`'s step: the session that `target_date`, else the scheduled time, else the creation time stands
 * for. `day` is the schedule's weekday (0 is Sunday) or day of the month; with it a run by hand of a weekly or monthly job
 * takes the latest scheduled session.
 */
export function sessionFromFire(
  kind: ScheduleKind,
  delaySeconds: number,
  timezone: string,
  want: 'date' | 'time',
  day?: number,
): string {
  const session =
    want === 'date' ? dateOfFire(kind, delaySeconds, timezone, day) : timeOfFire(kind, delaySeconds, timezone, day);
  const target = want === 'date' ? TARGET : `date(${TARGET}).In(timezone(${quoted(timezone)})).Format(${RFC3339})`;
  return `{{=${TARGET} != '' ? ${target} : ${session}}}`;
}

function dateOfFire(kind: ScheduleKind, delaySeconds: number, timezone: string, day: number | undefined): string {
  const fired = firedIn(timezone);
  if (isDayKind(kind))
    return `${dayOfFire(kind, Math.floor(delaySeconds / 86_400), timezone, day)}.Format('2006-01-02')`;
  const hours = kind === 'hourly' ? Math.floor(delaySeconds / 3600) : 0;
  return `${hours === 0 ? fired : `${fired}.Add(duration('-${hours}h'))`}.Format('2006-01-02')`;
}

function timeOfFire(kind: ScheduleKind, delaySeconds: number, timezone: string, day: number | undefined): string {
  const fired = firedIn(timezone);
  if (isDayKind(kind))
    return `date(${dateOfFire(kind, delaySeconds, timezone, day)}, '2006-01-02', ${quoted(timezone)}).Format(${RFC3339})`;
  if (kind !== 'hourly') return `${fired}.Format(${RFC3339})`;
  const past = zoneFacts(timezone).pastFullHour ?? 0;
  const hours = Math.floor(delaySeconds / 3600);
  // Truncate knows UTC's full hours only.
  const top =
    past === 0
      ? `${fired}.Truncate(duration('1h'))`
      : `${fired}.Add(duration('${past}s')).Truncate(duration('1h')).Add(duration('-${past}s'))`;
  return `${hours === 0 ? top : `${top}.Add(duration('-${hours}h'))`}.Format(${RFC3339})`;
}

/** A Go time on the session's day. */
function dayOfFire(kind: ScheduleKind, daysBefore: number, timezone: string, day: number | undefined): string {
  // A shift by days could meet a midnight that clocks skip; dates without a zone have none.
  const safe = zoneFacts(timezone).daysBeginAtMidnight;
  const fired = safe ? firedIn(timezone) : `date(${firedIn(timezone)}.Format('2006-01-02'), '2006-01-02')`;
  if (kind === 'weekly' && day !== undefined) {
    const since = (((-daysBefore - day) % 7) + 7) % 7;
    const sinceSession = since === 0 ? `int(${fired}.Weekday()) % 7` : `(int(${fired}.Weekday()) + ${since}) % 7`;
    return `${fired}.AddDate(0, 0, ${daysBefore === 0 ? `-(${sinceSession})` : `-${daysBefore} - ${sinceSession}`})`;
  }
  if (kind === 'monthly' && day !== undefined && day <= 28) {
    const back = 1 - day - daysBefore;
    const from = back === 0 ? fired : `${fired}.AddDate(0, 0, ${back})`;
    return `${fired}.AddDate(0, 0, ${1 - daysBefore} - ${from}.Day())`;
  }
  if (daysBefore > 0) return `${fired}.AddDate(0, 0, -${daysBefore})`;
  return firedIn(timezone);
}

function firedIn(timezone: string): string {
  return `date(${FIRED}).In(timezone(${quoted(timezone)}))`;
}

function isDayKind(kind: ScheduleKind): boolean {
  return kind === 'daily' || kind === 'weekly' || kind === 'monthly';
}

/** The `when` of `main`'s step: true or an error, never false, so that a malformed `target_date` stops the run before any pod. */
export function guard(want: 'date' | 'time'): string {
  if (want === 'date') return `{{=${TARGET} == '' || date(${TARGET}, '2006-01-02').Format('2006-01-02') == ${TARGET}}}`;
  return `{{=${TARGET} == '' || len(date(${TARGET}, '2006-01-02T15:04:05Z07:00').Format('2006')) > 0}}`;
}
