import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { EmitInput } from '../../../src/emit/emit-input.ts';
import { runbook } from '../../../src/emit/runbook.ts';
import { byDefault, text } from '../../../src/ir/build-value.ts';
import { taskId } from '../../../src/ir/graph.ts';
import { emitInputOf, type JobShape, mergedJob, operatorTask, spanIn } from './small-platform.ts';

function textOf(shape: JobShape, more: Partial<EmitInput> = {}): string {
  const job = mergedJob(shape);
  return runbook(job, emitInputOf([job], more)).text;
}

function section(shape: JobShape, title: string, more: Partial<EmitInput> = {}): string {
  const [, rest = 'no such section'] = textOf(shape, more).split(`## ${title}\n\n`);
  return (rest.split('\n## ')[0] ?? '').trim();
}

const value = text('', byDefault('test'));
const handler = operatorTask(['job-error']);

/** A job with everything that a runbook can say. */
const full: JobShape = {
  comment: 'Daily sales.\nOwner: data team',
  schedule: {},
  suspended: ['dev'],
  notifies: true,
  steps: [
    { name: 'extract/orders', template: 'orders', comment: 'Twice is harmless.\nSince 2021.' },
    { name: 'mail', template: 'mail', what: 'command' },
  ],
  tasks: [
    {
      kind: 'group',
      id: taskId('+job'),
      path: ['job'],
      span: spanIn('digdag/prd/daily_sales.dig'),
      exports: new Map(),
      background: false,
      order: { kind: 'serial' },
      children: [],
      onError: handler.id,
    },
    handler,
    operatorTask(['extract', 'orders'], 'Twice is harmless.\nSince 2021.', {
      id: taskId('+job+extract/orders'),
      effects: [
        { kind: 'job', cluster: value, namespace: value, manifest: value, wait: { seesFailure: 'at-timeout' } },
      ],
      launch: {
        rule: 'launcher',
        manifest: 'manifests/orders.yaml.j2',
        script: 'scripts/run.sh',
        deeds: [
          {
            what: 'waits for completion, at most 3600 s',
            fate: { kind: 'lost', why: 'the step ends with its pod; only the limits of the manifest hold' },
            span: spanIn('scripts/run.sh'),
          },
          { what: 'creates the Job', fate: { kind: 'kept', field: 'container' }, span: spanIn('scripts/run.sh') },
        ],
      },
    }),
  ],
  facts: {
    readsClock: [spanIn('manifests/orders.yaml.j2')],
    accepted: [
      { path: 'shareProcessNamespace', rule: 'pod', reason: 'only the stop of the sidecar needed it' },
      { path: 'metadata.name', rule: 'own', reason: 'a reason of our own rule' },
    ],
    steps: [
      {
        task: taskId('+job+extract/orders'),
        span: spanIn('a.dig'),
        what: 'Kubernetes Job',
        template: 'orders',
        rules: [],
      },
      { task: taskId('+job+mail'), span: spanIn('a.dig'), what: 'command', template: 'mail', rules: [] },
      { task: handler.id, span: spanIn('a.dig'), what: 'notification', template: 'exit-handler', rules: [] },
    ],
  },
  parameterOrigins: { env: 'env', slack_channel: 'spec.workflowSpec.templates[x].container.env[CHANNEL].value' },
};

const links = { logs: 'https://logs.example.test/batch', ui: 'https://argo.example.test' };

describe('runbook', () => {
  test.each(['en', 'ja'] as const)('a job with everything, in %s', (language) => {
    const want = readFileSync(new URL(`runbooks/full.${language}.md`, import.meta.url), 'utf8');
    expect(textOf(full, { language, links })).toBe(want);
  });

  test.each(['en', 'ja'] as const)('a job started by hand, in %s', (language) => {
    const want = readFileSync(new URL(`runbooks/by-hand.${language}.md`, import.meta.url), 'utf8');
    expect(textOf({ job: 'repair', steps: [{ name: 'repair', template: 'repair' }] }, { language })).toBe(want);
  });

  test('belongs to its job, and keeps the notes of people', () => {
    const job = mergedJob(full);
    const file = runbook(job, emitInputOf([job]));
    expect(file).toMatchObject({ path: 'cron/daily-sales/README.md', job: 'daily_sales', keeps: 'notes' });
    expect(file.text.endsWith('<!-- notes: yours, kept on every run -->\n<!-- /notes -->\n')).toBe(true);
  });

  test('a comment that draws with blanks keeps its shape', () => {
    expect(textOf({ schedule: {}, comment: 'History\n  2020 new\n  ``` odd' })).toContain(
      "```text\nHistory\n  2020 new\n  ''' odd\n```\n",
    );
  });

  test('without sessions nothing is said about target_date', () => {
    const written = textOf({ schedule: {}, session: 'none' });
    expect(written).not.toContain('target_date');
    expect(written).toContain('3. **Run it now.** `argo submit -n batch --from cronwf/daily-sales`.\n');
  });

  test.each([
    [{ podGC: 'none', archiveLogs: false }, false],
    [{ podGC: 'OnPodSuccess', archiveLogs: true }, false],
    [{ podGC: 'OnPodSuccess', archiveLogs: false }, true],
  ])('%j: says that logs go: %s', (policies, says) => {
    expect(section({ schedule: {} }, 'Logs', { policies }).includes('deleted after a day')).toBe(says);
  });

  test('an environment of another reference decides nothing', () => {
    const job = mergedJob({ schedule: {}, environments: ['dev'] });
    expect(runbook(job, emitInputOf([job])).text).toContain('| schedule in dev | `daily>: 07:00:00` (Asia/Tokyo) |');
  });
});

describe('session of a run', () => {
  const hour = 3600;
  test.each([
    [
      'daily',
      { kind: 'daily', delaySeconds: 7 * hour },
      'date',
      'The day of the scheduled start, in Asia/Tokyo.',
      'today',
      '2026-03-02',
    ],
    [
      'daily beyond midnight',
      { kind: 'daily', delaySeconds: 26 * hour },
      'date',
      'The day before the scheduled start, in Asia/Tokyo: the time of the schedule is beyond 24:00.',
      'yesterday',
      '2026-03-02',
    ],
    [
      'daily two days beyond',
      { kind: 'daily', delaySeconds: 49 * hour },
      'date',
      '2 days before the scheduled start, in Asia/Tokyo: the time of the schedule is beyond 24:00.',
      '2 days ago',
      '2026-03-02',
    ],
    [
      'weekly on Wednesday',
      { kind: 'weekly', pattern: '0 0 * * 3' },
      'date',
      'The day of the scheduled start, in Asia/Tokyo.',
      'the latest session of the schedule',
      '2026-03-04',
    ],
    [
      'weekly by name',
      { kind: 'weekly', pattern: '0 0 * * Sun' },
      'date',
      'The day of the scheduled start, in Asia/Tokyo.',
      'the latest session of the schedule',
      '2026-03-01',
    ],
    [
      'monthly',
      { kind: 'monthly', pattern: '0 0 15 * *' },
      'date',
      'The day of the scheduled start, in Asia/Tokyo.',
      'the latest session of the schedule',
      '2026-03-15',
    ],
    [
      'monthly on a day that months lack',
      { kind: 'monthly', pattern: '0 0 31 * *' },
      'date',
      'The day of the scheduled start, in Asia/Tokyo.',
      'today',
      '2026-03-31',
    ],
    [
      'hourly',
      { kind: 'hourly', pattern: '0 * * * *', delaySeconds: 600 },
      'time',
      'The full hour of the scheduled start, in Asia/Tokyo.',
      'the current full hour',
      '2026-03-02T09:00:00+09:00',
    ],
    [
      'hourly beyond the hour',
      { kind: 'hourly', pattern: '0 * * * *', delaySeconds: 90 * 60 },
      'time',
      'One hour before the full hour of the scheduled start, in Asia/Tokyo.',
      'one hour before the current full hour',
      '2026-03-02T09:00:00+09:00',
    ],
    [
      'minutes',
      { kind: 'minutes_interval', pattern: '*/30 * * * *' },
      'time',
      'The scheduled start itself, in Asia/Tokyo.',
      'the very moment, which is no session of the schedule',
      '2026-03-02T09:00:00+09:00',
    ],
    [
      'cron in New York',
      { kind: 'cron', pattern: '0 5 * * *', timezone: 'America/New_York' },
      'time',
      'The scheduled start itself, in America/New_York.',
      'the very moment, which is no session of the schedule',
      '2026-03-02T09:00:00-05:00',
    ],
    [
      'cron by day',
      { kind: 'cron', pattern: '0 5 * * *' },
      'date',
      'The day of the scheduled start, in Asia/Tokyo.',
      'today',
      '2026-03-02',
    ],
  ] as const)('%s', (_, schedule, session, sentence, without, example) => {
    const shape: JobShape = { schedule, session };
    expect(section(shape, 'Which session a run stands for')).toBe(
      `${sentence} \`target_date\` says another ${session === 'date' ? 'day' : 'time'}.`,
    );
    expect(section(shape, 'Recovery')).toContain(`without it, the run stands for ${without}.`);
    expect(section(shape, 'Recovery')).toContain(`-p target_date=${example}\``);
  });

  test.each([
    [
      'daily',
      { kind: 'daily', delaySeconds: 7 * hour },
      'date',
      '予定された起動の日（Asia/Tokyo）。',
      '当日のセッションになります。',
    ],
    [
      'daily beyond midnight',
      { kind: 'daily', delaySeconds: 26 * hour },
      'date',
      '予定された起動の前日（Asia/Tokyo。スケジュールの時刻が 24 時を超えているため）。',
      '前日のセッションになります。',
    ],
    [
      'weekly',
      { kind: 'weekly', pattern: '0 0 * * 3' },
      'date',
      '予定された起動の日（Asia/Tokyo）。',
      'スケジュール上の直近のセッションになります。',
    ],
    [
      'hourly',
      { kind: 'hourly', pattern: '0 * * * *', delaySeconds: 600 },
      'time',
      '予定された起動の正時（Asia/Tokyo）。',
      '現在の正時のセッションになります。',
    ],
    [
      'minutes',
      { kind: 'minutes_interval', pattern: '*/30 * * * *' },
      'time',
      '予定された起動時刻そのもの（Asia/Tokyo）。',
      'その瞬間の時刻がセッションになり、スケジュール上のセッションとは一致しません。',
    ],
  ] as const)('%s, in Japanese', (_, schedule, session, sentence, without) => {
    const shape: JobShape = { schedule, session };
    expect(section(shape, 'どのセッションとして動くか', { language: 'ja' }).startsWith(sentence)).toBe(true);
    expect(section(shape, '復旧手順', { language: 'ja' })).toContain(`指定しないと、${without}`);
  });
});
