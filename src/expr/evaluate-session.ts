import { assertNever } from '../core/assert-never.ts';
import type { SessionExpr, SessionInstant, SessionNumber, SessionTest } from '../ir/session-expr.ts';
import { MomentClock } from './moment-clock.ts';
import { printMoment } from './moment-print.ts';

/** One session. `lastMs` and `nextMs` exist where the workflow has a schedule; an expression that asks for them needs them. */
export interface SessionPoint {
  readonly sessionMs: number;
  readonly lastMs?: number;
  readonly nextMs?: number;
  readonly zone: string;
}

/** What the expression yields in that session, by moment's rules. */
export function evaluateSession(ast: SessionExpr, at: SessionPoint): string {
  switch (ast.kind) {
    case 'format':
      return printMoment(evaluateInstant(ast.at, at), ast.pattern);
    case 'number-text':
      return numberText(evaluateNumber(ast.of, at));
    case 'text':
      return ast.text;
    case 'concat':
      return ast.parts.map((part) => evaluateSession(part, at)).join('');
    case 'choose':
      return evaluateSession(evaluateTest(ast.test, at) ? ast.then : ast.otherwise, at);
    case 'slice':
      return evaluateSession(ast.of, at).slice(ast.from, ast.to);
    case 'replace':
      return ast.all
        ? evaluateSession(ast.of, at).replaceAll(ast.search, () => ast.by)
        : evaluateSession(ast.of, at).replace(ast.search, () => ast.by);
    case 'test-text':
      return String(evaluateTest(ast.of, at));
    default:
      return assertNever(ast);
  }
}

/** Two numbers compare as numbers, anything else as texts. */
function evaluateTest(test: SessionTest, at: SessionPoint): boolean {
  switch (test.kind) {
    case 'compare': {
      const { left, right } = test;
      if (left.kind === 'number-text' && right.kind === 'number-text')
        return compare(test.op, evaluateNumber(left.of, at), evaluateNumber(right.of, at));
      return compare(test.op, evaluateSession(left, at), evaluateSession(right, at));
    }
    case 'and':
      return evaluateTest(test.left, at) && evaluateTest(test.right, at);
    case 'or':
      return evaluateTest(test.left, at) || evaluateTest(test.right, at);
    case 'not':
      return !evaluateTest(test.of, at);
    case 'constant':
      return test.value;
    case 'given':
      throw new RangeError('a loop variable or stored value is not known from the session');
    default:
      return assertNever(test);
  }
}

function evaluateNumber(number: SessionNumber, at: SessionPoint): number {
  switch (number.kind) {
    case 'number':
      return number.value;
    case 'unix': {
      const { ms } = evaluateInstant(number.at, at);
      return number.unit === 'second' ? Math.floor(ms / 1000) : ms;
    }
    case 'field':
      return fieldOf(evaluateInstant(number.at, at), number.field);
    case 'diff':
      return evaluateInstant(number.to, at).diff(evaluateInstant(number.from, at), number.unit);
    case 'arithmetic':
      return arithmetic(number.op, evaluateNumber(number.left, at), evaluateNumber(number.right, at));
    default:
      return assertNever(number);
  }
}

function evaluateInstant(instant: SessionInstant, at: SessionPoint): MomentClock {
  switch (instant.kind) {
    case 'session':
      return new MomentClock(baseOf(instant.which, at), at.zone);
    case 'shift':
      return evaluateInstant(instant.of, at).add(instant.amount, instant.unit);
    case 'startOf':
      return evaluateInstant(instant.of, at).startOf(instant.unit);
    case 'endOf':
      return evaluateInstant(instant.of, at).endOf(instant.unit);
    case 'with':
      return withField(evaluateInstant(instant.of, at), instant.unit, instant.value);
    case 'zone':
      return evaluateInstant(instant.of, at).at(instant.zone);
    default:
      return assertNever(instant);
  }
}

function baseOf(which: 'this' | 'last' | 'next', at: SessionPoint): number {
  const ms = which === 'this' ? at.sessionMs : which === 'last' ? at.lastMs : at.nextMs;
  if (ms === undefined) throw new RangeError(`the session has no ${which} session`);
  return ms;
}

function withField(
  clock: MomentClock,
  unit: Extract<SessionInstant, { kind: 'with' }>['unit'],
  value: number,
): MomentClock {
  switch (unit) {
    case 'year':
      return clock.withYear(value);
    case 'month':
      return clock.withMonth(value);
    case 'date':
      return clock.withDate(value);
    case 'day':
      return clock.withDay(value);
    case 'isoWeekday':
      return clock.withIsoWeekday(value);
    case 'hour':
      return clock.withHour(value);
    case 'minute':
      return clock.withMinute(value);
    case 'second':
      return clock.withSecond(value);
    default:
      return assertNever(unit);
  }
}

function fieldOf(clock: MomentClock, field: Extract<SessionNumber, { kind: 'field' }>['field']): number {
  switch (field) {
    case 'isoWeek':
      return clock.week('iso').week;
    case 'isoWeekYear':
      return clock.week('iso').year;
    default:
      return clock[field];
  }
}

function arithmetic(op: '+' | '-' | '*' | '/' | '%', left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return assertNever(op);
  }
}

function compare<T extends number | string>(op: '==' | '!=' | '<' | '<=' | '>' | '>=', left: T, right: T): boolean {
  switch (op) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return assertNever(op);
  }
}

/** `${…}` prints numbers as JSON does. */
function numberText(number: number): string {
  return Number.isFinite(number) ? String(number === 0 ? 0 : number) : 'null';
}
