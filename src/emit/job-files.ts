import { sortedBy } from '../core/order.ts';
import { byRule, map, scalar, text } from '../ir/build-value.ts';
import type { MapValue, Value } from '../ir/value.ts';
import { parameterList } from '../merge/document.ts';
import type { MergedJob, Overlay, PatchOperation } from '../merge/types.ts';
import type { AcceptedDifference, ConvertedWorkflow } from '../rules/types.ts';
import { objectFile, ownObjects, sameObjects } from './carried-objects.ts';
import { kustomization } from './kustomization.ts';
import { podDefaultsOf } from './pod-defaults.ts';
import type { OutputFile } from './types.ts';
import { printYaml } from './yaml-print.ts';

const RULE = 'emit-job';

/** Lets editors complete and check the manifest. */
const schemaLine =
  'yaml-language-server: $schema=https://raw.githubusercontent.com/argoproj/argo-workflows/v4.0.7/api/jsonschema/schema.json';

/** `cron/<job>` or, for a job without a schedule in any environment, `workflows/<job>`. */
export function jobFolder(job: MergedJob): string {
  return `${job.kind === 'CronWorkflow' ? 'cron' : 'workflows'}/${job.name}`;
}

/** Kustomize base and overlays of one job. */
export function jobFiles(job: MergedJob): readonly OutputFile[] {
  return jobFilesAmong(job, [job]);
}

/** The same, without the objects that others of these jobs carry too. */
export function jobFilesAmong(job: MergedJob, jobs: readonly MergedJob[]): readonly OutputFile[] {
  const objects = new Map(
    [...job.overlays.keys()].map((environment) => [environment, ownObjects(job, environment, jobs)] as const),
  );
  const inBase = job.base !== undefined && sameObjects([...objects.values()]);
  const common = inBase ? ([...objects.values()][0] ?? []) : [];
  const base = job.base === undefined ? [] : baseFiles(job, job.base, common);
  return [
    ...base,
    ...[...job.overlays].flatMap(([environment, overlay]) =>
      overlayFiles(job, environment, overlay, inBase ? [] : (objects.get(environment) ?? [])),
    ),
  ];
}

function baseFiles(job: MergedJob, base: MapValue, carried: readonly MapValue[]): readonly OutputFile[] {
  const objects = objectFiles(job, 'base', carried);
  const resources = ['workflow.yaml', ...carried.map(objectFile)];
  return [
    file(job, 'base/kustomization.yaml', kustomization({ namespace: job.baseNamespace, resources })),
    { ...file(job, 'base/workflow.yaml', base, [schemaLine]), accepted: acceptedIn([...job.converted.values()]) },
    ...objects,
  ];
}

/** What rules changed on purpose in pods, each once however many environments have it. */
function acceptedIn(converted: readonly ConvertedWorkflow[]): readonly AcceptedDifference[] {
  const all = converted.flatMap(({ facts }) => facts.accepted);
  const key = ({ template = '', path, rule, reason }: AcceptedDifference): string =>
    JSON.stringify([template, path, rule, reason]);
  return sortedBy([...new Map(all.map((each) => [key(each), each])).values()], key);
}

/** ConfigMaps and the like that travelled with the Job's manifest. */
function objectFiles(job: MergedJob, folder: string, objects: readonly MapValue[]): readonly OutputFile[] {
  return objects.map((object) => file(job, `${folder}/${objectFile(object)}`, object));
}

function overlayFiles(
  job: MergedJob,
  environment: string,
  overlay: Overlay,
  carried: readonly MapValue[],
): readonly OutputFile[] {
  const folder = `overlays/${environment}`;
  const files: OutputFile[] = [];
  const patches: { path: string; target?: Record<string, string> }[] = [];
  const add = (name: string, value: Value, target?: Record<string, string>): void => {
    files.push(file(job, `${folder}/${name}`, value));
    patches.push(target === undefined ? { path: name } : { path: name, target });
  };
  if (overlay.kind === 'own') {
    const converted = job.converted.get(environment);
    const own = file(job, `${folder}/workflow.yaml`, overlay.document, [schemaLine]);
    files.push({ ...own, accepted: acceptedIn(converted === undefined ? [] : [converted]) });
  } else {
    if (overlay.parameters.size > 0) add('params.yaml', patchOf(job, parametersSpec(job, overlay.parameters)));
    if (overlay.operations.length > 0) add('patch.yaml', operationsValue(overlay.operations), { kind: job.kind });
  }
  if (overlay.suspended)
    add('suspend.yaml', patchOf(job, map([['suspend', scalar(true, byRule(RULE))]], byRule(RULE))));
  const components = podDefaultsOf(job, environment);
  files.push(...objectFiles(job, folder, carried));
  const resources = [overlay.kind === 'own' ? 'workflow.yaml' : '../../base', ...carried.map(objectFile)];
  return [
    file(
      job,
      `${folder}/kustomization.yaml`,
      kustomization({
        ...(overlay.kind === 'patched' && overlay.namespace === job.baseNamespace
          ? {}
          : { namespace: overlay.namespace }),
        resources,
        ...(components.length === 0 ? {} : { components }),
        patches,
      }),
    ),
    ...files,
  ];
}

/** Kustomize replaces lists of custom resources: the list of parameters is always complete. */
function parametersSpec(job: MergedJob, parameters: ReadonlyMap<string, Value>): MapValue {
  const from = byRule(RULE);
  const given = map([['arguments', map([['parameters', parameterList(parameters)]], from)]], from);
  return job.kind === 'CronWorkflow' ? map([['workflowSpec', given]], from) : given;
}

/** A strategic merge patch: the object's identity and the given part of its spec. */
function patchOf(job: MergedJob, spec: MapValue): MapValue {
  const from = byRule(RULE);
  return map(
    [
      ['apiVersion', text('argoproj.io/v1alpha1', from)],
      ['kind', text(job.kind, from)],
      ['metadata', map([['name', text(job.name, from)]], from)],
      ['spec', spec],
    ],
    from,
  );
}

function operationsValue(operations: readonly PatchOperation[]): Value {
  const from = byRule(RULE);
  const items = operations.map((operation) =>
    map(
      [
        ['op', text(operation.op, from)],
        ['path', text(operation.path, from)],
        ['value', operation.value],
      ],
      operation.value?.from ?? from,
    ),
  );
  return { kind: 'list', items, from, control: [] };
}

function file(job: MergedJob, path: string, value: Value, header: readonly string[] = []): OutputFile {
  const printed = printYaml(value, header);
  return { path: `${jobFolder(job)}/${path}`, text: printed.text, origins: printed.origins, job: job.job };
}
