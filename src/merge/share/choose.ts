import { sortedBy } from '../../core/order.ts';
import type { ConvertedWorkflow } from '../../rules/types.ts';
import { type Item, linesOf, mayKeepOwn, sameItem } from './items.ts';

/** Sharing is worth a file of its own from the third use on. */
const MIN_JOBS = 3;

export interface Candidate {
  readonly job: string;
  readonly items: ReadonlyMap<string, Item>;
  /** The job in each of its environments. */
  readonly hoisted: ReadonlyMap<string, ConvertedWorkflow>;
}

export interface Choice {
  readonly jobs: readonly string[];
  /** What all these jobs say alike; values of all environments that any of them has. */
  readonly items: ReadonlyMap<string, Item>;
}

/** One value of an item, the jobs that have it, and those that can live beside it: they, and jobs whose templates can keep another. */
interface Variant {
  readonly name: string;
  readonly item: Item;
  readonly exact: ReadonlySet<string>;
  readonly jobs: ReadonlySet<string>;
}

/**
 * The jobs that share what they say for all their pods, so that most lines are saved. Tried are, for each job, what most
 * others say too, then a little more of it, and so on. The jobs' names decide ties, never their order.
 */
export function chooseShared(candidates: readonly Candidate[]): Choice | undefined {
  const sorted = sortedBy(candidates, (candidate) => candidate.job);
  const variants = variantsOf(sorted);
  let best: (Choice & { readonly saved: number }) | undefined;
  for (const { job } of sorted) {
    const own = sortedBy(
      variants.filter((variant) => variant.jobs.has(job)),
      (variant) => `${String(sorted.length - variant.jobs.size).padStart(6, '0')} ${variant.name}`,
    );
    let jobs: readonly string[] = sorted.map((candidate) => candidate.job);
    for (const variant of own) {
      const left = jobs.filter((each) => variant.jobs.has(each));
      if (left.length < MIN_JOBS) break;
      jobs = left;
      const choice = choiceFor(jobs, variants);
      if (choice.saved > (best?.saved ?? 0)) best = choice;
    }
  }
  return best;
}

function variantsOf(candidates: readonly Candidate[]): readonly Variant[] {
  const byName = new Map<string, { item: Item; readonly jobs: Set<string> }[]>();
  for (const { job, items } of candidates) {
    for (const [name, item] of items) {
      const known = byName.get(name) ?? [];
      byName.set(name, known);
      const same = known.find((variant) => sameItem(variant.item, item));
      if (same === undefined) known.push({ item, jobs: new Set([job]) });
      else {
        // A job may be absent from an environment that another one has.
        same.item = { ...same.item, values: new Map([...item.values, ...same.item.values]) };
        same.jobs.add(job);
      }
    }
  }
  return [...byName].flatMap(([name, variants]) =>
    variants.map(({ item, jobs: exact }) => {
      const others = candidates.filter(({ hoisted }) => mayKeepOwn(item, hoisted)).map(({ job }) => job);
      return { name, item, exact, jobs: new Set([...exact, ...others]) };
    }),
  );
}

/** All that these jobs have alike, of each field the value that most of them have, and the lines that saves. */
function choiceFor(jobs: readonly string[], variants: readonly Variant[]): Choice & { readonly saved: number } {
  const chosen = new Map<string, { readonly item: Item; readonly uses: number }>();
  for (const { name, item, exact, jobs: compatible } of variants) {
    if (!jobs.every((job) => compatible.has(job))) continue;
    const uses = jobs.filter((job) => exact.has(job)).length;
    if (uses > (chosen.get(name)?.uses ?? 1)) chosen.set(name, { item, uses });
  }
  const saved = [...chosen.values()].reduce((sum, { item, uses }) => sum + linesOf(item) * (uses - 1), 0);
  return { jobs, saved, items: new Map([...chosen].map(([name, { item }]) => [name, item])) };
}
