import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ask } from '../argo-oracle.ts';
import { type Check, tally } from '../check.ts';

interface Case {
  readonly name: string;
  readonly patches: readonly string[];
  /** The pod's containers afterwards, or a part of the error. */
  readonly want: readonly unknown[] | string;
}

const main = { name: 'main', image: 'app:1' };
const proxy = { name: 'proxy', image: 'envoy:1' };

/** What the emitted `podSpecPatch` texts rely on. */
const table: readonly Case[] = [
  {
    name: 'containers merge by name',
    patches: ['{"containers":[{"name":"main","resources":{"limits":{"memory":"1Gi"}}}]}'],
    want: [
      { ...main, resources: { limits: { memory: '1Gi' } } },
      { ...proxy, resources: {} },
    ],
  },
  {
    name: 'the later patch wins, and YAML will do',
    patches: ['{"containers":[{"name":"main","image":"app:2"}]}', 'containers:\n- name: main\n  image: app:3\n'],
    want: [
      { ...main, image: 'app:3', resources: {} },
      { ...proxy, resources: {} },
    ],
  },
  {
    name: 'a container is deleted by $patch',
    patches: ['{"containers":[{"name":"proxy","$patch":"delete"}]}'],
    want: [{ ...main, resources: {} }],
  },
  {
    name: 'an unknown key is dropped without a word',
    patches: ['{"containers":[{"name":"main","imagePullPolicyy":"Always"}]}'],
    want: [
      { ...main, resources: {} },
      { ...proxy, resources: {} },
    ],
  },
  {
    name: 'a tag that was not resolved is no quantity',
    patches: ['{"containers":[{"name":"main","resources":{"limits":{"memory":"{{inputs.parameters.memory}}"}}}]}'],
    want: 'quantities must match the regular expression',
  },
  {
    name: 'a broken text is refused',
    patches: ['{"containers":['],
    want: 'invalid podSpecPatch',
  },
];

const answer = z.union([
  z.object({ spec: z.looseObject({ containers: z.array(z.unknown()) }) }),
  z.object({ error: z.string() }),
]);

export const podSpecPatch: Check = {
  name: 'pod-spec-patch',
  needs: ['argo 4.0.7'],
  async run({ tools }) {
    const cases = tally();
    const requests = table.map(({ patches }) => ({ spec: { containers: [main, proxy] }, patches }));
    const answers = await ask(await tools.program('argo 4.0.7'), ['podpatch'], requests);
    for (const [i, { name, want }] of table.entries()) {
      const parsed = answer.parse(answers[i]);
      const got = 'error' in parsed ? parsed.error : parsed.spec.containers;
      const same =
        typeof want === 'string' ? 'error' in parsed && parsed.error.includes(want) : isDeepStrictEqual(want, got);
      if (same) cases.pass();
      else cases.fail(`${name}\nwant ${JSON.stringify(want)}\ngot  ${JSON.stringify(got)}`);
    }
    return cases.result('strategic merges into a pod by 4.0.7');
  },
};
