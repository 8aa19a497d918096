import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Environment } from './trees.ts';

/** Where the controller and its configuration are. */
const shared = 'argo';

/** An environment in namespaces of its own, so that it can stand beside others whose objects have the same names. */
export function isolated({ name, objects, overlays }: Environment, mark: string): Environment {
  const move = (object: PlainMap): PlainMap => moved(object, mark);
  return {
    name,
    objects: objects.map(move),
    overlays: overlays.map((overlay) => ({
      ...overlay,
      objects: overlay.objects.map(move),
      jobs: overlay.jobs.map(move),
    })),
  };
}

function moved(object: PlainMap, mark: string): PlainMap {
  const kind = asText(object['kind']);
  const metadata = asMap(object['metadata']);
  const namespace = asText(metadata['namespace']) || 'default';
  if (kind === 'Namespace' || kind.startsWith('Cluster') || namespace === shared) return object;
  return { ...object, metadata: { ...metadata, namespace: `${namespace}-${mark}` } };
}
