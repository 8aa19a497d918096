import { escapeRegExp } from '../core/escape-regexp.ts';
import type { ListValue, MapValue, TextValue, Value } from '../ir/value.ts';
import { alignTexts } from './align-text.ts';
import { callerFields, rights, withoutCallerFields } from './caller-fields.ts';
import { withoutDerivedHoles } from './derived-holes.ts';
import { type PlaceRule, placeRule, takesNumberAsText } from './hole-rules.ts';
import { HoleTable } from './hole-table.ts';
import { itemKeys } from './item-keys.ts';
import { leafText, plainKey, shownValue } from './plain-text.ts';
import { isQuantity } from './quantity-text.ts';
import type { Clash, Column, Generalisation, Level, Member, PathStep, Pattern } from './types.ts';

export type Generalised =
  | { readonly kind: 'pattern'; readonly general: Generalisation }
  | { readonly kind: 'clash'; readonly clash: Clash };

/**
 * The least general generalisation of members over all their environments (anti-unification): what all columns say alike, and
 * holes where they differ, one hole for each tuple of values. The first member's first environment gives order and comments.
 */
export function generalise(
  members: readonly Member[],
  secretPatterns: readonly string[],
  level: Level = 'step',
): Generalised {
  const columns: Column[] = [];
  const bodies: MapValue[] = [];
  for (const member of members)
    for (const [environment, body] of member.bodies) {
      columns.push({ member: member.id, environment });
      bodies.push(body);
    }
  const left: string[] = [];
  for (;;) {
    const walker = new Walker(columns, secretPatterns);
    const pattern = walker.unify(
      bodies.map((body) => withoutCallerFields(body, left)),
      [],
    );
    if (pattern !== undefined)
      return {
        kind: 'pattern',
        general: withoutDerivedHoles({ pattern, holes: walker.table.holes(), columns, callerFields: left }),
      };
    const field = walker.clash.path[0]?.key ?? '';
    if (level !== 'step' || !callerFields.has(field) || !mayBeCallers(field, bodies, columns))
      return { kind: 'clash', clash: walker.clash };
    left.push(field);
  }
}

/** Rights may be said by the calling workflow only where all members of an environment agree on them. */
function mayBeCallers(field: string, bodies: readonly MapValue[], columns: readonly Column[]): boolean {
  if (!rights.has(field)) return true;
  const seen = new Map<string, string>();
  return columns.every(({ environment }, at) => {
    const key = plainKey(bodies[at]?.entries.get(field));
    const known = seen.get(environment) ?? key;
    seen.set(environment, known);
    return known === key;
  });
}

/** Walks bodies side by side; the first place without a common pattern ends the walk. */
class Walker {
  readonly table = new HoleTable();
  readonly #columns: readonly Column[];
  readonly #secrets: readonly RegExp[];
  #clash: Clash | undefined;

  constructor(columns: readonly Column[], secretPatterns: readonly string[]) {
    this.#columns = columns;
    this.#secrets = secretPatterns.map((pattern) => new RegExp(`^${pattern.split('*').map(escapeRegExp).join('.*')}$`));
  }

  get clash(): Clash {
    if (this.#clash === undefined) throw new Error('only a failed walk has a clash');
    return this.#clash;
  }

  unify(values: readonly Value[], path: readonly PathStep[]): Pattern | undefined {
    const [like] = values;
    if (like === undefined) throw new Error('a generalisation has members');
    const keys = new Set(values.map(plainKey));
    if (keys.size === 1) return { kind: 'constant', value: like };
    if (values.every((value) => value.kind === 'map')) return this.#maps(values, path, like);
    if (values.every((value) => value.kind === 'list')) return this.#lists(values, path, like);
    if (values.every((value) => value.kind === 'text' || value.kind === 'scalar'))
      return this.#leaves(values, path, like);
    return this.#refuse('structure', path, values);
  }

  #maps(maps: readonly MapValue[], path: readonly PathStep[], like: Value): Pattern | undefined {
    const keys = [...(maps[0]?.entries.keys() ?? [])];
    const entries = new Map<string, Pattern>();
    for (const map of maps)
      for (const key of map.entries.keys())
        if (!keys.includes(key)) return this.#optional(maps, [...path, { key, item: false }], key);
    for (const key of keys) {
      const below = maps.map((map) => map.entries.get(key));
      const present = below.filter((value) => value !== undefined);
      if (present.length < maps.length) return this.#optional(maps, [...path, { key, item: false }], key);
      const pattern = this.unify(present, [...path, { key, item: false }]);
      if (pattern === undefined) return undefined;
      entries.set(key, pattern);
    }
    return { kind: 'map', entries, like };
  }

  #optional(maps: readonly MapValue[], path: readonly PathStep[], key: string): undefined {
    const has = maps.findIndex((map) => map.entries.has(key));
    const lacks = maps.findIndex((map) => !map.entries.has(key));
    return this.#clashAt('optional-part', path, [has, lacks], [shownValue(maps[has]?.entries.get(key)), '']);
  }

  #lists(lists: readonly ListValue[], path: readonly PathStep[], like: Value): Pattern | undefined {
    const all = lists.map((list) => itemKeys(list.items));
    const [first] = all;
    if (first === undefined) return undefined;
    const other = all.findIndex((keys) => keys.length !== first.length);
    if (other >= 0) return this.#listLengths(lists, all, other, path);
    const named = all.every((keys) => keys.every((key, at) => key === first[at]));
    const items: Pattern[] = [];
    for (let at = 0; at < first.length; at++) {
      const column = lists.map((list) => list.items[at]).filter((value) => value !== undefined);
      const pattern = this.unify(column, [...path, { key: (named ? first[at] : undefined) ?? String(at), item: true }]);
      if (pattern === undefined) return undefined;
      items.push(pattern);
    }
    return { kind: 'list', items, like };
  }

  /** Names the first item that one list has and the other lacks. */
  #listLengths(
    lists: readonly ListValue[],
    all: readonly (readonly string[])[],
    other: number,
    path: readonly PathStep[],
  ): undefined {
    const longer = (all[other]?.length ?? 0) > (all[0]?.length ?? 0) ? other : 0;
    const shorter = longer === 0 ? other : 0;
    const [keys, values] = [new Set(all[shorter]), new Set(lists[shorter]?.items.map(plainKey))];
    const named = all[longer]?.findIndex((key) => !keys.has(key)) ?? -1;
    const valued = lists[longer]?.items.findIndex((item) => !values.has(plainKey(item))) ?? 0;
    // By position the last key is always the one too many, and says nothing.
    const at = Math.max(0, named >= 0 && !/^\d+$/.test(all[longer]?.[named] ?? '') ? named : valued);
    const key = all[longer]?.[at] ?? String(at);
    return this.#clashAt(
      'list-length',
      [...path, { key, item: true }],
      [longer, shorter],
      [shownValue(lists[longer]?.items[at]), ''],
    );
  }

  #leaves(values: readonly Value[], path: readonly PathStep[], like: Value): Pattern | undefined {
    const rule = placeRule(path);
    const refusal = this.#refusal(rule, values, path);
    if (refusal !== undefined) return this.#refuse(refusal, path, values);
    if (rule.kind === 'quantity')
      return {
        kind: 'quantity',
        hole: this.table.hole(values, path, { kind: 'quantity', resource: rule.resource }),
        like,
      };
    if (values.every((value) => value.kind === 'text')) return this.#texts(values, path, like);
    if (!takesNumberAsText(path)) return this.#refuse('fixed-field', path, values);
    return { kind: 'text', pieces: [this.table.hole(values, path, { kind: 'text' })], like };
  }

  #refusal(rule: PlaceRule, values: readonly Value[], path: readonly PathStep[]): Clash['reason'] | undefined {
    if (rule.kind === 'refused') return rule.reason;
    if (rule.kind === 'secret')
      return values.every((value) => this.#secrets.some((pattern) => pattern.test(leafText(value))))
        ? undefined
        : 'secret-name';
    if (rule.kind === 'quantity')
      return path.every((step) => step.key !== 'claims') &&
        values.every((value) => isQuantity(rule.resource, leafText(value)))
        ? undefined
        : 'quantity';
    return undefined;
  }

  #texts(texts: readonly TextValue[], path: readonly PathStep[], like: Value): Pattern | undefined {
    const pieces = alignTexts(texts);
    if (pieces === undefined) return this.#refuse('tag', path, texts);
    const made: (Value | number)[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'same') made.push(piece.text);
      else if (piece.slices.some((slice) => /\{\{|\}\}/.test(leafText(slice)))) return this.#refuse('tag', path, texts);
      else made.push(this.table.hole(piece.slices, path, { kind: 'text' }, piece.variable, made.at(-1)));
    }
    return { kind: 'text', pieces: made, like };
  }

  #refuse(reason: Clash['reason'], path: readonly PathStep[], values: readonly Value[]): undefined {
    const first = values[0] === undefined ? '' : plainKey(values[0]);
    const other = Math.max(
      0,
      values.findIndex((value) => plainKey(value) !== first),
    );
    return this.#clashAt(reason, path, [0, other], [shownValue(values[0]), shownValue(values[other])]);
  }

  #clashAt(
    reason: Clash['reason'],
    path: readonly PathStep[],
    at: readonly [number, number],
    values: readonly [string, string],
  ): undefined {
    const [a, b] = [this.#columns[at[0]], this.#columns[at[1]]];
    if (a === undefined || b === undefined) throw new Error('a clash is between two columns');
    this.#clash = { reason, path, columns: [a, b], values };
    return undefined;
  }
}
