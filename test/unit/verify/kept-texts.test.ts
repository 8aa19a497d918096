import { expect, test } from 'vitest';
import { canonicalPod } from '../../../src/k8s/canonical.ts';
import { compareEffects } from '../../../src/verify/compare/effect-pair.ts';
import type { Plain } from '../../../src/verify/effect.ts';

type Env = readonly { readonly [key: string]: Plain }[];

/** A Job whose main container is called load, and the pod that Argo makes of it. */
function compare(legacy: Env, argo: Env, accepted: readonly string[]): ReturnType<typeof compareEffects> {
  const container = { image: 'i:1', command: ['run'], args: ['--title={{workflow.name}}'] };
  const base = { cluster: 'c', namespace: 'n', task: '+load', after: [] };
  const manifest = {
    spec: {
      template: {
        spec: {
          containers: [
            { name: 'proxy', image: 'p:1' },
            { name: 'load', ...container, env: legacy },
          ],
        },
      },
    },
  };
  const pod = {
    spec: {
      containers: [
        { ...container, name: 'main', env: argo },
        { name: 'proxy', image: 'p:1' },
      ],
    },
  };
  return compareEffects(
    { ...base, kind: 'job', manifest, attempt: 1 },
    { ...base, kind: 'job', manifest: canonicalPod(pod), template: { name: 'load' } },
    {
      acceptedIn: () => accepted.map((path) => ({ path, rule: 'r', reason: 'why' })),
      namespaces: {},
      now: 0,
    },
  );
}

test('a variable that only holds a brace is accepted where a rule names it', () => {
  const brace = [{ name: 'LITERAL_BRACE', value: '{' }];
  expect(compare([], brace, ['containers[load].env[LITERAL_BRACE]'])?.differences).toEqual([]);
  expect(compare([], brace, [])?.differences).toHaveLength(1);
  const other = [{ name: 'LITERAL_BRACE', value: 'x' }];
  expect(compare([], other, ['containers[load].env[LITERAL_BRACE]'])?.differences).toHaveLength(1);
});

test('a secret that is no longer in plain text is an assumption, and not printed', () => {
  const plain = [{ name: 'DB_PASSWORD', value: 'hunter2' }];
  const taken = [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }];
  const found = compare(plain, taken, ['containers[load].env[DB_PASSWORD]']);
  expect(found?.differences).toEqual([]);
  expect(found?.assumptions).toEqual(['the key k of the Secret s holds what the legacy manifest said in plain text']);
  const elsewhere = [{ name: 'DB_PASSWORD', valueFrom: { configMapKeyRef: { name: 's', key: 'k' } } }];
  expect(compare(plain, elsewhere, ['containers[load].env[DB_PASSWORD]'])?.differences).not.toEqual([]);
});
