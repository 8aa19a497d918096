import { textOf } from '../../ir/build-value.ts';
import { staticScalar, staticText } from '../../ir/read-value.ts';
import type { Provenance, TextPart, TextValue, Value } from '../../ir/value.ts';
import { flatten } from '../macros/flat-text.ts';

/** The characters [start, end) of a text, run-time parts counted as one character each. */
export function cutText(value: TextValue, start: number, end?: number): TextValue {
  const flat = flatten(value);
  return textOf(flat.cut(start, end ?? flat.text.length), value.from);
}

/** The text with HOLE for each run-time part. */
export function shapeOf(value: TextValue): string {
  return flatten(value).text;
}

export function trimEnd(value: TextValue): TextValue {
  const shape = shapeOf(value);
  const end = shape.replace(/\n+$/, '').length;
  return end === shape.length ? value : cutText(value, 0, end);
}

/** What a process finds in its environment for a parameter: texts as they are, the rest as Digdag prints it. */
export function environmentText(value: Value): TextValue {
  if (value.kind === 'text') return value;
  const written = value.kind === 'scalar' ? (staticScalar(value) ?? '') : JSON.stringify(plain(value));
  return textOf([{ kind: 'literal', text: written, from: value.from }], value.from);
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return staticText(value) ?? shapeOf(value);
    case 'scalar':
      return typeof value.value === 'bigint' ? Number(value.value) : value.value;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
  }
}

/** Equal for texts that are always the same; run-time parts by their expression. */
export function textKey(value: TextValue): string {
  return value.parts
    .map((part) => (part.kind === 'runtime' ? `\u0000${JSON.stringify(part.expr)}\u0000` : part.text))
    .join('');
}

/** For people: run-time parts as they were called or written. */
export function readableText(value: TextValue): string {
  return value.parts.map(readablePart).join('');
}

function readablePart(part: TextPart): string {
  if (part.kind !== 'runtime') return part.text;
  switch (part.expr.kind) {
    case 'opaque':
    case 'unique':
      return part.expr.source;
    case 'item':
      return `\${${part.expr.key}}`;
    default:
      return `\${${part.name ?? part.expr.kind}}`;
  }
}

/** Splits at blanks as the shell does for what was expanded outside quotes. */
export function fieldsOf(value: TextValue): readonly TextValue[] {
  const flat = flatten(value);
  return [...flat.text.matchAll(/[^ \t\n]+/g)].map((match) =>
    textOf(flat.cut(match.index, match.index + match[0].length), value.from),
  );
}

export function literalText(text: string, from: Provenance): TextValue {
  return textOf([{ kind: 'literal', text, from }], from);
}
