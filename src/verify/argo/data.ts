import type { Plain } from '../effect.ts';

/** Readers of plain data: what is not of the wanted kind reads as empty. */
export type PlainMap = { readonly [key: string]: Plain };

export function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

export function asMap(value: Plain | undefined): PlainMap {
  return isMap(value) ? value : {};
}

export function asList(value: Plain | undefined): readonly Plain[] {
  return isList(value) ? value : [];
}

/** Argo's AnyString: numbers and booleans as their text. */
export function asText(value: Plain | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function named(list: Plain | undefined, name: string): PlainMap | undefined {
  return asList(list)
    .map(asMap)
    .find((item) => item['name'] === name);
}
