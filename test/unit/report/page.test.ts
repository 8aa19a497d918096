import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/core/diagnose.ts';
import { findingOf } from '../../../src/report/finding.ts';
import { reportPage } from '../../../src/report/html/page.ts';
import type { PageInput } from '../../../src/report/html/page-input.ts';
import type { JobPage, PageIndex } from '../../../src/report/page/data.ts';
import { jobOf, placeIn, reportOf, warningIn } from './fixture.ts';

const nasty = '</script><script>alert(1)</script><!-- ${x} {{ y }} {% z %}';

const job = jobOf('sales', {
  owner: nasty,
  sources: [placeIn('digdag/prd/sales.dig')],
  outputs: ['cron/sales/base/workflow.yaml', 'cron/sales/README.md'],
  diagnostics: [
    warningIn('digdag/prd/sales.dig', 'sales', 'prd'),
    findingOf(diagnose('PROJECT_GUESSED', { what: nasty, guess: '' })),
  ],
});

const input: PageInput = {
  report: reportOf([job]),
  language: 'en',
  legacy: (path) => (path === 'digdag/prd/sales.dig' ? `+a:\n  echo>: x\npassword: hunter2\n# ${nasty}\n` : undefined),
  output: (path) =>
    path.endsWith('.yaml')
      ? 'kind: CronWorkflow\nspec: {a: 1, b: 1}\n'
      : path.endsWith('.md')
        ? '# sales\n'
        : undefined,
  map: (path) => ({
    file: path,
    accepted: [],
    entries: [
      {
        pointer: '/spec/a',
        source: { file: 'digdag/prd/sales.dig', line: 2, col: 3, endLine: 2, endCol: 9 },
        rule: 'r',
        chain: [
          { via: 'rule', name: 'r' },
          { via: 'source', at: { file: 'digdag/prd/sales.dig', line: 2, col: 3 } },
        ],
      },
    ],
  }),
  units: () => [
    { line: 1, endLine: 1, kind: 'dig-key', label: '+a', fate: 'dropped', by: 'rule-x', reason: 'no need' },
  ],
};

const html = reportPage(input);

function scriptData<T>(id: string): T {
  return JSON.parse(new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`).exec(html)?.[1] ?? '') as T;
}

describe('the page', () => {
  test('holds no markup of the legacy platform', () => {
    expect(html).not.toContain('alert(1)</script>');
    expect(html.match(/<script/g)).toHaveLength(5);
    expect(scriptData<PageIndex>('index').jobs[0]?.owner).toBe(nasty);
  });

  test('asks for nothing from elsewhere, and allows its own script and style alone', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
      expect(text.length).toBeGreaterThan(1000);
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${directive} 'sha256-${hash}'`);
    }
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/(?:src|href)="https?:|url\((?!#)|@import/);
  });

  test('shows legacy files with secrets masked, and what of them is in no output', () => {
    expect(html).not.toContain('hunter2');
    expect(scriptData('file-0')).toEqual({
      text: expect.stringContaining('password: ***'),
      fates: [{ line: 1, text: '+a', by: 'rule-x', reason: 'no need' }],
    });
  });

  test('holds for each value of the output its way back', () => {
    const { outputs, runbook } = scriptData<JobPage>('job-0');
    expect(outputs).toEqual([
      {
        path: 'cron/sales/base/workflow.yaml',
        text: expect.any(String),
        links: [
          [
            2,
            '/spec/a',
            0,
            2,
            2,
            [
              ['rule', 'r', -1, 0],
              ['source', '', 0, 2],
            ],
          ],
        ],
      },
    ]);
    expect(runbook).toBe('# sales\n');
  });

  test('is the same for the same report', () => expect(reportPage(input)).toBe(html));
});
