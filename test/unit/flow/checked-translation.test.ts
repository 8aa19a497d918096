import { expect, test } from 'vitest';
import type { SessionExpr } from '../../../src/ir/session-expr.ts';
import { checkedTranslation } from '../../../src/rules/builtin/flow/checked-translation.ts';

const lastMonth: SessionExpr = {
  kind: 'format',
  at: { kind: 'shift', of: { kind: 'session', which: 'this' }, amount: -1, unit: 'month' },
  pattern: [
    { kind: 'token', token: 'YYYY' },
    { kind: 'token', token: 'MM' },
  ],
};
const session = { kind: 'date', name: 'session_date' } as const;
const date = "date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo')";

test('a translation that overflows where moment clamps is refused, with the session that shows it', () => {
  const text = `{{=${date}.AddDate(0, -1, 0).Format('200601')}}`;
  expect(checkedTranslation(lastMonth, { kind: 'expression', text }, 'Asia/Tokyo', session)).toEqual({
    kind: 'refused',
    reason: 'for the session 2023-12-31 Digdag prints 202311, the translation 202312',
  });
});

test('one that agrees on every sample stays', () => {
  const text = `{{=date(${date}.Format('2006-01') + '-01', '2006-01-02', 'Asia/Tokyo').AddDate(0, -1, 0).Format('200601')}}`;
  const written = { kind: 'expression', text } as const;
  expect(checkedTranslation(lastMonth, written, 'Asia/Tokyo', session)).toBe(written);
});
