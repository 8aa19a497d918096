import { asList, asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';

/** How a pod ends, as its kubelet would report it. */
export type PodEnd =
  | { readonly kind: 'exit'; readonly code: number }
  /** The wait container could not report what the template promises. */
  | { readonly kind: 'wait-failed'; readonly message: string }
  | { readonly kind: 'evicted' };

export function runningStatus(pod: PlainMap, now: string): PlainMap {
  return {
    phase: 'Running',
    startTime: now,
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({ type, status: 'True' })),
    initContainerStatuses: statusesOf(pod, 'initContainers', () => terminated(0, now)),
    containerStatuses: statusesOf(pod, 'containers', () => ({ running: { startedAt: now } })),
  };
}

export function endedStatus(pod: PlainMap, end: PodEnd, now: string): PlainMap {
  if (end.kind === 'evicted')
    return { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.', startTime: now };
  const codeOf = (container: string): number => {
    if (container === 'main') return end.kind === 'exit' ? end.code : 0;
    if (container === 'wait') return end.kind === 'wait-failed' ? 1 : 0;
    // The wait container ends sidecars.
    return 143;
  };
  const failed = end.kind === 'wait-failed' || end.code !== 0;
  return {
    phase: failed ? 'Failed' : 'Succeeded',
    initContainerStatuses: statusesOf(pod, 'initContainers', () => terminated(0, now)),
    containerStatuses: statusesOf(pod, 'containers', (name) =>
      terminated(codeOf(name), now, name === 'wait' && end.kind === 'wait-failed' ? end.message : undefined),
    ),
  };
}

function terminated(exitCode: number, now: string, message?: string): PlainMap {
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  return { terminated: { exitCode, reason, startedAt: now, finishedAt: now, ...(message ? { message } : {}) } };
}

function statusesOf(pod: PlainMap, field: string, stateOf: (name: string) => PlainMap): readonly PlainMap[] {
  return asList(asMap(pod['spec'])[field])
    .map(asMap)
    .map((container) => {
      const name = asText(container['name']);
      return {
        name,
        image: asText(container['image']),
        imageID: '',
        ready: true,
        restartCount: 0,
        state: stateOf(name),
      };
    });
}
