import { entryOf, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';

/**
 * How the items of a list are told apart: by `name` or mount path, by flag (`--table=…`), else by position. Two items that would
 * share a key make all keys of the list positions.
 */
export function itemKeys(items: readonly Value[]): readonly string[] {
  const keys = items.map((item, at) => keyOf(item) ?? String(at));
  return new Set(keys).size === keys.length ? keys : items.map((_, at) => String(at));
}

function keyOf(item: Value): string | undefined {
  if (item.kind === 'text') return /^--?[A-Za-z][\w-]*(?==)/.exec(staticText(item) ?? '')?.[0];
  if (item.kind !== 'map') return undefined;
  return (
    staticText(entryOf(item, 'mountPath')) ??
    staticText(entryOf(item, 'name')) ??
    staticText(entryOf(item, 'secretRef', 'name')) ??
    staticText(entryOf(item, 'configMapRef', 'name')) ??
    staticText(entryOf(item, 'key'))
  );
}
