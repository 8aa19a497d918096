import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatOffset } from '../../../src/core/zoned-time.ts';
import { analyseText } from '../../../src/expr/analyse-text.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import { evaluateSession } from '../../../src/expr/evaluate-session.ts';
import { MomentClock } from '../../../src/expr/moment-clock.ts';

const from = { via: 'default', reason: 'test' } as const;
const zones = [
  'Asia/Tokyo',
  'America/New_York',
  'Europe/London',
  'Australia/Sydney',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'UTC',
];
/** Month ends, leap days, ends of years, and the days on which clocks change in these zones. */
const days = [
  '2024-01-31',
  '2024-02-28',
  '2024-02-29',
  '2023-02-28',
  '2023-03-31',
  '2021-12-31',
  '2022-01-01',
  '2020-12-31',
  '2024-08-30',
  '2021-03-14',
  '2021-11-07',
  '2022-03-27',
  '2022-10-30',
  '2021-10-03',
  '2022-04-03',
  '2017-10-15',
  '2018-02-18',
];

const unit = fc.constantFrom('year', 'quarter', 'months', 'week', 'days', 'd', 'hours', 'minute', 'seconds');
const startUnit = fc.constantFrom('year', 'quarter', 'month', 'week', 'isoWeek', 'day', 'hour', 'minute');
const amount = fc.integer({ min: -40, max: 40 });
const base = fc.constantFrom(
  'moment(session_time)',
  'moment(session_date)',
  "moment(session_date_compact, 'YYYYMMDD')",
  'moment.unix(session_unixtime)',
  'moment(session_unixtime * 1000)',
  'moment(new Date(session_time))',
);
const step = fc.oneof(
  fc.tuple(amount, unit).map(([n, u]) => `.add(${n}, '${u}')`),
  fc.tuple(amount, unit).map(([n, u]) => `.subtract('${u}', ${n})`),
  startUnit.map((u) => `.startOf('${u}')`),
  startUnit.map((u) => `.endOf('${u}')`),
  fc.integer({ min: 0, max: 31 }).map((n) => `.date(${n})`),
  fc.integer({ min: 0, max: 11 }).map((n) => `.month(${n})`),
  fc.integer({ min: -7, max: 7 }).map((n) => `.day(${n})`),
  fc.integer({ min: 1, max: 7 }).map((n) => `.isoWeekday(${n})`),
  fc.integer({ min: 0, max: 23 }).map((n) => `.hour(${n})`),
  fc.integer({ min: 2019, max: 2024 }).map((n) => `.year(${n})`),
);
const end = fc.constantFrom(
  '.format()',
  ".format('YYYYMMDD')",
  ".format('YYYY-MM-DD HH:mm:ss.SSS Z')",
  ".format('dddd Do MMM gggg-ww GGGG-[W]WW-E DDDD k hh A Q X')",
  '.unix()',
  '.valueOf()',
  '.date()',
  '.month()',
  '.isoWeek()',
  '.dayOfYear()',
  '.daysInMonth()',
  ".utc().format('YYYY-MM-DDTHH:mm')",
  '.toISOString()',
  ".diff(moment(session_time), 'days')",
  ".diff(moment(session_time), 'months')",
  '.isBefore(moment(session_time))',
  ".isSame(moment(session_time), 'month')",
  ".format('YYYY-MM-DD').split('-')[1]",
  ".format('YYYYMMDD').substr(4)",
  ".format('YYYY-MM').replace(/-/g, '')",
  ".add(1, 'd').date() == 1 ? 'last' : 'other'",
);
const expression = fc.tuple(base, fc.array(step, { maxLength: 4 }), end).map(([b, steps, e]) => b + steps.join('') + e);

test('reading an expression and computing it by hand gives what the sandbox gives', { timeout: 120_000 }, async () => {
  const evaluator = await createEvaluator();
  let seen = 0;
  fc.assert(
    fc.property(
      expression,
      fc.constantFrom(...days),
      fc.integer({ min: 0, max: 86_399 }),
      fc.constantFrom(...zones),
      (source, day, second, zone) => {
        const sessionMs = Date.parse(`${day}T00:00:00Z`) + second * 1000;
        const text = `\${${source}}`;
        const read = analyseText(text, from, new Map());
        const parts = read.parts.map((part) =>
          part.kind === 'runtime' && part.expr.kind === 'session'
            ? evaluateSession(part.expr.ast, { sessionMs, zone })
            : part.kind === 'runtime'
              ? fc.pre(false)
              : part.text,
        );
        const want = evaluator.evaluateText(text, sessionParams(sessionMs, zone));
        seen += 1;
        expect(parts.join('')).toBe(want.kind === 'value' ? want.value : want.message);
      },
    ),
    { numRuns: 2000, seed: 20_240_229 },
  );
  expect(seen).toBeGreaterThan(1800);
});

function sessionParams(ms: number, zone: string): ReadonlyMap<string, string | number> {
  const at = new MomentClock(ms, zone);
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${at.year}-${two(at.month + 1)}-${two(at.date)}`;
  return new Map<string, string | number>([
    ['timezone', zone],
    [
      'session_time',
      `${date}T${two(at.hour)}:${two(at.minute)}:${two(at.second)}${formatOffset(at.offset * 60, true)}`,
    ],
    ['session_date', date],
    ['session_date_compact', date.replaceAll('-', '')],
    ['session_unixtime', ms / 1000],
  ]);
}
