import type { Plain } from '../effect.ts';

export interface PlainDifference {
  /** Items of named lists stand by their name: `containers[main].args[0]`. */
  readonly path: string;
  readonly legacy: Plain | undefined;
  readonly argo: Plain | undefined;
}

export type PlainMap = { readonly [key: string]: Plain };

/** Every place at which two values differ. */
export function plainDifferences(
  legacy: Plain | undefined,
  argo: Plain | undefined,
  path = '',
): readonly PlainDifference[] {
  if (isList(legacy) && isList(argo)) return listDifferences(legacy, argo, path);
  if (isMap(legacy) && isMap(argo))
    return [...new Set([...Object.keys(legacy), ...Object.keys(argo)])]
      .sort()
      .flatMap((key) => plainDifferences(legacy[key], argo[key], path === '' ? key : `${path}.${key}`));
  return JSON.stringify(legacy) === JSON.stringify(argo) ? [] : [{ path, legacy, argo }];
}

function listDifferences(legacy: readonly Plain[], argo: readonly Plain[], path: string): readonly PlainDifference[] {
  const named = [...legacy, ...argo].every((item) => typeof asMap(item)['name'] === 'string');
  const key = (item: Plain, index: number): string => (named ? String(asMap(item)['name']) : String(index));
  const [mine, theirs] = [legacy, argo].map((list) => new Map(list.map((item, index) => [key(item, index), item])));
  const keys = [...new Set([...(mine?.keys() ?? []), ...(theirs?.keys() ?? [])])];
  const found = keys.flatMap((name) => plainDifferences(mine?.get(name), theirs?.get(name), `${path}[${name}]`));
  // Lists of equal items in another order: the order counts, or the canonical form would have sorted them.
  if (found.length === 0 && JSON.stringify([...(mine?.keys() ?? [])]) !== JSON.stringify([...(theirs?.keys() ?? [])]))
    return [{ path, legacy: keysOf(mine), argo: keysOf(theirs) }];
  return found;
}

function keysOf(items: ReadonlyMap<string, Plain> | undefined): Plain {
  return [...(items?.keys() ?? [])];
}

export function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asMap(value: Plain | undefined): PlainMap {
  return isMap(value) ? value : {};
}

function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

export function asList(value: Plain | undefined): readonly Plain[] {
  return isList(value) ? value : [];
}

/** Both values in a report; a text and a number that look alike show what they are. */
export function shown({ legacy, argo }: Pick<PlainDifference, 'legacy' | 'argo'>): {
  readonly legacy: string;
  readonly argo: string;
} {
  const texts = { legacy: shownOne(legacy), argo: shownOne(argo) };
  return texts.legacy === texts.argo
    ? { legacy: JSON.stringify(legacy) ?? '(none)', argo: JSON.stringify(argo) ?? '(none)' }
    : texts;
}

function shownOne(value: Plain | undefined): string {
  if (value === undefined) return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
