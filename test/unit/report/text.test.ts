import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { diagnose as diagnostic } from '../../../src/core/diagnose.ts';
import { indexLines, repoPath, type SourceFile } from '../../../src/core/source.ts';
import { findingOf } from '../../../src/report/finding.ts';
import { groupFindings } from '../../../src/report/reporters/group-findings.ts';
import { textFindings, textReport } from '../../../src/report/reporters/text.ts';
import { table } from '../../../src/report/reporters/text-table.ts';
import type { JobReport, JobStatus, Report } from '../../../src/report/types.ts';

const diagnose = (...given: Parameters<typeof diagnostic>) => findingOf(diagnostic(...given));

const source: SourceFile = { path: repoPath('digdag/prd/sales.dig'), text: '+a:\n  echo>: x\n' };
const span = indexLines(source).span(6, 12);

function job(name: string, status: JobStatus, more: Partial<JobReport> = {}): JobReport {
  return {
    job: name,
    name,
    kind: 'CronWorkflow',
    status,
    environments: ['dev', 'prd'],
    sources: [],
    outputs: [],
    fingerprint: '',
    steps: [],
    schedules: [],
    parameters: [],
    launchers: [],
    accepted: [],
    decisions: [],
    manual: [],
    backfillable: true,
    diagnostics: [],
    lines: { before: 1600, after: 300, afterInBlockStyle: 600 },
    proof: [],
    ...more,
  };
}

const report: Report = {
  schemaVersion: 1,
  tool: { name: 'dig2argo', version: '0.1.0' },
  inputs: [],
  environments: ['dev', 'prd'],
  jobs: { converted: 1, toConfirm: 0, needsWork: 1 },
  accounting: {
    consumed: 12345,
    dropped: [
      { rule: 'a', reason: 'x', count: 2 },
      { rule: 'b', reason: 'y', count: 3 },
    ],
    unaccounted: [{ kind: 'dig-key', label: '_foo', span }],
  },
  lines: {
    all: { before: 3200, after: 600, afterInBlockStyle: 1200 },
    reference: { before: 0, after: 10, afterInBlockStyle: 20, environment: 'prd' },
  },
  rules: { replaced: [], unused: [], unusedOfPackage: 0 },
  details: [
    job('sales', 'converted'),
    job('在庫', 'needs-work', { diagnostics: [diagnose('DIG_INCLUDE_MISSING', { path: 'x.dig' }, { span })] }),
  ],
  diagnostics: [
    diagnose('PROJECT_GUESSED', { what: 'a', guess: 'b' }),
    diagnose('PROJECT_GUESSED', { what: 'c', guess: 'd' }),
  ],
};

describe('the summary', () => {
  test('shows figures, and jobs with work first', () => {
    expect(textReport(report, { color: false })).toBe(`2 jobs in dev, prd

  converted                 1
  decisions to confirm      0
  needs work                1
  lines                     3,200 → 600 (-81 %)
    block style throughout  3,200 → 1,200 (-62 %)
  lines, prd alone          0 → 10
    block style throughout  0 → 20
  parts of the legacy tree  12,345 converted, 5 dropped by rule, 1 unaccounted
  findings                  1 error, 2 notes

  job    status      environments  lines                findings
  在庫   needs work  dev prd       1,600 → 300 (-81 %)  1 error
  sales  converted   dev prd       1,600 → 300 (-81 %)  none

Unaccounted: read by nothing and dropped by no rule
  digdag/prd/sales.dig:2:3  dig-key  _foo
`);
  });

  test('in colour says the same', () => {
    const painted = textReport(report, { color: true });
    expect(painted).toContain('\u001b[31m');
    expect(stripVTControlCharacters(painted)).toBe(textReport(report, { color: false }));
  });
});

test.each([
  [1000, 1004, '1,000 → 1,004 (0 %)'],
  [1000, 996, '1,000 → 996 (0 %)'],
  [100, 150, '100 → 150 (+50 %)'],
])('%i lines that become %i', (before, after, want) => {
  const text = textReport(
    { ...report, lines: { ...report.lines, all: { before, after, afterInBlockStyle: after } } },
    { color: false },
  );
  expect(text).toContain(`  lines                     ${want}\n`);
});

describe('findings', () => {
  test('that say the same of the same place stand once, with their jobs and environments', () => {
    const missing = (job: string, environment: string) =>
      diagnose('DIG_INCLUDE_MISSING', { path: 'x.dig' }, { span, job, environment });
    const elsewhere = diagnose('DIG_INCLUDE_MISSING', { path: 'y.dig' }, { span, job: 'sales' });
    const groups = groupFindings([
      missing('sales', 'dev'),
      missing('sales', 'prd'),
      elsewhere,
      missing('stock', 'dev'),
    ]);
    expect(groups.map((group) => group.where)).toEqual([['sales (dev, prd)', 'stock (dev)'], ['sales']]);
    expect(textFindings(groups.slice(0, 1), () => undefined, { color: false })).toMatch(
      /\n {2}in sales \(dev, prd\), stock \(dev\)\n$/,
    );
  });

  const find = (path: string): SourceFile | undefined => (path === source.path ? source : undefined);

  test('show position, text, code, frame, hint and other places', () => {
    const shown = diagnose(
      'PROJECT_TWO_JOBS',
      { name: 'sales', environment: 'prd' },
      { span, related: [{ span, note: 'the other one' }] },
    );
    expect(
      textFindings(groupFindings([shown]), find, { color: false }),
    ).toBe(`digdag/prd/sales.dig:2:3 error two workflows named sales in environment prd PROJECT_TWO_JOBS
  2 |   echo>: x
    |   ^^^^^^
  → rename one of them, or split the projects under \`environments\` in dig2argo.yaml
  digdag/prd/sales.dig:2:3 the other one
`);
  });

  test('without a position or a source show the text alone', () => {
    expect(
      textFindings(groupFindings([diagnose('PROJECT_NOT_DIGDAG', { path: 'a.dig', what: 'an XML document' })]), find, {
        color: false,
      }),
    ).toBe('note a.dig is an XML document, not a Digdag workflow; skipped PROJECT_NOT_DIGDAG\n');
    const gone = diagnose('PROJECT_NOT_DIGDAG', { path: 'a.dig', what: 'an XML document' }, { span });
    expect(textFindings(groupFindings([gone]), () => undefined, { color: false })).toBe(
      'digdag/prd/sales.dig:2:3 note a.dig is an XML document, not a Digdag workflow; skipped PROJECT_NOT_DIGDAG\n',
    );
  });
});

test('a table has columns as wide as their widest cell', () => {
  expect(
    table(
      [
        ['a', 'bb', 'c'],
        ['日本', 'b'],
      ],
      { indent: 1 },
    ),
  ).toBe(' a     bb  c\n 日本  b\n');
});
