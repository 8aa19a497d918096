/** Python's idea of whitespace (str.isspace) as the inside of a character class. */
export const spaceClass = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const surrogate = /[\ud800-\udfff]/;
const leading = new RegExp(`^[${spaceClass}]+`);
const spaces = new RegExp(`[${spaceClass}]+`);
const onlySpaces = new RegExp(`^[${spaceClass}]+$`);

/** Code points; for most texts the same as UTF-16 units. */
export function codePoints(text: string): readonly string[] | string {
  return surrogate.test(text) ? Array.from(text) : text;
}

export function textLength(text: string): number {
  return codePoints(text).length;
}

/** Offsets [start, end) of what str.strip() leaves. `chars` undefined means whitespace. */
export function stripBounds(
  text: string,
  chars: string | undefined,
  sides: 'both' | 'left' | 'right',
): readonly [number, number] {
  let start = 0;
  let end = text.length;
  if (chars === undefined) {
    if (sides !== 'right') start = leading.exec(text)?.[0].length ?? 0;
    if (sides !== 'left') end = Math.max(start, stripEnd(text).length);
    return [start, Math.max(start, end)];
  }
  const set = new Set(chars);
  const points = Array.from(text);
  let first = 0;
  let last = points.length;
  while (sides !== 'right' && first < last && set.has(points[first] ?? '')) start += points[first++]?.length ?? 0;
  while (sides !== 'left' && last > first && set.has(points[last - 1] ?? '')) end -= points[--last]?.length ?? 0;
  return [start, end];
}

/** rstrip(), in time that grows with the spaces at the end only. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && onlySpaces.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

export function isSpace(text: string): boolean {
  return onlySpaces.test(text);
}

/** Offsets [start, end) of the lines str.splitlines() gives, without their line ends. */
export function lineBounds(text: string): readonly (readonly [number, number])[] {
  const bounds: [number, number][] = [];
  const ends = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
  let start = 0;
  for (const match of text.matchAll(ends)) {
    bounds.push([start, match.index]);
    start = match.index + match[0].length;
  }
  if (start < text.length) bounds.push([start, text.length]);
  return bounds;
}

export function splitLines(text: string, keepEnds = false): string[] {
  const bounds = lineBounds(text);
  return bounds.map(([start, end], at) => text.slice(start, keepEnds ? (bounds[at + 1]?.[0] ?? text.length) : end));
}

/** `text.split()` and `text.split(separator, limit)`; a negative limit means none. */
export function splitText(text: string, separator: string | undefined, limit: number): string[] {
  if (separator === undefined) return splitSpaces(text, limit);
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitSpaces(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text.replace(leading, '');
  while (rest !== '' && (limit < 0 || parts.length < limit)) {
    const match = spaces.exec(rest);
    if (match === null) break;
    parts.push(rest.slice(0, match.index));
    rest = rest.slice(match.index + match[0].length);
  }
  rest = limit < 0 ? rest : stripEnd(rest);
  return rest === '' ? parts : [...parts, rest];
}

export function splitTextFromRight(text: string, separator: string | undefined, limit: number): string[] {
  if (limit < 0) return splitText(text, separator, -1);
  if (separator !== undefined) {
    const parts = text.split(separator);
    if (parts.length <= limit + 1) return parts;
    const cut = parts.length - limit;
    return [parts.slice(0, cut).join(separator), ...parts.slice(cut)];
  }
  const parts: string[] = [];
  let rest = stripEnd(text);
  const last = new RegExp(`[${spaceClass}]+(?=[^${spaceClass}]*$)`);
  while (rest !== '' && parts.length < limit) {
    const match = last.exec(rest);
    if (match === null) break;
    parts.unshift(rest.slice(match.index + match[0].length));
    rest = rest.slice(0, match.index);
  }
  rest = rest.replace(leading, '');
  return rest === '' ? parts : [rest, ...parts];
}

export function capitalize(text: string): string {
  const [first = '', ...rest] = Array.from(text);
  return titleCase(first) + rest.join('').toLowerCase();
}

/** str.title(): the first letter of each run of cased letters. */
export function titleText(text: string): string {
  return text.replace(/\p{Cased}+/gu, (word) => {
    const [first = '', ...rest] = Array.from(word);
    return titleCase(first) + rest.join('').toLowerCase();
  });
}

function titleCase(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length > letter.length ? (upper[0] ?? '') + upper.slice(1).toLowerCase() : upper;
}

export function isLower(text: string): boolean {
  return /\p{Cased}/u.test(text) && !/[\p{Lu}\p{Lt}]/u.test(text);
}

export function isUpper(text: string): boolean {
  return /\p{Cased}/u.test(text) && !/[\p{Ll}\p{Lt}]/u.test(text);
}
