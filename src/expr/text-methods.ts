import { replaceSession, sliceSession, splitSession, widthOf } from '../ir/session-text.ts';
import type { Provenance } from '../ir/value.ts';
import { constantText, foldTextMethod } from './fold.ts';
import { constant, type Known, primitive, refuse, sessionText, staticString } from './known.ts';
import { stringParts, toSessionExpr } from './known-text.ts';

/** What the first argument of `replace` and `split` may be. */
export type TextPattern =
  | { readonly kind: 'regexp'; readonly text: string; readonly all: boolean }
  | { readonly kind: 'value'; readonly value: Known };

/** A method call on a text. */
export function callText(
  text: Extract<Known, { kind: 'text' }>,
  name: string,
  args: readonly Known[],
  pattern: TextPattern | undefined,
  from: Provenance,
): Known {
  const fixed = staticString(text);
  if (fixed !== undefined) {
    if (name === 'replace' && pattern !== undefined) return replaced(text, fixed, pattern, args[1], from);
    return foldTextMethod(fixed, name, args, from) ?? refuse(`the text method ${name}`);
  }
  if (name === 'toString' || name === 'valueOf') return text;
  if (name === 'concat')
    return { kind: 'text', parts: [...text.parts, ...args.flatMap((arg) => stringParts(arg, from))] };
  if (name === 'replace' && pattern !== undefined) return replaced(text, undefined, pattern, args[1], from);
  const ast = toSessionExpr(text, from);
  const at = (index: number): number | undefined => indexOf(args[index]);
  switch (name) {
    case 'slice':
      return sessionText(sliceSession(ast, at(0) ?? 0, at(1)), from);
    case 'substr': {
      const [start, length] = [at(0) ?? 0, at(1)];
      if (length !== undefined && length <= 0) return sessionText({ kind: 'text', text: '' }, from);
      const end = length === undefined ? undefined : start + length;
      return sessionText(sliceSession(ast, start, start < 0 && end !== undefined && end >= 0 ? undefined : end), from);
    }
    case 'substring': {
      const [a, b] = [Math.max(0, at(0) ?? 0), at(1) === undefined ? undefined : Math.max(0, at(1) ?? 0)];
      return sessionText(
        b === undefined ? sliceSession(ast, a) : sliceSession(ast, Math.min(a, b), Math.max(a, b)),
        from,
      );
    }
    case 'charAt':
      return sessionText(sliceSession(ast, Math.max(0, at(0) ?? 0), Math.max(0, at(0) ?? 0) + 1), from);
    case 'split': {
      const pieces = splitSession(ast, constantText(args[0]));
      if (pieces === undefined || args.length > 1) return refuse('a split inside the fields of a date');
      return { kind: 'array', items: pieces.map((piece) => sessionText(piece, from)) };
    }
    default:
      return refuse(`the text method ${name} of a text of run time`);
  }
}

/** `text.length`, where it is the same in every session. */
export function lengthOf(text: Extract<Known, { kind: 'text' }>, from: Provenance): Known {
  const fixed = staticString(text);
  const width = fixed === undefined ? widthOf(toSessionExpr(text, from)) : fixed.length;
  return width === undefined ? refuse('the length of a text of run time') : constant(width);
}

function replaced(
  text: Extract<Known, { kind: 'text' }>,
  fixed: string | undefined,
  pattern: TextPattern,
  replacement: Known | undefined,
  from: Provenance,
): Known {
  const by = constantText(replacement);
  if (by.includes('$')) return refuse('a replacement with $');
  const search = pattern.kind === 'regexp' ? pattern.text : constantText(pattern.value);
  const all = pattern.kind === 'regexp' && pattern.all;
  if (fixed !== undefined)
    return sessionText(
      { kind: 'text', text: all ? fixed.replaceAll(search, () => by) : fixed.replace(search, () => by) },
      from,
    );
  return sessionText(replaceSession(toSessionExpr(text, from), search, by, all), from);
}

function indexOf(known: Known | undefined): number | undefined {
  if (known === undefined) return undefined;
  const value = primitive(known);
  if (value === undefined) return refuse('an index that is not constant');
  return value.value === undefined ? undefined : Math.trunc(Number(value.value)) || 0;
}
