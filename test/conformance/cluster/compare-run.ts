import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import { plainDifferences, shown } from '../../../src/verify/compare/plain-differences.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { type ApiClient, Refusal } from './api-client.ts';
import { withoutArgo } from './argo-additions.ts';
import { comparablePod } from './comparable-pod.ts';
import { withPlainFailures } from './failures-text.ts';
import type { RecordedPod } from './kubelet.ts';
import { podsBefore } from './node-order.ts';
import type { PredictedPod, Prediction } from './predict.ts';
import type { WorkflowRun } from './workflow-run.ts';

export interface RunComparison {
  readonly podsCompared: number;
  /** One text per difference, with both values. */
  readonly differences: readonly string[];
}

/** A run of the real controller against the simulation of it: its end, its pods field by field, and their order. */
export async function compareRun(api: ApiClient, run: WorkflowRun, prediction: Prediction): Promise<RunComparison> {
  if (prediction.refused !== undefined)
    return { podsCompared: 0, differences: [`the simulation says nothing: ${prediction.refused}`] };
  const differences: string[] = [];
  if (run.phase !== prediction.status)
    differences.push(
      both('end of the run', `${run.phase}: ${run.message}`, `${prediction.status}: ${prediction.message}`),
    );
  const recorded = new Map(run.pods.map((pod) => [pod.path, pod]));
  if (recorded.size !== run.pods.length)
    differences.push(`several pods of one node: ${run.pods.map(({ path }) => path).join(', ')}`);
  const paths = [...new Set([...recorded.keys(), ...prediction.pods.keys()])].sort();
  const names = new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)));
  let podsCompared = 0;
  for (const path of paths) {
    const [real, predicted] = [recorded.get(path), prediction.pods.get(path)];
    if (real === undefined || predicted === undefined) {
      differences.push(both(`pod ${path}`, real === undefined ? '(none)' : 'made', predicted ? 'made' : '(none)'));
      continue;
    }
    podsCompared += 1;
    differences.push(...(await podDifferences(api, real, predicted, names)).map((text) => `pod ${path}: ${text}`));
  }
  differences.push(...orderDifferences(podsBefore(run.workflow), prediction.before), ...overlaps(recorded, prediction));
  return { podsCompared, differences };
}

function both(what: string, real: string, predicted: string): string {
  return `${what}\n  real:      ${real}\n  predicted: ${predicted}`;
}

async function podDifferences(
  api: ApiClient,
  { pod, template }: RecordedPod,
  predicted: PredictedPod,
  podNames: ReadonlySet<string>,
): Promise<readonly string[]> {
  const namespace = asText(asMap(pod['metadata'])['namespace']);
  let expected: PlainMap;
  try {
    expected = await withDefaults(api, namespace, predicted.pod);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [`the predicted pod is refused: ${error.message}`];
  }
  const [mine, theirs] = [comparablePod(withoutArgo(pod), expected), comparablePod(expected)].map((one) =>
    withPlainFailures(one, podNames),
  );
  const found = plainDifferences(mine, theirs);
  const source = asText(asMap(template['script'])['source']);
  const script = source === (predicted.script ?? '') ? [] : [both('script', source, predicted.script ?? '')];
  const differences = found.map((each) => {
    const { legacy, argo } = shown(each);
    return both(each.path, legacy, argo);
  });
  return [...differences, ...script];
}

/** The predicted pod as the API server would store it: with its defaults and its admission. Nothing is made. */
async function withDefaults(api: ApiClient, namespace: string, predicted: Plain): Promise<PlainMap> {
  const { metadata, spec } = asMap(predicted);
  return api.create(`/api/v1/namespaces/${namespace}/pods?dryRun=All&fieldValidation=Strict`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...asMap(metadata), generateName: 'predicted-' },
    // The canonical form leaves out what every pod of Argo has.
    spec: { restartPolicy: 'Never', ...asMap(spec) },
  });
}

function orderDifferences(
  real: ReadonlyMap<string, ReadonlySet<string>>,
  predicted: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  return [...real].flatMap(([path, before]) => {
    const expected = predicted.get(path);
    if (expected === undefined) return [];
    const [mine, theirs] = [before, expected].map((paths) => [...paths].sort().join(', ') || '(nothing)');
    return mine === theirs ? [] : [both(`pod ${path} starts after`, mine ?? '', theirs ?? '')];
  });
}

/** Pods that were there before another one had ended that they were to wait for. */
function overlaps(recorded: ReadonlyMap<string, RecordedPod>, { before }: Prediction): readonly string[] {
  return [...recorded].flatMap(([path, pod]) =>
    [...(before.get(path) ?? [])].flatMap((earlier) => {
      const endedAt = recorded.get(earlier)?.endedAt;
      return endedAt !== undefined && endedAt < pod.startedAt
        ? []
        : [`pod ${path} appeared before pod ${earlier} had ended`];
    }),
  );
}
