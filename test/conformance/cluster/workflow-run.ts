import { setTimeout as pause } from 'node:timers/promises';
import { asList, asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import { answerRequests } from './agent.ts';
import { Refusal, type WatchEvent } from './api-client.ts';
import type { Cluster } from './cluster.ts';
import { type RecordedPod, type Script, StandInKubelet } from './kubelet.ts';

/** What became of a Workflow. */
export interface WorkflowRun {
  /** As it was at the end, or when the time was over. */
  readonly workflow: PlainMap;
  /** `Succeeded`, `Failed`, `Error`; anything else: it did not end in time. */
  readonly phase: string;
  readonly message: string;
  readonly pods: readonly RecordedPod[];
}

/** Seconds. One is usual; a machine that does much else takes longer. */
const longestRun = 600;

const ends: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Error']);

/** Runs Workflows in a cluster, each to its end. */
export class WorkflowRunner {
  readonly #cluster: Cluster;
  readonly #kubelet: StandInKubelet;
  readonly #workflows = new Map<string, PlainMap>();
  /** Nodes that `argo resume` was played for. */
  readonly #resumed = new Set<string>();
  #failure: Error | undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#kubelet = new StandInKubelet(cluster.api);
    const failed = (error: unknown): void => this.#failed(error);
    answerRequests(cluster.api, failed);
    cluster.api.watch('/apis/argoproj.io/v1alpha1/workflows', (event) => this.#seen(event)).catch(failed);
  }

  /** Makes the Workflow and waits until it has ended; throws where the API server refuses it. */
  async run(workflow: PlainMap, script: Script, seconds = longestRun): Promise<WorkflowRun> {
    const { namespace, name } = asMap(workflow['metadata']);
    const key = `${asText(namespace)}/${asText(name)}`;
    this.#kubelet.expect(key, script);
    await this.#cluster.api.create(`/apis/argoproj.io/v1alpha1/namespaces/${asText(namespace)}/workflows`, workflow);
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(50)) {
      const failure = this.#cluster.failure() ?? (this.#kubelet.failure ?? this.#failure)?.message;
      if (failure !== undefined) throw new Error(failure);
      const current = this.#workflows.get(key);
      const phase = asText(asMap(current?.['status'])['phase']);
      if (ends.has(phase)) break;
    }
    const last = this.#workflows.get(key) ?? workflow;
    const status = asMap(last['status']);
    return {
      workflow: last,
      phase: asText(status['phase']),
      message: asText(status['message']),
      pods: this.#kubelet.podsOf(key),
    };
  }

  #seen({ type, object }: WatchEvent): void {
    if (type === 'DELETED') return;
    const { namespace, name } = asMap(object['metadata']);
    const key = `${asText(namespace)}/${asText(name)}`;
    this.#workflows.set(key, object);
    const paused = pausedNodes(object).filter((id) => !this.#resumed.has(id));
    if (paused.length === 0) return;
    for (const id of paused) this.#resumed.add(id);
    const path = `/apis/argoproj.io/v1alpha1/namespaces/${asText(namespace)}/workflows/${asText(name)}`;
    const ended = { phase: 'Succeeded', finishedAt: new Date().toISOString() };
    const nodes = Object.fromEntries(paused.map((id) => [id, ended]));
    this.#cluster.api.mergePatch(path, { status: { nodes } }).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.status === 404)) this.#failed(error);
    });
  }

  #failed(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
  }
}

/** Nodes that wait for `argo resume`; those that wait for a time end by themselves. */
function pausedNodes(workflow: PlainMap): readonly string[] {
  return Object.entries(asMap(asMap(workflow['status'])['nodes'])).flatMap(([id, value]) => {
    const node = asMap(value);
    if (node['type'] !== 'Suspend' || node['phase'] !== 'Running') return [];
    return asMap(templateOf(workflow, node)?.['suspend'])['duration'] === undefined ? [id] : [];
  });
}

function templateOf(workflow: PlainMap, { templateName, templateRef }: PlainMap): PlainMap | undefined {
  const { spec, status } = workflow;
  const { storedTemplates, storedWorkflowTemplateSpec } = asMap(status);
  const name = asText(asMap(templateRef)['template']) || asText(templateName);
  const known = [
    ...[spec, storedWorkflowTemplateSpec].flatMap((of) => asList(asMap(of)['templates'])),
    ...Object.values(asMap(storedTemplates)),
  ];
  return known.map(asMap).find((template) => template['name'] === name);
}
