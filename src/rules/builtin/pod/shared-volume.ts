import { list, withEntry } from '../../../ir/build-value.ts';
import { entryOf, itemsOf, partsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { containerName, type PodParts } from './pod-parts.ts';

/** Removes the emptyDir through which main told sidecar number `at` to end by making `file`, where nothing else speaks of it. */
export function removeSharedVolume(parts: PodParts, at: number, file: string, context: PodContext): PodParts {
  const sidecar = parts.others[at];
  if (sidecar === undefined) return parts;
  const mount = mountOf(parts.main, file);
  const volume = mount === undefined ? undefined : staticText(entryOf(mount, 'name'));
  const others = [...parts.others.filter((container) => container !== sidecar), ...parts.init];
  if (
    volume === undefined ||
    volume !== staticText(entryOf(mountOf(sidecar, file), 'name')) ||
    !isEmptyDir(parts.spec, volume)
  )
    return parts;
  if (
    others.some((container) => mountsVolume(container, volume)) ||
    [parts.main, sidecar].some((container) => speaksOf(container, volume))
  )
    return parts;
  context.accept(
    `volumes[${volume}]`,
    context.input.rule,
    `only ${file} was in it, which told ${containerName(sidecar)} to end`,
  );
  const volumes = itemsOf(entryOf(parts.spec, 'volumes')).filter(
    (item) => staticText(entryOf(item, 'name')) !== volume,
  );
  return {
    ...parts,
    main: withoutMount(parts.main, volume, context),
    others: parts.others.map((container) =>
      container === sidecar ? withoutMount(container, volume, context) : container,
    ),
    spec: withEntry(parts.spec, 'volumes', volumes.length === 0 ? undefined : list(volumes, context.made(parts.spec))),
  };
}

/** The mount a file lies in: the longest path above it. */
function mountOf(container: MapValue, file: string): Value | undefined {
  const path = (mount: Value): string => (staticText(entryOf(mount, 'mountPath')) ?? '').replace(/\/+$/, '');
  return itemsOf(entryOf(container, 'volumeMounts'))
    .filter((mount) => file.startsWith(`${path(mount)}/`))
    .sort((a, b) => path(b).length - path(a).length)[0];
}

function isEmptyDir(spec: MapValue, name: string): boolean {
  return itemsOf(entryOf(spec, 'volumes')).some(
    (volume) => staticText(entryOf(volume, 'name')) === name && entryOf(volume, 'emptyDir') !== undefined,
  );
}

function mountsVolume(container: MapValue, name: string): boolean {
  return itemsOf(entryOf(container, 'volumeMounts')).some((mount) => staticText(entryOf(mount, 'name')) === name);
}

/** True where a text of the container outside its mounts holds the path at which it mounts the volume. */
function speaksOf(container: MapValue, volume: string): boolean {
  const paths = itemsOf(entryOf(container, 'volumeMounts')).flatMap((mount) =>
    staticText(entryOf(mount, 'name')) === volume ? [staticText(entryOf(mount, 'mountPath')) ?? ''] : [],
  );
  const rest = [...container.entries].filter(([key]) => key !== 'volumeMounts').map(([, value]) => value);
  const shown = rest.map((value) =>
    partsOf(value)
      .map((part) => (part.kind === 'runtime' ? '' : part.text))
      .join('\u0000')
      .replaceAll('\u0000', ''),
  );
  return paths.some((path) => shown.some((text) => text.includes(path.replace(/\/+$/, ''))));
}

function withoutMount(container: MapValue, volume: string, context: PodContext): MapValue {
  const mounts = itemsOf(entryOf(container, 'volumeMounts')).filter(
    (mount) => staticText(entryOf(mount, 'name')) !== volume,
  );
  return withEntry(container, 'volumeMounts', mounts.length === 0 ? undefined : list(mounts, context.made(container)));
}
