import type { TextPart, Value } from '../../../ir/value.ts';

/** A value as the text of a variable: a text as it is, everything else as JSON. */
export function templateParts(value: Value): readonly TextPart[] {
  return value.kind === 'text' ? value.parts : jsonParts(value);
}

/** JSON (where `instead` gives none for a value inside) with the parts of its texts in place; what is known only at run time stands unescaped, as session texts never need it. */
export function jsonParts(
  value: Value,
  instead: (value: Value) => readonly TextPart[] | undefined = () => undefined,
): readonly TextPart[] {
  const own = instead(value);
  if (own !== undefined) return own;
  const literal = (written: string): TextPart => ({ kind: 'literal', text: written, from: value.from });
  switch (value.kind) {
    case 'scalar':
      return [literal(String(value.value))];
    case 'text':
      return [
        literal('"'),
        ...value.parts.map((part) =>
          part.kind === 'runtime' ? part : { ...part, text: JSON.stringify(part.text).slice(1, -1) },
        ),
        literal('"'),
      ];
    case 'list':
      return [
        literal('['),
        ...value.items.flatMap((item, at) => [...(at > 0 ? [literal(',')] : []), ...jsonParts(item, instead)]),
        literal(']'),
      ];
    case 'map':
      return [
        literal('{'),
        ...[...value.entries].flatMap(([key, entry], at) => [
          literal(`${at > 0 ? ',' : ''}${JSON.stringify(key)}:`),
          ...jsonParts(entry, instead),
        ]),
        literal('}'),
      ];
  }
}
