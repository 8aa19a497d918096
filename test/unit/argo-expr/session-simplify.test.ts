import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionExprToArgo } from '../../../src/argo-expr/from-session.ts';
import { type Observed, simplified } from '../../../src/argo-expr/session-simplify.ts';
import { evaluateTemplate } from '../../../src/argo-expr/template.ts';
import { instantsOf } from '../../../src/core/zoned-time.ts';
import { evaluateSession } from '../../../src/expr/evaluate-session.ts';
import type { CalendarUnit, SessionExpr, SessionInstant } from '../../../src/ir/session-expr.ts';

const session: SessionInstant = { kind: 'session', which: 'this' };
const months = (amount: number, of: SessionInstant = session): SessionInstant => ({
  kind: 'shift',
  of,
  amount,
  unit: 'month',
});
const days = (amount: number, of: SessionInstant = session): SessionInstant => ({
  kind: 'shift',
  of,
  amount,
  unit: 'day',
});
const start = (unit: CalendarUnit, of: SessionInstant = session): SessionInstant => ({ kind: 'startOf', of, unit });
const format = (at: SessionInstant, tokens: readonly string[]): SessionExpr => ({
  kind: 'format',
  at,
  pattern: tokens.map((token) => ({ kind: 'token', token })),
});

const base = 'inputs.parameters.session_date';
const first = `date(${base}[0:7] + '-01', '2006-01-02', 'Asia/Tokyo')`;

describe('the text is as short as what the format shows allows', () => {
  test.each<[string, SessionInstant, readonly string[], string]>([
    ['the month before', start('month', months(-1)), ['YYYY', 'MM'], `${first}.AddDate(0, -1, 0).Format('200601')`],
    [
      'there and back',
      months(1, months(-1)),
      ['YYYY', 'MM'],
      `date(${base}, '2006-01-02', 'Asia/Tokyo').Format('200601')`,
    ],
    [
      'the first of the month before',
      start('month', months(-1)),
      ['YYYY', 'MM', 'DD'],
      `${first}.AddDate(0, -1, 0).Format('20060102')`,
    ],
    [
      'the last of the month before',
      days(-1, start('month')),
      ['YYYY', 'MM', 'DD'],
      `${first}.AddDate(0, 0, -1).Format('20060102')`,
    ],
    [
      'the end of the month before',
      { kind: 'endOf', of: months(-1), unit: 'month' },
      ['DD'],
      `${first}.AddDate(0, 0, -1).Format('02')`,
    ],
    [
      'two days of shifts',
      days(-1, days(-1, start('day'))),
      ['DD'],
      `date(${base}, '2006-01-02', 'Asia/Tokyo').AddDate(0, 0, -2).Format('02')`,
    ],
    [
      'the first by its number',
      { kind: 'with', of: months(2), unit: 'date', value: 1 },
      ['YYYY', 'MM', 'DD'],
      `${first}.AddDate(0, 2, 0).Format('20060102')`,
    ],
  ])('%s', (_, at, tokens, want) => {
    const input = { timezone: 'Asia/Tokyo', input: { kind: 'date', name: 'session_date' } } as const;
    expect(sessionExprToArgo(format(at, tokens), input)).toEqual({ kind: 'expression', text: `{{=${want}}}` });
  });
});

const calendarUnits = ['year', 'quarter', 'month', 'week', 'isoWeek', 'day'] as const;
const allUnits = [...calendarUnits, 'hour', 'minute', 'second'] as const;
type Step = (of: SessionInstant) => SessionInstant;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ amount: fc.integer({ min: -14, max: 14 }), unit: fc.constantFrom(...calendarUnits, 'hour' as const) })
    .map(
      ({ amount, unit }): Step =>
        (of) => ({ kind: 'shift', of, amount, unit }),
    ),
  fc.record({ kind: fc.constantFrom('startOf' as const, 'endOf' as const), unit: fc.constantFrom(...allUnits) }).map(
    ({ kind, unit }): Step =>
      (of) => ({ kind, of, unit }),
  ),
  fc.record({ unit: fc.constantFrom('date' as const, 'hour' as const), value: fc.integer({ min: 1, max: 31 }) }).map(
    ({ unit, value }): Step =>
      (of) => ({ kind: 'with', of, unit, value: unit === 'hour' ? value % 24 : value }),
  ),
);
const chain = fc
  .array(step, { minLength: 1, maxLength: 5 })
  .map((steps) => steps.reduce<SessionInstant>((of, next) => next(of), session));
const shown: fc.Arbitrary<{ readonly observed: Observed; readonly tokens: readonly string[] }> = fc.constantFrom(
  { observed: 'month', tokens: ['YYYY', 'MM'] },
  { observed: 'month', tokens: ['Q'] },
  { observed: 'date', tokens: ['YYYY', 'MM', 'DD'] },
  { observed: 'date', tokens: ['dddd', 'DDD'] },
);
const zones = ['Asia/Tokyo', 'America/New_York', 'Europe/London', 'Asia/Beirut', 'Australia/Lord_Howe'];
/** Every day of 2019 to 2032: all ends of months, leap days and days on which clocks change. */
const day = fc
  .integer({ min: 0, max: 5000 })
  .map((after) => new Date(Date.UTC(2019, 0, 1 + after)).toISOString().slice(0, 10));

test('what is left shows the same, in moment and in Argo', () => {
  let compared = 0;
  fc.assert(
    fc.property(chain, shown, fc.constantFrom(...zones), day, (at, { observed, tokens }, timezone, date) => {
      const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
      const [sessionMs] = instantsOf(timezone, { year, month, day: dayOfMonth, hour: 0, minute: 0, second: 0 });
      if (sessionMs === undefined) return;
      const point = { sessionMs, zone: timezone };
      const want = evaluateSession(format(at, tokens), point);
      expect(evaluateSession(format(simplified(at, observed, timezone), tokens), point)).toBe(want);
      const text = sessionExprToArgo(format(at, tokens), { timezone, input: { kind: 'date', name: 'session_date' } });
      if (text.kind === 'refused') return;
      compared += 1;
      expect(evaluateTemplate(text.text, new Map([[base, date]]))).toEqual({ kind: 'text', text: want });
    }),
    { numRuns: 5000, seed: 20_240_229 },
  );
  expect(compared).toBeGreaterThan(2000);
});
