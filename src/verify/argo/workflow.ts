import type { Plain } from '../effect.ts';
import { asList, asMap, asText, isList, isMap, type PlainMap } from './data.ts';
import { PlayRefusal } from './substitute.ts';

/** Everything a run can refer to. */
export interface Workflow {
  readonly identity: { readonly name: string; readonly namespace: string; readonly source: PlainMap };
  readonly spec: PlainMap;
  /** WorkflowTemplates of the namespace, by name. */
  readonly shared: ReadonlyMap<string, PlainMap>;
}

/** The Workflow that a CronWorkflow or a WorkflowTemplate with an entrypoint makes, over the controller's defaults. */
export function workflowFrom(
  objects: readonly Plain[],
  workflowDefaults: Plain,
  job: string | undefined,
  unixSeconds: string,
): Workflow {
  // Objects of another API are not the controller's.
  const maps = objects.map(asMap).filter((object) => object['apiVersion'] === 'argoproj.io/v1alpha1');
  const source = sourceOf(maps, job);
  const metadata = asMap(source['metadata']);
  const own = source['kind'] === 'CronWorkflow' ? asMap(asMap(source['spec'])['workflowSpec']) : asMap(source['spec']);
  const namespace = asText(metadata['namespace']);
  const spec = withDefaults(withReferred(own, maps, namespace), asMap(asMap(workflowDefaults)['spec']));
  const shared = maps.filter(
    (object) => object['kind'] === 'WorkflowTemplate' && asText(asMap(object['metadata'])['namespace']) === namespace,
  );
  return {
    identity: { name: `${asText(metadata['name'])}-${unixSeconds}`, namespace, source },
    spec: withTemplateDefaults(spec),
    // The controller merges the defaults of the workflow that runs into every template that it executes, also a referred one.
    shared: new Map(
      shared.map((object) => [
        asText(asMap(object['metadata'])['name']),
        withTemplateDefaults({ ...asMap(object['spec']), templateDefaults: spec['templateDefaults'] ?? {} }),
      ]),
    ),
  };
}

/** `workflowTemplateRef` puts a whole WorkflowTemplate below the workflow: its parameters are defaults. */
function withReferred(own: PlainMap, objects: readonly PlainMap[], namespace: string): PlainMap {
  const { workflowTemplateRef, ...rest } = own;
  if (!isMap(workflowTemplateRef)) return own;
  if (workflowTemplateRef['clusterScope'] === true) throw new PlayRefusal('templates of the whole cluster');
  const referred = objects.find(
    (object) =>
      object['kind'] === 'WorkflowTemplate' &&
      asMap(object['metadata'])['name'] === workflowTemplateRef['name'] &&
      asText(asMap(object['metadata'])['namespace']) === namespace,
  );
  if (referred === undefined) throw new PlayRefusal(`no WorkflowTemplate ${asText(workflowTemplateRef['name'])}`);
  return withDefaults(rest, asMap(referred['spec']));
}

function sourceOf(objects: readonly PlainMap[], job: string | undefined): PlainMap {
  const runnable = objects.filter(
    (object) =>
      object['kind'] === 'CronWorkflow' ||
      (object['kind'] === 'WorkflowTemplate' && asMap(object['spec'])['entrypoint'] !== undefined),
  );
  const wanted = job === undefined ? runnable : runnable.filter((object) => asMap(object['metadata'])['name'] === job);
  const crons = wanted.filter((object) => object['kind'] === 'CronWorkflow');
  const [source, ...more] = crons.length > 0 ? crons : wanted;
  if (source === undefined)
    throw new PlayRefusal(job === undefined ? 'no workflow to run' : `no workflow ${job} to run`);
  if (more.length > 0) throw new PlayRefusal('several workflows to run');
  return source;
}

/** Lists that merge below a Workflow or template, and by which key. @see argo-workflows pkg/apis/workflow/v1alpha1 and Kubernetes core/v1, patchMergeKey */
const mergeKeys: Readonly<Record<string, string>> = {
  templates: 'name',
  volumes: 'name',
  parameters: 'name',
  artifacts: 'name',
  imagePullSecrets: 'name',
  volumeClaimTemplates: 'name',
  sidecars: 'name',
  initContainers: 'name',
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  hostAliases: 'ip',
};

/** What the workflow says itself wins. */
function withDefaults(own: PlainMap, defaults: PlainMap): PlainMap {
  const merged: Record<string, Plain> = { ...defaults };
  for (const [key, value] of Object.entries(own)) {
    const below = defaults[key];
    if (isMap(value) && isMap(below)) merged[key] = withDefaults(value, below);
    else if (isList(value) && isList(below) && mergeKeys[key] !== undefined)
      merged[key] = mergedItems(value, below, mergeKeys[key]);
    else merged[key] = value;
  }
  return merged;
}

/** Own items first, then those of the defaults that have no own item of their key. */
function mergedItems(own: readonly Plain[], below: readonly Plain[], key: string): readonly Plain[] {
  return [...own, ...below.filter((item) => !own.some((other) => asMap(other)[key] === asMap(item)[key]))];
}

const kinds = ['container', 'script', 'steps', 'dag', 'http', 'suspend', 'containerSet', 'resource', 'data', 'plugin'];

/** `templateDefaults` lie below every template; only another kind of template is not taken over. */
function withTemplateDefaults(spec: PlainMap): PlainMap {
  const defaults = asMap(spec['templateDefaults']);
  if (Object.keys(defaults).length === 0) return spec;
  const templates = asList(spec['templates']).map((template) => {
    const own = asMap(template);
    const kind = kinds.find((name) => own[name] !== undefined);
    return withDefaults(
      own,
      Object.fromEntries(Object.entries(defaults).filter(([key]) => !kinds.includes(key) || key === kind)),
    );
  });
  return { ...spec, templates };
}
