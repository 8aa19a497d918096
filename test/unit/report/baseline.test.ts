import { describe, expect, test } from 'vitest';
import { changesSince } from '../../../src/report/baseline.ts';
import { baselineMarkdown } from '../../../src/report/reporters/markdown-baseline.ts';
import { reportWords } from '../../../src/report/reporters/words.ts';
import type { JobReport } from '../../../src/report/types.ts';
import { errorIn, jobOf, reportOf, warningIn } from './fixture.ts';

const row = (kind: 'proved' | 'not-provable'): JobReport['proof'][number] => ({
  job: 'sales',
  environment: 'prd',
  start: { environment: 'prd', sessionTime: '2026-03-01T00:00:00Z', creationTime: '' },
  verdict: kind === 'proved' ? { kind } : { kind, reason: 'x' },
});

describe('a job', () => {
  test.each<[string, Partial<JobReport>, Partial<JobReport>, readonly string[]]>([
    ['that stays as it is', {}, {}, []],
    ['whose status falls', {}, { status: 'needs-work' }, ['converted → needs work']],
    ['whose status rises', { status: 'needs-work' }, {}, []],
    ['with a further warning', {}, { diagnostics: [warningIn('a.dig')] }, ['+1 warning CLOCK_IN_IMAGE']],
    [
      'with the same warning in a further environment',
      { diagnostics: [warningIn('a.dig', 'sales', 'dev')] },
      { diagnostics: ['dev', 'prd'].map((environment) => warningIn('a.dig', 'sales', environment)) },
      [],
    ],
    [
      'with another error instead of the one it had',
      { diagnostics: [errorIn('a.dig')] },
      { diagnostics: [errorIn('b.dig')] },
      [],
    ],
    ['with a further note', {}, { diagnostics: [{ ...errorIn('a.dig'), severity: 'info' }] }, []],
    [
      'that was proved',
      { proof: [row('proved')] },
      { proof: [row('not-provable')] },
      ['prd: proved → prd: not-provable'],
    ],
    ['that verify did not look at before', {}, { proof: [row('not-provable')] }, []],
    ['that can no longer be repeated', {}, { backfillable: false }, ['past dates can no longer be run']],
  ])('%s', (_, before, after, want) => {
    const { worse } = changesSince(reportOf([jobOf('sales', before)]), reportOf([jobOf('sales', after)]));
    expect(worse.flatMap(({ why }) => why)).toEqual(want);
  });

  test('that got better is told as such, unless it also got worse', () => {
    const before = reportOf([jobOf('sales', { status: 'needs-work', diagnostics: [errorIn('a.dig')] })]);
    expect(changesSince(before, reportOf([jobOf('sales')])).better).toEqual([
      { job: 'sales', why: ['needs work → converted', '-1 error DIG_INCLUDE_MISSING'] },
    ]);
    const mixed = changesSince(before, reportOf([jobOf('sales', { diagnostics: [warningIn('a.dig')] })]));
    expect([mixed.worse.length, mixed.better.length]).toEqual([1, 0]);
  });

  test('that is new or gone is neither', () => {
    const changes = changesSince(reportOf([jobOf('a')]), reportOf([jobOf('b', { status: 'needs-work' })]));
    expect(changes).toMatchObject({ worse: [], better: [], added: ['b'], removed: ['a'] });
  });
});

test('the summary has a section of it', () => {
  const baseline = changesSince(
    reportOf([jobOf('a'), jobOf('b')]),
    reportOf([jobOf('a', { diagnostics: [warningIn('a.dig')] }), jobOf('c')]),
  );
  expect(baselineMarkdown(reportOf([], { baseline }), reportWords('en'))).toBe(
    '- **worse**: a: +1 warning CLOCK_IN_IMAGE\n- new: c\n- gone: b\n- new findings: 1 × `CLOCK_IN_IMAGE` in a',
  );
  const same = changesSince(reportOf([jobOf('a')]), reportOf([jobOf('a')]));
  expect(baselineMarkdown(reportOf([], { baseline: same }), reportWords('en'))).toBe('Nothing changed.');
  expect(baselineMarkdown(reportOf([]), reportWords('en'))).toBe('');
});
