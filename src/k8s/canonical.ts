import { compareText } from '../core/order.ts';
import type { Plain } from '../verify/effect.ts';
import {
  containerDefaults,
  defaultPullPolicy,
  fileMode,
  httpGetDefaults,
  mountDefaults,
  podDefaults,
  portDefaults,
  probeDefaults,
} from './defaults.ts';
import { expandVariables } from './expand-variables.ts';
import { canonicalQuantity } from './quantity.ts';

type PlainMap = { readonly [key: string]: Plain };

/**
 * One form for pods that Kubernetes treats alike: values that the API server would fill in anyway are left out, quantities are in one
 * unit, and lists whose order says nothing are sorted by their key. `main` names the container that is called main in the result.
 */
export function canonicalPod(pod: Plain, main?: string): Plain {
  const { metadata, spec } = asMap(pod);
  const labels = strings(asMap(metadata)['labels']);
  const annotations = strings(asMap(metadata)['annotations']);
  return compact({ metadata: compact({ labels, annotations }), spec: canonicalSpec(asMap(spec), main) });
}

function canonicalSpec(spec: PlainMap, main: string | undefined): Plain {
  const renamed = main === undefined || main === 'main' ? spec : asMap(renameContainer(spec, main));
  const { containers, initContainers, volumes, tolerations, imagePullSecrets, hostAliases, serviceAccount, ...rest } =
    renamed;
  const account = rest['serviceAccountName'] ?? serviceAccount ?? null;
  return compact({
    ...withoutDefaults({ ...rest, serviceAccountName: account }, podDefaults),
    containers: sorted(asList(containers).map(canonicalContainer), 'name'),
    initContainers: asList(initContainers).map(canonicalContainer),
    volumes: sorted(asList(volumes).map(canonicalVolume), 'name'),
    tolerations: byText(asList(tolerations).map(canonicalToleration)),
    imagePullSecrets: byText(asList(imagePullSecrets)),
    hostAliases: byText(asList(hostAliases)),
    ...(rest['nodeSelector'] === undefined ? {} : { nodeSelector: strings(rest['nodeSelector']) }),
    ...(rest['resources'] === undefined ? {} : { resources: canonicalResources(rest['resources']) }),
    ...(rest['affinity'] === undefined ? {} : { affinity: deep(rest['affinity']) }),
  });
}

/** Containers are found by name; the one that Argo calls main gets that name everywhere. */
function renameContainer(value: Plain, main: string): Plain {
  const rename = (of: Plain): Plain => {
    if (isList(of)) return of.map(rename);
    if (!isMap(of)) return of;
    return Object.fromEntries(
      Object.entries(of).map(([key, entry]) => [
        key,
        key === 'containerName' && entry === main ? 'main' : rename(entry),
      ]),
    );
  };
  const spec = asMap(rename(value));
  return {
    ...spec,
    containers: asList(spec['containers']).map((container) =>
      asMap(container)['name'] === main ? { ...asMap(container), name: 'main' } : container,
    ),
  };
}

function canonicalContainer(container: Plain): Plain {
  const of = expandVariables(asMap(container));
  const image = String(of['image'] ?? '');
  const probes = Object.fromEntries(
    ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((key) =>
      of[key] === undefined ? [] : [[key, canonicalProbe(of[key] ?? null)]],
    ),
  );
  return compact({
    ...withoutDefaults(of, { ...containerDefaults, imagePullPolicy: defaultPullPolicy(image) }),
    ...probes,
    env: canonicalEnv(asList(of['env'])),
    ports: byText(asList(of['ports']).map((port) => withoutDefaults(asMap(port), portDefaults))),
    resources: canonicalResources(of['resources'] ?? null),
    volumeMounts: sorted(
      asList(of['volumeMounts']).map((mount) => withoutDefaults(asMap(mount), mountDefaults)),
      'mountPath',
    ),
  });
}

/** The last of several variables of one name holds; the order counts, since later ones may refer to earlier ones. */
function canonicalEnv(env: readonly Plain[]): readonly Plain[] {
  const names = env.map((item) => asMap(item)['name']);
  return env
    .filter((_, at) => names.lastIndexOf(names[at]) === at)
    .map((item) => {
      const { name = null, value = null, valueFrom } = asMap(item);
      if (valueFrom === undefined || valueFrom === null) return { name, value: value === null ? '' : String(value) };
      return {
        name,
        valueFrom: deep(valueFrom, (key, of) =>
          key === 'fieldRef'
            ? withoutDefaults(asMap(of), { apiVersion: 'v1' })
            : key === 'divisor' && canonicalQuantity(String(of)) === '0n'
              ? null
              : of,
        ),
      };
    });
}

function canonicalProbe(probe: Plain): Plain {
  const of = withoutDefaults(asMap(probe), probeDefaults);
  return of['httpGet'] === undefined ? of : { ...of, httpGet: withoutDefaults(asMap(of['httpGet']), httpGetDefaults) };
}

/** A request that is not stated equals the limit. */
function canonicalResources(resources: Plain): Plain {
  const { limits, requests, ...rest } = asMap(resources);
  const amounts = (of: Plain | undefined): PlainMap =>
    Object.fromEntries(
      Object.entries(asMap(of)).map(([key, amount]) => [key, canonicalQuantity(String(amount)) ?? amount]),
    );
  return compact({ ...rest, limits: amounts(limits), requests: { ...amounts(limits), ...amounts(requests) } });
}

function canonicalVolume(volume: Plain): Plain {
  return compact(
    Object.fromEntries(
      Object.entries(asMap(volume)).map(([key, source]) => {
        if (key === 'emptyDir') return [key, emptyDir(asMap(source))];
        if (['secret', 'configMap', 'downwardAPI', 'projected'].includes(key))
          return [key, withoutDefaults(asMap(source), { defaultMode: fileMode, optional: false })];
        return [key, key === 'hostPath' ? withoutDefaults(asMap(source), { type: '' }) : source];
      }),
    ),
    new Set(['emptyDir']),
  );
}

function emptyDir(source: PlainMap): Plain {
  const { sizeLimit, ...rest } = source;
  return withoutDefaults(
    sizeLimit === undefined ? rest : { ...rest, sizeLimit: canonicalQuantity(String(sizeLimit)) ?? sizeLimit },
    { medium: '' },
  );
}

function canonicalToleration(toleration: Plain): Plain {
  return withoutDefaults(asMap(toleration), { operator: 'Equal', value: '', effect: '' });
}

function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asMap(value: Plain | undefined): PlainMap {
  return isMap(value) ? value : {};
}

function asList(value: Plain | undefined): readonly Plain[] {
  return isList(value) ? value : [];
}

/** Labels, annotations and selectors hold texts; YAML numbers and booleans are refused there, so that only their text can be meant. */
function strings(value: Plain | undefined): PlainMap {
  return Object.fromEntries(
    Object.entries(asMap(value))
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, entry]) => [key, isMap(entry) || isList(entry) ? entry : String(entry)]),
  );
}

function withoutDefaults(of: PlainMap, defaults: PlainMap): PlainMap {
  return Object.fromEntries(
    Object.entries(of).filter(
      ([key, value]) => value !== null && JSON.stringify(value) !== JSON.stringify(defaults[key]),
    ),
  );
}

/** Without nulls, empty maps and empty lists, keys sorted. */
function compact(of: PlainMap, keep: ReadonlySet<string> = new Set()): PlainMap {
  const empty = (value: Plain | undefined): boolean =>
    value === undefined ||
    value === null ||
    (isList(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0);
  return Object.fromEntries(
    Object.entries(of)
      .filter(([key, value]) => keep.has(key) || !empty(value))
      .sort(([a], [b]) => compareText(a, b)),
  );
}

function deep(value: Plain, change: (key: string, of: Plain) => Plain = (_, of) => of): Plain {
  if (isList(value)) return value.map((item) => deep(item, change));
  if (!isMap(value)) return value;
  return compact(
    Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, deep(change(key, entry), change)])),
  );
}

function sorted(items: readonly Plain[], key: string): readonly Plain[] {
  return [...items].sort((a, b) => compareText(String(asMap(a)[key] ?? ''), String(asMap(b)[key] ?? '')));
}

function byText(items: readonly Plain[]): readonly Plain[] {
  return items
    .map((item) => (isMap(item) ? compact(item) : item))
    .sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
}
