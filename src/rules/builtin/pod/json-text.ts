import { compareText } from '../../../core/order.ts';
import { textOf } from '../../../ir/build-value.ts';
import type { Provenance, TextPart, TextValue, Value } from '../../../ir/value.ts';

/** A value as one JSON text with sorted keys; variable and run-time parts stay parts. */
export function jsonText(value: Value, from: Provenance): TextValue {
  return textOf(write(value, from), from);
}

function write(value: Value, from: Provenance): readonly TextPart[] {
  const literal = (text: string): TextPart => ({ kind: 'literal', text, from });
  switch (value.kind) {
    case 'scalar':
      return [literal(typeof value.value === 'bigint' ? String(value.value) : JSON.stringify(value.value))];
    case 'text':
      return [literal('"'), ...value.parts.map((part) => inString(part, from)), literal('"')];
    case 'list':
      return [
        literal('['),
        ...joined(
          value.items.map((item) => write(item, from)),
          literal(','),
        ),
        literal(']'),
      ];
    case 'map': {
      const entries = [...value.entries].sort(([a], [b]) => compareText(a, b));
      return [
        literal('{'),
        ...joined(
          entries.map(([key, entry]) => [literal(`${JSON.stringify(key)}:`), ...write(entry, from)]),
          literal(','),
        ),
        literal('}'),
      ];
    }
  }
}

/** A variable whose text JSON must escape cannot stay a reference: the reference would be pasted in as it is. */
function inString(part: TextPart, from: Provenance): TextPart {
  if (part.kind === 'runtime') return part;
  const escaped = JSON.stringify(part.text).slice(1, -1);
  if (part.kind === 'variable' && escaped === part.text) return part;
  return { kind: 'literal', text: escaped, from };
}

function joined(groups: readonly (readonly TextPart[])[], separator: TextPart): readonly TextPart[] {
  return groups.flatMap((group, at) => (at === 0 ? group : [separator, ...group]));
}
