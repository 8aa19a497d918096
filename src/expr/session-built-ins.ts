import type { FormatPart, SessionExpr, SessionInstant } from '../ir/session-expr.ts';
import { parseMomentFormat } from './moment-format.ts';

export const isoPattern: readonly FormatPart[] = parseMomentFormat('YYYY-MM-DDTHH:mm:ssZ');
export const utcIsoPattern: readonly FormatPart[] = parseMomentFormat('YYYY-MM-DDTHH:mm:ss[Z]');
/** What JavaScript's `toISOString` prints of a time in UTC. */
export const millisecondPattern: readonly FormatPart[] = parseMomentFormat('YYYY-MM-DD[T]HH:mm:ss.SSS[Z]');

const patterns: Readonly<Record<string, readonly FormatPart[]>> = {
  time: isoPattern,
  date: parseMomentFormat('YYYY-MM-DD'),
  date_compact: parseMomentFormat('YYYYMMDD'),
  local_time: parseMomentFormat('YYYY-MM-DD HH:mm:ss'),
  tz_offset: parseMomentFormat('ZZ'),
};

/** `session_date`, `last_session_time` … as arithmetic on the session; undefined for every other name. */
export function sessionBuiltIn(name: string): SessionExpr | undefined {
  const match = /^(last_|next_)?session_([a-z_]+)$/.exec(name);
  if (match === null) return undefined;
  const at: SessionInstant = {
    kind: 'session',
    which: match[1] === 'last_' ? 'last' : match[1] === 'next_' ? 'next' : 'this',
  };
  const field = match[2] ?? '';
  if (field === 'unixtime') return { kind: 'number-text', of: { kind: 'unix', at, unit: 'second' } };
  const pattern = patterns[field];
  return pattern === undefined ? undefined : { kind: 'format', at, pattern };
}

/** True for the built-ins that Digdag holds as numbers, not texts. */
export function isNumberBuiltIn(name: string): boolean {
  return /^(?:last_|next_)?session_unixtime$/.test(name);
}

/** Parameters that Digdag sets and that have no counterpart outside it, with the reason. */
export function foreignBuiltIn(name: string): string | undefined {
  if (/^last_executed_session_/.test(name)) return 'the previous run is known to the Digdag server alone';
  if (/^(?:session_id|session_uuid|attempt_id|project_id)$/.test(name)) return 'an id of the Digdag server';
  if (name === 'retry_attempt_name') return 'the name of a retry on the Digdag server';
  return undefined;
}
