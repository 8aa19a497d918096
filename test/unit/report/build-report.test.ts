import { describe, expect, test } from 'vitest';
import type { AccountedUnit, Fate } from '../../../src/core/accounting.ts';
import { diagnose } from '../../../src/core/diagnose.ts';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import { indexLines, repoPath } from '../../../src/core/source.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { emptyReport } from '../../../src/report/empty-report.ts';
import { findingOf } from '../../../src/report/finding.ts';
import type { JobInput, ReportInput } from '../../../src/report/report-input.ts';

const span = indexLines({ path: repoPath('digdag/prd/sales.dig'), text: '+a:\n  echo>: x\n' }).span(6, 12);

function job(name: string): JobInput {
  return {
    job: name,
    name: name.replaceAll('_', '-'),
    kind: 'CronWorkflow',
    environments: ['dev', 'prd'],
    sources: [],
    steps: [],
    schedules: [],
    parameters: [],
    launchers: [],
    accepted: [],
    backfillable: true,
  };
}

function unit(fate: Fate, label: string, jobs: readonly string[] = []): AccountedUnit {
  return { unit: { kind: 'dig-key', span, label }, fate, jobs };
}

function input(more: Partial<ReportInput>): ReportInput {
  return {
    version: '1.2.3',
    inputs: [],
    environments: ['dev', 'prd'],
    reference: 'prd',
    jobs: [job('daily_sales')],
    units: [],
    diagnostics: [],
    decisions: [],
    outputs: new Map(),
    reviews: new Map(),
    fingerprints: new Map([['daily_sales', 'f']]),
    lines: {
      all: { before: 0, after: 0, afterInBlockStyle: 0 },
      reference: { before: 0, after: 0, afterInBlockStyle: 0 },
      byJob: new Map(),
    },
    replacedRules: [],
    unusedRules: { own: [], ofPackage: 0 },
    ...more,
  };
}

// Severities of the codes: DIG_INCLUDE_MISSING error, ENVIRONMENTS_DIFFER warning, ENVIRONMENT_DRIFT note.
const error = (job: string): Diagnostic => diagnose('DIG_INCLUDE_MISSING', { path: 'x.dig' }, { span, job });
const warning = (job: string): Diagnostic =>
  diagnose('ENVIRONMENTS_DIFFER', { environment: 'dev', changes: 20 }, { span, job });
const note = (job: string): Diagnostic =>
  diagnose('ENVIRONMENT_DRIFT', { environment: 'dev', change: 'add /spec/suspend' }, { span, job });

describe('the status of a job', () => {
  test.each<[string, Partial<ReportInput>, string]>([
    ['nothing found', {}, 'converted'],
    ['a note', { diagnostics: [note('daily_sales')] }, 'converted'],
    ['a warning', { diagnostics: [warning('daily_sales')] }, 'to-confirm'],
    ['a warning and an error', { diagnostics: [warning('daily_sales'), error('daily_sales')] }, 'needs-work'],
    ['an error of another job', { diagnostics: [error('stock')] }, 'converted'],
    ['an unaccounted unit', { units: [unit({ kind: 'unaccounted' }, 'x', ['daily_sales'])] }, 'needs-work'],
    ['an unaccounted unit of another job', { units: [unit({ kind: 'unaccounted' }, 'x', ['stock'])] }, 'converted'],
    [
      'a dropped unit',
      { units: [unit({ kind: 'dropped', rule: 'r', reason: 'y' }, 'x', ['daily_sales'])] },
      'converted',
    ],
  ])('with %s', (_, more, want) => {
    expect(buildReport(input(more)).details.map((each) => each.status)).toEqual([want]);
  });

  test('is counted', () => {
    const report = buildReport(
      input({ jobs: ['a', 'b', 'c', 'd'].map(job), diagnostics: [error('a'), warning('b'), warning('c')] }),
    );
    expect(report.jobs).toEqual({ converted: 1, toConfirm: 2, needsWork: 1 });
  });
});

test('jobs stand in the order of their names, each with its own findings, lines and outputs', () => {
  const report = buildReport(
    input({
      jobs: [job('stock'), job('daily_sales')],
      diagnostics: [note('stock'), note('daily_sales')],
      outputs: new Map([['stock', ['cron/stock/base/workflow.yaml']]]),
      lines: {
        all: { before: 100, after: 10, afterInBlockStyle: 20 },
        reference: { before: 40, after: 8, afterInBlockStyle: 16 },
        byJob: new Map([['stock', { before: 60, after: 6, afterInBlockStyle: 12 }]]),
      },
    }),
  );
  expect(
    report.details.map(({ job, diagnostics, outputs, lines }) => ({ job, found: diagnostics.length, outputs, lines })),
  ).toEqual([
    { job: 'daily_sales', found: 1, outputs: [], lines: { before: 0, after: 0, afterInBlockStyle: 0 } },
    {
      job: 'stock',
      found: 1,
      outputs: ['cron/stock/base/workflow.yaml'],
      lines: { before: 60, after: 6, afterInBlockStyle: 12 },
    },
  ]);
  expect(report.lines).toEqual({
    all: { before: 100, after: 10, afterInBlockStyle: 20 },
    reference: { environment: 'prd', before: 40, after: 8, afterInBlockStyle: 16 },
  });
});

test('a finding of no job, or of one that was not converted, belongs to the run', () => {
  const everywhere = diagnose('PROJECT_GUESSED', { what: 'a', guess: 'b' });
  const report = buildReport(input({ diagnostics: [error('broken_job'), note('daily_sales'), everywhere] }));
  expect(report.diagnostics).toEqual([findingOf(everywhere), findingOf(error('broken_job'))]);
});

test('drops are counted by rule and reason; what is left is listed with its place', () => {
  const drop = (rule: string, reason: string): Fate => ({ kind: 'dropped', rule, reason });
  const report = buildReport(
    input({
      units: [
        unit({ kind: 'consumed', by: 'dig' }, 'a'),
        unit(drop('z', 'later'), 'b'),
        unit(drop('k', 'two'), 'c'),
        unit(drop('k', 'one'), 'd'),
        unit(drop('k', 'two'), 'e'),
        unit({ kind: 'unaccounted' }, '_foo'),
      ],
    }),
  );
  expect(report.accounting).toEqual({
    consumed: 1,
    dropped: [
      { rule: 'k', reason: 'one', count: 1 },
      { rule: 'k', reason: 'two', count: 2 },
      { rule: 'z', reason: 'later', count: 1 },
    ],
    unaccounted: [{ kind: 'dig-key', label: '_foo', span }],
  });
});

test('each error is a task once, however many environments share it', () => {
  const inEnvironment = (environment: string): Diagnostic => ({ ...error('daily_sales'), environment });
  const [daily] = buildReport(
    input({ diagnostics: [inEnvironment('dev'), inEnvironment('prd'), warning('daily_sales')] }),
  ).details;
  expect(daily?.manual).toHaveLength(1);
  expect(daily?.manual[0]).toContain('x.dig');
});

test('an empty report keeps the findings', () => {
  const found = error('daily_sales');
  const report = emptyReport([found], '1.2.3');
  expect(report.diagnostics).toEqual([findingOf(found)]);
  expect(report.jobs).toEqual({ converted: 0, toConfirm: 0, needsWork: 0 });
  expect(report.tool.version).toBe('1.2.3');
});
