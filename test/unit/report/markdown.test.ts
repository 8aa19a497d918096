import { describe, expect, test } from 'vitest';
import { diagnose as diagnostic } from '../../../src/core/diagnose.ts';
import { indexLines, repoPath, type SourceFile } from '../../../src/core/source.ts';
import { taskId } from '../../../src/ir/graph.ts';
import { findingOf } from '../../../src/report/finding.ts';
import type { PageInput } from '../../../src/report/html/page-input.ts';
import { reportFiles } from '../../../src/report/report-files.ts';
import { findingsMarkdown } from '../../../src/report/reporters/markdown-findings.ts';
import { jobMarkdown } from '../../../src/report/reporters/markdown-job.ts';
import { summaryMarkdown } from '../../../src/report/reporters/markdown-summary.ts';
import { code, codeBlock, plain, sentence } from '../../../src/report/reporters/markdown-text.ts';
import { flowMermaid } from '../../../src/report/reporters/mermaid.ts';
import { reportWords } from '../../../src/report/reporters/words.ts';
import type { JobReport, Report, ReportFinding } from '../../../src/report/types.ts';

const diagnose = (...given: Parameters<typeof diagnostic>) => findingOf(diagnostic(...given));

const file = (path: string): SourceFile => ({ path: repoPath(path), text: '+a:\n  echo>: x\n' });
const at = (path: string) => indexLines(file(path)).span(6, 12);
const [dev, prd] = [at('dev/sales.dig'), at('prd/sales.dig')];
const source = (path: string): SourceFile => file(path);

const drift = (environment: string, change: string): ReportFinding =>
  diagnose('ENVIRONMENT_DRIFT', { environment, change }, { span: dev, environment });
const missing = (path: string, environment: string): ReportFinding =>
  diagnose(
    'DIG_INCLUDE_MISSING',
    { path },
    { span: environment === 'dev' ? dev : prd, environment, hint: 'add the file' },
  );

const job: JobReport = {
  job: 'daily_sales',
  name: 'daily-sales',
  kind: 'CronWorkflow',
  status: 'needs-work',
  environments: ['dev', 'prd'],
  sources: [dev],
  outputs: ['cron/daily-sales/base/workflow.yaml'],
  fingerprint: '',
  steps: [
    {
      task: taskId('+daily_sales+a'),
      span: prd,
      what: 'Kubernetes Job',
      template: 'a',
      rules: ['launcher-x', 'launcher-x'],
    },
  ],
  flow: { nodes: [{ task: '+daily_sales+a', label: 'a' }], edges: [] },
  schedules: [
    {
      environment: 'prd',
      legacy: 'daily>: 07:00:00',
      argo: '0 7 * * *',
      timezone: 'Asia/Tokyo',
      suspended: false,
      changed: 'missed sessions are not replayed',
    },
  ],
  parameters: [{ name: 'target_date', origin: '', values: { prd: 'a|b' } }],
  launchers: ['dev', 'prd'].map((environment) => ({
    task: '+daily_sales+a',
    rule: 'launcher-x',
    what: `connects to the cluster ${environment}`,
    fate: 'lost',
    why: 'no one asks for it',
    span: prd,
  })),
  accepted: [{ path: 'containers[main].command', rule: 'launcher-x', reason: 'the shell is gone' }],
  decisions: [{ policy: 'concurrency', text: 'Runs may overlap: Allow.' }],
  manual: ['x.dig is missing: add the file'],
  backfillable: false,
  diagnostics: [missing('x.dig', 'prd')],
  lines: { before: 1600, after: 320, afterInBlockStyle: 640 },
  proof: [],
};

const report: Report = {
  schemaVersion: 1,
  tool: { name: 'dig2argo', version: '0.1.0' },
  inputs: [],
  environments: ['dev', 'prd'],
  jobs: { converted: 0, toConfirm: 0, needsWork: 1 },
  accounting: {
    consumed: 5,
    dropped: [{ rule: 'r', reason: 'y', count: 2 }],
    unaccounted: [{ kind: 'dig-key', label: '_foo', span: prd }],
  },
  lines: {
    all: { before: 1600, after: 320, afterInBlockStyle: 640 },
    reference: { before: 0, after: 3, afterInBlockStyle: 6, environment: 'prd' },
  },
  rules: { replaced: [], unused: ['launcher-own'], unusedOfPackage: 7 },
  details: [job],
  diagnostics: [],
};

describe('findings', () => {
  test('that say the same in two places stand once, with their places and the line of the first', () => {
    expect(findingsMarkdown([missing('x.dig', 'dev'), missing('x.dig', 'prd')], source, reportWords('en'))).toMatch(
      /^- \*\*error\*\* `DIG_INCLUDE_MISSING`: .*x\.dig.* \(dev, prd\), at `dev\/sales\.dig:2:3`, `prd\/sales\.dig:2:3`\n {2}What to do: add the file\.\n\n {2}```text\n {2}2 \| {3}echo>: x\n {4}\| {3}\^{6}\n {2}```$/,
    );
  });

  test('of one code share one hint; notes beyond the first go without their line', () => {
    expect(
      findingsMarkdown([drift('dev', 'add /a'), drift('prd', 'add /b')], source, reportWords('en')),
    ).toBe(`- note \`ENVIRONMENT_DRIFT\`
  What to do: confirm that the difference is meant.
  - only dev has this: add /a (dev), at \`dev/sales.dig:2:3\`

    \`\`\`text
    2 |   echo>: x
      |   ^^^^^^
    \`\`\`

  - only prd has this: add /b (prd), at \`dev/sales.dig:2:3\``);
  });

  test('errors each keep their line, and come before notes', () => {
    const text = findingsMarkdown(
      [drift('dev', 'add /a'), missing('x.dig', 'dev'), missing('y.dig', 'prd')],
      source,
      reportWords('en'),
    );
    expect(text.indexOf('DIG_INCLUDE_MISSING')).toBeLessThan(text.indexOf('ENVIRONMENT_DRIFT'));
    expect(text.match(/```text/g)).toHaveLength(3);
  });

  test('name four places and count the others', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      diagnose('DIG_INCLUDE_MISSING', { path: 'x' }, { span: at(`${name}.dig`) }),
    );
    expect(findingsMarkdown(many, () => undefined, reportWords('en'))).toContain('`d.dig:2:3` and 2 more places');
  });

  test('without a source have no line', () => {
    expect(findingsMarkdown([missing('x.dig', 'dev')], () => undefined, reportWords('en'))).not.toContain('```');
  });
});

describe('the report of a job', () => {
  const text = jobMarkdown(job, source, 'en');

  test.each([
    ['its figures', '| lines | 1600 → 320 (-80.0 %) |'],
    ['that it cannot be run for past dates', '**not backfillable**'],
    ['its tasks as boxes to tick', '- [ ] x.dig is missing: add the file'],
    ['each rule of a step once', '| `+daily_sales+a` | Kubernetes Job | `a` | `launcher-x` | `prd/sales.dig:2:3` |'],
    ['the flow', '```mermaid\nflowchart LR\n  s1["a"]\n```'],
    ['the schedule', '| prd | `daily>: 07:00:00` | `0 7 * * *` | Asia/Tokyo | no | missed sessions are not replayed |'],
    ['parameters with nothing where an environment has none', '| `target_date` |  | `a\\|b` | the conversion itself |'],
    [
      'one line of a launcher once',
      '| connects to the cluster dev (and 1 like it) | **lost**: no one asks for it | `+daily_sales+a` | `launcher-x` | `prd/sales.dig:2:3` |',
    ],
    ['accepted differences', '| `containers[main].command` | the shell is gone | `launcher-x` |'],
    ['links to what was written', '- to [cron/daily-sales/base/workflow.yaml](../cron/daily-sales/base/workflow.yaml)'],
  ])('shows %s', (_, want) => expect(text).toContain(want));
});

describe('the summary', () => {
  const text = summaryMarkdown(report, source, 'en');

  test.each([
    ['the counts', '1 jobs in dev, prd: 0 converted, 0 with decisions to confirm, 1 need work.'],
    ['lines with the change', '| all environments | 1600 | 320 | -80.0 % | 640 | -60.0 % |'],
    ['no change of nothing', '| prd alone | 0 | 3 | – |'],
    [
      'each job with a link',
      '| [daily_sales](daily-sales.md) | **needs work** | dev prd | `daily>: 07:00:00` | 1600 → 320 | 1 error |',
    ],
    ['the tasks with the jobs that need them', '- [ ] x.dig is missing: add the file ([daily_sales](daily-sales.md))'],
    ['what was dropped', '| `r` | 2 | y |'],
    ['what is unaccounted', '- dig-key `_foo` at `prd/sales.dig:2:3`'],
    ['rules of the user that were idle', 'Your rules that took no part here: `launcher-own`.'],
    ['how many of the package were', 'Rules of the package that took no part: 7.'],
    ['the decisions', '- `concurrency`: Runs may overlap: Allow.'],
  ])('shows %s', (_, want) => expect(text).toContain(want));
});

const pageOf = (shown: Report): PageInput => ({
  report: shown,
  language: 'en',
  legacy: () => undefined,
  output: () => undefined,
  map: () => undefined,
  units: () => [],
});

describe('the files', () => {
  test('are four of the run and two of each job', () => {
    expect(reportFiles(pageOf(report), source).map(({ path, job }) => [path, job])).toEqual([
      ['reports/index.html', undefined],
      ['reports/report.json', undefined],
      ['reports/dig2argo.sarif', undefined],
      ['reports/summary.md', undefined],
      ['reports/daily-sales.json', 'daily_sales'],
      ['reports/daily-sales.md', 'daily_sales'],
    ]);
  });

  test.each(['report', 'summary'])('of a job named %s do not replace those of the run', (name) => {
    const files = reportFiles(pageOf({ ...report, details: [{ ...job, job: name, name }] }), source);
    expect(new Set(files.map(({ path }) => path)).size).toBe(6);
    expect(files.map(({ path }) => path)).toContain(`reports/${name}-job.md`);
    expect(files.find(({ path }) => path === 'reports/summary.md')?.text).toContain(`[${name}](${name}-job.md)`);
  });

  test('give programs the message of a finding', () => {
    const text =
      reportFiles(pageOf(report), source).find(({ path }) => path === 'reports/daily-sales.json')?.text ?? '';
    expect(JSON.parse(text).diagnostics[0]).toMatchObject({
      code: 'DIG_INCLUDE_MISSING',
      severity: 'error',
      hint: 'add the file',
    });
    expect(JSON.parse(text).diagnostics[0].message).toContain('x.dig');
  });
});

describe('Markdown', () => {
  test.each([
    ['a_b', 'a_b'],
    ['_error and *', '\\_error and \\*'],
    ['a [link](x)', 'a \\[link\\](x)'],
    ['a `when_[0]` keeps it', 'a `when_[0]` keeps it'],
    ['one ` alone', 'one \\` alone'],
    ['<script>', '\\<script>'],
  ])('%s is shown as it is', (given, want) => expect(plain(given)).toBe(want));

  test.each([
    ['', ''],
    ['a', '`a`'],
    ['a`b', '`` a`b ``'],
    [' a', '`  a `'],
  ])('code %j', (given, want) => expect(code(given)).toBe(want));

  test('a block that holds fences has a longer one', () =>
    expect(codeBlock('```\nx', 'text')).toBe('````text\n```\nx\n````'));

  test.each([
    ['do it', 'do it.'],
    ['Do it.', 'Do it.'],
  ])('a hint %j ends with one full stop', (given, want) => expect(sentence(given)).toBe(want));
});

test('mermaid text numbers the nodes and defuses their labels', () => {
  expect(
    flowMermaid({
      nodes: [
        { task: '+end', label: 'end "x" <b>' },
        { task: '+b', label: 'b' },
      ],
      edges: [
        { from: '+end', to: '+b', kind: 'next', label: 'if' },
        { from: '+end', to: '+b', kind: 'error', label: 'on failure' },
        { from: '+gone', to: '+b', kind: 'next', label: '' },
      ],
    }),
  ).toBe('flowchart LR\n  s1["end #quot;x#quot; #lt;b#gt;"]\n  s2["b"]\n  s1 -->|"if"| s2\n  s1 -.->|"on failure"| s2');
});
