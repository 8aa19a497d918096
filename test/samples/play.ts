import { buildKustomization } from '../../src/kustomize/build.ts';
import { plainObjects } from '../../src/pipeline/plain-objects.ts';
import { type ArgoRun, playArgo } from '../../src/verify/argo/play.ts';
import type { Plain, Start } from '../../src/verify/effect.ts';
import { convertSample, type Sample } from '../generated.ts';

type PlainMap = { readonly [key: string]: Plain };

/** The objects that a job's overlay and the shared templates of its namespace build to. */
async function builtObjects(
  sample: Sample,
  name: string,
  environment: string,
  dedup = false,
): Promise<readonly Plain[]> {
  const files = new Map((await convertSample(sample, dedup)).files.map((file) => [file.path, file.text]));
  const read = (path: string): string | undefined => files.get(path);
  const folder = [`cron/${name}/overlays/${environment}`, `workflows/${name}/overlays/${environment}`].find((path) =>
    files.has(`${path}/kustomization.yaml`),
  );
  if (folder === undefined) throw new Error(`no overlay of ${name} in ${environment}`);
  const objects = build(folder, read);
  const namespace = String(((objects[0] as PlainMap)['metadata'] as PlainMap)['namespace']);
  const templates = `environments/${environment}/templates-${namespace}`;
  return [...objects, ...(files.has(`${templates}/kustomization.yaml`) ? build(templates, read) : [])];
}

function build(folder: string, read: (path: string) => string | undefined): readonly Plain[] {
  const built = buildKustomization(folder, read);
  if (!('objects' in built)) throw new Error(`${folder}: ${JSON.stringify(built)}`);
  return plainObjects(built.objects);
}

/** One run in which every pod succeeds, but those whose node path ends in `failing`. */
export async function play(sample: Sample, name: string, start: Start, failing?: string): Promise<ArgoRun> {
  const objects = await builtObjects(sample, name, start.environment);
  const status = (node: string) =>
    failing !== undefined && node.endsWith(failing) ? ('Failed' as const) : ('Succeeded' as const);
  return playArgo(objects, null, start, (attempt) => ({ status: status(attempt.node) }), {
    job: name,
    cluster: `batch-${start.environment}`,
  });
}
