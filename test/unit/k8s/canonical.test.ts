import { expect, test } from 'vitest';
import { canonicalPod } from '../../../src/k8s/canonical.ts';
import { canonicalQuantity } from '../../../src/k8s/quantity.ts';
import type { Plain } from '../../../src/verify/effect.ts';

const container = (more: Record<string, Plain> = {}): Plain => ({ name: 'main', image: 'example.test/a:1', ...more });
const pod = (spec: Record<string, Plain>, metadata: Record<string, Plain> = {}): Plain => ({ metadata, spec });

const equal: readonly (readonly [string, Plain, Plain])[] = [
  [
    'defaults of the pod',
    pod({
      containers: [container()],
      dnsPolicy: 'ClusterFirst',
      terminationGracePeriodSeconds: 30,
      securityContext: {},
    }),
    pod({ containers: [container()] }),
  ],
  [
    'defaults of a container',
    pod({
      containers: [
        container({ imagePullPolicy: 'IfNotPresent', env: [], terminationMessagePolicy: 'File', tty: false }),
      ],
    }),
    pod({ containers: [container()] }),
  ],
  [
    'pull policy of latest',
    pod({ containers: [{ name: 'a', image: 'reg:5000/a', imagePullPolicy: 'Always' }] }),
    pod({ containers: [{ name: 'a', image: 'reg:5000/a' }] }),
  ],
  [
    'order of containers',
    pod({
      containers: [
        { name: 'b', image: 'x:1' },
        { name: 'a', image: 'y:1' },
      ],
    }),
    pod({
      containers: [
        { name: 'a', image: 'y:1' },
        { name: 'b', image: 'x:1' },
      ],
    }),
  ],
  [
    'quantities',
    pod({ containers: [container({ resources: { limits: { cpu: 1, memory: '1Gi' } } })] }),
    pod({
      containers: [
        container({ resources: { limits: { cpu: '1000m', memory: '1073741824' }, requests: { memory: '1024Mi' } } }),
      ],
    }),
  ],
  [
    'the last variable of a name holds',
    pod({
      containers: [
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        }),
      ],
    }),
    pod({ containers: [container({ env: [{ name: 'A', value: '2' }] })] }),
  ],
  [
    'a variable without value',
    pod({ containers: [container({ env: [{ name: 'A' }] })] }),
    pod({ containers: [container({ env: [{ name: 'A', value: '' }] })] }),
  ],
  [
    'volumes',
    pod({
      volumes: [
        { name: 'b', secret: { secretName: 's', defaultMode: 420 } },
        { name: 'a', emptyDir: {} },
      ],
    }),
    pod({
      volumes: [
        { name: 'a', emptyDir: { medium: '' } },
        { name: 'b', secret: { secretName: 's' } },
      ],
    }),
  ],
  ['the alias of the service account', pod({ serviceAccount: 'runner' }), pod({ serviceAccountName: 'runner' })],
  [
    'labels as texts',
    pod({}, { labels: { b: '1', a: 'x' }, creationTimestamp: null }),
    pod({}, { labels: { a: 'x', b: '1' } }),
  ],
];

test.each(equal)('alike: %s', (_, a, b) => {
  expect(canonicalPod(a)).toEqual(canonicalPod(b));
});

const different: readonly (readonly [string, Plain, Plain])[] = [
  ['image', pod({ containers: [container()] }), pod({ containers: [container({ image: 'example.test/a:2' })] })],
  [
    'arguments in another order',
    pod({ containers: [container({ args: ['a', 'b'] })] }),
    pod({ containers: [container({ args: ['b', 'a'] })] }),
  ],
  [
    'order of variables',
    pod({
      containers: [
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '$(A)' },
          ],
        }),
      ],
    }),
    pod({
      containers: [
        container({
          env: [
            { name: 'B', value: '$(A)' },
            { name: 'A', value: '1' },
          ],
        }),
      ],
    }),
  ],
  [
    'order of init containers',
    pod({ initContainers: [{ name: 'a' }, { name: 'b' }] }),
    pod({ initContainers: [{ name: 'b' }, { name: 'a' }] }),
  ],
  [
    'request below the limit',
    pod({ containers: [container({ resources: { limits: { cpu: 1 }, requests: { cpu: '500m' } } })] }),
    pod({ containers: [container({ resources: { limits: { cpu: 1 } } })] }),
  ],
  [
    'a volume with and without its medium',
    pod({ volumes: [{ name: 'a', emptyDir: { medium: 'Memory' } }] }),
    pod({ volumes: [{ name: 'a', emptyDir: {} }] }),
  ],
  ['an empty volume and none', pod({ volumes: [{ name: 'a', emptyDir: {} }] }), pod({})],
  ['shared processes', pod({ shareProcessNamespace: true }), pod({})],
];

test.each(different)('not alike: %s', (_, a, b) => {
  expect(canonicalPod(a)).not.toEqual(canonicalPod(b));
});

test('the container that becomes main is renamed where resources refer to it', () => {
  const legacy = pod({
    containers: [
      {
        name: 'report',
        image: 'a:1',
        env: [{ name: 'M', valueFrom: { resourceFieldRef: { containerName: 'report', resource: 'limits.memory' } } }],
      },
      { name: 'proxy', image: 'b:1' },
    ],
  });
  const argo = pod({
    containers: [
      { name: 'proxy', image: 'b:1' },
      {
        name: 'main',
        image: 'a:1',
        env: [{ name: 'M', valueFrom: { resourceFieldRef: { containerName: 'main', resource: 'limits.memory' } } }],
      },
    ],
  });
  expect(canonicalPod(legacy, 'report')).toEqual(canonicalPod(argo));
  expect(canonicalPod(legacy)).not.toEqual(canonicalPod(argo));
});

test.each([
  ['1', '1000000000n'],
  ['100m', '100000000n'],
  ['0.1', '100000000n'],
  ['1e3', '1000000000000n'],
  ['1k', '1000000000000n'],
  ['1Ki', '1024000000000n'],
  ['1.5Gi', '1610612736000000000n'],
  ['-2', '-2000000000n'],
  ['0', '0n'],
  ['1E', '1000000000000000000000000000n'],
  ['1G i', undefined],
  ['', undefined],
])('quantity %s', (written, want) => {
  expect(canonicalQuantity(written)).toBe(want);
});
