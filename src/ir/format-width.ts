import type { FormatPart } from './session-expr.ts';

/** How many digits a token always yields for years 1000 to 9999; undefined where the width varies or the text is no number. */
export function digitsOf(part: FormatPart): number | undefined {
  if (part.kind === 'literal') return undefined;
  return (
    {
      YYYY: 4,
      YY: 2,
      MM: 2,
      DD: 2,
      HH: 2,
      hh: 2,
      kk: 2,
      mm: 2,
      ss: 2,
      DDDD: 3,
      WW: 2,
      ww: 2,
      GGGG: 4,
      gggg: 4,
      SSS: 3,
      Q: 1,
      d: 1,
      E: 1,
      e: 1,
      x: 13,
      X: 10,
    } as Readonly<Record<string, number>>
  )[part.token];
}
