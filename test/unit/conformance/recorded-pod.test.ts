import { expect, test } from 'vitest';
import { withoutArgo } from '../../conformance/cluster/argo-additions.ts';
import { comparablePod } from '../../conformance/cluster/comparable-pod.ts';
import { withPlainFailures } from '../../conformance/cluster/failures-text.ts';

const wrapper = ['/var/run/argo/argoexec', 'emissary', '--loglevel', 'info', '--'];
const argoEnv = [
  { name: 'ARGO_CONTAINER_NAME', value: 'main' },
  { name: 'ARGO_NODE_ID', value: 'id' },
];
const argoMount = { name: 'var-run-argo', mountPath: '/var/run/argo' };

test('what Argo adds to a pod is taken off, and nothing else', () => {
  const main = { name: 'main', image: 'i', args: ['a', '--', 'b'], env: [{ name: 'ARGO_OWN', value: 'kept' }] };
  const recorded = {
    metadata: {
      labels: { own: 'l', 'workflows.argoproj.io/completed': 'false' },
      annotations: { 'workflows.argoproj.io/node-id': 'id', 'kubectl.kubernetes.io/default-container': 'main' },
    },
    spec: {
      restartPolicy: 'Never',
      volumes: [{ name: 'var-run-argo' }, { name: 'tmp-dir-argo' }, { name: 'own', emptyDir: {} }],
      initContainers: [
        { name: 'init', image: 'argoexec' },
        { name: 'prepare', image: 'i', command: ['p'], env: argoEnv, volumeMounts: [argoMount] },
      ],
      containers: [
        { name: 'wait', image: 'argoexec' },
        {
          ...main,
          command: [...wrapper, 'sh', '--'],
          env: [...main.env, ...argoEnv],
          volumeMounts: [{ name: 'own', mountPath: '/o' }, argoMount],
        },
      ],
    },
  };
  expect(comparablePod(withoutArgo(recorded))).toEqual({
    metadata: { labels: { own: 'l' } },
    spec: {
      restartPolicy: 'Never',
      volumes: [{ name: 'own', emptyDir: {} }],
      initContainers: [{ name: 'prepare', image: 'i', command: ['p'] }],
      containers: [{ ...main, command: ['sh', '--'], volumeMounts: [{ name: 'own', mountPath: '/o' }] }],
    },
  });
});

test('a command without the wrapper stays a difference', () => {
  const recorded = { spec: { containers: [{ name: 'main', image: 'i', command: ['sh'] }] } };
  expect(comparablePod(withoutArgo(recorded))).toMatchObject({
    spec: { containers: [{ command: ['(not wrapped)', 'sh'] }] },
  });
});

test.each([
  [{ cpu: '500m', memory: '1Gi' }, { cpu: '0.5', memory: '1024Mi' }, true],
  [{ cpu: '500m' }, { cpu: '501m' }, false],
])('amounts %j and %j', (a, b, equal) => {
  const pod = (limits: Readonly<Record<string, string>>) =>
    comparablePod({ spec: { containers: [{ name: 'main', resources: { limits } }] } });
  expect(JSON.stringify(pod(a)) === JSON.stringify(pod(b))).toBe(equal);
});

test('of a list of failures, what it says of pods counts, in any order', () => {
  const list = (...entries: readonly Readonly<Record<string, string>>[]) => JSON.stringify(JSON.stringify(entries));
  const a = { displayName: 'a(0)', message: 'main: Error (exit code 1)', templateName: 't', phase: 'Failed' };
  const real = list({ displayName: '[0]', message: 'child' }, { ...a, podName: 'wf-t-1', finishedAt: 'now' });
  const pods = new Set(['a(0)']);
  expect(withPlainFailures([`Failed ${real}`], pods)).toEqual(withPlainFailures([`Failed ${list(a)}`], pods));
  expect(withPlainFailures(list({ ...a, phase: 'Error' }), pods)).not.toEqual(withPlainFailures(list(a), pods));
  expect(withPlainFailures('"null"', pods)).toBe('"null"');
});
