import { textOf } from '../../ir/build-value.ts';
import type { TextPart, TextValue } from '../../ir/value.ts';
import { type FlatText, flatten } from './flat-text.ts';

/** One piece of what a match is replaced by. */
export type ReplacementPiece =
  | { readonly kind: 'parts'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'group'; readonly index: number };

/** What a launcher does to the text of a manifest before it applies it. */
export type Edit =
  | {
      readonly kind: 'replace';
      readonly search: RegExp;
      readonly by: readonly ReplacementPiece[];
      readonly all: boolean;
      readonly macro: string;
      readonly rule: string;
    }
  /** Every match of the pattern is a macro; its name is the first group that took part. */
  | {
      readonly kind: 'names';
      readonly pattern: RegExp;
      readonly lookup: (name: string) => TextValue | undefined;
      readonly undefinedName: 'empty' | 'literal';
      readonly rule: string;
    };

export interface EditListener {
  /** A macro got its value. */
  used(macro: string, value: readonly TextPart[], at: TextValue): void;
  /** A macro that nothing sets became an empty text. */
  undefinedName(macro: string, at: TextValue): void;
}

export function editText(value: TextValue, edit: Edit, listener: EditListener): TextValue {
  switch (edit.kind) {
    case 'replace':
      return replaceIn(value, edit, listener);
    case 'names':
      return substituteIn(value, edit, listener);
  }
}

function replaceIn(value: TextValue, edit: Extract<Edit, { kind: 'replace' }>, listener: EditListener): TextValue {
  const flat = flatten(value);
  const matches = [...flat.text.matchAll(edit.search)].filter(
    (match, at, all) => edit.all || at === 0 || flat.text.slice(all[at - 1]?.index ?? 0, match.index).includes('\n'),
  );
  if (matches.length === 0) return value;
  return splice(
    value,
    flat,
    matches.map((match) => {
      const parts = edit.by.flatMap((piece) =>
        piece.kind === 'parts' ? named(piece.parts, edit.macro) : groupParts(flat, match, piece.index),
      );
      listener.used(edit.macro, parts, value);
      return { start: match.index, end: match.index + match[0].length, parts };
    }),
  );
}

/** Offsets of groups are not kept by every engine; a group's text is looked up in its match. */
function groupParts(flat: FlatText, match: RegExpExecArray, index: number): readonly TextPart[] {
  const text = match[index];
  if (text === undefined) return [];
  const start = match.index + (index === 0 ? 0 : match[0].indexOf(text));
  return flat.cut(start, start + text.length);
}

function substituteIn(value: TextValue, edit: Extract<Edit, { kind: 'names' }>, listener: EditListener): TextValue {
  const flat = flatten(value);
  const replacements = [...flat.text.matchAll(edit.pattern)].flatMap((match) => {
    const name = match.slice(1).find((group) => group !== undefined) ?? match[0];
    const found = edit.lookup(name);
    if (found === undefined && edit.undefinedName === 'literal') return [];
    if (found === undefined) listener.undefinedName(match[0], value);
    else listener.used(name, found.parts, value);
    return [{ start: match.index, end: match.index + match[0].length, parts: named(found?.parts ?? [], name) }];
  });
  return replacements.length === 0 ? value : splice(value, flat, replacements);
}

/** What envsubst does: `$NAME` and `${NAME}`, of the names in `only` where it is given. */
export function envsubstEdit(
  lookup: (name: string) => TextValue | undefined,
  only: ReadonlySet<string> | undefined,
  rule: string,
): Edit {
  const names = only === undefined ? '[A-Za-z_]\\w*' : [...only].map((name) => `${name}\\b`).join('|');
  return {
    kind: 'names',
    pattern: new RegExp(`\\$(?:\\{(${only === undefined ? names : [...only].join('|')})\\}|(${names}))`, 'g'),
    lookup,
    undefinedName: 'empty',
    rule,
  };
}

function splice(
  value: TextValue,
  flat: FlatText,
  replacements: readonly { readonly start: number; readonly end: number; readonly parts: readonly TextPart[] }[],
): TextValue {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end, parts: by } of replacements) {
    parts.push(...flat.cut(at, start), ...by);
    at = end;
  }
  parts.push(...flat.cut(at, flat.text.length));
  return { ...value, parts: textOf(parts, value.from).parts };
}

/** A run-time part is called what the manifest's author called it. */
function named(parts: readonly TextPart[], macro: string): readonly TextPart[] {
  return parts.map((part) =>
    part.kind === 'runtime' && part.expr.kind !== 'unique' ? { ...part, name: macro } : part,
  );
}
