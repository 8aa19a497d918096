import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, tally } from '../check.ts';
import { Cluster } from '../cluster/cluster.ts';
import { goldenTrees } from '../cluster/golden-trees.ts';
import { readPatterns } from '../cluster/run-patterns.ts';
import { runTrees, type Session, type Tree } from '../cluster/run-trees.ts';
import { environmentsOf } from '../cluster/trees.ts';
import { WorkflowRunner } from '../cluster/workflow-run.ts';
import { outputTrees } from '../output-trees.ts';
import type { Program } from '../run-program.ts';
import { clusterPrograms } from '../tools/argo-cluster.ts';

/** Every job of the samples and the golden cases, and the patterns, run by the real controller and compared with the simulation. */
export const cluster: Check = {
  name: 'cluster',
  needs: ['kustomize', 'argo cluster'],
  async run({ root, tools }) {
    const kustomize = await tools.program('kustomize');
    const programs = clusterPrograms(await tools.program('argo cluster'));
    const cases = tally();
    const trees = await allTrees(kustomize, root, cases);
    const patterns = await readPatterns();
    const began = performance.now();
    const running = await Cluster.start(programs);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const runner = new WorkflowRunner(running);
    const session: Session = { running, runner, cases, started: 0, workflows: 0, pods: 0, unknownKinds: new Set() };
    const broken: string[] = [];
    try {
      await runTrees(session, trees, patterns);
    } catch (error) {
      broken.push(`not finished: ${error instanceof Error ? error.message : String(error)}`);
    }
    const logs = await running.stop({ keepLogs: broken.length > 0 || cases.hasFailed() });
    const unknown = [...session.unknownKinds].sort();
    const result = cases.result(
      [
        `${session.workflows} workflows run, ${session.pods} pods compared; API server ready after ${seconds} s`,
        ...(unknown.length > 0 ? [`kinds without an API here: ${unknown.join(', ')}`] : []),
        ...(logs === undefined ? [] : [`logs: ${logs}`]),
      ].join('; '),
    );
    return { ...result, failed: result.failed + broken.length, details: [...broken, ...result.details] };
  },
};

async function allTrees(kustomize: Program, root: string, cases: ReturnType<typeof tally>): Promise<readonly Tree[]> {
  const trees: Tree[] = [];
  for (const name of await outputTrees(root)) {
    const folder = join(root, name);
    if (!existsSync(folder)) cases.fail(`${name}: no output is committed`);
    else trees.push({ name, environments: await environmentsOf(kustomize, folder), isThorough: true });
  }
  for (const { name, environments } of trees)
    if (environments.length === 0) cases.fail(`${name}: no overlay of any environment`);
  const golden = await goldenTrees(kustomize, root);
  return [...trees, ...golden.map((tree) => ({ ...tree, isThorough: false }))];
}
