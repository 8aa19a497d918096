/** Plain data of an object. `bigint` only for integers that a number cannot hold. */
export type KValue = null | boolean | number | bigint | string | readonly KValue[] | KMap;
export interface KMap {
  readonly [key: string]: KValue;
}

export function isMap(value: KValue | undefined): value is KMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: KValue | undefined): value is readonly KValue[] {
  return Array.isArray(value);
}

export function asMap(value: KValue | undefined): KMap {
  return isMap(value) ? value : {};
}

export function asList(value: KValue | undefined): readonly KValue[] {
  return isList(value) ? value : [];
}

export function textOf(value: KValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** Entries in the order of the keys, as kustomize prints them. */
export function sortKeys(value: KValue): KValue {
  if (isList(value)) return value.map(sortKeys);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key] ?? null)]),
  );
}

export function sameValue(a: KValue, b: KValue): boolean {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, at) => sameValue(item, b[at] ?? null));
  if (!isMap(a))
    return (
      a === b ||
      (typeof a !== 'object' &&
        typeof b !== 'object' &&
        typeof a !== 'string' &&
        typeof b !== 'string' &&
        a !== null &&
        b !== null &&
        typeof a !== 'boolean' &&
        Number(a) === Number(b))
    );
  return (
    isMap(b) &&
    Object.keys(a).length === Object.keys(b).length &&
    Object.keys(a).every((key) => Object.hasOwn(b, key) && sameValue(a[key] ?? null, b[key] ?? null))
  );
}
