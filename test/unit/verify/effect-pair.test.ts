import { describe, expect, test } from 'vitest';
import { comparePods, podOfJob } from '../../../src/verify/compare/effect-pair.ts';
import type { Plain } from '../../../src/verify/effect.ts';

const pod = (container: Plain): Plain => ({ spec: { containers: [container] } });
const secret = { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'job-secrets', key: 'PASSWORD' } } };
const accepted = [{ path: 'containers[main].env[PASSWORD]', rule: 'launcher-x', reason: 'it is in a Secret' }];

describe('a value of a command line that moved into a Secret', () => {
  test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    ['in a word', ['run', '--password=not-real'], ['run', '--password=$(PASSWORD)'], []],
    ['in a shell text', ['sh', '-c', 'run --p not-real; x'], ['sh', '-c', 'run --p "${PASSWORD}"; x'], []],
    ['in single quotes', ['sh', '-c', "run 'p=not-real z'"], ['sh', '-c', `run 'p='"\${PASSWORD}"' z'`], []],
    [
      'beside another change',
      ['run', '--password=not-real', 'a'],
      ['run', '--password=$(PASSWORD)', 'b'],
      ['command[2]'],
    ],
    ['where the legacy word says nothing', ['run', '--all'], ['run', '--password=$(PASSWORD)'], ['command[1]']],
  ])('%s', (_, legacy, argo, differs) => {
    const { differences, assumptions } = comparePods(
      pod({ name: 'main', command: legacy }),
      pod({ name: 'main', command: argo, env: [secret] }),
      accepted,
      0,
    );
    const paths = differences.map(({ path }) => path.replace('manifest.spec.containers[main].', ''));
    expect(paths.filter((path) => path !== 'env[PASSWORD]')).toEqual(differs);
    if (differs.length === 0)
      expect(assumptions).toEqual([
        'the key PASSWORD of the Secret job-secrets holds what the legacy manifest said in plain text',
      ]);
  });

  test('a variable that no rule accepted differs', () => {
    const { differences } = comparePods(
      pod({ name: 'main', command: ['run', 'p=not-real'] }),
      pod({ name: 'main', command: ['run', 'p=$(PASSWORD)'], env: [secret] }),
      [],
      0,
    );
    expect(differences.map(({ path }) => path)).toHaveLength(2);
  });
});

test('a number and a text that look alike are told apart', () => {
  const { differences } = comparePods(
    pod({ name: 'main', command: ['run', 20260331] }),
    pod({ name: 'main', command: ['run', '20260331'] }),
    [],
    0,
  );
  expect(differences).toMatchObject([{ legacy: '20260331', argo: '"20260331"' }]);
});

test('the only volume of a pod, which a rule took away, is no difference; one that no rule names is', () => {
  const legacy: Plain = {
    spec: {
      containers: [{ name: 'main', volumeMounts: [{ name: 'life', mountPath: '/life' }] }],
      volumes: [{ name: 'life', emptyDir: {} }],
    },
  };
  const gone = [{ path: 'volumes[life]', rule: 'sidecar-x', reason: 'only its stop was in it' }];
  const without = pod({ name: 'main' });
  expect(comparePods(legacy, without, gone, 0)).toMatchObject({
    differences: [],
    accepted: [{ path: 'containers[main].volumeMounts[life]' }, { path: 'volumes[life]' }],
  });
  expect(comparePods(legacy, without, [], 0).differences.map(({ path }) => path)).toEqual([
    'manifest.spec.containers[main].volumeMounts[life]',
    'manifest.spec.volumes[life]',
  ]);
});

test('the labels that a Job gives its pods are none of the manifest', () => {
  const job = (labels: Plain): Plain => ({ spec: { template: { metadata: { labels }, spec: { containers: [] } } } });
  expect(podOfJob(job({ 'job-name': 'x', 'batch.kubernetes.io/controller-uid': 'y', a: 'b' }))).toEqual(
    podOfJob(job({ a: 'b' })),
  );
  expect(podOfJob(job({ 'job-name': 'x' }))).toEqual(podOfJob(job({})));
});
