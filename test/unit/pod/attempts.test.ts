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
  ['{rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}', undefined, ['POD_FAILURE_POLICY']],
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
    '{{=int(max(1, 60 - (now().Unix() - date(inputs.parameters.t0).Unix())))}}',
    [],
  ],
  [
    'over all attempts of the Job, and of each pod',
    '{backoffLimit: 2, activeDeadlineSeconds: 60}',
    'activeDeadlineSeconds: 40',
    '{{=int(min(max(1, 60 - (now().Unix() - date(inputs.parameters.t0).Unix())), 40))}}',
    [],
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
  ['at-timeout', ['POD_WAIT_BLIND']],
  // The launcher itself was reported.
  ['never', []],
  ['at-once', []],
] as const)('a wait that sees failure %s', (seesFailure, codes) => {
  expect(convert({}, { wait: { seesFailure } }).codes).toEqual(codes);
});

test('a deadline over all attempts starts with a step before the pod, and ends the attempts', () => {
  const { template, body } = convert(
    {
      job: `{backoffLimit: 2, activeDeadlineSeconds: 60, podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}}`,
    },
    { retry: once(1, 30) },
  );
  expect(template?.around).toEqual({ suspended: false, startInput: 't0', retry: once(1, 30) });
  expect(body.retryStrategy).toEqual({
    limit: 2,
    retryPolicy: 'Always',
    expression: "now().Unix() - date('{{inputs.parameters.t0}}').Unix() < 60 && asInt(lastRetry.exitCode) != 42",
    backoff: { duration: '10s', factor: 2 },
  });
});

test('by policy the deadline holds for each attempt', () => {
  const policies = policiesOf(rules, new Map([['job_deadline', { value: 'per-attempt' }]]));
  const { template, body, codes } = convert({ job: '{backoffLimit: 2, activeDeadlineSeconds: 60}' }, { policies });
  expect(body.activeDeadlineSeconds).toBe(60);
  expect(template?.around).toBeUndefined();
  expect(codes).toEqual(['POD_DEADLINE_PER_ATTEMPT']);
});

test('a failure that ends the Job does not end the _retry of the step', () => {
  const { template, body, codes } = convert(
    {
      job: '{backoffLimit: 0, podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}}',
    },
    { retry: once(3) },
  );
  expect(body.retryStrategy).toBeUndefined();
  expect(template?.around).toEqual({ suspended: false, retry: once(3) });
  expect(codes).toEqual([]);
});

test.each([
  ['completions: 3', { count: 3, parallelism: 1 }, ['POD_INDEXES_DIFFER']],
  ['{completions: 3, parallelism: 2}', { count: 3, parallelism: 2 }, ['POD_INDEXES_DIFFER']],
  ['parallelism: 2', { count: 2, parallelism: 2 }, ['POD_INDEXES_DIFFER', 'POD_INDEXES_DIFFER']],
  ['{completions: 1, completionMode: Indexed}', { count: 1, parallelism: 1 }, []],
  [
    '{completions: 3, completionMode: Indexed, backoffLimitPerIndex: 1, maxFailedIndexes: 2}',
    { count: 3, parallelism: 1 },
    ['POD_INDEXES_DIFFER'],
  ],
])('%s is a loop over pods', (job, pods, codes) => {
  const { template, codes: found } = convert({ job });
  expect(template?.around).toEqual({ suspended: false, pods });
  expect(found).toEqual(codes);
});

test('each pod of an indexed Job knows its number, and is retried for itself', () => {
  const { body, codes } = convert({
    job: '{backoffLimit: 9, completions: 3, completionMode: Indexed, backoffLimitPerIndex: 1}',
    main: 'env: [{name: JOB_COMPLETION_INDEX, value: own}]',
    pod: 'initContainers: [{name: prepare, image: "example.test/prepare:1", command: [prepare]}]',
    podMetadata: 'annotations: {note: x}',
  });
  expect(body.container.env).toEqual([{ name: 'JOB_COMPLETION_INDEX', value: 'own' }]);
  expect(body.initContainers[0].env).toEqual([{ name: 'JOB_COMPLETION_INDEX', value: '<index>' }]);
  expect(body.metadata.annotations).toEqual({ note: 'x', 'batch.kubernetes.io/job-completion-index': '<index>' });
  expect(body.retryStrategy.limit).toBe(1);
  expect(codes).toEqual([]);
});

test.each(['completions: 0', 'parallelism: 0', 'completions: __N__'])('%s says no number of pods', (job) => {
  const { codes, positions } = convert({ job });
  expect(codes).toEqual(['POD_PARALLEL_JOB']);
  expect(positions).toEqual(['manifests/job.yaml:1:1']);
});

test('a suspended Job waits for someone to resume the workflow', () => {
  const { template, codes, messages } = convert({ job: 'suspend: true' });
  expect(template?.around).toEqual({ suspended: true });
  expect(codes).toEqual(['POD_SUSPENDED']);
  expect(messages).toEqual([
    'the Job of +job+step is created suspended; so is the workflow before it, until someone runs argo resume',
  ]);
});

test('the time to live of the Job is left to policies', () => {
  const { codes, messages } = convert({ job: 'ttlSecondsAfterFinished: 60' });
  expect(codes).toEqual(['POD_TTL_REPLACED']);
  expect(messages).toEqual([
    "ttlSecondsAfterFinished 60 removed the Job; the workflow's pods and history are removed by policy",
  ]);
});

test('one pod at a time says nothing', () => {
  expect(
    convert({ job: '{completions: 1, parallelism: 1, suspend: false, completionMode: NonIndexed}' }).codes,
  ).toEqual([]);
});
