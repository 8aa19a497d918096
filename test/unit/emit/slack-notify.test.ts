import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { evaluateTemplate } from '../../../src/argo-expr/template.ts';
import { sharedTemplateFiles } from '../../../src/emit/shared-templates.ts';
import { emitInputOf, mergedJob } from './small-platform.ts';

interface Notifier {
  readonly inputs: { readonly parameters: readonly { readonly name: string; readonly default?: string }[] };
  readonly script: {
    readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
    readonly source: string;
  };
}

function notifier(): Notifier {
  const file = sharedTemplateFiles(emitInputOf([mergedJob({ notifies: true })])).find(({ path }) =>
    path.endsWith('slack-notify.yaml'),
  );
  return (parse(file?.text ?? '') as { spec: { templates: [Notifier] } }).spec.templates[0];
}

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dig2argo-slack-'));
  // Stands in for curl: prints what -d was given.
  writeFileSync(
    join(folder, 'curl'),
    '#!/bin/sh\nwhile [ $# -gt 0 ]; do if [ "$1" = -d ]; then printf %s "$2"; fi; shift; done\n',
  );
  chmodSync(join(folder, 'curl'), 0o755);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What would be posted: the controller's substitution, then the script itself. */
function posted(given: Readonly<Record<string, string>>): unknown {
  const { inputs, script } = notifier();
  const params = new Map([
    ['workflow.namespace', 'batch'],
    ['workflow.name', 'sales-1772316000'],
    ['workflow.status', 'Failed'],
    ...inputs.parameters.map(
      ({ name, default: other }) => [`inputs.parameters.${name}`, given[name] ?? other ?? ''] as const,
    ),
  ]);
  const env: Record<string, string> = { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
  for (const { name, value } of script.env) {
    if (value === undefined) continue;
    const result = evaluateTemplate(value, params);
    if (result.kind !== 'text') throw new Error(`${name}: ${JSON.stringify(result)}`);
    env[name] = result.text;
  }
  const run = spawnSync('sh', ['-c', script.source], { env, encoding: 'utf8' });
  expect(run).toMatchObject({ status: 0, stderr: '' });
  return JSON.parse(run.stdout);
}

describe('slack-notify', () => {
  test('is emitted only where a job refers to it', () => {
    expect(sharedTemplateFiles(emitInputOf([mergedJob()]))).toEqual([]);
    const paths = sharedTemplateFiles(emitInputOf([mergedJob({ notifies: true })])).map((file) => file.path);
    expect(paths).toEqual(['templates/kustomization.yaml', 'templates/slack-notify.yaml']);
  });

  test('everything but channel and message may be left out', () => {
    const { parameters } = notifier().inputs;
    expect(parameters.filter((parameter) => parameter.default === undefined).map(({ name }) => name)).toEqual([
      'channel',
      'message',
    ]);
    expect(parameters.map(({ name }) => name).slice(2)).toEqual(['environment', 'source', 'session', 'failures']);
  });

  test('the webhook comes from the Secret that the configuration names', () => {
    const input = emitInputOf([mergedJob({ notifies: true })], { webhook: { secret: 'chat', key: 'url' } });
    expect(sharedTemplateFiles(input)[1]?.text).toContain(
      '- {name: SLACK_WEBHOOK_URL, valueFrom: {secretKeyRef: {name: chat, key: url}}}\n',
    );
  });

  describe.skipIf(process.platform === 'win32')('what is posted', () => {
    test.each([
      ['plain', 'done'],
      ['quotes, backslash, line end', 'a "b" \\ \'c\'\nd'],
      ['what a shell would expand', '$HOME `id` $(id) ${X} \\n !'],
      ['Japanese', '売上の取り込みに失敗しました 🚨'],
      ['an empty text', ''],
    ])('a message with %s', (_, message) => {
      expect(posted({ channel: '#batch', message })).toEqual({ channel: '#batch', text: message, attachments: [] });
    });

    test('state, link, session, recovery and failures of a failed run', () => {
      const failures = '[{"displayName":"extract","message":"main: Error (exit code 1)"}]';
      expect(
        posted({
          channel: '#batch',
          message: 'failed',
          environment: 'prd',
          source: 'cronwf/sales',
          session: '2026-03-01',
          // The controller gives them as JSON in a JSON text.
          failures: JSON.stringify(failures),
        }),
      ).toEqual({
        channel: '#batch',
        text: 'failed',
        attachments: [
          {
            fields: [
              { title: 'Environment', value: 'prd', short: true },
              { title: 'Status', value: 'Failed', short: true },
              { title: 'Workflow', value: 'batch/sales-1772316000' },
              { title: 'Session', value: '2026-03-01' },
              {
                title: 'Repeat this session',
                value: 'argo submit -n batch --from cronwf/sales -p target_date=2026-03-01',
              },
              { title: 'Failures', value: failures },
            ],
          },
        ],
      });
    });

    test('a run without failures', () => {
      expect(posted({ channel: '#b', message: 'm', session: '2026-03-01', failures: '' })).toMatchObject({
        attachments: [{ fields: [{}, {}, {}, {}, {}, { title: 'Failures', value: null }] }],
      });
    });

    test('a malformed session is quoted in the command that repeats it', () => {
      const session = '2026"}], $(id)';
      expect(posted({ channel: '#b', message: 'm', source: 'cronwf/sales', session })).toMatchObject({
        attachments: [
          {
            fields: [
              {},
              {},
              {},
              { value: session },
              { value: `argo submit -n batch --from cronwf/sales -p target_date=${session}` },
              {},
            ],
          },
        ],
      });
    });

    test('the link leads to the UI that the configuration names', () => {
      const input = emitInputOf([mergedJob({ notifies: true })], { links: { ui: 'https://argo.example.test/' } });
      expect(sharedTemplateFiles(input)[1]?.text).toContain(
        'value: https://argo.example.test/workflows/{{workflow.namespace}}/{{workflow.name}}',
      );
    });
  });
});
