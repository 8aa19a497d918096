import { expandVariables } from '../../../src/k8s/expand-variables.ts';
import { canonicalQuantity } from '../../../src/k8s/quantity.ts';
import { asList, asMap, asText, isList, isMap, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';

/** No run here takes longer. */
const MOST_SECONDS_GONE = 300;

const imageEntrypoint = '/entrypoint-of-the-image';

/** What the controller is told to take for the command of an image, where a container states none. */
export const entrypointOfImages: readonly string[] = [imageEntrypoint];

/**
 * A pod as the API server returns it, for comparing: without what differs from pod to pod, lists whose order says nothing
 * sorted, amounts in one unit. `predicted` is the pod it is to be compared with: where that has no command, the
 * image's own one counts as none.
 */
export function comparablePod(pod: PlainMap, predicted: PlainMap = pod): Plain {
  const { labels, annotations } = asMap(pod['metadata']);
  const { nodeName: _, ...spec } = asMap(pod['spec']);
  const others = asList(asMap(predicted['spec'])['containers']).map(asMap);
  const containers = asList(spec['containers']).map((item) => {
    const container = asMap(item);
    const other = others.find(({ name }) => name === container['name']);
    return other?.['command'] === undefined ? withoutImageCommand(container) : container;
  });
  return pruned({
    metadata: { labels: asMap(labels), annotations: asMap(annotations) },
    spec: {
      ...spec,
      ...deadline(spec, asMap(predicted['spec'])),
      containers: byText(containers.map(comparableContainer), 'name'),
      initContainers: asList(spec['initContainers']).map((item) => comparableContainer(asMap(item))),
      volumes: byText(asList(spec['volumes']).filter(isOwn).map(comparableVolume), 'name'),
      tolerations: byText(asList(spec['tolerations']).map(comparableToleration)),
      imagePullSecrets: byText(asList(spec['imagePullSecrets'])),
      hostAliases: byText(asList(spec['hostAliases'])),
    },
  });
}

/** A deadline over all attempts: a later one gets what is left of it, which the simulation, where no time passes, cannot know. */
function deadline(spec: PlainMap, predicted: PlainMap): PlainMap {
  const [real, whole] = [Number(spec['activeDeadlineSeconds']), Number(predicted['activeDeadlineSeconds'])];
  const left = real > 0 && real < whole && whole - real < MOST_SECONDS_GONE;
  return left ? { activeDeadlineSeconds: whole } : {};
}

function withoutImageCommand(container: PlainMap): PlainMap {
  const { command, ...rest } = container;
  return JSON.stringify(command) === JSON.stringify(entrypointOfImages) ? rest : container;
}

function comparableContainer(given: PlainMap): PlainMap {
  // The kubelet replaces `$(NAME)`; the simulation has done so.
  const container = expandVariables(given);
  const resources = Object.entries(asMap(container['resources'])).map(
    ([key, amounts]) => [key, key === 'claims' ? amounts : inOneUnit(asMap(amounts))] as const,
  );
  return {
    ...container,
    resources: Object.fromEntries(resources),
    volumeMounts: byText(asList(container['volumeMounts']).filter(isOwn), 'mountPath'),
    ports: byText(asList(container['ports'])),
  };
}

/** No operator is `Equal`; the server does not write that down. */
function comparableToleration(item: Plain): PlainMap {
  const { operator, ...rest } = asMap(item);
  return operator === undefined || operator === 'Equal' ? rest : { ...rest, operator };
}

function comparableVolume(item: Plain): PlainMap {
  const volume = asMap(item);
  if (!isMap(volume['emptyDir'])) return volume;
  return { ...volume, emptyDir: inOneUnit(volume['emptyDir']) };
}

function inOneUnit(amounts: PlainMap): PlainMap {
  return Object.fromEntries(
    Object.entries(amounts).map(([key, amount]) => [key, canonicalQuantity(asText(amount)) ?? amount]),
  );
}

/** Not the volume of the service account's token, which admission adds under a name of its own. */
function isOwn(item: Plain): boolean {
  return !asText(asMap(item)['name']).startsWith('kube-api-access-');
}

function byText(items: readonly Plain[], key?: string): readonly Plain[] {
  const text = (item: Plain): string => (key === undefined ? JSON.stringify(pruned(item)) : asText(asMap(item)[key]));
  return [...items].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}

/** Without fields that hold nothing, keys sorted; an emptyDir and the like may well be empty. */
function pruned(value: Plain): Plain {
  if (isList(value)) return value.map(pruned);
  if (!isMap(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, pruned(item)] as const)
    .filter(([key, item]) => key === 'emptyDir' || !isEmpty(item))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

function isEmpty(value: Plain): boolean {
  return value === null || (isList(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0);
}
