import type { LegacyEffect } from '../legacy/types.ts';
import { asMap } from './plain-differences.ts';

/** How often Kubernetes tries a Job that always fails: its default is six more times. */
function attemptsOf(effect: LegacyEffect): number {
  if (effect.kind !== 'job') return 1;
  const limit = asMap(asMap(effect.manifest)['spec'])['backoffLimit'];
  return (typeof limit === 'number' ? limit : 6) + 1;
}

/** The pods instead of the Jobs: a failing Job makes one for each of its attempts, one after the other. */
export function podsOfRun(effects: readonly LegacyEffect[], failing: string): readonly LegacyEffect[] {
  return effects.flatMap((effect) => {
    if (effect.task !== failing) return [effect];
    return Array.from({ length: attemptsOf(effect) }, (_, at): LegacyEffect => {
      if (at === 0) return effect;
      return { ...effect, after: [...new Set([...effect.after, effect.task])] };
    });
  });
}

/** Tasks whose failure is tried: those that start Jobs or commands. */
export function tasksToFail(effects: readonly LegacyEffect[]): readonly string[] {
  return [...new Set(effects.filter(({ kind }) => kind === 'job' || kind === 'command').map(({ task }) => task))];
}
