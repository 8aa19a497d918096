import { canonicalPod } from '../../k8s/canonical.ts';
import type { Plain } from '../effect.ts';
import { asList, asMap, asText, isMap, type PlainMap } from './data.ts';
import { applyPodSpecPatch } from './pod-patch.ts';
import { PlayError, PlayRefusal } from './substitute.ts';

/** Fields that a template has and that take the place of the workflow's. */
const replacing = ['schedulerName', 'securityContext', 'serviceAccountName', 'automountServiceAccountToken'] as const;
/** Those that a template without its own takes from the template that calls it, before the workflow's. */
const inherited = ['affinity', 'nodeSelector', 'tolerations'] as const;
/** Fields that only the workflow has. */
const workflowOnly = ['dnsConfig', 'dnsPolicy', 'hostNetwork', 'imagePullSecrets'] as const;

/**
 * The pod of a container template as Kubernetes would see it without what Argo adds to every pod: its own containers,
 * volumes, environment and labels.
 * @see argo-workflows workflow/controller/workflowpod.go
 */
export function podOf(template: PlainMap, workflow: PlainMap, caller: PlainMap = {}): Plain {
  const own = ownContainers(template);
  const main = own.find((container) => container['name'] === 'main');
  const mounts = asList(main?.['volumeMounts']);
  const sidecars = asList(template['sidecars']).map((container) => ownContainer(asMap(container), mounts));
  const initContainers = asList(template['initContainers']).map((container) => ownContainer(asMap(container), mounts));
  const containers = [...own, ...sidecars];
  const spec: PlainMap = {
    restartPolicy: 'Never',
    ...schedulingOf(template, workflow, caller),
    containers,
    ...(initContainers.length > 0 ? { initContainers } : {}),
    volumes: volumesOf(template, workflow, [...containers, ...initContainers]),
    hostAliases: [...asList(workflow['hostAliases']), ...asList(template['hostAliases'])],
  };
  const patched = [workflow['podSpecPatch'], template['podSpecPatch']].reduce<PlainMap>(
    (current, patch) => (typeof patch === 'string' && patch !== '' ? applyPodSpecPatch(current, patch) : current),
    spec,
  );
  return canonicalPod({ metadata: metadataOf(template, workflow), spec: patched });
}

/** The container that does the work, which is called main, or those of a set. */
function ownContainers(template: PlainMap): readonly PlainMap[] {
  const { container, script, containerSet } = template;
  if (isMap(container)) return [{ ...container, name: 'main' }];
  if (!isMap(containerSet)) {
    const { source: _source, ...rest } = asMap(script);
    return [{ ...rest, name: 'main' }];
  }
  const { containers, ...rest } = containerSet;
  const [other] = Object.keys(rest);
  if (other !== undefined) throw new PlayRefusal(`containerSet.${other}`);
  return asList(containers).map((each) => {
    const { dependencies, ...plain } = asMap(each);
    if (asList(dependencies).length > 0) throw new PlayRefusal('containers of a set that wait for each other');
    return plain;
  });
}

function ownContainer(container: PlainMap, mainMounts: readonly Plain[]): PlainMap {
  const { mirrorVolumeMounts, ...rest } = container;
  if (mirrorVolumeMounts !== true) return rest;
  return { ...rest, volumeMounts: [...asList(rest['volumeMounts']), ...mainMounts] };
}

function schedulingOf(template: PlainMap, workflow: PlainMap, caller: PlainMap): PlainMap {
  const fields: Record<string, Plain> = {};
  for (const field of inherited) {
    const value = [template, caller, workflow].map((from) => from[field]).find(isFilled);
    if (value !== undefined) fields[field] = value;
  }
  for (const field of replacing) {
    const value = template[field] ?? workflow[field];
    if (value !== undefined) fields[field] = value;
  }
  for (const field of workflowOnly) if (workflow[field] !== undefined) fields[field] = workflow[field];
  // Argo writes false alone.
  if (fields['automountServiceAccountToken'] !== false) delete fields['automountServiceAccountToken'];
  const priority = template['priorityClassName'] ?? workflow['podPriorityClassName'];
  if (priority !== undefined) fields['priorityClassName'] = priority;
  const deadline = deadlineOf(template);
  if (workflow['activeDeadlineSeconds'] !== undefined)
    throw new PlayRefusal('a deadline of the whole workflow: its pods get what is left of it');
  return deadline === undefined ? fields : { ...fields, activeDeadlineSeconds: deadline };
}

/** An empty selector or list counts as none. */
function isFilled(value: Plain | undefined): value is Plain {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** `timeout` gives the pod a second less, and takes the place of the deadline. */
function deadlineOf(template: PlainMap): number | undefined {
  const { timeout, activeDeadlineSeconds } = template;
  if (timeout !== undefined && asText(timeout) !== '') {
    const match = /^(\d+)s$|^(\d+)m$|^(\d+)h$/.exec(asText(timeout));
    if (match === null) throw new PlayRefusal(`the timeout ${asText(timeout)}`);
    return Number(match[1] ?? 0) + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) * 3600 - 1;
  }
  if (activeDeadlineSeconds === undefined) return undefined;
  if (!/^\d+$/.test(asText(activeDeadlineSeconds)))
    throw new PlayError(`activeDeadlineSeconds is ${asText(activeDeadlineSeconds)}`);
  return Number(activeDeadlineSeconds);
}

/** The template's volumes always, the workflow's where a container of the template mounts them. */
function volumesOf(template: PlainMap, workflow: PlainMap, containers: readonly PlainMap[]): readonly Plain[] {
  const own = asList(template['volumes']);
  const has = (list: readonly Plain[], name: Plain | undefined): boolean =>
    list.some((item) => asMap(item)['name'] === name);
  const mounted = new Set(
    containers.flatMap((container) => asList(container['volumeMounts']).map((mount) => asText(asMap(mount)['name']))),
  );
  const shared = asList(workflow['volumes']).filter(
    (volume) => mounted.has(asText(asMap(volume)['name'])) && !has(own, asMap(volume)['name']),
  );
  const all = [...own, ...shared];
  const missing = [...mounted].find(
    (name) =>
      !has(all, name) &&
      !has(
        asList(workflow['volumeClaimTemplates']).map((claim) => asMap(asMap(claim)['metadata'])),
        name,
      ),
  );
  if (missing !== undefined) throw new PlayError(`volume '${missing}' not found in workflow spec`);
  return all;
}

function metadataOf(template: PlainMap, workflow: PlainMap): PlainMap {
  const [own, common] = [asMap(template['metadata']), asMap(workflow['podMetadata'])];
  return {
    labels: { ...asMap(common['labels']), ...asMap(own['labels']) },
    annotations: { ...asMap(common['annotations']), ...asMap(own['annotations']) },
  };
}
