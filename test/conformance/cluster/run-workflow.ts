// Runs workflows on the real controller and compares them with the simulation, see README.md:
// npx tsx test/conformance/cluster/run-workflow.ts FILE… [--outcomes FILE] [--from NAME] [--at TIME] [--target-date T] [--seconds N]
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { clusterPrograms } from '../tools/argo-cluster.ts';
import { createTools } from '../tools.ts';
import { Cluster } from './cluster.ts';
import { entrypointOfImages } from './comparable-pod.ts';
import { type Outcomes, outcomesSchema, scriptOf } from './outcomes.ts';
import { readWorkflows, renamed, requestOf, type WorkflowFile } from './plain-workflows.ts';
import { type ProvedRun, proveRun, type RunRequest } from './prove-run.ts';
import { untilTemplatesAreKnown } from './settled.ts';
import { workflowFrom } from './submit.ts';
import { imagesIn, workflowDefaultsIn } from './trees.ts';
import { WorkflowRunner } from './workflow-run.ts';

interface Options {
  /** CronWorkflow or WorkflowTemplate to submit from; without it, each Workflow of the files runs. */
  readonly from?: string;
  readonly at?: string;
  readonly targetDate?: string;
  /** Instead of those that the files state. */
  readonly outcomes?: Outcomes;
  readonly seconds: number;
}

/** Runs what a file says in a cluster of its own. */
async function runWorkflows(
  cluster: Cluster,
  { workflows, others, runs }: WorkflowFile,
  options: Options,
): Promise<readonly ProvedRun[]> {
  const workflowDefaults = workflowDefaultsIn(others);
  const images = [...new Set([...workflows, ...others].flatMap(imagesIn))];
  const entrypoints = Object.fromEntries(images.map((image) => [image, entrypointOfImages]));
  await cluster.startController(entrypoints, workflowDefaults === undefined ? {} : { workflowDefaults });
  await cluster.addNamespacesOf(workflows);
  const unknown = await cluster.apply(others);
  if (unknown.length > 0) console.error(`not applied, no API here: ${unknown.join(', ')}`);
  const runner = new WorkflowRunner(cluster);
  await untilTemplatesAreKnown(cluster, runner);
  const defaults = (parse(workflowDefaults ?? '') ?? null) as Plain;
  const outcomes = options.outcomes === undefined ? runs : [options.outcomes];
  const requests: Request[] = [];
  for (const [at, ends] of outcomes.entries()) {
    if (options.from !== undefined) requests.push(await submitted(cluster, others, `${at}`, ends, options));
    else
      for (const workflow of workflows)
        requests.push(requestOf(renamed(workflow, `${nameOf(workflow)}-${at}`), others, ends));
  }
  const proved: ProvedRun[] = [];
  for (const request of requests)
    proved.push(
      await proveRun(
        { api: cluster.api, runner },
        { ...request, workflowDefaults: defaults, seconds: options.seconds },
      ),
    );
  return proved;
}

type Request = Omit<RunRequest, 'workflowDefaults' | 'seconds'>;

/** What `argo submit --from` makes of a CronWorkflow or WorkflowTemplate. */
async function submitted(
  cluster: Cluster,
  others: readonly PlainMap[],
  run: string,
  outcomes: Outcomes,
  { from, at, targetDate }: Options,
): Promise<Request> {
  const built = others.find(
    (object) => nameOf(object) === from && ['CronWorkflow', 'WorkflowTemplate'].includes(asText(object['kind'])),
  );
  const stored = built === undefined ? undefined : await cluster.find(built);
  if (from === undefined || stored === undefined) throw new Error(`no CronWorkflow or WorkflowTemplate ${from}`);
  const scheduled = at === undefined ? {} : { scheduledTime: at };
  const parameters = targetDate === undefined ? {} : { target_date: targetDate };
  return {
    workflow: workflowFrom(stored, { name: `${from}-${run}`, ...scheduled, parameters }),
    source: from,
    objects: others,
    script: scriptOf(outcomes),
    ...scheduled,
    ...(targetDate === undefined ? {} : { targetDate }),
  };
}

function nameOf({ metadata }: PlainMap): string {
  return asText(asMap(metadata)['name']);
}

/** What is worth reading of a run. */
function shown({ run, comparison }: ProvedRun): Plain {
  const nodes = Object.values(asMap(asMap(run.workflow['status'])['nodes'])).map(asMap);
  return {
    workflow: nameOf(run.workflow),
    phase: run.phase || 'did not end',
    message: run.message,
    nodes: nodes.map(({ name = null, type = null, phase = null, message = null, outputs = null }) => ({
      name,
      type,
      phase,
      ...(message === null ? {} : { message }),
      ...(outputs === null ? {} : { outputs }),
    })),
    pods: run.pods.map(({ path, template }) => ({ path, template })),
    differencesFromTheSimulation: comparison.differences,
  };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      outcomes: { type: 'string' },
      from: { type: 'string' },
      at: { type: 'string' },
      'target-date': { type: 'string' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const texts = await Promise.all(positionals.map((file) => readFile(file, 'utf8')));
  const file = readWorkflows(texts.join('\n---\n'), 'default');
  const outcomes =
    values.outcomes === undefined
      ? {}
      : { outcomes: outcomesSchema.parse(parse(await readFile(values.outcomes, 'utf8'))) };
  const tools = createTools(dirname(import.meta.dirname));
  const cluster = await Cluster.start(clusterPrograms(await tools.program('argo cluster')));
  let proved: readonly ProvedRun[] = [];
  try {
    proved = await runWorkflows(cluster, file, {
      ...(values.from === undefined ? {} : { from: values.from }),
      ...(values.at === undefined ? {} : { at: values.at }),
      ...(values['target-date'] === undefined ? {} : { targetDate: values['target-date'] }),
      ...outcomes,
      seconds: Number(values.seconds),
    });
  } finally {
    const logs = await cluster.stop({ keepLogs: proved.length === 0 });
    if (logs !== undefined) console.error(`logs: ${logs}`);
  }
  for (const one of proved) console.log(stringify(shown(one), { lineWidth: 0 }));
  return proved.length > 0 && proved.every(({ comparison }) => comparison.differences.length === 0) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
