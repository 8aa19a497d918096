import type { Plain } from '../effect.ts';
import { asList, asMap, asText, isList, isMap, type PlainMap } from './data.ts';
import { PlayRefusal } from './substitute.ts';

/** Everything a run can refer to. */
export interface Workflow {
  readonly identity: { readonly name: string; readonly namespace: string; readonly source: PlainMap };
  readonly spec: PlainMap;
  /** WorkflowTemplates of the namespace, by name. */
  readonly shared: Pick<ReadonlyMap<string, PlainMap>, 'get'>;
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
    shared: new SharedSpecs(shared, asMap(spec['templateDefaults'])),
  };
}

/** Specs of WorkflowTemplates as the running workflow executes them: the controller merges its defaults into every template, also a referred one. */
class SharedSpecs {
  readonly #specs: ReadonlyMap<string, PlainMap>;
  readonly #defaults: PlainMap;
  readonly #merged = new Map<string, PlainMap>();

  constructor(objects: readonly PlainMap[], defaults: PlainMap) {
    this.#specs = new Map(objects.map((object) => [asText(asMap(object['metadata'])['name']), asMap(object['spec'])]));
    this.#defaults = defaults;
  }

  /** Merged when it is first asked for: a namespace has many templates, a run calls few. */
  get(name: string): PlainMap | undefined {
    const own = this.#specs.get(name);
    const known = this.#merged.get(name);
    if (own === undefined || known !== undefined) return known;
    const made = withTemplateDefaults({ ...own, templateDefaults: this.#defaults });
    this.#merged.set(name, made);
    return made;
  }
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
