import { staticScalar, staticText } from '../../../ir/read-value.ts';
import type { Value } from '../../../ir/value.ts';

/** A loop variable as the key of an item and the name of an input: `range.from` is `range_from`, because Argo's names have no dots. */
export function itemKey(variable: string): string {
  return variable.replaceAll(/[^A-Za-z0-9_]/g, '_');
}

/** The text that Digdag puts in place of `${v}`: nothing for null, JSON for lists and maps. Undefined where a part is known only at run time. */
export function writtenValue(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'scalar') return value.value === null ? '' : staticScalar(value);
  if (value.kind === 'text') return staticText(value);
  return jsonText(value);
}

function jsonText(value: Value): string | undefined {
  switch (value.kind) {
    case 'scalar':
      return String(value.value);
    case 'text': {
      const written = staticText(value);
      return written === undefined ? undefined : JSON.stringify(written);
    }
    case 'list': {
      const items = value.items.map(jsonText);
      return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
    }
    case 'map': {
      const entries = [...value.entries].map(([key, entry]) => [key, jsonText(entry)] as const);
      if (entries.some(([, entry]) => entry === undefined)) return undefined;
      return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${entry}`).join(',')}}`;
    }
  }
}
