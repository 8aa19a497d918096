import type { YamlEntry, YamlMap } from './types.ts';

/**
 * Splices the entries of an included file behind what stands before it: mappings of one name are merged deeply and the
 * include wins on leaves; anything else is replaced at its place. What is lost goes to `replaced`.
 */
export function mergeInclude(
  before: readonly YamlEntry[],
  included: readonly YamlEntry[],
  replaced: YamlEntry[],
): readonly YamlEntry[] {
  const entries = [...before];
  for (const entry of included) {
    const at = entries.findIndex((other) => other.key === entry.key);
    const known = entries[at];
    if (known === undefined) {
      entries.push(entry);
      continue;
    }
    if (known.value.kind === 'map' && entry.value.kind === 'map') {
      const value: YamlMap = {
        ...known.value,
        entries: mergeInclude(known.value.entries, entry.value.entries, replaced),
      };
      entries[at] = { ...known, value };
    } else {
      replaced.push(known);
      entries[at] = entry;
    }
  }
  return entries;
}
