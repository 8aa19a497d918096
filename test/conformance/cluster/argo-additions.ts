import { asList, asMap, asText, isMap, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';

const wrapper = ['/var/run/argo/argoexec', 'emissary'];
const stagedScript = '/argo/staging/script';
const ownVolumes: ReadonlySet<string> = new Set(['var-run-argo', 'tmp-dir-argo', 'argo-staging', 'exec-sa-token']);

/**
 * A recorded pod without what Argo adds to every pod: its own labels, volumes, containers, environment, and the wrapper
 * around each command. What is not exactly as expected stays, and so shows as a difference.
 */
export function withoutArgo({ metadata, spec }: PlainMap): PlainMap {
  const { labels, annotations } = asMap(metadata);
  const pod = asMap(spec);
  const containers = asList(pod['containers']).map(asMap);
  const initContainers = asList(pod['initContainers']).map(asMap);
  const inits = initContainers[0]?.['name'] === 'init' ? initContainers.slice(1) : initContainers;
  const others = containers[0]?.['name'] === 'wait' ? containers.slice(1) : containers;
  return {
    metadata: {
      labels: withoutKeys(labels, (key) => key.startsWith('workflows.argoproj.io/')),
      annotations: withoutKeys(
        annotations,
        (key, value) =>
          key.startsWith('workflows.argoproj.io/') ||
          (key === 'kubectl.kubernetes.io/default-container' && value === 'main'),
      ),
    },
    spec: {
      ...pod,
      volumes: asList(pod['volumes']).filter((volume) => !ownVolumes.has(asText(asMap(volume)['name']))),
      containers: others.map((container) => unwrapped(ownContainer(container))),
      initContainers: inits.map(ownContainer),
    },
  };
}

function withoutKeys(value: Plain | undefined, isAdded: (key: string, value: Plain) => boolean): PlainMap {
  return Object.fromEntries(Object.entries(asMap(value)).filter(([key, item]) => !isAdded(key, item)));
}

/** Argo's variables stand behind the container's own ones; its mount is the last one, or the one before a script's. */
function ownContainer(container: PlainMap): PlainMap {
  const env = asList(container['env']);
  const added = env.findIndex((item) => asMap(item)['name'] === 'ARGO_CONTAINER_NAME');
  return {
    ...container,
    env: added < 0 ? env : [...env.slice(0, added), ...env.slice(added).filter((item) => !isAdded(item))],
    volumeMounts: asList(container['volumeMounts']).filter(
      (mount) => !['var-run-argo', 'argo-staging'].includes(asText(asMap(mount)['name'])),
    ),
  };
}

function isAdded(variable: Plain): boolean {
  return isMap(variable) && asText(variable['name']).startsWith('ARGO_');
}

function unwrapped(container: PlainMap): PlainMap {
  const command = asList(container['command']);
  const end = command.indexOf('--');
  const isWrapped = end > 0 && wrapper.every((word, at) => command[at] === word);
  const args = asList(container['args']);
  return {
    ...container,
    command: isWrapped ? command.slice(end + 1) : ['(not wrapped)', ...command],
    args: container['name'] === 'main' && args.at(-1) === stagedScript ? args.slice(0, -1) : args,
  };
}
