import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isK8sName, k8sName, k8sNames, keptNames, MAX_CRON_WORKFLOW_NAME } from '../../../src/k8s/names.ts';

test.each([
  ['daily_sales_report', 'daily-sales-report'],
  ['Daily Sales', 'daily-sales'],
  ['loadOrders', 'load-orders'],
  ['us_store.settlement', 'us-store-settlement'],
  ['--a--', 'a'],
  ['é', 'e'],
])('%s', (text, want) => {
  expect(k8sName(text)).toBe(want);
});

test('two long texts with one head stay two names', () => {
  const head = 'a'.repeat(60);
  const names = [k8sName(`${head}_one`, MAX_CRON_WORKFLOW_NAME), k8sName(`${head}_two`, MAX_CRON_WORKFLOW_NAME)];
  expect(new Set(names).size).toBe(2);
  expect(names.every((name) => name.length === MAX_CRON_WORKFLOW_NAME && isK8sName(name))).toBe(true);
});

test('a text without any letter of a name still gets one', () => {
  expect(isK8sName(k8sName('売上'))).toBe(true);
  expect(k8sName('売上')).not.toBe(k8sName('集計'));
});

test('the text that is a name already keeps it', () => {
  const names = k8sNames(['daily_sales', 'daily-sales', 'Daily Sales']);
  expect(names.get('daily-sales')).toBe('daily-sales');
  expect(names.get('daily_sales')).toMatch(/^daily-sales-[a-z0-9]{6}$/);
  expect(new Set(names.values()).size).toBe(3);
});

test('names once given stay, and a new text does not take one', () => {
  const given = { 'daily sales': 'daily-sales', gone: 'stock' };
  const names = keptNames(['daily-sales', 'daily sales', 'stock'], given);
  expect(names.get('daily sales')).toBe('daily-sales');
  expect(names.get('daily-sales')).toMatch(/^daily-sales-[a-z0-9]{6}$/);
  expect(names.get('stock')).toMatch(/^stock-[a-z0-9]{6}$/);
});

test.each([
  ['that is no name', { a: 'A B' }],
  ['that is too long', { a: 'a'.repeat(64) }],
  ['that two texts claim', { a: 'x', b: 'x' }],
])('a given name %s is given anew', (_, given) => {
  expect(keptNames(['a', 'b'], given)).toEqual(k8sNames(['a', 'b']));
});

test('names differ, are valid, and do not depend on the order', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.stringMatching(/^[ab_-]{1,8}$/),
    fc.stringMatching(/^(?:ab)[A-Z_]{0,70}$/),
  );
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 30 }), (texts) => {
      const names = k8sNames(texts, 20);
      expect(names.size).toBe(texts.length);
      expect(new Set(names.values()).size).toBe(texts.length);
      for (const name of names.values()) expect(isK8sName(name, 20)).toBe(true);
      expect([...k8sNames([...texts].reverse(), 20)].sort()).toEqual([...names].sort());
    }),
  );
});
