import { map, withEntry } from '../../../ir/build-value.ts';
import { asMap, entriesOf, entryOf, partsOf, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { ClusterObjectRef } from '../../types.ts';
import type { PodContext } from './context.ts';
import { looksSecret } from './secret-texts.ts';

/** Objects that the launcher applied beside the Job. */
export interface CarriedObjects {
  /** ConfigMaps, emitted with the job. */
  readonly objects: readonly MapValue[];
  /** Keys of Secrets, whose values are never copied. */
  readonly needs: readonly ClusterObjectRef[];
}

export function carriedObjects(documents: readonly Value[], context: PodContext): CarriedObjects {
  const objects: MapValue[] = [];
  const needs: ClusterObjectRef[] = [];
  for (const document of documents) {
    const kind = staticScalar(entryOf(document, 'kind'));
    const name = staticScalar(entryOf(document, 'metadata', 'name'));
    if (name === undefined || document.kind !== 'map') {
      context.report('POD_OBJECT_UNNAMED', { kind: kind ?? 'an object' }, document);
      continue;
    }
    if (kind === 'Secret') needs.push(...secretNeeds(document, name, context));
    else objects.push(...configMap(document, name, context));
  }
  return { objects, needs };
}

function secretNeeds(document: MapValue, name: string, context: PodContext): readonly ClusterObjectRef[] {
  const keys = ['data', 'stringData'].flatMap((field) => entriesOf(entryOf(document, field)).map(([key]) => key));
  context.report('POD_SECRET_OBJECT', { name, keys }, document);
  return [...new Set(keys)].map((key) => ({ kind: 'Secret', name, key, optional: false }));
}

/** The ConfigMap without the cluster's own metadata and without secrets; what is known only at run time cannot stand in it. */
function configMap(document: MapValue, name: string, context: PodContext): readonly MapValue[] {
  for (const field of ['data', 'binaryData'])
    for (const [key, value] of entriesOf(entryOf(document, field)))
      if (partsOf(value).some((part) => part.kind === 'runtime')) {
        context.report('POD_OBJECT_RUNTIME', { name, key }, value);
        return [];
      }
  const metadata = asMap(entryOf(document, 'metadata'));
  const kept = map(
    ['name', 'labels', 'annotations'].map((field) => [field, metadata?.entries.get(field)]),
    metadata?.from ?? document.from,
  );
  const data = asMap(entryOf(document, 'data'));
  return [
    withEntry(
      withEntry(document, 'metadata', kept),
      'data',
      data === undefined ? undefined : withoutSecrets(data, name, context),
    ),
  ];
}

function withoutSecrets(data: MapValue, name: string, context: PodContext): MapValue {
  const entries = [...data.entries].filter(([key, value]) => {
    const written = partsOf(value)
      .map((part) => (part.kind === 'runtime' ? '' : part.text))
      .join('');
    if (!looksSecret(key, written)) return true;
    context.report('POD_CONFIG_SECRET', { name, key }, value);
    return false;
  });
  return { ...data, entries: new Map(entries) };
}
