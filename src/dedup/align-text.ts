import type { TextValue } from '../ir/value.ts';
import { leafText, sliceText } from './plain-text.ts';

/** A piece of aligned texts: the same in all of them, or a slice of each. */
export type Piece =
  | { readonly kind: 'same'; readonly text: TextValue }
  | { readonly kind: 'differs'; readonly slices: readonly TextValue[]; readonly variable?: string };

/** Tags stand whole; what follows separates values inside a text, such as `--out=gs://bucket/folder`. */
const token = /\{\{.*?\}\}|[=/:\s"'`@|;()&]|[^=/:\s"'`@|;()&{]+|\{/gs;

interface Token {
  readonly text: string;
  readonly start: number;
  readonly separates: boolean;
}

/**
 * What texts have in common, and where they differ: by their variables where all are made of the same ones, else by the values
 * between separators, else by common head and tail. Undefined where a tag itself differs: it would be read in another scope.
 */
export function alignTexts(texts: readonly TextValue[]): readonly Piece[] | undefined {
  return byVariables(texts) ?? bySeparators(texts) ?? byHeadAndTail(texts);
}

/** Literal texts are equal, and each variable is the same one everywhere. */
function byVariables(texts: readonly TextValue[]): readonly Piece[] | undefined {
  const [first] = texts;
  if (first === undefined || !first.parts.some((part) => part.kind === 'variable')) return undefined;
  const shape = (text: TextValue): string =>
    JSON.stringify(
      text.parts.map((part) => (part.kind === 'variable' ? [part.variable] : part.kind === 'literal' ? part.text : '')),
    );
  const wanted = shape(joined(first));
  const all = texts.map(joined);
  if (all.some((text) => shape(text) !== wanted)) return undefined;
  return (all[0]?.parts ?? []).map((part, at): Piece => {
    const slices = all.map((text): TextValue => ({ ...text, parts: text.parts.slice(at, at + 1) }));
    if (part.kind !== 'variable' || alike(slices)) return { kind: 'same', text: slices[0] ?? first };
    return { kind: 'differs', slices, variable: part.variable };
  });
}

/** Neighbouring literal parts as one: how a text is cut decides nothing. */
function joined(text: TextValue): TextValue {
  const parts: TextValue['parts'][number][] = [];
  for (const part of text.parts) {
    const last = parts.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      parts[parts.length - 1] = { ...last, text: last.text + part.text };
    else parts.push(part);
  }
  return { ...text, parts };
}

function bySeparators(texts: readonly TextValue[]): readonly Piece[] | undefined {
  const tokens = texts.map((text) => tokensOf(leafText(text)));
  const shape = (list: readonly Token[]): string =>
    JSON.stringify(list.map((each) => (each.separates ? each.text : 0)));
  const [first] = tokens;
  const wanted = shape(first ?? []);
  if (first === undefined || tokens.some((list) => shape(list) !== wanted)) return undefined;
  return gathered(
    texts,
    first.map((_, at) => tokens.map((list) => list[at])),
  );
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(token)].map((match) => ({
    text: match[0],
    start: match.index,
    separates: match[0].startsWith('{{') || /^[=/:\s"'`@|;()&{]$/.test(match[0]),
  }));
}

/** Pieces from columns of tokens: neighbours of one kind together. */
function gathered(texts: readonly TextValue[], columns: readonly (readonly (Token | undefined)[])[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const column of columns) {
    const slices = texts.map((text, at) => {
      const given = column[at];
      return given === undefined
        ? sliceText(text, 0, 0)
        : sliceText(text, given.start, given.start + given.text.length);
    });
    const [head] = slices;
    if (head === undefined) continue;
    const last = pieces.at(-1);
    if (!alike(slices)) pieces.push({ kind: 'differs', slices });
    else if (last?.kind === 'same')
      pieces[pieces.length - 1] = { kind: 'same', text: { ...head, parts: [...last.text.parts, ...head.parts] } };
    else pieces.push({ kind: 'same', text: head });
  }
  return pieces;
}

function byHeadAndTail(texts: readonly TextValue[]): readonly Piece[] | undefined {
  const tokens = texts.map((text) => tokensOf(leafText(text)));
  const shortest = Math.min(...tokens.map((list) => list.length));
  let head = 0;
  while (head < shortest && sameToken(tokens, (list) => list[head])) head++;
  let tail = 0;
  while (tail < shortest - head && sameToken(tokens, (list) => list[list.length - 1 - tail])) tail++;
  const middles = texts.map((text, at) => {
    const list = tokens[at] ?? [];
    const start = list[head]?.start ?? leafText(text).length;
    const end = list[list.length - tail]?.start ?? leafText(text).length;
    return { start: Math.min(start, end), end };
  });
  const slices = texts.map((text, at) => sliceText(text, middles[at]?.start ?? 0, middles[at]?.end ?? 0));
  if (slices.some((slice) => leafText(slice).includes('{{'))) return undefined;
  const [first] = texts;
  const [middle] = middles;
  if (first === undefined || middle === undefined) return undefined;
  const before = sliceText(first, 0, middle.start);
  const after = sliceText(first, middle.end, leafText(first).length);
  return [
    ...(before.parts.length === 0 ? [] : [{ kind: 'same', text: before } as const]),
    { kind: 'differs', slices },
    ...(after.parts.length === 0 ? [] : [{ kind: 'same', text: after } as const]),
  ];
}

function sameToken(
  tokens: readonly (readonly Token[])[],
  pick: (list: readonly Token[]) => Token | undefined,
): boolean {
  const [first, ...others] = tokens.map((list) => pick(list)?.text);
  return others.every((other) => other === first);
}

function alike(slices: readonly TextValue[]): boolean {
  const [first, ...others] = slices.map(leafText);
  return others.every((other) => other === first);
}
