import { guard, sessionFromFire } from '../../../argo-expr/from-session.ts';
import { byRule, list, map, text, withEntry } from '../../../ir/build-value.ts';
import type { Schedule, TaskGraph } from '../../../ir/graph.ts';
import { partsOf } from '../../../ir/read-value.ts';
import type { SessionExpr } from '../../../ir/session-expr.ts';
import { needsTimeOfDay } from '../../../ir/session-needs.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import { valuesOf } from './store-readers.ts';
import type { Call, SessionInput } from './types.ts';

const RULE = 'flow-session';

/**
 * What `main` hands down: the session's date, or its time where something below depends on the time of day.
 * `anySession`: without a schedule, the session is not midnight for sure.
 */
export function sessionInputFor(graph: TaskGraph, anySession = false): SessionInput {
  const midnight =
    graph.schedule === undefined ? !anySession : ['daily', 'weekly', 'monthly'].includes(graph.schedule.kind);
  const requires = [...graph.tasks.values()].some((task) => task.kind === 'require');
  const hours = !midnight && (requires || sessionExpressions(graph).some(needsTimeOfDay));
  return hours ? { kind: 'time', name: 'session_time' } : { kind: 'date', name: 'session_date' };
}

/** The session itself, as an expression over itself: what a template hands on unchanged. */
export function sessionIdentity(session: SessionInput): SessionExpr {
  const token = (text: string) => ({ kind: 'token', token: text }) as const;
  const literal = (text: string) => ({ kind: 'literal', text }) as const;
  const date = [token('YYYY'), literal('-'), token('MM'), literal('-'), token('DD')];
  const time = [literal('T'), token('HH'), literal(':'), token('mm'), literal(':'), token('ss'), token('Z')];
  return {
    kind: 'format',
    at: { kind: 'session', which: 'this' },
    pattern: session.kind === 'date' ? date : [...date, ...time],
  };
}

function sessionExpressions(graph: TaskGraph): readonly SessionExpr[] {
  return [...graph.tasks.values()]
    .flatMap(valuesOf)
    .flatMap(partsOf)
    .flatMap((part) => (part.kind === 'runtime' && part.expr.kind === 'session' ? [part.expr.ast] : []));
}

interface MainParts {
  readonly graph: TaskGraph;
  readonly session: SessionInput;
  /** The tasks, or the template that they are entered through. */
  readonly call: Call;
  /** The steps that wait beside the run. */
  readonly sla: readonly MapValue[];
  /** Something reads `target_date`. */
  readonly guarded: boolean;
}

/** `main`: one step that fixes the session and runs the tasks; its guard is true or an error, never false. */
export function mainBody({ graph, session, call, sla, guarded }: MainParts): MapValue {
  const from = byRule(RULE, [{ via: 'literal', span: graph.schedule?.span ?? graph.span }]);
  const parameter = map(
    [
      ['name', text(session.name, from)],
      ['value', text(sessionText(graph, session), from)],
    ],
    from,
  );
  const fixesSession = call.args.length > 0;
  const when = guarded ? guardText(session, from) : undefined;
  const step = map(
    [
      ['name', text('run', from)],
      ['template', text(call.target.name, from)],
      ['when', when],
      ['arguments', fixesSession ? map([['parameters', list([parameter], from)]], from) : undefined],
    ],
    from,
  );
  const beside = [...sla.map((waits) => withEntry(waits, 'when', when)), step];
  return map([['steps', list([list(beside, from)], from)]], from);
}

function guardText(session: SessionInput, from: Value['from']): Value {
  return {
    ...text(guard(session.kind), from),
    comment: 'True or an error, never false: a malformed target_date stops the run before any pod.',
  };
}

/** The session of this run as one expression over `target_date`, the scheduled time or the creation time. */
export function sessionText(graph: TaskGraph, session: SessionInput): string {
  const schedule = graph.schedule;
  if (schedule === undefined) return sessionFromFire('cron', 0, graph.timezone, session.kind);
  return sessionFromFire(schedule.kind, schedule.delaySeconds, schedule.timezone, session.kind, scheduledDay(schedule));
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Weekday (0 is Sunday) of a weekly schedule, day of the month of a monthly one; undefined where there are several. */
function scheduledDay(schedule: Schedule): number | undefined {
  const [, , day = '', , weekday = ''] = schedule.pattern.trim().split(/\s+/);
  if (schedule.kind === 'monthly') return /^\d+$/.test(day) ? Number(day) : undefined;
  if (schedule.kind !== 'weekly') return undefined;
  const named = weekdays.indexOf(weekday.toLowerCase());
  if (named >= 0) return named;
  return /^[0-7]$/.test(weekday) ? Number(weekday) % 7 : undefined;
}
