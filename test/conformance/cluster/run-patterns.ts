import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asMap, asText } from '../../../src/verify/argo/data.ts';
import type { Cluster } from './cluster.ts';
import { inParallel } from './in-parallel.ts';
import { readWorkflows, renamed, requestOf, type WorkflowFile } from './plain-workflows.ts';
import { type Access, type ProvedRun, proveRun, type RunRequest } from './prove-run.ts';
import { untilTemplatesAreKnown } from './settled.ts';
import type { WorkflowRunner } from './workflow-run.ts';

const namespace = 'patterns';
const atOnce = 8;

export interface Pattern {
  readonly name: string;
  readonly file: WorkflowFile;
}

/** The files of `patterns/`: Workflows that show one thing each, with the ends of pods that they run with. */
export async function readPatterns(): Promise<readonly Pattern[]> {
  const folder = join(import.meta.dirname, 'patterns');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.yaml$/, ''),
      file: readWorkflows(await readFile(join(folder, name), 'utf8'), namespace),
    })),
  );
}

/** Runs each Workflow of each pattern once for each entry of its runs. */
export async function runPatterns(
  cluster: Cluster,
  runner: WorkflowRunner,
  patterns: readonly Pattern[],
  workflowDefaults: RunRequest['workflowDefaults'],
  seen: (what: string, proved: ProvedRun) => void,
): Promise<void> {
  const access: Access = { api: cluster.api, runner };
  await cluster.addNamespace(namespace);
  await cluster.apply(patterns.flatMap(({ file }) => file.others));
  await untilTemplatesAreKnown(cluster, runner);
  const runs = patterns.flatMap(({ name, file }) =>
    file.workflows.flatMap((workflow) =>
      file.runs.map((outcomes, at) => {
        const own = asText(asMap(workflow['metadata'])['name']);
        const what = `pattern ${name}, ${own} with ${JSON.stringify(outcomes)}`;
        return { what, request: requestOf(renamed(workflow, `${own}-${at}`), file.others, outcomes) };
      }),
    ),
  );
  await inParallel(runs, atOnce, async ({ what, request }) =>
    seen(what, await proveRun(access, { ...request, workflowDefaults })),
  );
}
