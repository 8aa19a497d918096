import { formatOffset, utcMillis } from '../core/zoned-time.ts';
import type { ConfigMap, ConfigValue } from '../expr/config-value.ts';
import { clockOf } from './schedule/clock.ts';

export interface SessionTimes {
  readonly zone: string;
  readonly session: number;
  /** Present where the workflow has a schedule. */
  readonly last?: number;
  readonly next?: number;
}

/** Names whose values only the Digdag server knows; any text stands for them. */
const serverIds: readonly (readonly [string, ConfigValue])[] = [
  ['session_uuid', '00000000-0000-0000-0000-000000000000'],
  ['session_id', 1],
  ['attempt_id', 1],
  ['project_id', 1],
];

/** Digdag's own parameters of a session, as `RuntimeParams` makes them; those of a task (`task_name`) come on top. */
export function builtInParams(times: SessionTimes): ConfigMap {
  const { zone, session, last, next } = times;
  const params = new Map<string, ConfigValue>();
  if (last !== undefined) params.set('last_session_time', timeText(last, zone));
  if (next !== undefined) params.set('next_session_time', timeText(next, zone));
  params.set('timezone', zone);
  params.set('session_time', timeText(session, zone));
  setFields(params, 'session_', session, zone);
  if (last !== undefined) setFields(params, 'last_session_', last, zone);
  for (const field of ['time', 'date', 'date_compact', 'local_time', 'unixtime'])
    params.set(`last_executed_session_${field}`, '');
  params.set('last_executed_session_tz_offset', formatOffset(offset(zone, 0), false));
  if (next !== undefined) setFields(params, 'next_session_', next, zone);
  for (const [name, value] of serverIds) params.set(name, value);
  return params;
}

export function isBuiltIn(name: string): boolean {
  return (
    /^(?:last_|next_|last_executed_)?session_(?:time|date|date_compact|local_time|tz_offset|unixtime)$/.test(name) ||
    ['timezone', 'session_uuid', 'session_id', 'attempt_id', 'project_id', 'task_name', 'retry_attempt_name'].includes(
      name,
    )
  );
}

function setFields(params: Map<string, ConfigValue>, prefix: string, ms: number, zone: string): void {
  const { date, clock } = wall(ms, zone);
  params.set(`${prefix}date`, date);
  params.set(`${prefix}date_compact`, date.replaceAll('-', ''));
  params.set(`${prefix}local_time`, `${date} ${clock}`);
  params.set(`${prefix}tz_offset`, formatOffset(offset(zone, ms), false));
  params.set(`${prefix}unixtime`, Math.floor(ms / 1000));
}

function timeText(ms: number, zone: string): string {
  const { date, clock } = wall(ms, zone);
  return `${date}T${clock}${formatOffset(offset(zone, ms), true)}`;
}

function wall(ms: number, zone: string): { readonly date: string; readonly clock: string } {
  const { year, month, day, hour, minute, second } = clockOf(zone).local(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`,
    clock: `${two(hour)}:${two(minute)}:${two(second)}`,
  };
}

/** Seconds ahead of UTC. */
function offset(zone: string, ms: number): number {
  return Math.round((utcMillis(clockOf(zone).local(ms)) - Math.floor(ms / 1000) * 1000) / 1000);
}
