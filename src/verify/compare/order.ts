import type { SessionEffect } from '../effect.ts';

/** For each effect the positions of those that must have ended before it, directly or not. Names stand for all earlier effects of that name. */
export function predecessors(effects: readonly SessionEffect[]): readonly ReadonlySet<number>[] {
  const all: Set<number>[] = [];
  for (const [at, effect] of effects.entries()) {
    const before = new Set<number>();
    for (let earlier = 0; earlier < at; earlier += 1) {
      const other = effects[earlier];
      if (other === undefined) continue;
      const named = effect.after.includes(other.task) || (other.id !== undefined && effect.after.includes(other.id));
      if (!named) continue;
      before.add(earlier);
      for (const further of all[earlier] ?? []) before.add(further);
    }
    all.push(before);
  }
  return all;
}
