import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { topFiles } from '../../../src/emit/top-files.ts';
import { emitInputOf } from './small-platform.ts';

/** `make` comes with no Node: these tests run where it is installed, as it is wherever the output is used. */
const hasMake = ['make', 'awk', 'sh'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

const base = `apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata:
  annotations:
    workflows.argoproj.io/title: daily_sales
  name: daily-sales
  namespace: batch
spec:
  schedules:
  - 0 7 * * *
  workflowSpec:
    arguments:
      parameters:
      - name: env
        value: ""
      - name: note
        value: |
          name: no_parameter
      - name: image_tag
        value: ""
    templates:
    - name: main
      steps:
      - - arguments:
            parameters:
            - name: session_date
              value: x
          name: run
          templateRef:
            name: slack-notify
            template: slack-notify
`;

/** What kustomize would print, per folder; and files as they stand in the tree. */
const built: Readonly<Record<string, string>> = {
  'cron/daily-sales/base': base,
  'cron/daily-sales/overlays/prd': base,
  'workflows/repair/overlays/prd': base.replaceAll('CronWorkflow', 'WorkflowTemplate').replace('daily_sales', 'repair'),
  'environments/prd': base,
  'environments/prd/templates-batch': 'kind: WorkflowTemplate\nmetadata:\n  name: slack-notify\n',
};

const files: Readonly<Record<string, string>> = {
  'cron/daily-sales/base/workflow.yaml':
    '          image: r.example.test/sales:{{workflow.parameters.image_tag}}\n          - {name: p, image: "r.example.test/proxy:{{workflow.parameters.image_tag}}"}\n',
  'cron/daily-sales/overlays/prd/params.yaml':
    '        - {name: env, value: prd}\n        - {name: image_tag, value: v1}\n        - {name: image_tag_2, value: v1}\n',
  'workflows/repair/overlays/prd/workflow.yaml':
    '          image: r.example.test/repair@{{workflow.parameters.digest}}\n      parameters:\n        - name: digest\n          value: sha256:old\n        - name: other\n          value: sha256:old\n',
};

let folder = '';

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function program(name: string, body: string): void {
  put(`bin/${name}`, `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dig2argo-make-'));
  for (const { path, text } of topFiles(emitInputOf([]))) put(path, text);
  for (const [path, text] of Object.entries(built)) put(`${path}/built.yaml`, text);
  for (const [path, text] of Object.entries(files)) put(path, text);
  program('build', 'cat "$1/built.yaml"');
  program('argo', 'for last; do :; done; echo "argo $*" | sed "s#$last#FILE#"; cat "$last"');
  program(
    'kubectl',
    'for last; do :; done; echo "kubectl $*" | sed "s#$last#FILE#"; cat "$last"; exit ${KUBECTL_EXIT:-0}',
  );
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function make(
  words: string,
  env: Readonly<Record<string, string>> = {},
): {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
} {
  const PATH = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const run = spawnSync('make', ['-s', 'KUSTOMIZE=build', ...words.split(' ')], {
    cwd: folder,
    env: { ...process.env, ...env, PATH },
    encoding: 'utf8',
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

describe.skipIf(!hasMake)('Makefile', () => {
  test('make alone prints what there is', () => {
    const run = make('help');
    expect(run).toMatchObject({ status: 0, err: '' });
    expect(run.out.split('\n').map((line) => line.split(' ')[1])).toEqual([
      'lint',
      'plan',
      'apply',
      'set-image',
      'cutover',
      undefined,
    ]);
  });

  test.each([
    ['lint', 'ENV must be one of: dev prd\n'],
    ['lint ENV=qa', 'ENV must be one of: dev prd\n'],
    ['plan ENV=prd JOB=nope', 'there is no nope in prd\n'],
    ['apply ENV=dev JOB=daily-sales', 'there is no daily-sales in dev\n'],
    ['cutover ENV=prd', 'JOB is missing\n'],
    ['set-image ENV=prd IMAGE=r.example.test/sales', 'IMAGE and TAG are needed\n'],
    [
      'set-image ENV=prd IMAGE=r.example.test/sale TAG=v2',
      'no job of prd runs r.example.test/sale with a tag from a parameter\n',
    ],
  ])('%s is refused', (words, message) => {
    const run = make(words);
    expect(run.status).toBe(2);
    expect(run.err.startsWith(message)).toBe(true);
    expect(run.out).toBe('');
  });

  test('lint gives argo a file with the job and the templates that it refers to', () => {
    expect(make('lint ENV=prd JOB=daily-sales')).toEqual({
      status: 0,
      out: `argo lint --offline --kinds=workflowtemplates,cronworkflows FILE\n${base}---\n${built['environments/prd/templates-batch']}`,
      err: '',
    });
  });

  test.each([
    [
      'a name is missing',
      base.replace('- name: env\n', '- name: enw\n'),
      ['parameter env of the base is missing', 'parameter enw is not one of the base'],
    ],
    [
      'the list is cut short',
      base.replace('      - name: image_tag\n        value: ""\n', ''),
      ['parameter image_tag of the base is missing'],
    ],
  ])('lint compares the parameters: %s', (_, overlay, messages) => {
    put('cron/daily-sales/overlays/prd/built.yaml', overlay);
    const run = make('lint ENV=prd');
    expect(run.status).toBe(2);
    expect(run.err.split('\n').slice(0, messages.length)).toEqual(
      messages.map((message) => `cron/daily-sales/overlays/prd/params.yaml: ${message}`),
    );
    expect(run.out).toBe('');
  });

  test.each([
    [0, 0],
    [1, 0],
    [2, 2],
  ])('plan: kubectl diff ends with %i, make with %i', (given, want) => {
    const run = make('plan ENV=prd', { KUBECTL_EXIT: String(given) });
    expect(run.status).toBe(want);
    expect(run.out).toBe(`kubectl diff --server-side -f FILE\n${base}`);
  });

  test('a build that fails is never applied', () => {
    rmSync(join(folder, 'environments/prd/built.yaml'));
    const run = make('apply ENV=prd');
    expect([run.status, run.out]).toEqual([2, '']);
  });

  test('set-image changes the one parameter, and names the images that share it', () => {
    const run = make('set-image ENV=prd IMAGE=r.example.test/sales TAG=v2');
    expect(run).toEqual({
      status: 0,
      out: 'cron/daily-sales/overlays/prd/params.yaml: image_tag = v2\n  the same parameter is the tag of r.example.test/proxy\n',
      err: '',
    });
    expect(readFileSync(join(folder, 'cron/daily-sales/overlays/prd/params.yaml'), 'utf8')).toBe(
      '        - {name: env, value: prd}\n        - {name: image_tag, value: "v2"}\n        - {name: image_tag_2, value: v1}\n',
    );
  });

  test('set-image finds digests, and values on a line of their own, in an overlay with its own manifest', () => {
    expect(make('set-image ENV=prd IMAGE=r.example.test/repair TAG=sha256:new').status).toBe(0);
    expect(readFileSync(join(folder, 'workflows/repair/overlays/prd/workflow.yaml'), 'utf8')).toBe(
      '          image: r.example.test/repair@{{workflow.parameters.digest}}\n      parameters:\n        - name: digest\n          value: "sha256:new"\n        - name: other\n          value: sha256:old\n',
    );
  });

  test('cutover goes from Digdag to Argo and back, in order', () => {
    const { status, out } = make('cutover ENV=prd JOB=daily-sales');
    expect(status).toBe(0);
    const commands = [...out.matchAll(/(?:digdag|make|argo) [a-z]+ .*$|digdag schedules/gm)].map(([command]) =>
      command.replace(/ {2,}.*/, ''),
    );
    expect(commands).toEqual([
      'digdag disable <project of prd> daily_sales',
      'digdag sessions <project of prd> daily_sales',
      'make apply ENV=prd JOB=daily-sales',
      'argo cron resume -n batch daily-sales',
      'argo cron get -n batch daily-sales',
      'make apply ENV=prd suspends it.',
      'argo cron suspend -n batch daily-sales, and undo step 5',
      'digdag schedules',
      'digdag enable <project of prd> daily_sales',
    ]);
    expect(out).toContain('cutover: {daily_sales: {prd: argo}} in dig2argo.yaml');
  });

  test('cutover of a job whose schedule was off does not resume it', () => {
    put('cron/daily-sales/overlays/prd/suspend.yaml', '');
    const { out } = make('cutover ENV=prd JOB=daily-sales');
    expect(out.split('\n')[0]).toBe(
      'The schedule of daily_sales was off in prd; it stays suspended in Argo after these steps.',
    );
    expect(out).not.toContain('argo cron resume');
  });

  test('cutover of a job without a schedule has nothing to disable', () => {
    const { out } = make('cutover ENV=prd JOB=repair');
    expect(out).toContain('repair has no schedule in prd');
    expect(out).toContain('argo submit -n batch --from workflowtemplate/repair');
    expect(out).not.toContain('digdag disable');
  });
});
