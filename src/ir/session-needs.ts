import { assertNever } from '../core/assert-never.ts';
import type { SessionExpr, SessionInstant, SessionNumber, SessionTest } from './session-expr.ts';

/** Format tokens that a calendar date alone decides. */
const dateToken = /^(?:Y+|Q|Qo|M+|Mo|D+|Do|DDDo|d+|do|E|e|w+|wo|W+|Wo|G+|g+|DDDD?)$/;

/** True where the expression's value depends on the time of day of the session, not on its date alone. */
export function needsTimeOfDay(expr: SessionExpr): boolean {
  switch (expr.kind) {
    case 'format':
      return (
        instantNeedsTime(expr.at) ||
        (!startsDay(expr.at) && expr.pattern.some((part) => part.kind === 'token' && !dateToken.test(part.token)))
      );
    case 'number-text':
      return numberNeedsTime(expr.of);
    case 'text':
      return false;
    case 'concat':
      return expr.parts.some(needsTimeOfDay);
    case 'choose':
      return testNeedsTime(expr.test) || needsTimeOfDay(expr.then) || needsTimeOfDay(expr.otherwise);
    case 'slice':
    case 'replace':
      return needsTimeOfDay(expr.of);
    case 'test-text':
      return testNeedsTime(expr.of);
    default:
      return assertNever(expr);
  }
}

function testNeedsTime(test: SessionTest): boolean {
  switch (test.kind) {
    case 'compare':
      return needsTimeOfDay(test.left) || needsTimeOfDay(test.right);
    case 'and':
    case 'or':
      return testNeedsTime(test.left) || testNeedsTime(test.right);
    case 'not':
      return testNeedsTime(test.of);
    case 'constant':
    case 'given':
      return false;
    default:
      return assertNever(test);
  }
}

function numberNeedsTime(number: SessionNumber): boolean {
  switch (number.kind) {
    case 'number':
      return false;
    case 'unix':
      return !startsDay(number.at) || instantNeedsTime(number.at);
    case 'field':
      return (
        instantNeedsTime(number.at) || (!startsDay(number.at) && ['hour', 'minute', 'second'].includes(number.field))
      );
    case 'diff':
      return instantNeedsTime(number.from) || instantNeedsTime(number.to);
    case 'arithmetic':
      return numberNeedsTime(number.left) || numberNeedsTime(number.right);
    default:
      return assertNever(number);
  }
}

/** A shift by hours, or a look from another zone, can change the date. */
function instantNeedsTime(at: SessionInstant): boolean {
  switch (at.kind) {
    case 'session':
      return at.which !== 'this';
    case 'shift':
      return ['hour', 'minute', 'second'].includes(at.unit) || instantNeedsTime(at.of);
    case 'startOf':
    case 'endOf':
    case 'with':
      return instantNeedsTime(at.of);
    case 'zone':
      return true;
    default:
      return assertNever(at);
  }
}

/** True for the start of a day or a longer unit, shifted by days or longer units at most: its time of day is known. */
function startsDay(at: SessionInstant): boolean {
  switch (at.kind) {
    case 'startOf':
      return !['hour', 'minute', 'second'].includes(at.unit);
    case 'shift':
      return !['hour', 'minute', 'second'].includes(at.unit) && startsDay(at.of);
    case 'session':
    case 'endOf':
    case 'with':
    case 'zone':
      return false;
    default:
      return assertNever(at);
  }
}

/** A copy of the expression with every base instant (`this`, `last`, `next` session) replaced. */
export function mapInstants(
  expr: SessionExpr,
  change: (at: Extract<SessionInstant, { kind: 'session' }>) => SessionInstant,
): SessionExpr {
  // The union holds plain data only, so that one walk over its objects reaches every instant.
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    if ('kind' in node && node.kind === 'session' && 'which' in node)
      return change(node as Extract<SessionInstant, { kind: 'session' }>);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  };
  return walk(expr) as SessionExpr;
}

/** True where the expression also holds a loop variable or a stored value. */
export function holdsGiven(expr: SessionExpr): boolean {
  // The union holds plain data only, so that one walk over its objects reaches every test.
  const walk = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(walk);
    if (typeof node !== 'object' || node === null) return false;
    return ('kind' in node && node.kind === 'given') || Object.values(node).some(walk);
  };
  return walk(expr);
}
