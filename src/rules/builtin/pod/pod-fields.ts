import { list, map, text, withEntry } from '../../../ir/build-value.ts';
import { entriesOf, entryOf, itemsOf, partsOf, staticScalar, staticText } from '../../../ir/read-value.ts';
import type { MapValue, TextValue, Value } from '../../../ir/value.ts';
import { podDefaults } from '../../../k8s/defaults.ts';
import { placeOf } from '../../../k8s/field-table.ts';
import { resourceRefsToMain } from './containers.ts';
import type { PodContext } from './context.ts';
import { jsonText } from './json-text.ts';
import { containerName, type PodParts } from './pod-parts.ts';

/** A pod spec without its containers, by where its fields go. */
export interface PodFields {
  /** Fields of the template. */
  readonly template: ReadonlyMap<string, Value>;
  readonly workflow: ReadonlyMap<string, Value>;
  /** Fields that only podSpecPatch can set, as a pod spec. */
  readonly patch: ReadonlyMap<string, Value>;
}

export function podFields(parts: PodParts, context: PodContext): PodFields {
  const template = new Map<string, Value>();
  const workflow = new Map<string, Value>();
  const patch = new Map<string, Value>();
  addServiceAccount(parts.spec, template, patch, context);
  addVolumes(parts, template, context);
  for (const [key, value] of parts.spec.entries) {
    const place = placeOf(podPath(key)) ?? placeOf(`${podPath(key)}[]`);
    if (place === undefined || place.own === true || isPodDefault(key, value)) continue;
    const moved = context.input.disputed?.has(key) === true ? patch : workflow;
    const target = { same: template, transform: template, moved, patch, none: undefined }[place.kind];
    target?.set(key, value);
  }
  return { template, workflow, patch };
}

function podPath(field: string): string {
  return `spec.template.spec.${field}`;
}

/** True for a field of a pod spec that says what Kubernetes takes anyway. */
export function isPodDefault(key: string, value: Value): boolean {
  const standard = podDefaults[key];
  if (value.kind === 'scalar') return value.value === standard;
  if (value.kind === 'text') return typeof standard === 'string' && staticText(value) === standard;
  return value.kind === 'map' ? value.entries.size === 0 : value.items.length === 0;
}

function addServiceAccount(
  spec: MapValue,
  template: Map<string, Value>,
  patch: Map<string, Value>,
  context: PodContext,
): void {
  const account = entryOf(spec, 'serviceAccountName') ?? entryOf(spec, 'serviceAccount');
  if (account !== undefined) template.set('serviceAccountName', account);
  const mount = entryOf(spec, 'automountServiceAccountToken');
  if (mount?.kind !== 'scalar') return;
  // Argo writes only false into the pod; true matters where the service account itself says false.
  if (mount.value !== false) patch.set('automountServiceAccountToken', mount);
  else {
    const name = account ?? text('default', context.made(mount));
    template.set('automountServiceAccountToken', mount);
    template.set('executor', map([['serviceAccountName', name]], context.made(mount)));
    context.report('POD_AUTOMOUNT', { account: staticScalar(name) ?? '(known at run time)' }, mount);
  }
}

/** Names that Argo gives to volumes of its own. */
const argoVolumes: ReadonlySet<string> = new Set([
  'var-run-argo',
  'tmp-dir-argo',
  'argo-staging',
  'exec-sa-token',
  'argo-env-config',
  'input-artifacts',
]);

function addVolumes(parts: PodParts, template: Map<string, Value>, context: PodContext): void {
  const volumes = entryOf(parts.spec, 'volumes');
  if (itemsOf(volumes).length === 0 || volumes === undefined) return;
  for (const volume of itemsOf(volumes)) {
    const name = staticScalar(entryOf(volume, 'name')) ?? '';
    if (argoVolumes.has(name))
      context.report(
        'POD_FIELD_LOST',
        {
          path: `spec.template.spec.volumes[${name}]`,
          loss: 'Argo has a volume of that name in every pod, and the pod is refused',
        },
        volume,
      );
  }
  template.set('volumes', resourceRefsToMain(volumes, containerName(parts.main)));
}

/** What of the main container only podSpecPatch can say, and the container without it. */
export function patchedMain(
  container: MapValue,
  context: PodContext,
): { readonly container: MapValue; readonly patch: MapValue | undefined } {
  const from = context.made(container);
  const mounts = itemsOf(entryOf(container, 'volumeMounts'));
  const patched = mounts.filter(breaksWaitContainer);
  const resources = entryOf(container, 'resources');
  const runtimeResources =
    resources !== undefined && partsOf(resources).some((part) => part.kind === 'runtime') ? resources : undefined;
  if (patched.length === 0 && runtimeResources === undefined) return { container, patch: undefined };
  const kept = mounts.filter((mount) => !patched.includes(mount));
  const withMounts =
    patched.length === 0
      ? container
      : withEntry(container, 'volumeMounts', kept.length === 0 ? undefined : list(kept, from));
  const rest = runtimeResources === undefined ? withMounts : withEntry(withMounts, 'resources', undefined);
  return {
    container: rest,
    patch: map(
      [
        ['name', text('main', from)],
        ['volumeMounts', patched.length === 0 ? undefined : list(patched, from)],
        ['resources', runtimeResources],
      ],
      from,
    ),
  };
}

/** Argo copies the mounts of the main container into its wait container, where some fields are refused. */
function breaksWaitContainer(mount: Value): boolean {
  return entriesOf(mount).some(
    ([key, value]) =>
      placeOf(podPath(`containers[].volumeMounts[].${key}`))?.kind === 'patch' ||
      (key === 'mountPropagation' && staticScalar(value) === 'Bidirectional'),
  );
}

export function podSpecPatch(
  fields: ReadonlyMap<string, Value>,
  main: MapValue | undefined,
  context: PodContext,
): TextValue | undefined {
  const entries = new Map(fields);
  if (main !== undefined) entries.set('containers', list([main], main.from));
  const values = [...entries.values()].flatMap(leavesOf);
  const from = context.made(...values);
  return entries.size === 0 ? undefined : jsonText(map(entries, from), from);
}

/** The texts, numbers and booleans in a value. */
function leavesOf(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items.flatMap(leavesOf);
  if (value.kind === 'map') return [...value.entries.values()].flatMap(leavesOf);
  return [value];
}
