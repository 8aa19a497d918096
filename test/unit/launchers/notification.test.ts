import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition } from '../../../src/core/source.ts';
import { exported, mixed, readStep, runtime, type StepProject, toPlain } from './project.ts';

const session = runtime(
  {
    kind: 'session',
    ast: { kind: 'format', at: { kind: 'session', which: 'this' }, pattern: [{ kind: 'token', token: 'YYYY' }] },
  },
  'session_date',
);
const slack = 'curl -sf -X POST -d "{\\"channel\\": \\"$1\\", \\"text\\": \\"$2\\"}" "$SLACK_WEBHOOK_URL"\n';
const config = { worker: { env: { SLACK_WEBHOOK_URL: { secret: 'slack', key: 'webhook_url' } } } };

function sent(project: Partial<StepProject>): unknown {
  const effects = readStep({ command: '', config, ...project }).result?.effects ?? [];
  return effects.map((effect) =>
    effect.kind === 'notify' ? [effect.via, toPlain(effect.to), toPlain(effect.body)] : effect.kind,
  );
}

describe('messages', () => {
  test('channel and text keep their parts', () => {
    const reading = readStep({
      command: mixed('./slack.sh "#', exported('env', 'prd'), '-alert" "failed ', session, '"'),
      files: { 'digdag/slack.sh': slack },
      config,
    });
    expect(reading.result?.effects).toMatchObject([
      {
        kind: 'notify',
        via: 'slack',
        to: {
          parts: [
            { kind: 'literal', text: '#' },
            { kind: 'variable', variable: 'env', text: 'prd' },
            { kind: 'literal', text: '-alert' },
          ],
        },
        body: {
          parts: [
            { kind: 'literal', text: 'failed ' },
            { kind: 'runtime', expr: { kind: 'session' } },
          ],
        },
      },
    ]);
    expect(reading.codes).toEqual([]);
    expect(reading.result?.commands.map(({ fate }) => fate)).toEqual([
      { kind: 'consumed', by: 'notification-slack-webhook' },
    ]);
  });

  test('a channel that is one export stays that export', () => {
    const reading = readStep({
      command: mixed('./slack.sh "', exported('channel', '#prd'), '" x'),
      files: { 'digdag/slack.sh': slack },
      config,
    });
    expect(reading.result?.effects).toMatchObject([
      { to: { parts: [{ kind: 'variable', variable: 'channel', text: '#prd' }] } },
    ]);
  });

  test('a script that chooses the channel by level', () => {
    const script = `case "$1" in\n  error) c="#alert-$env";;\n  *) c="#info-$env";;\nesac\n${slack.replace('$1', '$c')}`;
    const project = { files: { 'digdag/notify.sh': script }, scope: { env: 'prd' } };
    expect(sent({ ...project, command: './notify.sh error "it broke"' })).toEqual([
      ['slack', '#alert-prd', 'it broke'],
    ]);
    expect(sent({ ...project, command: './notify.sh info done' })).toEqual([['slack', '#info-prd', 'done']]);
  });

  test('two messages in one step', () => {
    expect(sent({ command: './slack.sh a 1\n./slack.sh b 2', files: { 'digdag/slack.sh': slack } })).toEqual([
      ['slack', 'a', '1'],
      ['slack', 'b', '2'],
    ]);
  });

  test('behind a launcher, after its Job', () => {
    const files = {
      'digdag/run.sh': `set -e\nkubectl apply -f j.yaml\nkubectl wait --for=condition=complete --timeout=1m job/a\n./slack.sh c done\n`,
      'digdag/slack.sh': slack,
      'digdag/j.yaml': 'kind: Job\napiVersion: batch/v1\n',
    };
    expect(sent({ command: './run.sh', files })).toEqual(['job', ['slack', 'c', 'done']]);
  });
});

describe('no message, but a command', () => {
  test('another program runs as well', () =>
    expect(sent({ command: 'bq query x\n./slack.sh a b', files: { 'digdag/slack.sh': slack } })).toEqual(['command']));
  test('sent only on a condition', () =>
    expect(
      sent({ command: 'if [ "$(date +%u)" = 1 ]; then ./slack.sh a b; fi', files: { 'digdag/slack.sh': slack } }),
    ).toEqual(['command']));

  test('its payload is no JSON', () => {
    const reading = readStep({
      command: './slack.sh',
      files: { 'digdag/slack.sh': 'curl -d "text" "$SLACK_WEBHOOK_URL"' },
      config,
    });
    expect(
      reading.diagnostics.items.flatMap((found) =>
        found.code === 'NOTIFY_NOT_UNDERSTOOD' ? [`${formatPosition(found.span!)} ${messageOf(found)}`] : [],
      ),
    ).toEqual([
      'digdag/slack.sh:1:1 the message cannot be read: its payload is no JSON; the step stays a plain command',
    ]);
    expect(reading.result?.effects.map((effect) => effect.kind)).toEqual(['command']);
  });
});

test('a text that nothing sets is reported, not sent empty', () => {
  const reading = readStep({ command: './slack.sh "#a" "$WHO failed"', files: { 'digdag/slack.sh': slack }, config });
  expect(reading.codes).toEqual(['WORKER_ENV_UNKNOWN']);
});
