import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { reportInput, VERSION } from '../../../src/pipeline/report-input.ts';
import { convertTree, plainConfig } from '../pipeline/convert-tree.ts';

/** The job `a` of environments of plain commands, as the report gets it. */
async function jobOf(workflows: Readonly<Record<string, string>>) {
  const tree = {
    'dig2argo.yaml': plainConfig,
    ...Object.fromEntries(Object.entries(workflows).map(([name, text]) => [`digdag/${name}/a.dig`, text])),
  };
  const { platform, diagnostics } = await convertTree(tree);
  const [job] = reportInput(platform, [], diagnostics, memoryHost(tree)).jobs;
  if (job === undefined) throw new Error('nothing was converted');
  return job;
}

const head = 'timezone: Asia/Tokyo\n';

describe('the flow', () => {
  test.each([
    ['in order', '+x:\n  sh>: x\n+y:\n  sh>: y\n', ['x -> y']],
    [
      'of a parallel group',
      '+g:\n  _parallel: true\n  +x:\n    sh>: x\n  +y:\n    sh>: y\n+z:\n  sh>: z\n',
      ['g / x -> z', 'g / y -> z'],
    ],
    ['in chunks', '+g:\n  _parallel:\n    limit: 1\n  +x:\n    sh>: x\n  +y:\n    sh>: y\n', ['g / x -> g / y']],
    ['with an error task', '+x:\n  sh>: x\n  _error:\n    sh>: e\n+y:\n  sh>: y\n', ['x ..> x^error', 'x -> y']],
  ])('%s', async (_, text, want) => {
    const { flow } = await jobOf({ dev: head + text, prd: head + text });
    const name = (task: string): string => flow?.nodes.find((node) => node.task === task)?.label ?? task;
    const edges = flow?.edges.map(
      ({ from, to, kind }) => `${name(from)} ${kind === 'error' ? '..>' : '->'} ${name(to)}`,
    );
    expect(edges?.map((edge) => edge.replace(/x \/ x-error|x-error/, 'x^error'))).toEqual(want);
  });
});

test('steps of every environment are listed, the reference first', async () => {
  const job = await jobOf({
    dev: `${head}+x:\n  sh>: x\n+only_dev:\n  sh>: y\n`,
    prd: `${head}+x:\n  sh>: x\n+only_prd:\n  sh>: z\n`,
  });
  expect(job.steps.map((step) => step.task)).toEqual(['+a+x', '+a+only_prd', '+a+only_dev']);
});

test('the schedule of each environment stands as written, and what changed', async () => {
  const steps = '+x:\n  sh>: x\n';
  const job = await jobOf({
    dev: head + steps,
    prd: `${head}schedule:\n  daily>: 07:00:00\n  skip_on_overtime: true\n${steps}`,
  });
  expect(
    job.schedules.map(({ environment, legacy, argo, suspended }) => [environment, legacy, argo, suspended]),
  ).toEqual([
    ['dev', 'none', '0 7 * * *', true],
    ['prd', 'daily>: 07:00:00', '0 7 * * *', false],
  ]);
  expect(job.schedules[0]?.changed).toMatch(/^no schedule here: suspended/);
  expect(job.schedules[1]?.changed).toContain('skip_on_overtime becomes concurrencyPolicy: Forbid');
});

test('reports name the version of the package', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(VERSION);
});
