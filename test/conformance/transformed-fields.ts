import type { PlainMap } from './full-job.ts';

/** What a Job becomes, to be looked at by path. */
export interface Built {
  /** The pod's template as written, before anything is replaced. */
  readonly template: unknown;
  /** The template that calls it. */
  readonly caller: unknown;
  /** The whole object. */
  readonly object: unknown;
}

/** A field that is written in another form: a Job with it, and where the form is found. */
export interface TransformedField {
  /** The rows of the table that it stands for. */
  readonly paths: readonly string[];
  /** `spec` of the Job beside its template. */
  readonly job?: PlainMap;
  readonly metadata?: PlainMap;
  readonly pod?: PlainMap;
  readonly in: keyof Built;
  /** Path in the built object → value. */
  readonly want: Readonly<Record<string, unknown>>;
}

const failurePolicy = {
  rules: [{ action: 'FailJob', onExitCodes: { containerName: 'load', operator: 'In', values: [42] } }],
};

export const transformedFields: readonly TransformedField[] = [
  {
    paths: ['apiVersion', 'kind', 'metadata', 'metadata.name', 'spec', 'spec.template', 'spec.template.spec'],
    in: 'template',
    want: { name: 'load', 'container.image': 'example.test/load:1' },
  },
  { paths: ['metadata.generateName'], metadata: { generateName: 'load-' }, in: 'template', want: { name: 'load' } },
  {
    paths: ['metadata.namespace'],
    metadata: { namespace: 'batch' },
    in: 'object',
    want: { 'metadata.namespace': 'batch' },
  },
  {
    paths: ['metadata.labels', 'metadata.annotations'],
    metadata: { labels: { app: 'load' }, annotations: { team: 'data' } },
    in: 'template',
    want: { metadata: undefined },
  },
  {
    paths: ['spec.backoffLimit'],
    job: { backoffLimit: 2 },
    in: 'template',
    want: { 'retryStrategy.limit': 2, 'retryStrategy.retryPolicy': 'Always' },
  },
  {
    paths: ['spec.template.spec.restartPolicy'],
    job: { backoffLimit: 3 },
    pod: { restartPolicy: 'OnFailure' },
    in: 'template',
    want: { 'retryStrategy.limit': 3, podSpecPatch: undefined },
  },
  {
    paths: ['spec.activeDeadlineSeconds'],
    job: { backoffLimit: 1, activeDeadlineSeconds: 900 },
    in: 'template',
    want: {
      activeDeadlineSeconds: '{{=int(max(1, 900 - (now().Unix() - date(inputs.parameters.t0).Unix())))}}',
      'retryStrategy.expression': "now().Unix() - date('{{inputs.parameters.t0}}').Unix() < 900",
    },
  },
  {
    paths: ['spec.activeDeadlineSeconds'],
    job: { backoffLimit: 0, activeDeadlineSeconds: 900 },
    in: 'template',
    want: { activeDeadlineSeconds: 900, retryStrategy: undefined },
  },
  {
    paths: [
      'spec.podFailurePolicy',
      'spec.podFailurePolicy.rules[]',
      'spec.podFailurePolicy.rules[].action',
      'spec.podFailurePolicy.rules[].onExitCodes',
      'spec.podFailurePolicy.rules[].onExitCodes.operator',
      'spec.podFailurePolicy.rules[].onExitCodes.values[]',
    ],
    job: { backoffLimit: 2, podFailurePolicy: failurePolicy },
    in: 'template',
    want: { 'retryStrategy.expression': 'asInt(lastRetry.exitCode) != 42' },
  },
  {
    paths: ['spec.completions', 'spec.parallelism'],
    job: { backoffLimit: 0, completions: 5, parallelism: 2 },
    in: 'caller',
    want: { parallelism: 2, 'steps.0.0.withSequence.count': '5' },
  },
  {
    paths: ['spec.completionMode', 'spec.backoffLimitPerIndex'],
    job: { completions: 3, completionMode: 'Indexed', backoffLimitPerIndex: 1 },
    in: 'template',
    want: {
      'container.env.0': { name: 'JOB_COMPLETION_INDEX', value: '{{inputs.parameters.index}}' },
      'retryStrategy.limit': 1,
    },
  },
  {
    paths: ['spec.suspend'],
    job: { backoffLimit: 0, suspend: true },
    in: 'caller',
    want: { 'steps.0.0.name': 'resume', 'steps.1.0.name': 'load' },
  },
  {
    paths: ['spec.template.spec.automountServiceAccountToken'],
    job: { backoffLimit: 0 },
    pod: { automountServiceAccountToken: false, serviceAccountName: 'runner' },
    in: 'template',
    want: { automountServiceAccountToken: false, 'executor.serviceAccountName': 'runner' },
  },
  {
    paths: ['spec.template.spec.serviceAccount'],
    job: { backoffLimit: 0 },
    pod: { serviceAccount: 'runner' },
    in: 'object',
    want: { 'spec.serviceAccountName': 'runner' },
  },
];
