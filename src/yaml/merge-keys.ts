import type { SourceSpan } from '../core/source.ts';
import type { YamlEntry, YamlNode } from './node.ts';

export interface KeyedEntry {
  readonly key: YamlNode;
  readonly merge: boolean;
  readonly entry: YamlEntry;
}

export function isMergeKey(key: YamlNode): boolean {
  return key.kind === 'string' && key.value === '<<' && key.style === 'plain';
}

/**
 * The entries of one mapping with `<<` resolved as SnakeYAML does: a merged key stands where `<<` stands,
 * own keys override in place, the first of several merged mappings wins.
 * Keys that are equal only after conversion (`1` and `01`) count once: the later one.
 */
export function mergeEntries(
  keyed: readonly KeyedEntry[],
): { readonly entries: readonly YamlEntry[] } | { readonly found: string; readonly span: SourceSpan } {
  const entries = new Map<string, YamlEntry>();
  const own = new Set<string>();
  for (const { merge, entry } of keyed) {
    if (!merge) {
      if (own.has(entry.key)) entries.delete(entry.key);
      own.add(entry.key);
      entries.set(entry.key, entry);
      continue;
    }
    const sources = entry.value.kind === 'list' ? entry.value.items : [entry.value];
    for (const source of sources) {
      if (source.kind !== 'map') return { found: nameOf(source), span: entry.value.span };
      for (const merged of source.entries) if (!entries.has(merged.key)) entries.set(merged.key, merged);
    }
  }
  return { entries: [...entries.values()] };
}

/** How messages call a value of the wrong kind. */
export function nameOf(node: YamlNode): string {
  switch (node.kind) {
    case 'map':
      return 'a mapping';
    case 'list':
      return 'a list';
    case 'null':
      return 'nothing';
    case 'bool':
      return node.value ? 'true' : 'false';
    case 'string':
    case 'date':
      return `the text ${JSON.stringify(node.value)}`;
    case 'int':
    case 'float':
      return `the number ${node.value}`;
  }
}
