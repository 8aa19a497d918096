import type { SessionExpr } from '../../../ir/session-expr.ts';
import type { RuntimeExpr } from '../../../ir/value.ts';

/** Names that mean the session itself one level up; an input of a pod called so would mislead. */
const reserved: ReadonlySet<string> = new Set([
  'target_date',
  'session_date',
  'session_time',
  'date',
  'exec_date',
  'execution_date',
]);

/**
 * The name of the input that carries a run-time text: what the text means where that is known (`date`, `yesterday`, the loop variable),
 * else what the legacy side called it.
 */
export function inputName(expr: RuntimeExpr, legacyName: string | undefined): string {
  if ((expr.kind === 'item' || expr.kind === 'output') && expr.key !== '') return clean(expr.key);
  if (expr.kind === 'error-message') return 'error';
  if (expr.kind === 'session' && isDay(expr.ast)) {
    const days = dayShift(expr.ast);
    if (days === -1) return 'yesterday';
    if (days === 0 && (legacyName === undefined || reserved.has(clean(legacyName)))) return 'date';
  }
  if (expr.kind === 'session' && isMonth(expr.ast) && (legacyName === undefined || reserved.has(clean(legacyName))))
    return 'month';
  if (legacyName === undefined && expr.kind === 'session' && isUnixTime(expr.ast)) return 'unixtime';
  const name = clean(legacyName ?? '');
  if (name !== '' && !reserved.has(name)) return name;
  return expr.kind === 'session' && /\bH/.test(tokensOf(expr.ast)) ? 'time' : 'date';
}

function clean(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}

/** True for a calendar day written in full, whatever the separators. */
function isDay(ast: SessionExpr): ast is Extract<SessionExpr, { kind: 'format' }> {
  return tokensOf(ast) === 'YYYY MM DD';
}

function isUnixTime(ast: SessionExpr): boolean {
  return ast.kind === 'number-text' && ast.of.kind === 'unix';
}

function isMonth(ast: SessionExpr): boolean {
  return tokensOf(ast) === 'YYYY MM';
}

function tokensOf(ast: SessionExpr): string {
  return ast.kind === 'format'
    ? ast.pattern.flatMap((part) => (part.kind === 'token' ? [part.token] : [])).join(' ')
    : '';
}

/** How many days after the session's own day; undefined for other arithmetic. */
function dayShift(ast: Extract<SessionExpr, { kind: 'format' }>): number | undefined {
  let at = ast.at;
  let days = 0;
  while (at.kind === 'shift' && at.unit === 'day') {
    days += at.amount;
    at = at.of;
  }
  return at.kind === 'session' && at.which === 'this' ? days : undefined;
}
