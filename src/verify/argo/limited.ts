import type { PlainMap } from './data.ts';
import type { Run } from './run-types.ts';

/** Plays what starts together in a group; where its `parallelism` is less than that, the effects say so. */
export function limited<T>({ parallelism }: PlainMap, run: Run, play: () => T): T {
  const started = run.effects.length;
  const result = play();
  if (typeof parallelism !== 'number' || parallelism <= 0) return result;
  // Attempts of one node follow each other.
  const nodes = new Set(run.effects.slice(started).map(({ task }) => task.replace(/\(\d+\)$/, '')));
  if (nodes.size <= parallelism) return result;
  for (const [at, effect] of run.effects.entries())
    if (at >= started) run.effects[at] = { ...effect, atOnce: Math.min(parallelism, effect.atOnce ?? parallelism) };
  return result;
}
