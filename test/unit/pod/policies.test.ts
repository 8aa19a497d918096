import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition, indexLines, repoPath } from '../../../src/core/source.ts';
import { policiesOf } from '../../../src/rules/builtin/pod/policies.ts';
import { rules } from './fixture.ts';

test('without choices the defaults hold, each as a decision', () => {
  const { values, decisions } = policiesOf(rules);
  expect(Object.fromEntries(values)).toEqual({
    archiveLogs: false,
    concurrencyPolicy: 'Allow',
    failedJobsHistoryLimit: 5,
    launcherWait: 'report',
    podDeadline: 'all-attempts',
    podGC: 'OnPodSuccess',
    requireMode: 'once',
    retryPolicy: 'Always',
    startingDeadlineSeconds: 60,
    successfulJobsHistoryLimit: 5,
  });
  expect(decisions.map((it) => it.policy)).toHaveLength(10);
  expect(decisions.find((it) => it.policy === 'failed_history')?.text).toBe(
    'The last 5 failed runs stay in the cluster.',
  );
});

const span = indexLines({ path: repoPath('dig2argo.yaml'), text: 'policies:\n  concurrency: Queue\n' }).span(12, 30);

test('a choice is taken, and its decision says so', () => {
  const sink = new DiagnosticList();
  const { values, decisions } = policiesOf(rules, new Map([['concurrency', { value: 'Forbid', span }]]), sink);
  expect(values.get('concurrencyPolicy')).toBe('Forbid');
  expect(decisions.find((it) => it.policy === 'concurrency')?.text).toContain('Forbid.');
  expect(sink.items).toEqual([]);
});

test.each([
  [
    'concurrency',
    'Queue',
    'POLICY_VALUE',
    'policy concurrency cannot be "Queue"',
    'Use "Allow" or "Forbid" or "Replace".',
  ],
  ['starting_deadline', 'soon', 'POLICY_VALUE', 'policy starting_deadline cannot be "soon"', 'Use a number.'],
  ['concurency', 'Forbid', 'POLICY_UNKNOWN', 'there is no policy concurency', undefined],
])('%s: %s is refused', (name, value, code, message, hint) => {
  const sink = new DiagnosticList();
  const { values } = policiesOf(rules, new Map([[name, { value, span }]]), sink);
  const [found] = sink.items;
  expect(found?.code).toBe(code);
  expect(found && messageOf(found)).toBe(message);
  expect(found?.span && formatPosition(found.span)).toBe('dig2argo.yaml:2:3');
  if (hint !== undefined) expect(found?.hint).toBe(hint);
  expect(values.get('concurrencyPolicy')).toBe('Allow');
  expect(values.get('startingDeadlineSeconds')).toBe(60);
});
