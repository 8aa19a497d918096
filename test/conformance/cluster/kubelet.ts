import { asList, asMap, asText, isMap, named, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { LeafOutcome } from '../../../src/verify/argo/run-types.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { type ApiClient, Refusal, type WatchEvent } from './api-client.ts';
import { type NodePlace, nodePlace } from './node-path.ts';
import { endedStatus, type PodEnd, runningStatus } from './pod-status.ts';
import { playScript } from './script.ts';

/** How a pod is to end. */
export type PodOutcome =
  | (LeafOutcome & { readonly exitCode?: number })
  /** The script is run here, and what it prints and writes counts. */
  | { readonly status: 'played' }
  | { readonly status: 'evicted' };

/** One pod that the controller asked for. */
export interface PodAttempt extends NodePlace {
  readonly workflow: string;
  /** The template with its inputs, as the executor gets it. */
  readonly template: PlainMap;
  /** Its standard output is used in the run. */
  readonly isCaptured: boolean;
}

/** A pod as the API server had it before anything ran. */
export interface RecordedPod extends PodAttempt {
  readonly pod: PlainMap;
  /** Position in the order in which pods appeared and ended. */
  readonly startedAt: number;
  endedAt?: number;
  /** What it ended with. */
  outcome?: LeafOutcome;
}

export type Script = (attempt: PodAttempt) => PodOutcome;

const nodeName = 'stand-in';

/**
 * Stands in for scheduler, kubelet and executor of every pod: records it, lets it end as it was told, and reports
 * outputs as Argo's executor does. Nothing of an image is run.
 */
export class StandInKubelet {
  readonly #api: ApiClient;
  readonly #scripts = new Map<string, Script>();
  readonly #pods = new Map<string, RecordedPod>();
  readonly #playing = new Set<Promise<void>>();
  #clock = 0;
  #failure: Error | undefined;

  constructor(api: ApiClient) {
    this.#api = api;
    api.watch('/api/v1/pods', (event) => this.#seen(event)).catch((error: unknown) => this.#failed(error));
  }

  /** Says how the pods of a workflow (`<namespace>/<name>`) end. Comes before the workflow is made. */
  expect(workflow: string, script: Script): void {
    this.#scripts.set(workflow, script);
  }

  /** The pods of a workflow in the order in which they appeared. */
  podsOf(workflow: string): readonly RecordedPod[] {
    return [...this.#pods.values()].filter((pod) => pod.workflow === workflow);
  }

  /** What went wrong here, not in the run. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  #failed(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
  }

  #seen({ type, object }: WatchEvent): void {
    const metadata = asMap(object['metadata']);
    const uid = asText(metadata['uid']);
    if (type === 'DELETED') return;
    if (metadata['deletionTimestamp'] !== undefined) {
      this.#run(this.#api.deleteNow(podPath(object)));
      return;
    }
    if (this.#pods.has(uid)) return;
    const attempt = attemptOf(object);
    const script = attempt === undefined ? undefined : this.#scripts.get(attempt.workflow);
    if (attempt === undefined || script === undefined) return;
    this.#clock += 1;
    const recorded: RecordedPod = { ...attempt, pod: object, startedAt: this.#clock };
    this.#pods.set(uid, recorded);
    this.#run(this.#play(recorded, script));
  }

  #run(work: Promise<void>): void {
    const guarded = work
      .catch((error: unknown) => {
        // A pod or workflow that was deleted meanwhile needs nothing any more.
        if (!(error instanceof Refusal && error.status === 404)) this.#failed(error);
      })
      .finally(() => this.#playing.delete(guarded));
    this.#playing.add(guarded);
  }

  async #play(recorded: RecordedPod, script: Script): Promise<void> {
    const { pod, template } = recorded;
    const path = podPath(pod);
    await this.#api.create(`${path}/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: asText(asMap(pod['metadata'])['name']) },
      target: { apiVersion: 'v1', kind: 'Node', name: nodeName },
    });
    const decided = script(recorded);
    if (decided.status === 'evicted') {
      recorded.outcome = { status: 'Failed' };
      await this.#end(recorded, { kind: 'evicted' });
      return;
    }
    const result = await this.#createResult(pod);
    await this.#api.mergePatch(`${path}/status`, { status: runningStatus(pod, new Date().toISOString()) });
    const outcome = decided.status === 'played' ? await playScript(template) : decided;
    const { outputs, missing } = outputsOf(recorded, outcome);
    recorded.outcome = outcome;
    await this.#api.mergePatch(result, {
      ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
      metadata: { labels: { 'workflows.argoproj.io/report-outputs-completed': 'true' } },
    });
    if (outcome.status === 'Succeeded' && template['daemon'] === true) {
      // It is ready, and goes on until the controller stops it: nothing waits for its end.
      this.#clock += 1;
      recorded.endedAt = this.#clock;
      return;
    }
    const code = outcome.status === 'Succeeded' ? 0 : ('exitCode' in decided && decided.exitCode) || 1;
    await this.#end(
      recorded,
      missing === undefined || code !== 0
        ? { kind: 'exit', code }
        : { kind: 'wait-failed', message: `open ${missing}: no such file or directory` },
    );
  }

  async #end(recorded: RecordedPod, end: PodEnd): Promise<void> {
    this.#clock += 1;
    recorded.endedAt = this.#clock;
    const status = endedStatus(recorded.pod, end, new Date().toISOString());
    await this.#api.mergePatch(`${podPath(recorded.pod)}/status`, { status });
  }

  /** The executor makes it empty when it starts; returns its path. */
  async #createResult(pod: PlainMap): Promise<string> {
    const { namespace, annotations, labels, ownerReferences } = asMap(pod['metadata']);
    const name = asText(asMap(annotations)['workflows.argoproj.io/node-id']);
    const folder = `/apis/argoproj.io/v1alpha1/namespaces/${asText(namespace)}/workflowtaskresults`;
    await this.#api.create(folder, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTaskResult',
      metadata: {
        name,
        labels: {
          'workflows.argoproj.io/workflow': asText(asMap(labels)['workflows.argoproj.io/workflow']),
          'workflows.argoproj.io/report-outputs-completed': 'false',
        },
        ownerReferences: asList(ownerReferences).map((owner) => {
          const { apiVersion = null, kind = null, name: of = null, uid = null } = asMap(owner);
          return { apiVersion, kind, name: of, uid };
        }),
      },
    });
    return `${folder}/${name}`;
  }
}

function podPath(pod: PlainMap): string {
  const { namespace, name } = asMap(pod['metadata']);
  return `/api/v1/namespaces/${asText(namespace)}/pods/${asText(name)}`;
}

function attemptOf(pod: PlainMap): PodAttempt | undefined {
  const { namespace, labels, annotations } = asMap(pod['metadata']);
  const workflow = asText(asMap(labels)['workflows.argoproj.io/workflow']);
  const node = asText(asMap(annotations)['workflows.argoproj.io/node-name']);
  if (workflow === '' || node === '') return undefined;
  const template = asMap(JSON.parse(variableOf(pod, 'ARGO_TEMPLATE') || '{}') as Plain);
  const place = nodePlace(node, workflow, asText(template['name']));
  const isCaptured = variableOf(pod, 'ARGO_INCLUDE_SCRIPT_OUTPUT') === 'true';
  return { ...place, workflow: `${asText(namespace)}/${workflow}`, template, isCaptured };
}

/** A variable that Argo gives to its own first init container. */
function variableOf(pod: PlainMap, name: string): string {
  const init = asMap(asList(asMap(pod['spec'])['initContainers'])[0]);
  return asText(named(init['env'], name)?.['value']);
}

/** What the executor reports: declared parameters with their values, and the standard output where somebody reads it. */
function outputsOf(
  { template, isCaptured }: PodAttempt,
  outcome: LeafOutcome,
): { readonly outputs: PlainMap; readonly missing?: string } {
  let missing: string | undefined;
  const parameters = asList(asMap(template['outputs'])['parameters'])
    .map(asMap)
    .flatMap((declared) => {
      const from = declared['valueFrom'];
      if (!isMap(from) || from['path'] === undefined) return [declared];
      const value = outcome.outputs?.[asText(declared['name'])] ?? from['default'];
      if (value === undefined) missing ??= asText(from['path']);
      return value === undefined ? [] : [{ ...declared, value }];
    });
  return {
    outputs: {
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(isCaptured ? { result: outcome.result ?? '' } : {}),
    },
    ...(missing === undefined ? {} : { missing }),
  };
}
