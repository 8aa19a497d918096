/**
 * Go's time layouts, split into chunks.
 * @see Go 1.25 time/format.go, nextStdChunk
 */

export type LayoutField =
  | 'long-year'
  | 'short-year'
  | 'long-month'
  | 'short-month'
  | 'number-month'
  | 'zero-month'
  | 'long-weekday'
  | 'short-weekday'
  | 'day'
  | 'blank-day'
  | 'zero-day'
  | 'blank-year-day'
  | 'zero-year-day'
  | 'hour'
  | 'hour-12'
  | 'zero-hour-12'
  | 'minute'
  | 'zero-minute'
  | 'second'
  | 'zero-second'
  | 'PM'
  | 'pm'
  | 'zone-name'
  | 'offset'
  | 'fraction';

export interface OffsetStyle {
  /** `Z` for an offset of zero, as in `Z07:00`. */
  readonly zulu: boolean;
  readonly colon: boolean;
  readonly precision: 'hour' | 'minute' | 'second';
}

export interface FractionStyle {
  readonly mark: '.' | ',';
  readonly digits: number;
  /** `999` drops trailing zeros, `000` keeps them. */
  readonly trims: boolean;
}

export type LayoutChunk =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly field: LayoutField;
      readonly offset?: OffsetStyle;
      readonly fraction?: FractionStyle;
    };

const offsets: readonly (readonly [string, OffsetStyle])[] = ['-', 'Z'].flatMap((mark) =>
  (
    [
      ['070000', false, 'second'],
      ['07:00:00', true, 'second'],
      ['0700', false, 'minute'],
      ['07:00', true, 'minute'],
      ['07', false, 'hour'],
    ] as const
  ).map(([text, colon, precision]) => [`${mark}${text}`, { zulu: mark === 'Z', colon, precision }] as const),
);

/** In the order in which Go tries them; `!` forbids a lower-case letter behind. */
const fixed: readonly (readonly [string, LayoutField])[] = [
  ['January', 'long-month'],
  ['Jan!', 'short-month'],
  ['Monday', 'long-weekday'],
  ['Mon!', 'short-weekday'],
  ['MST', 'zone-name'],
  ['01', 'zero-month'],
  ['02', 'zero-day'],
  ['03', 'zero-hour-12'],
  ['04', 'zero-minute'],
  ['05', 'zero-second'],
  ['06', 'short-year'],
  ['002', 'zero-year-day'],
  ['15', 'hour'],
  ['1', 'number-month'],
  ['2006', 'long-year'],
  ['2', 'day'],
  ['_2', 'blank-day'],
  ['__2', 'blank-year-day'],
  ['3', 'hour-12'],
  ['4', 'minute'],
  ['5', 'second'],
  ['PM', 'PM'],
  ['pm', 'pm'],
];

export function layoutChunks(layout: string): readonly LayoutChunk[] {
  const chunks: LayoutChunk[] = [];
  let literal = '';
  let at = 0;
  while (at < layout.length) {
    const found = fieldAt(layout, at);
    if (found === undefined) {
      literal += layout[at];
      at += 1;
      continue;
    }
    if (literal !== '') chunks.push({ kind: 'literal', text: literal });
    literal = '';
    chunks.push(found.chunk);
    at += found.length;
  }
  if (literal !== '') chunks.push({ kind: 'literal', text: literal });
  return chunks;
}

function fieldAt(layout: string, at: number): { readonly chunk: LayoutChunk; readonly length: number } | undefined {
  // `_2006` is a literal underscore and a year.
  if (layout.startsWith('_2006', at)) return undefined;
  for (const [pattern, field] of fixed) {
    const text = pattern.replace('!', '');
    if (!layout.startsWith(text, at)) continue;
    if (pattern.endsWith('!') && /[a-z]/.test(layout[at + text.length] ?? '')) continue;
    return { chunk: { kind: 'field', field }, length: text.length };
  }
  for (const [text, offset] of offsets)
    if (layout.startsWith(text, at)) return { chunk: { kind: 'field', field: 'offset', offset }, length: text.length };
  const fraction = /^([.,])(0+|9+)(?!\d)/.exec(layout.slice(at));
  if (fraction === null) return undefined;
  const [text, mark, digits = ''] = fraction;
  const style: FractionStyle = { mark: mark === ',' ? ',' : '.', digits: digits.length, trims: digits.startsWith('9') };
  return { chunk: { kind: 'field', field: 'fraction', fraction: style }, length: text.length };
}
