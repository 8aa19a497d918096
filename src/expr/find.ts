/** A piece of a Digdag string. Offsets are into the string as given. */
export type DigTextPart =
  /** `text` is what comes out: `$$` has become `$`. */
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  /** `${source}`; an empty source yields the empty text. */
  | { readonly kind: 'expression'; readonly source: string; readonly start: number; readonly end: number };

/** A word in lower case letters and a colon right behind `${` is left for others (`${secret:key}`). */
const opening = /\$\{(?![a-z]+:)/g;

/**
 * The expressions of a string by Digdag's own delimiter rules: braces are counted with no regard to quotes,
 * and what is not closed is text to the end of the string.
 */
export function findExpressions(text: string): readonly DigTextPart[] {
  const parts: DigTextPart[] = [];
  let at = 0;
  while (at < text.length) {
    opening.lastIndex = at;
    const match = opening.exec(text);
    // An opening at the very end has nothing behind it, which Digdag's pattern does not take for an expression.
    const start = match === null || match.index + 2 >= text.length ? undefined : match.index;
    const end = start === undefined ? undefined : closingBrace(text, start + 2);
    if (start === undefined || end === undefined) {
      parts.push(plain(text, at, text.length));
      break;
    }
    if (start > at) parts.push(plain(text, at, start));
    parts.push({ kind: 'expression', source: text.slice(start + 2, end), start, end: end + 1 });
    at = end + 1;
  }
  return parts;
}

function plain(text: string, start: number, end: number): DigTextPart {
  return { kind: 'text', text: text.slice(start, end).replace(/\$\$/g, () => '$'), start, end };
}

/** The offset of the brace that closes an expression whose text begins at `from`. */
function closingBrace(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return at;
  }
  return undefined;
}
