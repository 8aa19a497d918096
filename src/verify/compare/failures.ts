import type { LeafOutcome, Outcome } from '../argo/run-types.ts';
import type { LegacyEffect, LegacyRun } from '../legacy/types.ts';
import { nodeOf } from './effect-pair.ts';
import { attemptsOf, withPodsOfJobs } from './job-pods.ts';
import type { Failure, LegacyRuns, LegacySession } from './legacy-runs.ts';
import { withoutObjects } from './standing-objects.ts';

/** Tasks whose failure is tried: those that start Jobs or commands, each failing once and always. */
export function failuresToTry(effects: readonly LegacyEffect[]): readonly Failure[] {
  const tasks = new Set(effects.filter(({ kind }) => kind === 'job' || kind === 'command').map(({ task }) => task));
  return [...tasks].flatMap((task): readonly Failure[] => [
    { task, times: 'always' },
    { task, times: 'once' },
  ]);
}

/**
 * The session with a failure, pod by pod. A failing Job makes one pod for each of its attempts, one after the other; where
 * it has attempts left, one failure is all that happens to it, and the launcher never hears of it.
 */
export async function legacyUnder(
  failure: Failure,
  session: LegacySession,
  good: readonly LegacyEffect[],
  runs: LegacyRuns,
): Promise<LegacyRun> {
  const own = good.filter((effect) => effect.task === failure.task);
  const inside = failure.times === 'once' && own.length > 0 && own.every((effect) => attemptsOf(effect) > 1);
  const run = await runs.run(session, inside ? undefined : failure);
  if (run.kind === 'not-playable') return run;
  return { ...run, effects: comparable(run.effects).flatMap((effect) => podsOf(effect, failure, inside)) };
}

/** The effects that a run of Argo can have. */
export function comparable(effects: readonly LegacyEffect[]): readonly LegacyEffect[] {
  return withPodsOfJobs(withoutObjects(effects));
}

function podsOf(effect: LegacyEffect, failure: Failure, inside: boolean): readonly LegacyEffect[] {
  if (effect.task !== failure.task || effect.kind === 'wait') return [effect];
  const fails = failure.times === 'always' || inside || effect.attempt === 1;
  const count = !fails ? 1 : inside ? Math.min(2, attemptsOf(effect)) : attemptsOf(effect);
  return Array.from({ length: count }, (_, at): LegacyEffect => {
    if (at === 0) return effect;
    return { ...effect, after: [...new Set([...effect.after, effect.id ?? effect.task])] };
  });
}

/** The same failure on Argo's side: the nodes that were found to do the task's work. */
export function outcomeUnder(failure: Failure, nodes: ReadonlySet<string>): Outcome {
  const failed = new Set<string>();
  return ({ effect }): LeafOutcome => {
    const node = nodeOf(effect.task);
    if (effect.kind === 'wait') return { status: 'Succeeded' };
    if (!nodes.has(node) || (failure.times === 'once' && failed.has(node))) return { status: 'Succeeded' };
    failed.add(node);
    return { status: 'Failed' };
  };
}
