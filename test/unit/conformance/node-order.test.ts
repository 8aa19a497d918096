import { expect, test } from 'vitest';
import type { Plain } from '../../../src/verify/effect.ts';
import { podsBefore } from '../../conformance/cluster/node-order.ts';

type Fields = Readonly<Record<string, Plain>>;

/** Nodes as a Workflow's status holds them; the id of a node is its name here. */
function workflow(
  nodes: readonly (readonly [name: string, type: string, boundary: string, children?: readonly string[]])[],
) {
  const entries = nodes.map(([name, type, boundaryID, children = []]): [string, Fields] => [
    name,
    { name, type, boundaryID, children, templateName: 't' },
  ]);
  return { metadata: { name: 'wf' }, status: { nodes: Object.fromEntries(entries) } };
}

test('what follows a repeated group follows all its attempts, and the exit handler everything', () => {
  const before = podsBefore(
    workflow([
      ['wf', 'Steps', '', ['wf[0]']],
      ['wf[0]', 'StepGroup', 'wf', ['wf[0].g', 'wf[0].p']],
      ['wf[0].p', 'Pod', 'wf', ['wf[1]']],
      ['wf[0].g', 'Retry', 'wf', ['wf[0].g(0)', 'wf[0].g(1)']],
      ['wf[0].g(0)', 'Steps', 'wf', ['wf[0].g(0)[0]']],
      ['wf[0].g(0)[0]', 'StepGroup', 'wf[0].g(0)', ['wf[0].g(0)[0].a']],
      ['wf[0].g(0)[0].a', 'Pod', 'wf[0].g(0)'],
      ['wf[0].g(1)', 'Steps', 'wf', ['wf[0].g(1)[0]', 'wf[1]']],
      ['wf[0].g(1)[0]', 'StepGroup', 'wf[0].g(1)', ['wf[0].g(1)[0].a']],
      ['wf[0].g(1)[0].a', 'Pod', 'wf[0].g(1)'],
      ['wf[1]', 'StepGroup', 'wf', ['wf[1].last']],
      ['wf[1].last', 'Pod', 'wf'],
      ['wf.onExit', 'Pod', ''],
    ]),
  );
  const sorted = [...before].map(([path, paths]) => [path, [...paths].sort()] as const);
  expect(Object.fromEntries(sorted)).toEqual({
    p: [],
    'g(0)/a': [],
    'g(1)/a': ['g(0)/a'],
    last: ['g(0)/a', 'g(1)/a', 'p'],
    'exit-handler': ['g(0)/a', 'g(1)/a', 'last', 'p'],
  });
});
