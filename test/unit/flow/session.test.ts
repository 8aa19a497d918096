import { describe, expect, test } from 'vitest';
import type { Json } from '../../helpers/plain.ts';
import { convertDig } from '../pipeline/convert-tree.ts';

const tokyo = (schedule: string): string => `timezone: Asia/Tokyo\nschedule:\n  ${schedule}\n`;
const step = (command: string): string => `+a:\n  sh>: echo ${command}\n`;

/** Arguments of the only step of a template, `name=value`. */
async function argumentsOf(dig: string, template: string): Promise<readonly string[]> {
  const { templates } = await convertDig(dig);
  const steps = templates[template]?.['steps'] as {
    readonly arguments?: { readonly parameters: readonly { readonly name: string; readonly value: string }[] };
  }[][];
  return (steps[0]?.[0]?.arguments?.parameters ?? []).map(({ name, value }) => `${name}=${value}`);
}

const fire = "date(workflow.scheduledTime ?? workflow.creationTimestamp.RFC3339).In(timezone('Asia/Tokyo'))";
const asked = "{{=workflow.parameters.target_date != '' ? workflow.parameters.target_date : ";

describe('main fixes the session', () => {
  test.each([
    ['daily', 'daily>: 07:00:00', `session_date=${asked}${fire}.Format('2006-01-02')}}`],
    [
      'beyond midnight: the day before',
      'daily>: 26:00:00',
      `session_date=${asked}${fire}.AddDate(0, 0, -1).Format('2006-01-02')}}`,
    ],
    [
      'weekly: the latest Tuesday',
      'weekly>: Tue,07:00:00',
      `session_date=${asked}${fire}.AddDate(0, 0, -((int(${fire}.Weekday()) + 5) % 7)).Format('2006-01-02')}}`,
    ],
    [
      'monthly: the first',
      'monthly>: 1,07:00:00',
      `session_date=${asked}${fire}.AddDate(0, 0, 1 - ${fire}.Day()).Format('2006-01-02')}}`,
    ],
    [
      'a cron of which only the date is used',
      'cron>: 30 4 * * *',
      `session_date=${asked}${fire}.Format('2006-01-02')}}`,
    ],
  ])('%s', async (_, schedule, want) => {
    expect(await argumentsOf(tokyo(schedule) + step('${session_date}'), 'main')).toEqual([want]);
  });

  test('a daily session is midnight: its time needs no more than the date', async () => {
    expect(await argumentsOf(tokyo('daily>: 07:00:00') + step('${session_time}'), 'tasks')).toEqual([
      "time={{=date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo').Format('2006-01-02T15:04:05-07:00')}}",
    ]);
  });

  test('hours of a cron session need its time', async () => {
    const [main] = await argumentsOf(tokyo('cron>: 30 4 * * *') + step("${moment(session_time).format('HH')}"), 'main');
    expect(main).toBe(
      `session_time={{=workflow.parameters.target_date != '' ? date(workflow.parameters.target_date).In(timezone('Asia/Tokyo')).Format('2006-01-02T15:04:05-07:00') : ${fire}.Format('2006-01-02T15:04:05-07:00')}}`,
    );
  });

  test('no session value: main passes nothing and there is no target_date', async () => {
    const { templates, jobs } = await convertDig(tokyo('daily>: 07:00:00') + step('a'));
    expect(templates['main']).toEqual({ steps: [[{ name: 'run', template: 'tasks' }]] });
    expect([...(jobs[0]?.overlays.get('prd')?.parameters.keys() ?? [])]).toEqual([]);
  });
});

describe('neighbours of the session', () => {
  const day = "date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo')";
  test.each([
    ['daily', 'daily>: 07:00:00', `${day}.AddDate(0, 0, -1)`],
    ['weekly', 'weekly>: Tue,07:00:00', `${day}.AddDate(0, 0, -7)`],
  ])('%s', async (_, schedule, want) => {
    expect(await argumentsOf(tokyo(schedule) + step('${last_session_date}'), 'tasks')).toEqual([
      `last_session_date={{=${want}.Format('2006-01-02')}}`,
    ]);
  });

  test.each([
    ['no schedule', ''],
    ['an interval that does not divide the hour', tokyo('minutes_interval>: 7')],
    ['day and weekday', tokyo('cron>: 0 9 13 * 5')],
    ['a day that some months do not have', tokyo('monthly>: 31,07:00:00')],
  ])('%s: not converted', async (_, head) => {
    const { findings } = await convertDig(head + step('${last_session_date}'));
    expect(findings).toEqual(['FLOW_UNTRANSLATED digdag/prd/job.dig:1:1']);
  });
});

describe('names of inputs say what the value means', () => {
  test.each([
    ['${session_date}', 'date'],
    ['${session_date_compact}', 'session_date_compact'],
    ['${session_time}', 'time'],
    ['${session_unixtime}', 'unixtime'],
    ["${moment(session_time).subtract(1, 'days').format('YYYYMMDD')}", 'yesterday'],
    ["${moment(session_time).format('YYYY-MM')}", 'month'],
  ])('%s', async (text, want) => {
    const [argument] = await argumentsOf(tokyo('daily>: 07:00:00') + step(text), 'tasks');
    expect(argument?.split('=')[0]).toBe(want);
  });

  test('two values that wish for one name', async () => {
    const two = await argumentsOf(
      tokyo('daily>: 07:00:00') +
        step("${session_date} ${moment(session_time).subtract(3, 'days').format('YYYY-MM-DD')}"),
      'tasks',
    );
    expect(two.map((argument) => argument.split('=')[0])).toEqual(['date', 'date_2']);
  });
});

const slack = {
  'digdag/scripts/slack.sh':
    '#!/bin/bash\ncurl -sf -X POST -d "{\\"channel\\": \\"$1\\", \\"text\\": \\"$2\\"}" "$SLACK_WEBHOOK_URL"\n',
  'dig2argo.yaml': 'worker:\n  image: worker:1\n  env: {SLACK_WEBHOOK_URL: {secret: slack, key: url}}\n',
};

describe('exit handler', () => {
  test('one that only writes to the log is none: Argo refuses a template without steps', async () => {
    const { templates } = await convertDig(`${step('a')}_error:\n  echo>: failed\n`);
    expect(Object.keys(templates)).not.toContain('exit-handler');
  });

  test('a notification says which job and session it was, and what failed', async () => {
    const { templates, jobs, findings } = await convertDig(
      `${tokyo('daily>: 07:00:00')}${step('a')}_error:\n  sh>: ../scripts/slack.sh "#batch" "failed"\n`,
      slack,
    );
    const session = `${asked}${fire}.Format('2006-01-02')}}`;
    expect(findings).toEqual([]);
    expect(templates['exit-handler']).toEqual({
      steps: [
        [
          {
            name: 'slack-notify-failed',
            templateRef: { name: 'slack-notify', template: 'slack-notify' },
            when: "'{{workflow.status}}' != 'Succeeded'",
            arguments: {
              parameters: [
                { name: 'channel', value: '#batch' },
                { name: 'message', value: 'failed' },
                { name: 'environment', value: 'prd' },
                { name: 'source', value: 'cronwf/job' },
                { name: 'session', value: session },
                { name: 'failures', value: '{{workflow.failures}}' },
              ],
            },
          },
        ],
      ],
    });
    // No step uses the session, but the handler reads the parameter: an undeclared one would be an error when it runs.
    expect([...(jobs[0]?.overlays.get('prd')?.parameters.keys() ?? [])]).toEqual(['target_date']);
  });

  test('several steps run one after the other, with the session computed for them', async () => {
    const { templates } = await convertDig(
      `${tokyo('daily>: 07:00:00')}${step('a')}_error:\n  +x:\n    sh>: echo x\n  +y:\n    sh>: echo y \${session_date}\n`,
    );
    expect(templates['exit-handler']?.['steps']).toEqual([
      [
        {
          name: 'job-error',
          template: 'job-error',
          when: "'{{workflow.status}}' != 'Succeeded'",
          arguments: { parameters: [{ name: 'session_date', value: `${asked}${fire}.Format('2006-01-02')}}` }] },
        },
      ],
    ]);
    expect(templates['job-error']?.['steps']).toEqual([
      [{ name: 'x', template: 'x' }],
      [
        {
          name: 'y',
          template: 'y',
          arguments: { parameters: [{ name: 'date', value: '{{inputs.parameters.session_date}}' }] },
        },
      ],
    ]);
  });

  test('a condition in the handler stays beside that on the state', async () => {
    const { templates } = await convertDig(
      `${tokyo('daily>: 07:00:00')}${step('a')}_error:\n  if>: \${session_date.slice(8) == '01'}\n  _do:\n    sh>: echo first\n`,
    );
    expect(whens(templates['exit-handler'] ?? {})).toEqual(["'{{workflow.status}}' != 'Succeeded'"]);
    expect(whens(templates['on-error'] ?? {})).toEqual([
      "{{=date(inputs.parameters.session_date, '2006-01-02', 'Asia/Tokyo').Format('02') == '01'}}",
    ]);
  });
});

function whens(template: { readonly [field: string]: Json }): readonly Json[] {
  return (template['steps'] as { readonly when: Json }[][]).flat().map((each) => each.when);
}
