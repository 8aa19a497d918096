import { calledFiles } from './called-files.ts';
import type { ConvertedJobs } from './members.ts';

/** The called files in rounds: each comes after those that it calls. */
export function inRounds(jobs: ConvertedJobs): readonly ReadonlySet<string>[] {
  const calls = new Map<string, Set<string>>();
  for (const environments of jobs.values())
    for (const { facts } of environments.values())
      for (const { file, inner } of calledFiles(facts.graph)) {
        const known = calls.get(file) ?? new Set();
        calls.set(file, known);
        for (const each of inner) known.add(each);
      }
  const rounds: Set<string>[] = [];
  const done = new Set<string>();
  while (done.size < calls.size) {
    const left = [...calls].filter(([file]) => !done.has(file));
    const ready = left.filter(([, inner]) => [...inner].every((file) => done.has(file) || !calls.has(file)));
    // Two files may call each other, each in another workflow: then their order decides nothing.
    const round = new Set((ready.length === 0 ? left : ready).map(([file]) => file));
    for (const file of round) done.add(file);
    rounds.push(round);
  }
  return rounds;
}
