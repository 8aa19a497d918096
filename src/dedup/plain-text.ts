import { staticText } from '../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../ir/value.ts';

/** The text of a leaf: of numbers and booleans as YAML writes them. Bodies hold no run-time parts. */
export function leafText(value: Value): string {
  if (value.kind === 'scalar') return String(value.value);
  return staticText(value) ?? '';
}

/** A value as a report shows it; empty where there is none. */
export function shownValue(value: Value | undefined): string {
  if (value === undefined) return '';
  return value.kind === 'text' || value.kind === 'scalar' ? leafText(value) : plainKey(value);
}

/** The characters `[start, end)` of a text, each with its origin. A variable that is cut becomes literal: it is not that variable any more. */
export function sliceText(value: TextValue, start: number, end: number): TextValue {
  const parts: TextPart[] = [];
  let at = 0;
  for (const part of value.parts) {
    const text = part.kind === 'runtime' ? '' : part.text;
    const from = Math.max(start, at) - at;
    const to = Math.min(end, at + text.length) - at;
    at += text.length;
    if (from >= to) continue;
    if (from === 0 && to === text.length) parts.push(part);
    else parts.push({ kind: 'literal', text: text.slice(from, to), from: part.from });
  }
  return { kind: 'text', parts, from: value.from, control: value.control };
}

/** Values never change, and the same ones are compared again and again. */
const plainKeys = new WeakMap<Value, string>();

/** Equal for values that make the same manifest; where they came from does not count, and no value is a value of its own. */
export function plainKey(value: Value | undefined): string {
  if (value === undefined) return '';
  const known = plainKeys.get(value);
  if (known !== undefined) return known;
  const key = keyOf(value, (leaf) => (leaf.kind === 'text' ? JSON.stringify(leafText(leaf)) : leafText(leaf)));
  plainKeys.set(value, key);
  return key;
}

/** As `plainKey`, but numbers count as their text: a tag always makes a text, and the fields it stands in take both. */
export function textKey(value: Value): string {
  return keyOf(value, (leaf) => JSON.stringify(leafText(leaf)));
}

function keyOf(value: Value, leafKey: (leaf: Value) => string): string {
  switch (value.kind) {
    case 'text':
    case 'scalar':
      return leafKey(value);
    case 'list':
      return `[${value.items.map((item) => keyOf(item, leafKey)).join(',')}]`;
    case 'map':
      return `{${[...value.entries]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => `${JSON.stringify(key)}:${keyOf(entry, leafKey)}`)
        .join(',')}}`;
  }
}
