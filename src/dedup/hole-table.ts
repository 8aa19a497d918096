import { freeName } from '../core/free-name.ts';
import type { Value } from '../ir/value.ts';
import { wishedNames } from './hole-names.ts';
import { leafText } from './plain-text.ts';
import type { Hole, HoleKind, PathStep } from './types.ts';

interface Entry {
  readonly type: HoleKind;
  readonly values: readonly Value[];
  readonly places: (readonly PathStep[])[];
  readonly wishes: { readonly name: string; readonly rank: number }[];
}

/** The holes of one generalisation: equal tuples of values share one. */
export class HoleTable {
  readonly #entries: Entry[] = [];
  readonly #known = new Map<string, number>();

  /** The number of the hole for these values at this place. */
  hole(
    values: readonly Value[],
    path: readonly PathStep[],
    type: HoleKind,
    variable?: string,
    before?: Value | number,
  ): number {
    // A quantity is checked for its unit, so it shares only with quantities of the same resource.
    const key = JSON.stringify([type, values.map(leafText)]);
    const known = this.#known.get(key);
    const wishes = wishedNames(path, variable, typeof before === 'object' ? leafText(before) : undefined);
    if (known !== undefined) {
      this.#entries[known]?.places.push(path);
      this.#entries[known]?.wishes.push(...wishes);
      return known;
    }
    const made = this.#entries.length;
    this.#known.set(key, made);
    this.#entries.push({ type, values, places: [path], wishes: [...wishes] });
    return made;
  }

  /** All holes with their names: the best wish that is still free. */
  holes(): readonly Hole[] {
    const taken = new Set<string>();
    return this.#entries.map((entry) => {
      const wishes = [...entry.wishes].sort((a, b) => a.rank - b.rank).map((wish) => wish.name);
      const name = wishes.find((wish) => !taken.has(wish)) ?? freeName(wishes[0] ?? 'value', '_', taken);
      taken.add(name);
      return { name, type: entry.type, values: entry.values, places: entry.places };
    });
  }
}
