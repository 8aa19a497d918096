import { expect, test } from 'vitest';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { convert as convertTree } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';
import { plain, value } from './fixture.ts';
import { convert } from './job.ts';

const configMap = (yaml: string): ReturnType<typeof value> => value(`{apiVersion: v1, kind: ConfigMap, ${yaml}}`);

test('a ConfigMap beside the Job is carried without what the cluster wrote into it', () => {
  const { template, codes } = convert(
    {},
    {
      objects: [
        configMap('metadata: {name: c, namespace: batch, uid: x, labels: {app: load}}, data: {mode: "<<env>>"}'),
      ],
    },
  );
  expect(template?.objects.map((it) => plain(it))).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', labels: { app: 'load' } }, data: { mode: 'ENV' } },
  ]);
  expect(codes).toEqual([]);
});

test('of a Secret only names are kept', () => {
  const secret = value('{kind: Secret, metadata: {name: db}, data: {user: eA==}, stringData: {user: x, password: y}}');
  const { template, codes, messages } = convert({}, { objects: [secret] });
  expect(template?.objects).toEqual([]);
  expect(template?.needs).toEqual([
    { kind: 'Secret', name: 'db', key: 'user', optional: false },
    { kind: 'Secret', name: 'db', key: 'password', optional: false },
  ]);
  expect(codes).toEqual(['POD_SECRET_OBJECT']);
  expect(messages[0]).toBe(
    'the launcher applied the Secret db with its values; only the names are kept: user, user, password',
  );
});

test.each([
  [
    'metadata: {name: c}, data: {day: __DATE__}',
    'POD_OBJECT_RUNTIME',
    'day in the ConfigMap c is known only at run time',
  ],
  ['metadata: {}, data: {}', 'POD_OBJECT_UNNAMED', 'ConfigMap beside the Job has no fixed name'],
  [
    'metadata: {name: c}, data: {DB_PASSWORD: hunter2}',
    'POD_CONFIG_SECRET',
    'DB_PASSWORD in the ConfigMap c looks like a secret',
  ],
])('%s is reported', (yaml, code, text) => {
  const { codes, messages, positions } = convert({}, { objects: [configMap(yaml)] });
  expect(codes).toEqual([code]);
  expect(messages[0]).toContain(text);
  expect(positions).toEqual(['manifests/job.yaml:1:1']);
});

const script = `#!/bin/bash
curl -sf "https://example.test/$1.yaml" -o job.yaml
kubectl -n batch apply -f job.yaml
kubectl -n batch wait --for=condition=complete --timeout=60s "job/$1"
`;
const job = (name: string, mode: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: shared}
data: {mode: ${mode}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
  backoffLimit: 0
  template: {spec: {restartPolicy: Never, containers: [{name: main, image: "example.test/a:1", command: [run]}]}}
`;
const platform = (second: string): Parameters<typeof memoryHost>[0] => ({
  'dig2argo.yaml': `environments: [prd]
clusters: {prd: c}
manifests: [{from: "https://example.test/{job}.yaml", rendered: "manifests/{job}.yaml"}]
`,
  'digdag/run.sh': script,
  'digdag/prd/a.dig': '+a:\n  sh>: ../run.sh a\n',
  'digdag/prd/b.dig': '+b:\n  sh>: ../run.sh b\n',
  'manifests/a.yaml': job('a', 'full'),
  'manifests/b.yaml': job('b', second),
});

test('what several jobs carry is emitted once, with the platform', async () => {
  const { files } = await convertTree(memoryHost(platform('full')), { rules: packageRules() });
  expect(files.map((file) => file.path).filter((path) => path.includes('configmap'))).toEqual([
    'platform/overlays/prd/batch-configmap-shared.yaml',
  ]);
  expect(files.find((file) => file.path.endsWith('configmap-shared.yaml'))?.text).toContain('namespace: batch');
});

test('one name with two contents is a conflict', async () => {
  const { diagnostics } = await convertTree(memoryHost(platform('part')), { rules: packageRules() });
  const found = diagnostics.filter((it) => it.code === 'POD_OBJECT_CONFLICT');
  expect(found.map((it) => [it.args, it.span?.file, it.span?.start.line])).toEqual([
    [{ object: 'ConfigMap shared in batch', jobs: ['a', 'b'] }, 'manifests/a.yaml', 1],
  ]);
});

test('what pods name and nothing makes is listed for the namespace they run in now', async () => {
  const tree = platform('full');
  const { files } = await convertTree(
    memoryHost({
      ...tree,
      'dig2argo.yaml': `${tree['dig2argo.yaml']}namespaces: {batch: jobs}\n`,
      'manifests/b.yaml': job('b', 'full').replace(
        'command: [run]',
        'command: [run], envFrom: [{configMapRef: {name: common}}, {configMapRef: {name: shared}}]',
      ),
    }),
    { rules: packageRules() },
  );
  const readme = files.find((file) => file.path === 'platform/README.md')?.text ?? '';
  expect(readme.split('\n').filter((line) => line.startsWith('| prd'))).toEqual([
    '| prd | jobs | ConfigMap `common` | nothing | b |',
  ]);
});
