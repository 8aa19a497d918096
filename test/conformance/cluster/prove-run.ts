import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain, Start } from '../../../src/verify/effect.ts';
import type { ApiClient } from './api-client.ts';
import { compareRun, type RunComparison } from './compare-run.ts';
import type { Script } from './kubelet.ts';
import { type Prediction, predict } from './predict.ts';
import type { WorkflowRun, WorkflowRunner } from './workflow-run.ts';

export interface Access {
  readonly api: ApiClient;
  readonly runner: WorkflowRunner;
}

export interface RunRequest {
  /** What is made in the cluster. */
  readonly workflow: PlainMap;
  readonly script: Script;
  /** What the simulation reads: the CronWorkflow or WorkflowTemplate that the Workflow stands for, and shared templates. */
  readonly objects: readonly Plain[];
  /** Name of the former. */
  readonly source: string;
  readonly workflowDefaults: Plain;
  readonly scheduledTime?: string;
  readonly targetDate?: string;
  /** How long the run may take. */
  readonly seconds?: number;
}

export interface ProvedRun {
  readonly run: WorkflowRun;
  readonly prediction: Prediction;
  readonly comparison: RunComparison;
}

/** Runs a Workflow on the real controller, plays it with the same ends of pods, and compares the two. */
export async function proveRun({ api, runner }: Access, request: RunRequest): Promise<ProvedRun> {
  const run = await runner.run(request.workflow, request.script, request.seconds);
  const ends = new Map(run.pods.map(({ path, outcome }) => [path, outcome]));
  const { name, creationTimestamp } = asMap(run.workflow['metadata']);
  const creationTime = asText(creationTimestamp);
  const { objects, workflowDefaults, source, scheduledTime, targetDate } = request;
  const prediction = predict({
    objects,
    workflowDefaults,
    source,
    name: asText(name),
    start: startOf(creationTime, scheduledTime, targetDate),
    outcome: (path) => ends.get(path) ?? { status: 'Succeeded' },
  });
  return { run, prediction, comparison: await compareRun(api, run, prediction) };
}

/** The simulation of Argo's side reads neither environment nor session. */
export function startOf(creationTime: string, scheduledTime?: string, targetDate?: string): Start {
  return {
    environment: '',
    sessionTime: scheduledTime ?? creationTime,
    creationTime,
    ...(scheduledTime === undefined ? {} : { scheduledTime }),
    ...(targetDate === undefined ? {} : { targetDate }),
  };
}
