import { describe, expect, test } from 'vitest';
import { formatPosition } from '../../../src/core/source.ts';
import { convertDig } from '../pipeline/convert-tree.ts';

const py = '+a:\n  py>: tasks.a\n';

/** A .dig file, the code that tells what is different in Argo, and where it points. */
test.each([
  ['FLOW_STORED_COMPARED', `${py}+c:\n  if>: \${x == 'a'}\n  _do:\n    sh>: echo yes\n`, '4:8'],
  ['FLOW_LOOP_DEPTH', `${py}+w:\n  for_each>: {t: "\${l}"}\n  _do:\n    sh>: echo \${t}\n`, '3:1'],
  ['FLOW_DYNAMIC_LOOP', `${py}+w:\n  for_range>: {from: 0, to: "\${n}", step: 1}\n  _do:\n    sh>: echo\n`, '3:1'],
  ['FLOW_DYNAMIC_LOOP', `${py}+w:\n  loop>: \${n}\n  _parallel: {limit: 2}\n  _do:\n    sh>: echo\n`, '3:1'],
  ['GRAPH_STORE_UNREAD', py, '1:1'],
  ['FLOW_SLA', 'sla: {duration: "01:00", fail: true}\n+a:\n  sh>: echo a\n', '1:6'],
  ['FLOW_SLA_TASK', 'sla:\n  time: 09:00\n  +late:\n    td>: queries/a.sql\n+a:\n  sh>: echo a\n', '3:3'],
  ['FLOW_REQUIRE_UNKNOWN', '+r:\n  require>: other\n  project_name: elsewhere\n', '1:1'],
  ['FLOW_REQUIRE_UNKNOWN', '+r:\n  require>: job\n', '1:1'],
  ['OPERATOR_SECRET', '+h:\n  http>: https://example.test/${secret:token}\n', '1:1'],
  ['OPERATOR_OPTION_LOST', '+h:\n  http>: https://example.test/\n  proxy: x\n', '1:1'],
  ['OPERATOR_OPTION_LOST', '+m:\n  mail>: {data: text}\n  attach_files: [{path: a}]\n', '1:1'],
  ['OPERATOR_UNKNOWN', '+k:\n  http_call>: https://example.test/\n', '2:15'],
  ['SCHEDULE_OPTION_LOST', 'schedule: {daily>: 07:00:00, start: 2026-01-01}\n+a:\n  sh>: echo a\n', '1:11'],
  ['SCHEDULE_SECONDS', 'schedule: {hourly>: "30:10"}\n+a:\n  sh>: echo a\n', '1:11'],
  ['SCHEDULE_LAST_DAY', 'schedule: {cron>: "0 0 L * *"}\n+a:\n  sh>: echo a\n', '1:11'],
  ['SCHEDULE_UNSUPPORTED', 'schedule: {cron>: "0 0 1,L * *"}\n+a:\n  sh>: echo a\n', '1:11'],
])('%s', async (code, dig, position) => {
  const { diagnostics } = await convertDig(dig);
  const found = diagnostics.filter((each) => each.code === code);
  expect(found.map((each) => each.span && formatPosition(each.span))).toContain(`digdag/prd/job.dig:${position}`);
});

test('a required workflow says where its sessions are remembered', async () => {
  const { diagnostics } = await convertDig('+r:\n  require>: other\n', {
    'digdag/prd/other.dig': '+x:\n  sh>: echo x\n',
  });
  expect(diagnostics.filter((each) => each.code === 'FLOW_REQUIRED').map((each) => each.args)).toEqual([
    { cache: 'require-other' },
  ]);
});

test('a plain command needs an image', async () => {
  const { findings } = await convertDig('+a:\n  sh>: echo a\n', { 'dig2argo.yaml': '' });
  expect(findings).toEqual(['WORKER_IMAGE_UNKNOWN digdag/prd/job.dig:1:1']);
});

test('the mail of an sla is sent by its container', async () => {
  const { templates, findings } = await convertDig(
    'sla:\n  time: 09:00\n  +late:\n    mail>: {data: late}\n    subject: late\n    to: [a@example.test]\n+a:\n  sh>: echo a\n',
  );
  expect(findings).toEqual(
    ['OPERATOR_MAIL_SERVER digdag/prd/job.dig:3:3', 'FLOW_SLA digdag/prd/job.dig:2:3'].sort(byPlace),
  );
  const script = templates['sla']?.['script'] as { image: string; source: string; env: { name: string }[] };
  expect(script.image).toBe('curlimages/curl:8.11.0');
  expect(script.source).toMatch(
    /^sleep "\$SLA_SECONDS"\n\(\nset -eu\n[\s\S]*curl[\s\S]*\n\)\n[\s\S]*sleep infinity\n$/,
  );
  expect(script.env.map(({ name }) => name)).toContain('MAIL_SUBJECT');
});

function byPlace(a: string, b: string): number {
  return (a.split(' ')[1] ?? '') < (b.split(' ')[1] ?? '') ? -1 : 1;
}

test('a workflow in which nothing is left to run names no exit handler', async () => {
  const { jobs, templates } = await convertDig(
    '_error:\n  sh>: echo bad\n+l:\n  for_each>: {v: []}\n  _do:\n    sh>: echo ${v}\n',
  );
  expect(Object.keys(templates)).toEqual(['main']);
  expect([...(jobs[0]?.converted.get('prd')?.spec.entries.keys() ?? [])]).not.toContain('onExit');
});

describe('the session that a require> asks for', () => {
  const asked = async (time: string, timezone = 'Asia/Tokyo'): Promise<boolean> => {
    const dig = `timezone: ${timezone}\n+r:\n  require>: other\n  session_time: ${time}\n`;
    const { diagnostics } = await convertDig(dig, { 'digdag/prd/other.dig': '+a:\n  sh>: echo a\n' });
    return diagnostics.every(({ code }) => code !== 'FLOW_REQUIRE_UNKNOWN');
  };

  test.each([
    '${last_session_time}',
    '${session_date}T00:00:00+09:00',
    "${moment(session_date).subtract(1, 'days').format('YYYY-MM-DD')}T06:30:00+09:00",
  ])('%s is arithmetic on this one', async (time) => expect(await asked(time)).toBe(true));

  test.each([
    ['${session_date}', 'Asia/Tokyo'],
    // Another offset than the zone's is another instant.
    ['${session_date}T00:00:00+08:00', 'Asia/Tokyo'],
    ['${session_date}T00:00:00Z', 'Asia/Tokyo'],
    ['${session_date}T00:00:00-05:00', 'America/New_York'],
    ['${session_date_compact}T00:00:00+09:00', 'Asia/Tokyo'],
    // The key hides the built-in, so that it sees its own text.
    ["${moment(session_time).format('YYYY-MM-DD')}T00:00:00+09:00", 'Asia/Tokyo'],
  ])('%s in %s is not', async (time, timezone) => expect(await asked(time, timezone)).toBe(false));
});
