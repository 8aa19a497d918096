import { BuildFailure, BuildRefusal } from '../../kustomize/failure.ts';
import { readDocuments } from '../../kustomize/read-yaml.ts';
import type { Plain } from '../effect.ts';
import { asMap, isList, isMap, type PlainMap } from './data.ts';
import { PlayError, PlayRefusal } from './substitute.ts';

/** Lists of a pod spec that merge, and by which key; all others are replaced. @see Kubernetes 1.35 core/v1 types, patchMergeKey */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  env: 'name',
  imagePullSecrets: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  resourceClaims: 'name',
  schedulingGates: 'name',
};

/** A podSpecPatch, JSON or YAML, applied as Argo does. */
export function applyPodSpecPatch(spec: PlainMap, patch: string): PlainMap {
  if (/\{\{/.test(patch)) throw new PlayError(`a tag of podSpecPatch is not resolved: ${patch}`);
  const value = patchValue(patch);
  if (value === undefined) return spec;
  if (!isMap(value)) throw new PlayError('podSpecPatch is no map');
  return asMap(merge(spec, value, ''));
}

function patchValue(patch: string): Plain | undefined {
  try {
    // Integers beyond 53 bits do not stand in a pod.
    return readDocuments(patch, 'json')[0] as Plain | undefined;
  } catch (error) {
    if (error instanceof BuildFailure) throw new PlayError(`podSpecPatch is no YAML: ${error.message}`);
    if (error instanceof BuildRefusal) throw new PlayRefusal(`${error.message} in podSpecPatch`);
    throw error;
  }
}

function merge(base: Plain | undefined, patch: Plain, field: string): Plain {
  if (isMap(patch)) {
    if ('$patch' in patch || Object.keys(patch).some((key) => key.startsWith('$')))
      throw new PlayRefusal('directives in podSpecPatch');
    const merged: Record<string, Plain> = { ...asMap(base) };
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) delete merged[key];
      else merged[key] = merge(merged[key], value, key);
    }
    return merged;
  }
  if (!isList(patch)) return patch;
  const key = mergeKeys[field];
  if (key === undefined || !isList(base) || !patch.every(isMap)) return patch;
  // New elements stand in front; changed ones keep their place.
  const known = (item: Plain): boolean => base.some((other) => asMap(other)[key] === asMap(item)[key]);
  const changed = base.map((item) => {
    const change = patch.find((other) => asMap(other)[key] === asMap(item)[key]);
    return change === undefined ? item : merge(item, change, '');
  });
  return [...patch.filter((item) => !known(item)), ...changed];
}
