import { expect, test } from 'vitest';
import type { PodInput } from '../../../src/rules/builtin/pod/context.ts';
import { policiesOf } from '../../../src/rules/builtin/pod/policies.ts';
import { rules } from './fixture.ts';
import { convert } from './job.ts';

type Row = readonly [
  name: string,
  job: string,
  retry: PodInput['retry'] | undefined,
  strategy: unknown,
  codes: readonly string[],
];

const once = (limit: number, intervalSeconds = 0): PodInput['retry'] => ({
  limit,
  intervalSeconds,
  growth: 'constant',
});

const rows: readonly Row[] = [
  ['one attempt', 'backoffLimit: 0', undefined, undefined, []],
  [
    'the default of Kubernetes',
    'backoffLimit: null',
    undefined,
    { limit: 6, retryPolicy: 'Always', backoff: { duration: '10s', factor: 2 } },
    ['POD_BACKOFF_LIMIT_DEFAULT'],
  ],
  [
    'retries of the Job',
    'backoffLimit: 2',
    undefined,
    { limit: 2, retryPolicy: 'Always', backoff: { duration: '10s', factor: 2 } },
    [],
  ],
  ['retries of the step', 'backoffLimit: 0', once(3), { limit: 3, retryPolicy: 'Always' }, []],
  [
    'retries of the step with a pause',
    'backoffLimit: 0',
    once(3, 30),
    { limit: 3, retryPolicy: 'Always', backoff: { duration: '30s' } },
    [],
  ],
  [
    'growing pauses',
    'backoffLimit: 0',
    { limit: 3, intervalSeconds: 30, growth: 'exponential' },
    { limit: 3, retryPolicy: 'Always', backoff: { duration: '30s', factor: 2 } },
    [],
  ],
  [
    'a cap that no pause reaches',
    'backoffLimit: 0',
    { limit: 3, intervalSeconds: 30, growth: 'exponential', maxIntervalSeconds: 120 },
    { limit: 3, retryPolicy: 'Always', backoff: { duration: '30s', factor: 2 } },
    [],
  ],
  [
    'a cap that Argo 3.6 cannot say',
    'backoffLimit: 0',
    { limit: 4, intervalSeconds: 30, growth: 'exponential', maxIntervalSeconds: 120 },
    { limit: 4, retryPolicy: 'Always', backoff: { duration: '120s' } },
    ['POD_BACKOFF_DIFFERS'],
  ],
  [
    'both, exact in number',
    'backoffLimit: 1',
    once(2),
    { limit: 5, retryPolicy: 'Always', backoff: { duration: '10s' } },
    ['POD_ATTEMPTS_MULTIPLY', 'POD_BACKOFF_DIFFERS'],
  ],
  [
    'more than six retries of the Job',
    'backoffLimit: 8',
    undefined,
    { limit: 8, retryPolicy: 'Always', backoff: { duration: '360s' } },
    ['POD_BACKOFF_DIFFERS'],
  ],
];

test.each(rows)('%s', (_, job, retry, strategy, codes) => {
  const { body, codes: found } = convert({ job }, { retry });
  expect(body.retryStrategy).toEqual(strategy);
  expect(found).toEqual(codes);
});

test('Argo 3.7 takes the cap', () => {
  const { body, codes } = convert({ job: 'backoffLimit: 8' }, { argoVersion: '3.7' });
  expect(body.retryStrategy.backoff).toEqual({ duration: '10s', factor: 2, cap: '360s' });
  expect(codes).toEqual([]);
});

test('the policy decides which ends are retried', () => {
  const policies = policiesOf(rules, new Map([['retry_policy', { value: 'OnFailure' }]]));
  expect(convert({ job: 'backoffLimit: 1' }, { policies }).body.retryStrategy.retryPolicy).toBe('OnFailure');
});

test.each([
  ['{rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}', 'asInt(lastRetry.exitCode) != 42', []],
  [
    '{rules: [{action: FailJob, onExitCodes: {operator: In, values: [42, 43]}}]}',
    'not (asInt(lastRetry.exitCode) in [42, 43])',
    [],
  ],
  [
    '{rules: [{action: FailJob, onExitCodes: {operator: NotIn, values: [75]}}]}',
    'asInt(lastRetry.exitCode) in [-1, 75]',
    [],
  ],
  [
    '{rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}',
    undefined,
    ['POD_FIELD_LOST', 'POD_FAILURE_POLICY'],
  ],
])('podFailurePolicy %s', (policy, expression, codes) => {
  const { body, codes: found } = convert({ job: `{backoffLimit: 2, podFailurePolicy: ${policy}}` });
  expect(body.retryStrategy.expression).toBe(expression);
  expect(found).toEqual(codes);
});

test.each([
  ['OnFailure', 0, []],
  ['OnFailure', 3, ['POD_RESTART_IN_PLACE']],
  ['Always', 0, ['POD_RESTART_POLICY']],
])('restartPolicy %s with backoffLimit %d', (restartPolicy, limit, codes) => {
  expect(convert({ job: `backoffLimit: ${limit}`, restartPolicy }).codes).toEqual(codes);
});

test.each([
  ['of the Job', '{backoffLimit: 0, activeDeadlineSeconds: 60}', undefined, 60, []],
  ['of the pod', 'backoffLimit: 0', 'activeDeadlineSeconds: 50', 50, []],
  ['the shorter of both', '{backoffLimit: 0, activeDeadlineSeconds: 60}', 'activeDeadlineSeconds: 50', 50, []],
  [
    'over all attempts of the Job',
    '{backoffLimit: 2, activeDeadlineSeconds: 60}',
    undefined,
    60,
    ['POD_DEADLINE_PER_ATTEMPT'],
  ],
])('the deadline %s', (_, job, pod, want, codes) => {
  const { body, codes: found } = convert({ job, ...(pod === undefined ? {} : { pod }) });
  expect(body.activeDeadlineSeconds).toBe(want);
  expect(found).toEqual(codes);
});

test('the wait of a launcher is reported, or by policy the deadline', () => {
  const wait = { timeoutSeconds: 3600, seesFailure: 'at-once' } as const;
  const reported = convert({}, { wait });
  expect(reported.body.activeDeadlineSeconds).toBeUndefined();
  expect(reported.codes).toEqual(['POD_WAIT_ONLY_LIMIT']);
  expect(reported.messages).toEqual([
    "the only limit of +job+step was its launcher's wait of 3600 s; the pod has none",
  ]);
  const policies = policiesOf(rules, new Map([['wait_timeout', { value: 'pod-deadline' }]]));
  const limited = convert({}, { wait, policies });
  expect(limited.body.activeDeadlineSeconds).toBe(3600);
  expect(limited.codes).toEqual([]);
  expect(convert({ job: 'activeDeadlineSeconds: 60' }, { wait }).codes).toEqual([]);
});

test.each([
  ['at-timeout', undefined, 'POD_WAIT_BLIND'],
  ['never', undefined, 'POD_WAIT_IGNORES_FAILURE'],
] as const)('a wait that sees failure %s', (seesFailure, _, code) => {
  expect(convert({}, { wait: { seesFailure } }).codes).toEqual([code]);
});

test.each([
  ['completions: 3', 'POD_PARALLEL_JOB', 'completions: 3 makes several pods of one Job, which is not converted'],
  ['parallelism: 2', 'POD_PARALLEL_JOB', 'parallelism: 2 makes several pods of one Job, which is not converted'],
  [
    '{completions: 1, completionMode: Indexed}',
    'POD_PARALLEL_JOB',
    'completionMode: Indexed makes several pods of one Job, which is not converted',
  ],
  [
    'suspend: true',
    'POD_SUSPENDED',
    'the Job of +job+step is created suspended; no pod starts until someone resumes it',
  ],
  [
    'ttlSecondsAfterFinished: 60',
    'POD_TTL_REPLACED',
    "ttlSecondsAfterFinished 60 removed the Job; the workflow's pods and history are removed by policy",
  ],
])('%s is reported', (job, code, message) => {
  const { codes, messages, positions } = convert({ job });
  expect(codes).toEqual([code]);
  expect(messages).toEqual([message]);
  expect(positions).toEqual(['manifests/job.yaml:1:1']);
});

test('one pod at a time says nothing', () => {
  expect(
    convert({ job: '{completions: 1, parallelism: 1, suspend: false, completionMode: NonIndexed}' }).codes,
  ).toEqual([]);
});
