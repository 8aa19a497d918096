import { byRule, list, map, scalar, text } from '../ir/build-value.ts';
import type { Value } from '../ir/value.ts';

/** JSON-like data, as code writes it down. */
export type PlainData =
  | string
  | number
  | boolean
  | null
  | readonly PlainData[]
  | { readonly [key: string]: PlainData | Value | undefined };

/** Data as a Value made by a rule; Values inside are kept as they are, undefined entries are left out. */
export function fromPlain(data: PlainData | Value, rule: string): Value {
  const from = byRule(rule);
  if (typeof data === 'string') return text(data, from);
  if (typeof data === 'number' || typeof data === 'boolean' || data === null) return scalar(data, from);
  if (Array.isArray(data))
    return list(
      data.map((item: PlainData) => fromPlain(item, rule)),
      from,
    );
  if (isValue(data)) return data;
  return map(
    Object.entries(data).map(([key, entry]) => [
      key,
      entry === undefined ? undefined : fromPlain(entry as PlainData | Value, rule),
    ]),
    from,
  );
}

function isValue(data: object): data is Value {
  return 'kind' in data && 'from' in data && 'control' in data;
}
