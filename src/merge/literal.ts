import { textOf } from '../ir/build-value.ts';
import { staticText } from '../ir/read-value.ts';
import type { TextValue } from '../ir/value.ts';

/** The text with its variables' values as plain text. */
export function literal(value: TextValue): TextValue {
  const written = staticText(value);
  if (written === undefined) throw new Error('a converted workflow holds no run-time text');
  const made = value.parts.every((part) => part.kind === 'literal')
    ? value
    : textOf(
        value.parts.map((part) => ({
          kind: 'literal',
          text: part.kind === 'runtime' ? '' : part.text,
          from: part.from,
        })),
        value.from,
      );
  return { ...value, parts: made.parts };
}
