import type { SourceSpan } from '../core/source.ts';
import { isList, isMap, type KValue } from '../kustomize/value.ts';
import { itemsOf, type LintEntry, type LintNode, nameOf } from './node.ts';

/**
 * A built object with places in the files it was built from: the first source that has a value at the same path, list
 * elements found by their name, else the place of what is around it.
 */
export function placed(value: KValue, sources: readonly LintNode[], around: SourceSpan): LintNode {
  const span = sources[0]?.span ?? around;
  if (isList(value))
    return {
      kind: 'list',
      items: value.map((item, index) =>
        placed(
          item,
          sources.flatMap((source) => elementOf(source, item, index)),
          span,
        ),
      ),
      span,
    };
  if (isMap(value)) {
    const entries = new Map<string, LintEntry>();
    for (const [key, item] of Object.entries(value)) {
      const found = sources.flatMap((source) => (source.kind === 'map' ? (source.entries.get(key) ?? []) : []));
      entries.set(key, {
        keySpan: found[0]?.keySpan ?? span,
        value: placed(
          item,
          found.map((entry) => entry.value),
          span,
        ),
      });
    }
    return { kind: 'map', entries, span };
  }
  if (value === null) return { kind: 'null', value, span };
  return { kind: typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : 'number', value, span };
}

function elementOf(source: LintNode, item: KValue, index: number): readonly LintNode[] {
  const items = itemsOf(source);
  const name = isMap(item) && typeof item['name'] === 'string' ? item['name'] : undefined;
  const named = name === undefined ? undefined : items.find((other) => nameOf(other) === name);
  const found =
    named ?? (name === undefined || items.every((other) => nameOf(other) === '') ? items[index] : undefined);
  return found === undefined ? [] : [found];
}
