import type { Value } from '../ir/value.ts';
import { leafText, sliceText } from './plain-text.ts';
import { isEnvironmental } from './score.ts';
import type { Generalisation, Hole, Pattern } from './types.ts';

/** What a hole's text is made of: constant head and tail around another hole. */
interface Derivation {
  readonly head: Value | undefined;
  readonly hole: number;
  readonly tail: Value | undefined;
}

/**
 * The generalisation without holes whose text is another hole's with a constant head and tail: `partner-feed-nedan` is
 * `partner-feed-{{inputs.parameters.partner}}`. Only holes in which members differ: that two variables of an environment
 * are alike is chance.
 */
export function withoutDerivedHoles(general: Generalisation): Generalisation {
  const derived = derivations(general);
  if (derived.size === 0) return general;
  const kept = general.holes.flatMap((_, at) => (derived.has(at) ? [] : [at]));
  const number = new Map(kept.map((old, at) => [old, at]));
  const pattern = rewritten(general.pattern, derived, number);
  return { ...general, pattern, holes: kept.flatMap((at) => general.holes[at] ?? []) };
}

function derivations(general: Generalisation): ReadonlyMap<number, Derivation> {
  const found = new Map<number, Derivation>();
  general.holes.forEach((hole, at) => {
    if (!mayTakePart(hole, general)) return;
    const sources = general.holes
      .map((source, index) => ({ source, index }))
      .filter(({ source, index }) => index !== at && mayTakePart(source, general))
      .sort((a, b) => length(b.source) - length(a.source) || a.index - b.index);
    for (const { source, index } of sources) {
      const derivation = derivedFrom(hole, source, index);
      // A source that is derived itself would only move the question.
      if (derivation === undefined || found.has(index)) continue;
      found.set(at, derivation);
      return;
    }
  });
  // What is derived from a hole that became derived later keeps its own place.
  return new Map([...found].filter(([, derivation]) => !found.has(derivation.hole)));
}

function mayTakePart(hole: Hole, general: Generalisation): boolean {
  return (
    hole.type.kind === 'text' &&
    hole.values.every((value) => value.kind === 'text') &&
    !isEnvironmental(hole, general.columns)
  );
}

function length(hole: Hole): number {
  return leafText(hole.values[0] ?? emptyValue).length;
}

function derivedFrom(hole: Hole, source: Hole, index: number): Derivation | undefined {
  const [first] = hole.values;
  const inner = leafText(source.values[0] ?? hole.values[0] ?? emptyValue);
  if (first?.kind !== 'text' || inner.length < 2) return undefined;
  const whole = leafText(first);
  const at = whole.indexOf(inner);
  if (at < 0 || whole === inner) return undefined;
  const [head, tail] = [whole.slice(0, at), whole.slice(at + inner.length)];
  // A word inside a word is chance.
  if (/[A-Za-z0-9]$/.test(head) || /^[A-Za-z0-9]/.test(tail)) return undefined;
  const holds = hole.values.every((value, column) => {
    const part = source.values[column];
    return part !== undefined && leafText(value) === head + leafText(part) + tail;
  });
  if (!holds) return undefined;
  return {
    head: head === '' ? undefined : sliceText(first, 0, at),
    hole: index,
    tail: tail === '' ? undefined : sliceText(first, at + inner.length, whole.length),
  };
}

const emptyValue: Value = { kind: 'scalar', value: null, from: { via: 'default', reason: 'no value' }, control: [] };

function rewritten(
  pattern: Pattern,
  derived: ReadonlyMap<number, Derivation>,
  number: ReadonlyMap<number, number>,
): Pattern {
  const numbered = (old: number): number => number.get(old) ?? old;
  switch (pattern.kind) {
    case 'constant':
      return pattern;
    case 'quantity':
      return { ...pattern, hole: numbered(pattern.hole) };
    case 'text':
      return {
        ...pattern,
        pieces: pattern.pieces.flatMap((piece): (Value | number)[] => {
          if (typeof piece !== 'number') return [piece];
          const derivation = derived.get(piece);
          if (derivation === undefined) return [numbered(piece)];
          return [
            ...(derivation.head === undefined ? [] : [derivation.head]),
            numbered(derivation.hole),
            ...(derivation.tail === undefined ? [] : [derivation.tail]),
          ];
        }),
      };
    case 'list':
      return { ...pattern, items: pattern.items.map((item) => rewritten(item, derived, number)) };
    case 'map':
      return {
        ...pattern,
        entries: new Map([...pattern.entries].map(([key, entry]) => [key, rewritten(entry, derived, number)])),
      };
  }
}
