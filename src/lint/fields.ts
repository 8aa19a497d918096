import { argoTypes } from './argo-types.ts';

/** The type of a field, as written in the table. */
export type FieldType = string;

const parsed = new Map<string, ReadonlyMap<string, FieldType>>();

/** The fields of a type of the table; undefined for `any` and scalar types. */
export function fieldsOf(type: FieldType): ReadonlyMap<string, FieldType> | undefined {
  const known = parsed.get(type);
  if (known !== undefined) return known;
  const written = Object.hasOwn(argoTypes, type) ? argoTypes[type] : undefined;
  if (written === undefined) return undefined;
  const fields = new Map(
    written
      .split(' ')
      .filter((field) => field !== '')
      .map((field) => field.split('=') as [string, FieldType]),
  );
  parsed.set(type, fields);
  return fields;
}

/** What a list or map of a type holds. */
export function elementOf(type: FieldType): { readonly kind: 'list' | 'map' | 'single'; readonly element: FieldType } {
  if (type.startsWith('[')) return { kind: 'list', element: type.slice(1, -1) };
  return type.startsWith('{') ? { kind: 'map', element: type.slice(1, -1) } : { kind: 'single', element: type };
}

/** A field of the same type whose name is close. */
export function nearestField(name: string, fields: ReadonlyMap<string, FieldType>): string | undefined {
  const lower = name.toLowerCase();
  const same = [...fields.keys()].find((field) => field.toLowerCase() === lower);
  if (same !== undefined) return same;
  const near = [...fields.keys()]
    .map((field) => ({ field, distance: distance(lower, field.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.field < b.field ? -1 : 1));
  const [best] = near;
  return best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 4)) ? best.field : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
