import type { MergeKeys } from './merge-keys.ts';
import { asMap, isList, isMap, type KMap, type KValue, textOf } from './value.ts';

/** What a patch leaves of an object; undefined where it deletes it. */
export function mergePatch(object: KMap, patch: KMap, keys: MergeKeys): KMap | undefined {
  const merger = new Merger(keys, textOf(object['kind']), textOf(object['apiVersion']));
  const merged = merger.merge(object, patch, []);
  return isMap(merged) ? merged : undefined;
}

class Merger {
  readonly #keys: MergeKeys;
  readonly #kind: string;
  readonly #apiVersion: string;

  constructor(keys: MergeKeys, kind: string, apiVersion: string) {
    this.#keys = keys;
    this.#kind = kind;
    this.#apiVersion = apiVersion;
  }

  /** undefined: the value is removed. */
  merge(base: KValue | undefined, patch: KValue, path: readonly string[]): KValue | undefined {
    if (patch === null) return undefined;
    if (isMap(patch)) return this.#mergeMaps(isMap(base) ? base : {}, patch, path);
    if (isList(patch)) return this.#mergeLists(isList(base) ? base : [], patch, path);
    return patch;
  }

  #mergeMaps(base: KMap, patch: KMap, path: readonly string[]): KMap | undefined {
    const { $patch: directive, ...fields } = patch;
    if (directive === 'delete') return undefined;
    if (directive === 'replace') return fields;
    const merged: Record<string, KValue> = { ...base };
    for (const [key, value] of Object.entries(fields)) {
      const result = this.merge(base[key], value, [...path, key]);
      if (result === undefined) delete merged[key];
      else merged[key] = result;
    }
    return merged;
  }

  /** Without a key the patch takes the list's place, directives and all. With one, patched elements come first. */
  #mergeLists(base: readonly KValue[], patch: readonly KValue[], path: readonly string[]): readonly KValue[] {
    const key = this.#keys.keyOf(this.#kind, this.#apiVersion, path);
    if (key === undefined || !patch.every(isMap)) return patch;
    if (patch.some((item) => asMap(item)['$patch'] === 'replace'))
      return patch.filter((item) => asMap(item)['$patch'] !== 'replace');
    const named = (items: readonly KValue[], name: KValue | undefined): KValue | undefined =>
      items.find((item) => asMap(item)[key] === name);
    const patched = patch.flatMap((item) => {
      const result = this.merge(named(base, asMap(item)[key]), item, [...path, '[]']);
      return result === undefined ? [] : [result];
    });
    return [...patched, ...base.filter((item) => named(patch, asMap(item)[key]) === undefined)];
  }
}
