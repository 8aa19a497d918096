import { describe, expect, test } from 'vitest';
import { nodePlace } from '../../conformance/cluster/node-path.ts';

/** Names that the controller gave to nodes of a Workflow `wf`; `leaf` is the template. */
const names: readonly (readonly [name: string, path: string, node: string, attempt: number])[] = [
  ['wf[0].run', 'run', 'run', 0],
  ['wf[0].run[1].extract(1)', 'run/extract(1)', 'run/extract', 1],
  ['wf[0].run(2)[0].extract', 'run(2)/extract', 'run(2)/extract', 0],
  ['wf.task', 'task', 'task', 0],
  ['wf.outer.inner', 'outer/inner', 'outer/inner', 0],
  ['wf[0].loop(0:a.b[1])', 'loop(0:a.b[1])', 'loop(0:a.b[1])', 0],
  ['wf[0].loop(12:x)(3)', 'loop(12:x)(3)', 'loop(12:x)', 3],
  ['wf[0].step.onExit', 'step.onExit', 'step.onExit', 0],
  ['wf[0].run[0].step.onExit[0].tell(1)', 'run/step.onExit/tell(1)', 'run/step.onExit/tell', 1],
  ['wf', 'leaf', 'leaf', 0],
  ['wf(1)', 'leaf(1)', 'leaf', 1],
  ['wf(1)[0].step', '(1)/step', '(1)/step', 0],
  ['wf.onExit', 'exit-handler', 'exit-handler', 0],
  ['wf.onExit[0].notify', 'exit-handler/notify', 'exit-handler/notify', 0],
  ['wf.onExit(0)', 'exit-handler(0)', 'exit-handler', 0],
];

describe('the place of a node', () => {
  test.each(names)('%s', (name, path, node, attempt) => {
    expect(nodePlace(name, 'wf', 'leaf')).toEqual({ path, node, attempt });
  });
});
