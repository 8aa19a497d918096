import { playArgo } from '../../../src/verify/argo/play.ts';
import type { LeafAttempt, LeafOutcome } from '../../../src/verify/argo/run-types.ts';
import { predecessors } from '../../../src/verify/compare/order.ts';
import type { Plain, SessionEffect, Start } from '../../../src/verify/effect.ts';

export interface PredictedPod {
  /** In canonical form. */
  readonly pod: Plain;
  readonly script?: string;
}

/** What the simulation says of one run. */
export interface Prediction {
  readonly status: string;
  readonly message: string;
  /** Why it says nothing. */
  readonly refused?: string;
  /** Pods by path. */
  readonly pods: ReadonlyMap<string, PredictedPod>;
  /** For each of them those that must have ended before it starts. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface PredictionRequest {
  readonly objects: readonly Plain[];
  readonly workflowDefaults: Plain;
  /** The CronWorkflow or WorkflowTemplate that runs. */
  readonly source: string;
  /** The Workflow's own name. */
  readonly name: string;
  readonly start: Start;
  /** How the attempt at a path ends. */
  readonly outcome: (path: string) => LeafOutcome;
}

/** One run as `src/verify/argo` plays it. */
export function predict(request: PredictionRequest): Prediction {
  const pods = new Map<string, PredictedPod>();
  const outcome = (attempt: LeafAttempt): LeafOutcome => {
    const { path, pod, script } = attempt;
    if (pod !== undefined) pods.set(path, { pod, ...(script === undefined ? {} : { script }) });
    return request.outcome(path);
  };
  const { objects, workflowDefaults, start, source, name } = request;
  const run = playArgo(objects, workflowDefaults, start, outcome, { job: source, name });
  return {
    status: run.status,
    message: run.message ?? '',
    ...(run.refused === undefined ? {} : { refused: run.refused }),
    pods,
    before: podsBefore(run.effects, pods),
  };
}

function podsBefore(
  effects: readonly SessionEffect[],
  pods: ReadonlyMap<string, PredictedPod>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const [at, earlier] of predecessors(effects).entries()) {
    const task = effects[at]?.task ?? '';
    const tasks = [...earlier].map((index) => effects[index]?.task ?? '');
    if (pods.has(task)) found.set(task, new Set(tasks.filter((other) => pods.has(other))));
  }
  return found;
}
