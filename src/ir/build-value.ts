import type { ListValue, MapValue, Provenance, RuntimeExpr, TextPart, TextValue, Value } from './value.ts';

/** Provenance of what a rule or default of ours adds. */
export function byRule(rule: string, from: readonly Provenance[] = []): Provenance {
  return { via: 'rule', rule, from };
}

export function byDefault(reason: string): Provenance {
  return { via: 'default', reason };
}

export function text(value: string, from: Provenance): TextValue {
  return { kind: 'text', parts: value === '' ? [] : [{ kind: 'literal', text: value, from }], from, control: [] };
}

export function runtimeText(expr: RuntimeExpr, from: Provenance, name?: string): TextValue {
  return {
    kind: 'text',
    parts: [{ kind: 'runtime', expr, from, ...(name === undefined ? {} : { name }) }],
    from,
    control: [],
  };
}

export function textOf(parts: readonly TextPart[], from: Provenance): TextValue {
  return { kind: 'text', parts: joinLiterals(parts), from, control: [] };
}

export function scalar(value: number | bigint | boolean | null, from: Provenance): Value {
  return { kind: 'scalar', value, from, control: [] };
}

export function list(items: readonly Value[], from: Provenance): ListValue {
  return { kind: 'list', items, from, control: [] };
}

/** A map from entries in order; undefined values are left out. */
export function map(entries: Iterable<readonly [string, Value | undefined]>, from: Provenance): MapValue {
  const present = [...entries].filter((entry): entry is readonly [string, Value] => entry[1] !== undefined);
  return { kind: 'map', entries: new Map(present), from, control: [] };
}

/** A copy with one entry set (in place, or at the end) or, for undefined, removed. */
export function withEntry(of: MapValue, key: string, value: Value | undefined): MapValue {
  const entries = new Map(of.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  return { ...of, entries };
}

/** Texts one after the other, as one text value. */
export function concat(values: readonly TextValue[], from: Provenance): TextValue {
  return textOf(
    values.flatMap((value) => value.parts),
    from,
  );
}

/** Neighbouring literals of one origin become one part; empty ones vanish. */
function joinLiterals(parts: readonly TextPart[]): readonly TextPart[] {
  const joined: TextPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === 'literal' && part.text === '') continue;
    if (part.kind === 'literal' && last?.kind === 'literal' && last.from === part.from)
      joined[joined.length - 1] = { ...last, text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}
