import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { type Case, changedJob } from './cases.ts';
import type { PodAttempt, PodOutcome } from './kubelet.ts';
import { unstated } from './outcomes.ts';
import { predict } from './predict.ts';
import { type Access, type ProvedRun, proveRun, startOf } from './prove-run.ts';
import { workflowFrom } from './submit.ts';

/** A job as it stands in the cluster, and all that the simulation has to know of it. */
export interface DeployedJob {
  /** As the API server returns it. */
  readonly stored: PlainMap;
  /** As kustomize printed it. */
  readonly built: PlainMap;
  /** Shared templates of its environment. */
  readonly shared: readonly PlainMap[];
  readonly workflowDefaults: Plain;
}

/** Starts a job as a case says, and compares what the real controller does with the simulation. */
export function runCase(access: Access, job: DeployedJob, one: Case, name: string): Promise<ProvedRun> {
  const failing = one.failing === undefined ? undefined : failingNode(job, one, one.failing);
  const script = (attempt: PodAttempt): PodOutcome =>
    attempt.node === failing ? { status: 'Failed' } : unstated(attempt);
  const { missing, scheduledTime, targetDate } = one;
  const given = {
    ...(scheduledTime === undefined ? {} : { scheduledTime }),
    ...(targetDate === undefined ? {} : { targetDate }),
  };
  const isChangedTemplate = job.built['kind'] === 'WorkflowTemplate' && (missing ?? failing) !== undefined;
  const workflow = workflowFrom(changedJob(job.stored, one), {
    ...given,
    name,
    parameters: targetDate === undefined ? {} : { target_date: targetDate },
    copied: isChangedTemplate,
  });
  return proveRun(access, { ...played(job, one), ...given, workflow, script });
}

function played({ built, shared, workflowDefaults }: DeployedJob, one: Case) {
  const objects = [changedJob(built, one), ...shared];
  return { objects, workflowDefaults, source: asText(asMap(built['metadata'])['name']) };
}

/** The pod of a good run that is to fail: its path without the attempt. */
function failingNode(job: DeployedJob, one: Case, turn: number): string | undefined {
  const start = startOf(one.scheduledTime ?? '', one.scheduledTime, one.targetDate);
  const good = predict({ ...played(job, one), name: 'good', start, outcome: () => ({ status: 'Succeeded' }) });
  const nodes = [...good.pods.keys()].map((path) => path.replace(/\(\d+\)$/, ''));
  return nodes[turn % Math.max(1, nodes.length)];
}
