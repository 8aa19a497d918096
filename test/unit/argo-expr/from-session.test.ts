import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guard, sessionExprToArgo, sessionFromFire } from '../../../src/argo-expr/from-session.ts';
import { evaluateTemplate } from '../../../src/argo-expr/template.ts';
import { instantsOf, localTime } from '../../../src/core/zoned-time.ts';
import { evaluateSession } from '../../../src/expr/evaluate-session.ts';
import type {
  CalendarUnit,
  FormatPart,
  SessionExpr,
  SessionInstant,
  SessionNumber,
  SessionTest,
} from '../../../src/ir/session-expr.ts';

const session: SessionInstant = { kind: 'session', which: 'this' };
const shift = (of: SessionInstant, amount: number, unit: CalendarUnit): SessionInstant => ({
  kind: 'shift',
  of,
  amount,
  unit,
});
const format = (at: SessionInstant, ...parts: readonly (string | readonly [string])[]): SessionExpr => ({
  kind: 'format',
  at,
  pattern: parts.map((part) =>
    typeof part === 'string' ? { kind: 'token', token: part } : { kind: 'literal', text: part[0] },
  ),
});
const compact = (at: SessionInstant): SessionExpr => format(at, 'YYYY', 'MM', 'DD');
const date = (timezone: string) => ({ timezone, input: { kind: 'date', name: 'session_date' } }) as const;
const time = (timezone: string) => ({ timezone, input: { kind: 'time', name: 'session_time' } }) as const;

describe('the text that is written', () => {
  test.each<[string, SessionExpr, string]>([
    ['identity', format(session, 'YYYY', ['-'], 'MM', ['-'], 'DD'), '{{inputs.parameters.session_date}}'],
    [
      'yesterday',
      compact(shift(session, -1, 'day')),
      "{{=date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo').AddDate(0, 0, -1).Format('20060102')}}",
    ],
    [
      'last month, where the day is not shown',
      format(shift(session, -1, 'month'), 'YYYY', 'MM'),
      "{{=date(inputs.parameters.session_date[0:7] + '-01', '2006-01-02', 'Asia/Tokyo').AddDate(0, -1, 0).Format('200601')}}",
    ],
    [
      'last day of the month',
      compact({ kind: 'endOf', of: session, unit: 'month' }),
      "{{=date(inputs.parameters.session_date[0:7] + '-01', '2006-01-02', 'Asia/Tokyo').AddDate(0, 1, -1).Format('20060102')}}",
    ],
    [
      'a literal that Go would read as a field',
      format(session, 'YYYY', ['-v1-'], 'MM'),
      "{{=date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo').Format('2006') + '-v1-' + date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo').Format('01')}}",
    ],
    [
      'text around',
      { kind: 'concat', parts: [{ kind: 'text', text: 'gs://b/' }, compact(session), { kind: 'text', text: '.csv' }] },
      "gs://b/{{=date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo').Format('20060102')}}.csv",
    ],
  ])('%s', (_, ast, want) => {
    expect(sessionExprToArgo(ast, date('Asia/Tokyo'))).toEqual({ kind: 'expression', text: want });
  });

  test('the session time is handed on as it is', () => {
    const ast = format(session, 'YYYY', ['-'], 'MM', ['-'], 'DD', ['T'], 'HH', [':'], 'mm', [':'], 'ss', 'Z');
    expect(sessionExprToArgo(ast, time('Asia/Tokyo'))).toEqual({
      kind: 'expression',
      text: '{{inputs.parameters.session_time}}',
    });
  });

  test.each<[string, SessionExpr, string, string]>([
    [
      'last session',
      compact({ kind: 'session', which: 'last' }),
      'Asia/Tokyo',
      "the last session's time depends on the schedule",
    ],
    [
      'a day of the clock in a zone with summer time',
      format(shift(session, 1, 'day'), 'HH'),
      'America/New_York',
      'the time of day is not certain when the clocks of America/New_York change',
    ],
    [
      'midnight that clocks skip',
      compact(shift(session, 1, 'day')),
      'Asia/Beirut',
      'the clocks of Asia/Beirut change at midnight',
    ],
    ['week of the locale', format(session, 'ww'), 'Asia/Tokyo', 'the format token ww has no equal'],
    ['braces', { kind: 'text', text: '{{ds}}' }, 'Asia/Tokyo', 'the text holds {{'],
    [
      'quotient',
      {
        kind: 'number-text',
        of: { kind: 'arithmetic', op: '/', left: { kind: 'number', value: 1 }, right: { kind: 'number', value: 2 } },
      },
      'Asia/Tokyo',
      'a quotient may be no whole number',
    ],
  ])('refused: %s', (_, ast, zone, reason) => {
    expect(sessionExprToArgo(ast, time(zone))).toEqual({ kind: 'refused', reason });
  });
});

/** 22:30 on the last day of January, and the like: ends of months, years, clock changes, leap days. */
const days = [
  '2020-02-29',
  '2021-01-31',
  '2021-03-14',
  '2021-03-15',
  '2021-03-28',
  '2021-03-31',
  '2021-05-31',
  '2021-10-31',
  '2021-11-07',
  '2021-12-31',
  '2024-02-28',
  '2024-02-29',
  '2024-08-01',
  '2025-01-01',
  '2027-01-03',
];
const zones = [
  'Asia/Tokyo',
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Australia/Lord_Howe',
];

const units: readonly CalendarUnit[] = [
  'year',
  'quarter',
  'month',
  'week',
  'isoWeek',
  'day',
  'hour',
  'minute',
  'second',
];
const instant: fc.Arbitrary<SessionInstant> = fc.letrec<{ at: SessionInstant }>((tie) => ({
  at: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant(session),
    fc.record({
      kind: fc.constant('shift' as const),
      of: tie('at'),
      amount: fc.integer({ min: -40, max: 40 }),
      unit: fc.constantFrom(...units),
    }),
    fc.record({
      kind: fc.constantFrom('startOf' as const, 'endOf' as const),
      of: tie('at'),
      unit: fc.constantFrom(...units),
    }),
    fc.record({
      kind: fc.constant('with' as const),
      of: tie('at'),
      unit: fc.constantFrom('date' as const, 'day' as const, 'isoWeekday' as const),
      value: fc.integer({ min: 1, max: 7 }),
    }),
    fc.record({
      kind: fc.constant('with' as const),
      of: tie('at'),
      unit: fc.constantFrom('date' as const, 'hour' as const, 'minute' as const, 'second' as const),
      value: fc.integer({ min: 0, max: 31 }),
    }),
    fc.record({
      kind: fc.constant('with' as const),
      of: tie('at'),
      unit: fc.constant('month' as const),
      value: fc.integer({ min: 0, max: 11 }),
    }),
    fc.record({ kind: fc.constant('zone' as const), of: tie('at'), zone: fc.constantFrom(...zones) }),
  ),
})).at;

const part: fc.Arbitrary<FormatPart> = fc.oneof(
  fc.record({
    kind: fc.constant('token' as const),
    token: fc.constantFrom(
      'YYYY',
      'YY',
      'Q',
      'M',
      'MM',
      'MMM',
      'MMMM',
      'D',
      'DD',
      'DDD',
      'DDDD',
      'Do',
      'd',
      'dd',
      'ddd',
      'dddd',
      'E',
      'e',
      'W',
      'WW',
      'GGGG',
      'H',
      'HH',
      'h',
      'hh',
      'm',
      'mm',
      's',
      'ss',
      'SSS',
      'A',
      'a',
      'Z',
      'ZZ',
      'X',
      'x',
    ),
  }),
  fc.record({
    kind: fc.constant('literal' as const),
    text: fc.constantFrom('-', '/', 'T', ' ', ':', '年', 'v1', '.0', '_', "it's", 'Jan', 'MST', 'a}}b', '\\'),
  }),
);
const formatted: fc.Arbitrary<SessionExpr> = fc.record({
  kind: fc.constant('format' as const),
  at: instant,
  pattern: fc.array(part, { minLength: 1, maxLength: 6 }),
});
const number: fc.Arbitrary<SessionNumber> = fc.letrec<{ n: SessionNumber }>((tie) => ({
  n: fc.oneof(
    { maxDepth: 2 },
    fc.record({ kind: fc.constant('number' as const), value: fc.integer({ min: -9, max: 40 }) }),
    fc.record({
      kind: fc.constant('unix' as const),
      at: instant,
      unit: fc.constantFrom('second' as const, 'millisecond' as const),
    }),
    fc.record({
      kind: fc.constant('field' as const),
      at: instant,
      field: fc.constantFrom(
        'year' as const,
        'quarter' as const,
        'month' as const,
        'date' as const,
        'dayOfYear' as const,
        'day' as const,
        'isoWeekday' as const,
        'isoWeek' as const,
        'isoWeekYear' as const,
        'hour' as const,
        'minute' as const,
        'second' as const,
      ),
    }),
    fc.record({
      kind: fc.constant('diff' as const),
      from: instant,
      to: instant,
      unit: fc.constantFrom('day' as const, 'week' as const, 'hour' as const, 'minute' as const, 'second' as const),
    }),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      op: fc.constantFrom('+' as const, '-' as const, '*' as const, '%' as const),
      left: tie('n'),
      right: tie('n'),
    }),
  ),
})).n;
const expression: fc.Arbitrary<SessionExpr> = fc.letrec<{ e: SessionExpr; t: SessionTest }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 2 },
    formatted,
    fc.record({ kind: fc.constant('number-text' as const), of: number }),
    fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom('a', '2021', "o'clock", '') }),
    fc.record({ kind: fc.constant('concat' as const), parts: fc.array(tie('e'), { maxLength: 3 }) }),
    // biome-ignore lint/suspicious/noThenProperty: the branch of a choice is called `then`
    fc.record({ kind: fc.constant('choose' as const), test: tie('t'), then: tie('e'), otherwise: tie('e') }),
    fc.record({
      kind: fc.constant('slice' as const),
      of: tie('e'),
      from: fc.integer({ min: 0, max: 3 }),
      to: fc.integer({ min: 3, max: 9 }),
    }),
    fc.record({
      kind: fc.constant('replace' as const),
      of: tie('e'),
      search: fc.constantFrom('-', '0', 'x'),
      by: fc.constantFrom('', '_'),
      all: fc.constant(true),
    }),
    fc.record({ kind: fc.constant('test-text' as const), of: tie('t') }),
  ),
  t: fc.oneof(
    { maxDepth: 2 },
    fc.record({
      kind: fc.constant('compare' as const),
      op: fc.constantFrom('==' as const, '!=' as const, '<' as const, '>=' as const),
      left: tie('e'),
      right: tie('e'),
    }),
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('t'), right: tie('t') }),
    fc.record({ kind: fc.constant('not' as const), of: tie('t') }),
    fc.record({ kind: fc.constant('constant' as const), value: fc.boolean() }),
  ),
})).e;

const rfc3339 = format(session, 'YYYY', ['-'], 'MM', ['-'], 'DD', ['T'], 'HH', [':'], 'mm', [':'], 'ss', 'Z');

describe('what is written means the same', () => {
  const written = { date: 0, time: 0 };
  const agrees = (ast: SessionExpr, zone: string, day: string, kind: 'date' | 'time', hour: number): void => {
    const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
    const [sessionMs] = instantsOf(zone, {
      year,
      month,
      day: dayOfMonth,
      hour: kind === 'date' ? 0 : hour,
      minute: kind === 'date' ? 0 : 30,
      second: 0,
    });
    if (sessionMs === undefined) return;
    const point = { sessionMs, zone };
    const text = sessionExprToArgo(ast, kind === 'date' ? date(zone) : time(zone));
    if (text.kind === 'refused') return;
    written[kind] += 1;
    const params = new Map([
      [`inputs.parameters.session_${kind}`, kind === 'date' ? day : evaluateSession(rfc3339, point)],
    ]);
    expect({ text: text.text, ...evaluateTemplate(text.text, params) }).toEqual({
      kind: 'text',
      text: evaluateSession(ast, point),
    });
  };

  test.each(['date', 'time'] as const)('any expression over the session %s', (kind) => {
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom(...zones),
        fc.constantFrom(...days),
        fc.constantFrom(0, 1, 2, 3, 23),
        (ast, zone, day, hour) => agrees(ast, zone, day, kind, hour),
      ),
      { numRuns: 4000, seed: 20_211_207 },
    );
    expect(written[kind]).toBeGreaterThan(800);
  });

  test.each(['date', 'time'] as const)('any format of the session %s', (kind) => {
    fc.assert(
      fc.property(
        formatted,
        fc.constantFrom(...zones),
        fc.constantFrom(...days),
        fc.constantFrom(0, 1, 2, 3, 23),
        (ast, zone, day, hour) => agrees(ast, zone, day, kind, hour),
      ),
      { numRuns: 4000, seed: 7 },
    );
  });
});

const session_of = (
  kind: Parameters<typeof sessionFromFire>[0],
  delay: number,
  zone: string,
  want: 'date' | 'time',
  params: Readonly<Record<string, string>>,
  day?: number,
) => {
  const known = {
    'workflow.parameters.target_date': '',
    'workflow.creationTimestamp': 'x',
    'workflow.creationTimestamp.RFC3339': '2026-11-24T10:00:00Z',
    ...params,
  };
  const got = evaluateTemplate(sessionFromFire(kind, delay, zone, want, day), new Map(Object.entries(known)));
  return got.kind === 'text' ? got.text : got;
};

describe('the session of a fire', () => {
  const fire = (scheduledTime: string) => ({ 'workflow.scheduledTime': scheduledTime });

  test('the text of a daily job is the one of the example', () => {
    expect(sessionFromFire('daily', 7 * 3600, 'Asia/Tokyo', 'date')).toBe(
      "{{=workflow.parameters.target_date != '' ? workflow.parameters.target_date : date(workflow.scheduledTime ?? workflow.creationTimestamp.RFC3339).In(timezone('Asia/Tokyo')).Format('2006-01-02')}}",
    );
  });

  test.each<[string, unknown, string]>([
    ['daily 07:00', session_of('daily', 25_200, 'Asia/Tokyo', 'date', fire('2021-12-06T22:00:00Z')), '2021-12-07'],
    ['daily 26:00', session_of('daily', 93_600, 'Asia/Tokyo', 'date', fire('2024-02-29T17:00:00Z')), '2024-02-29'],
    [
      'daily 26:00 as a time',
      session_of('daily', 93_600, 'Asia/Tokyo', 'time', fire('2024-02-29T17:00:00Z')),
      '2024-02-29T00:00:00+09:00',
    ],
    [
      'daily, New York, the day clocks go forward',
      session_of('daily', 25_200, 'America/New_York', 'date', fire('2021-03-14T11:00:00Z')),
      '2021-03-14',
    ],
    ['daily, by hand', session_of('daily', 25_200, 'Asia/Tokyo', 'date', {}), '2026-11-24'],
    [
      'daily, a past day',
      session_of('daily', 25_200, 'Asia/Tokyo', 'date', {
        'workflow.parameters.target_date': '2021-03-01',
        ...fire('2021-12-06T22:00:00Z'),
      }),
      '2021-03-01',
    ],
    [
      'hourly 00:10',
      session_of('hourly', 600, 'Asia/Tokyo', 'time', fire('2021-12-06T22:10:00Z')),
      '2021-12-07T07:00:00+09:00',
    ],
    [
      'hourly 75:00',
      session_of('hourly', 4500, 'Asia/Tokyo', 'time', fire('2021-12-06T22:15:00Z')),
      '2021-12-07T06:00:00+09:00',
    ],
    [
      'hourly in a zone with half hours',
      session_of('hourly', 600, 'Asia/Kolkata', 'time', fire('2021-12-06T21:40:00Z')),
      '2021-12-07T03:00:00+05:30',
    ],
    [
      'hourly, the second of two equal hours',
      session_of('hourly', 600, 'America/New_York', 'time', fire('2021-11-07T06:10:00Z')),
      '2021-11-07T01:00:00-05:00',
    ],
    ['cron', session_of('cron', 0, 'Asia/Tokyo', 'time', fire('2021-12-06T22:05:00Z')), '2021-12-07T07:05:00+09:00'],
    [
      'cron, a past time with another offset',
      session_of('cron', 0, 'Asia/Tokyo', 'time', { 'workflow.parameters.target_date': '2024-03-30T15:00:00.5Z' }),
      '2024-03-31T00:00:00+09:00',
    ],
    [
      'weekly on Monday, fired on time',
      session_of('weekly', 7200, 'Asia/Tokyo', 'date', fire('2026-11-22T17:00:00Z'), 1),
      '2026-11-23',
    ],
    ['weekly on Monday, by hand on a Tuesday', session_of('weekly', 7200, 'Asia/Tokyo', 'date', {}, 1), '2026-11-23'],
    ['weekly on Sunday, by hand', session_of('weekly', 7200, 'Asia/Tokyo', 'date', {}, 0), '2026-11-22'],
    [
      'weekly on Saturday at 25:00, fired on Sunday',
      session_of('weekly', 90_000, 'Asia/Tokyo', 'date', fire('2026-11-21T16:00:00Z'), 6),
      '2026-11-21',
    ],
    ['monthly on the 1st, by hand', session_of('monthly', 7200, 'Asia/Tokyo', 'date', {}, 1), '2026-11-01'],
    ['monthly on the 25th, by hand before it', session_of('monthly', 7200, 'Asia/Tokyo', 'date', {}, 25), '2026-10-25'],
    ['monthly on the 24th, by hand on it', session_of('monthly', 7200, 'Asia/Tokyo', 'date', {}, 24), '2026-11-24'],
    [
      'monthly on the 1st at 24:30, fired on the 2nd',
      session_of('monthly', 88_200, 'Asia/Tokyo', 'date', fire('2026-11-01T15:30:00Z'), 1),
      '2026-11-01',
    ],
    [
      'monthly on the 1st at 24:30, by hand on the 1st',
      session_of('monthly', 88_200, 'Asia/Tokyo', 'date', fire('2026-11-01T02:30:00Z'), 1),
      '2026-10-01',
    ],
    [
      'daily 26:00 where a midnight is skipped',
      session_of('daily', 93_600, 'Asia/Beirut', 'date', fire('2026-03-29T23:00:00Z')),
      '2026-03-29',
    ],
  ])('%s', (_, got, want) => {
    expect(got).toBe(want);
  });

  test('every weekly fire of a year keeps its day', () => {
    for (let week = 0; week < 53; week++) {
      const fired = Date.UTC(2026, 0, 4, 21) + week * 7 * 86_400_000;
      const local = localTime('Asia/Tokyo', fired);
      const want = `${local.year}-${String(local.month).padStart(2, '0')}-${String(local.day).padStart(2, '0')}`;
      expect(
        session_of(
          'weekly',
          6 * 3600,
          'Asia/Tokyo',
          'date',
          { 'workflow.scheduledTime': new Date(fired).toISOString() },
          1,
        ),
      ).toBe(want);
    }
  });
});

describe('the guard is true or an error', () => {
  const guarded = (want: 'date' | 'time', target: string) => {
    const got = evaluateTemplate(guard(want), new Map([['workflow.parameters.target_date', target]]));
    return got.kind === 'text' ? got.text : got.kind;
  };

  test.each([
    ['date', '', 'true'],
    ['date', '2024-02-29', 'true'],
    ['date', '2023-02-29', 'error'],
    ['date', '20240229', 'error'],
    ['date', '2024-2-9', 'error'],
    ['date', '2024-02-29 ', 'error'],
    ['date', '2024-13-01', 'error'],
    ['date', '2024-02-29T00:00:00Z', 'error'],
    ['time', '', 'true'],
    ['time', '2024-03-30T15:00:00Z', 'true'],
    ['time', '2024-03-30T15:00:00+09:00', 'true'],
    ['time', '2024-03-30T15:00:00.25+09:00', 'true'],
    ['time', '2024-03-30', 'error'],
    ['time', '20240330T150000Z', 'error'],
    ['time', '2024-13-30T15:00:00Z', 'error'],
  ] as const)('%s %j: %s', (want, target, outcome) => {
    expect(guarded(want, target)).toBe(outcome);
  });
});
