import { guard, sessionFromFire } from '../../../argo-expr/from-session.ts';
import { byRule, list, map, text } from '../../../ir/build-value.ts';
import type { Schedule, TaskGraph } from '../../../ir/graph.ts';
import { partsOf } from '../../../ir/read-value.ts';
import type { SessionExpr } from '../../../ir/session-expr.ts';
import { needsTimeOfDay } from '../../../ir/session-needs.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { SessionInput } from './types.ts';

const RULE = 'flow-session';

/** What `main` hands down: the session's date, or its time where something below depends on the time of day. */
export function sessionInputFor(graph: TaskGraph): SessionInput {
  const midnight = graph.schedule === undefined || ['daily', 'weekly', 'monthly'].includes(graph.schedule.kind);
  const hours = !midnight && sessionExpressions(graph).some(needsTimeOfDay);
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
  const values = [...graph.tasks.values()].flatMap((task): readonly Value[] => {
    if (task.kind === 'branch') return [task.test];
    if (task.kind !== 'operator') return [];
    return task.effects.flatMap((effect) => {
      if (effect.kind === 'job') return [effect.manifest, effect.namespace, effect.cluster];
      if (effect.kind === 'command') return [effect.source, ...effect.env.values()];
      return effect.kind === 'notify' ? [effect.to, effect.body] : [];
    });
  });
  return values
    .flatMap(partsOf)
    .flatMap((part) => (part.kind === 'runtime' && part.expr.kind === 'session' ? [part.expr.ast] : []));
}

/** `main`: one step that fixes the session and runs `tasks`; its guard is true or an error, never false. */
export function mainBody(graph: TaskGraph, session: SessionInput): MapValue {
  const from = byRule(RULE, [{ via: 'literal', span: graph.schedule?.span ?? graph.span }]);
  const when: Value = {
    ...text(guard(session.kind), from),
    comment: 'True or an error, never false: a malformed target_date stops the run before any pod.',
  };
  const parameter = map(
    [
      ['name', text(session.name, from)],
      ['value', text(sessionText(graph, session), from)],
    ],
    from,
  );
  const step = map(
    [
      ['name', text('run', from)],
      ['template', text('tasks', from)],
      ['when', when],
      ['arguments', map([['parameters', list([parameter], from)]], from)],
    ],
    from,
  );
  return map([['steps', list([list([step], from)], from)]], from);
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
