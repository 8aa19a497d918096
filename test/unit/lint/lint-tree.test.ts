import { readFileSync } from 'node:fs';
import fg from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition } from '../../../src/core/source.ts';
import { lintTree } from '../../../src/lint/lint-tree.ts';

const folder = new URL('../../../samples/daily-sales/converted/', import.meta.url).pathname;
const files = fg
  .sync('**/*.yaml', { cwd: folder })
  .map((path) => ({ path, text: readFileSync(folder + path, 'utf8') }));

function findings(change: (path: string, text: string) => string): readonly string[] {
  return lintTree(files.map(({ path, text }) => ({ path, text: change(path, text) }))).map(
    (diagnostic) =>
      `${diagnostic.span === undefined ? '' : formatPosition(diagnostic.span)} ${diagnostic.code} ${messageOf(diagnostic)}`,
  );
}

const replacedIn = (file: string, search: string, by: string) => (path: string, text: string) => {
  if (!path.endsWith(file)) return text;
  expect(text).toContain(search);
  return text.replace(search, by);
};

describe('an output tree', () => {
  test('the example is clean', () => {
    expect(files.length).toBe(9);
    expect(findings((_, text) => text)).toEqual([]);
  });

  test.each<[string, string, string, string, readonly string[]]>([
    [
      'a field misspelt',
      'base/workflow.yaml',
      'retryStrategy:',
      'retryStargegy:',
      [
        'cron/daily-sales-report/base/workflow.yaml:59:9 LINT_UNKNOWN_FIELD spec.workflowSpec.templates[2] has no field retryStargegy; did you mean retryStrategy?',
      ],
    ],
    [
      'a template that is not there',
      'base/workflow.yaml',
      'template: report',
      'template: reporr',
      ['cron/daily-sales-report/base/workflow.yaml:49:25 LINT_UNDEFINED there is no template "reporr"'],
    ],
    [
      'an expression that cannot work',
      'base/workflow.yaml',
      '.AddDate(0, 0, -1)',
      '.AddDate(0, -1)',
      [
        "cron/daily-sales-report/base/workflow.yaml:53:28 LINT_EXPRESSION the expression date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo').AddDate(0, -1).Format('20060102') fails: wrong number of arguments to call AddDate",
      ],
    ],
    [
      'a schedule of Digdag',
      'base/workflow.yaml',
      '"0 7 * * *"',
      '"0 7 * * 7"',
      ['cron/daily-sales-report/base/workflow.yaml:7:7 LINT_SCHEDULE schedule "0 7 * * 7": 7 is above 6: 7'],
    ],
    [
      'a key written twice',
      'base/workflow.yaml',
      'timezone: Asia/Tokyo',
      'timezone: Asia/Tokyo\n  timezone: UTC',
      [
        "cron/daily-sales-report/base/workflow.yaml:9:3 LINT_YAML Argo's linter cannot read this document and may skip it in silence: Map keys must be unique",
        'cron/daily-sales-report/overlays/dev/kustomization.yaml:1:1 LINT_BUILD kustomize build cron/daily-sales-report/overlays/dev fails: Map keys must be unique (line 9)',
        'cron/daily-sales-report/overlays/prd/kustomization.yaml:1:1 LINT_BUILD kustomize build cron/daily-sales-report/overlays/prd fails: Map keys must be unique (line 9)',
      ],
    ],
    [
      'a parameter missing in one overlay',
      'overlays/prd/params.yaml',
      '        - name: image_tag\n          value: v1.2.3\n',
      '',
      [
        'cron/daily-sales-report/base/workflow.yaml:63:18 LINT_UNRESOLVED nothing gives {{workflow.parameters.image_tag}} a value here',
        'cron/daily-sales-report/base/workflow.yaml:80:18 LINT_UNRESOLVED nothing gives {{workflow.parameters.image_tag}} a value here',
        'cron/daily-sales-report/overlays/prd/params.yaml:9:9 LINT_PARAMETER_LIST cron/daily-sales-report/overlays/prd/params.yaml must repeat the whole parameter list, because kustomize replaces it; it lacks image_tag',
      ],
    ],
    [
      'a parameter that only an expression reads',
      'overlays/prd/params.yaml',
      '        - name: target_date\n          value: ""\n',
      '',
      [
        "cron/daily-sales-report/base/workflow.yaml:32:21 LINT_EXPRESSION the expression workflow.parameters.target_date == '' || date(workflow.parameters.target_date, '2006-01-02').Format('2006-01-02') == workflow.parameters.target_date fails: workflow.parameters.target_date is not known here",
        "cron/daily-sales-report/base/workflow.yaml:36:28 LINT_EXPRESSION the expression workflow.parameters.target_date != '' ? workflow.parameters.target_date : date(workflow.scheduledTime ?? workflow.creationTimestamp.RFC3339).In(timezone('Asia/Tokyo')).Format('2006-01-02') fails: workflow.parameters.target_date is not known here",
        'cron/daily-sales-report/overlays/prd/params.yaml:9:9 LINT_PARAMETER_LIST cron/daily-sales-report/overlays/prd/params.yaml must repeat the whole parameter list, because kustomize replaces it; it lacks target_date',
      ],
    ],
    [
      'an input that the shared template needs',
      'base/workflow.yaml',
      '                  - name: failures\n                    value: "{{workflow.failures}}"\n',
      '',
      [
        'cron/daily-sales-report/base/workflow.yaml:87:15 LINT_MISSING the call of slack-notify has no argument failures',
      ],
    ],
  ])('%s', (_, file, search, by, want) => {
    expect(findings(replacedIn(file, search, by))).toEqual(want);
  });
});
