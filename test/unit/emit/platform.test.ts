import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EmitInput } from '../../../src/emit/emit-input.ts';
import { platformFiles } from '../../../src/emit/platform/platform.ts';
import type { MergedJob } from '../../../src/merge/types.ts';
import type { ClusterObjectRef } from '../../../src/rules/types.ts';
import { emitInputOf, mergedJob } from './small-platform.ts';

function platform(jobs: readonly MergedJob[], more: Partial<EmitInput> = {}): ReadonlyMap<string, string> {
  return new Map(platformFiles(emitInputOf(jobs, more)).map((file) => [file.path, file.text]));
}

function object(jobs: readonly MergedJob[], file: string, more: Partial<EmitInput> = {}): unknown {
  return parse(platform(jobs, more).get(`platform/overlays/prd/${file}`) ?? '');
}

const secret = (name: string, key?: string): ClusterObjectRef => ({
  kind: 'Secret',
  name,
  ...(key === undefined ? {} : { key }),
  optional: false,
});

describe('permissions', () => {
  const jobs = [
    mergedJob({ job: 'a', schedule: {}, facts: { serviceAccounts: ['runner'] } }),
    mergedJob({ job: 'b', schedule: {}, facts: { serviceAccounts: ['default', 'runner'] } }),
    mergedJob({ job: 'c', schedule: {}, namespace: 'shop', environments: ['dev'] }),
  ];

  test('each namespace that runs pods has one role, bound to all its service accounts', () => {
    expect(object(jobs, 'role-batch.yaml')).toMatchObject({
      metadata: { name: 'workflow-executor', namespace: 'batch' },
      rules: [{ apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] }],
    });
    expect(object(jobs, 'role-binding-batch.yaml')).toMatchObject({
      roleRef: { kind: 'Role', name: 'workflow-executor' },
      subjects: [
        { kind: 'ServiceAccount', name: 'default', namespace: 'batch' },
        { kind: 'ServiceAccount', name: 'runner', namespace: 'batch' },
      ],
    });
  });

  test('only accounts that Kubernetes does not make itself are emitted, and nothing of other environments', () => {
    const made = [...platform(jobs).keys()];
    expect(made.filter((path) => path.includes('/service-account-'))).toEqual([
      'platform/overlays/dev/service-account-batch-runner.yaml',
      'platform/overlays/prd/service-account-batch-runner.yaml',
    ]);
    expect(made.filter((path) => path.includes('shop'))).toEqual([
      'platform/overlays/dev/role-shop.yaml',
      'platform/overlays/dev/role-binding-shop.yaml',
    ]);
  });
});

describe('secrets', () => {
  test('the keys that pods read are listed once, in order', () => {
    const jobs = [
      mergedJob({ job: 'a', needs: [secret('mysql', 'user'), secret('mysql', 'password')] }),
      mergedJob({ job: 'b', needs: [secret('mysql', 'user'), { kind: 'ConfigMap', name: 'conf', optional: false }] }),
    ];
    expect(object(jobs, 'external-secret-batch-mysql.yaml')).toMatchObject({
      kind: 'ExternalSecret',
      metadata: { name: 'mysql', namespace: 'batch' },
      spec: {
        target: { name: 'mysql' },
        data: [
          { secretKey: 'password', remoteRef: { key: 'prd/batch/mysql', property: 'password' } },
          { secretKey: 'user', remoteRef: { key: 'prd/batch/mysql', property: 'user' } },
        ],
      },
    });
    expect([...platform(jobs).keys()].some((path) => path.includes('conf'))).toBe(false);
  });

  test('a Secret that a pod takes whole is fetched whole', () => {
    const jobs = [mergedJob({ needs: [secret('gcp-key'), secret('gcp-key', 'key.json')] })];
    expect(object(jobs, 'external-secret-batch-gcp-key.yaml')).toMatchObject({
      spec: { dataFrom: [{ extract: { key: 'prd/batch/gcp-key' } }] },
    });
  });

  test('the login of a registry has the type that the kubelet wants', () => {
    const jobs = [mergedJob({ needs: [secret('pull')], spec: { imagePullSecrets: [{ name: 'pull' }] } })];
    expect(object(jobs, 'external-secret-batch-pull.yaml')).toMatchObject({
      spec: { target: { name: 'pull', template: { type: 'kubernetes.io/dockerconfigjson' } } },
    });
  });

  test('the webhook is needed where a job sends messages, in the namespace of the job', () => {
    const webhook = { secret: 'chat', key: 'url' };
    const jobs = [mergedJob({ notifies: true, namespace: 'shop' }), mergedJob({ job: 'quiet' })];
    const made = [...platform(jobs, { webhook }).keys()].filter((path) => path.includes('prd/external-secret'));
    expect(made).toEqual(['platform/overlays/prd/external-secret-shop-chat.yaml']);
    expect(object(jobs, 'external-secret-shop-chat.yaml', { webhook })).toMatchObject({
      spec: { data: [{ secretKey: 'url' }] },
    });
  });
});

test('secrets of the worker that no pod reads are listed, those that one reads are not', () => {
  const jobs = [mergedJob({ schedule: {}, needs: [secret('db', 'password'), secret('mail')], notifies: true })];
  const workerSecrets = [
    { variable: 'KUBE_TOKEN', secret: 'launcher', key: 'token' },
    { variable: 'DB_USER', secret: 'db', key: 'user' },
    { variable: 'DB_PASSWORD', secret: 'db', key: 'password' },
    { variable: 'MAIL_HOST', secret: 'mail', key: 'host' },
    { variable: 'SLACK_URL', secret: 'slack', key: 'webhook_url' },
  ];
  const readme = (input: Partial<EmitInput>): string => platform(jobs, input).get('platform/README.md') ?? '';
  const rows = readme({ workerSecrets })
    .split('\n')
    .filter((line) => /^\| `[A-Z]/.test(line));
  expect(rows).toEqual(['| `DB_USER` | `db` | `user` |', '| `KUBE_TOKEN` | `launcher` | `token` |']);
  expect(readme({})).not.toContain('Secrets that are no longer used');
});

describe('defaults and deployment', () => {
  const jobs = [mergedJob({ schedule: {} })];

  test.each([
    ['OnPodSuccess', false, { podGC: { strategy: 'OnPodSuccess', deleteDelayDuration: '24h' }, archiveLogs: false }],
    ['none', true, { archiveLogs: true }],
  ] as const)('pod GC %s, archive %s', (podGC, archiveLogs, spec) => {
    const text = platform(jobs, { policies: { podGC, archiveLogs } }).get('platform/base/workflow-defaults.yaml');
    const { data } = parse(text ?? '') as { data: { workflowDefaults: string } };
    expect(parse(data.workflowDefaults)).toEqual({ spec });
  });

  test.each([
    [{ prd: 'batch-prd' }, 'batch-prd'],
    [{}, 'in-cluster'],
  ])('Argo CD deploys to the cluster of the environment: %j', (clusters, name) => {
    expect(parse(platform(jobs, { clusters }).get('platform/argocd/prd.yaml') ?? '')).toMatchObject({
      kind: 'Application',
      spec: {
        source: { path: 'environments/prd' },
        destination: { name },
        // It must not take back a cut-over that was made by hand.
        syncPolicy: { automated: { prune: false, selfHeal: false } },
      },
    });
  });

  test('the README lists the decisions', () => {
    const decisions = [{ policy: 'archive_logs', text: 'Logs are not archived.' }];
    expect(platform(jobs, { decisions }).get('platform/README.md')).toContain(
      '- `archive_logs`: Logs are not archived.\n',
    );
  });

  test('of a namespace that jobs move into, everything they name is listed', () => {
    const moving = [
      mergedJob({
        job: 'a',
        needs: [
          secret('mysql', 'user'),
          { kind: 'ServiceAccount', name: 'loader', optional: false },
          { kind: 'PersistentVolumeClaim', name: 'work', optional: false },
        ],
      }),
    ];
    const namespace = moving[0]?.baseNamespace ?? '';
    const listed = (namespaces: Readonly<Record<string, string>>): readonly string[] =>
      [...(platform(moving, { namespaces }).get('platform/README.md') ?? '').matchAll(/\| (\w+) `(\w+)` \| (\w+) \|/g)]
        .map(([, kind, name, made]) => `${kind} ${name}: ${made}`)
        .filter((line, at, all) => all.indexOf(line) === at);
    expect(listed({})).toEqual(['PersistentVolumeClaim work: nothing']);
    expect(listed({ before: namespace })).toEqual([
      'PersistentVolumeClaim work: nothing',
      'Secret mysql: ExternalSecret',
      'ServiceAccount loader: ServiceAccount',
    ]);
  });
});
