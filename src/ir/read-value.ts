import type { SourceSpan } from '../core/source.ts';
import type { MapValue, Provenance, TextPart, TextValue, Value } from './value.ts';

/** The text of one environment; undefined where a part is known only at run time, or where the value is no text. */
export function staticText(value: Value | undefined): string | undefined {
  if (value?.kind !== 'text') return undefined;
  let text = '';
  for (const part of value.parts) {
    if (part.kind === 'runtime') return undefined;
    text += part.text;
  }
  return text;
}

/** As `staticText`, and numbers and booleans as YAML writes them. */
export function staticScalar(value: Value | undefined): string | undefined {
  if (value?.kind === 'scalar') return value.value === null ? undefined : String(value.value);
  return staticText(value);
}

/** The whole number a value holds, also when written as text. */
export function staticInteger(value: Value | undefined): number | undefined {
  const written = staticScalar(value);
  return written !== undefined && /^-?\d{1,15}$/.test(written.trim()) ? Number(written) : undefined;
}

export function entryOf(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  let at: Value | undefined = value;
  for (const key of path) {
    if (typeof key === 'number') at = at?.kind === 'list' ? at.items[key] : undefined;
    else at = at?.kind === 'map' ? at.entries.get(key) : undefined;
  }
  return at;
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : [];
}

export function entriesOf(value: Value | undefined): readonly (readonly [string, Value])[] {
  return value?.kind === 'map' ? [...value.entries] : [];
}

export function asMap(value: Value | undefined): MapValue | undefined {
  return value?.kind === 'map' ? value : undefined;
}

export function asText(value: Value | undefined): TextValue | undefined {
  return value?.kind === 'text' ? value : undefined;
}

/** All text parts below a value, in document order. */
export function partsOf(value: Value): readonly TextPart[] {
  switch (value.kind) {
    case 'text':
      return value.parts;
    case 'scalar':
      return [];
    case 'list':
      return value.items.flatMap(partsOf);
    case 'map':
      return [...value.entries.values()].flatMap(partsOf);
  }
}

/** A copy with every text value below replaced by what `change` gives. */
export function mapTexts(value: Value, change: (text: TextValue) => Value): Value {
  switch (value.kind) {
    case 'text':
      return change(value);
    case 'scalar':
      return value;
    case 'list':
      return { ...value, items: value.items.map((item) => mapTexts(item, change)) };
    case 'map':
      return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, mapTexts(entry, change)])) };
  }
}

/** The place in the legacy tree a value came from, the nearest first. */
export function spanOf(from: Provenance): SourceSpan | undefined {
  switch (from.via) {
    case 'literal':
    case 'jinja':
    case 'export':
    case 'include':
      return from.span;
    case 'rule':
      for (const origin of from.from) {
        const span = spanOf(origin);
        if (span !== undefined) return span;
      }
      return undefined;
    case 'default':
      return undefined;
  }
}
