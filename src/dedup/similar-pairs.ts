import { minHashPairs } from './minhash.ts';

/** Two sets of facts, by their positions, and the share of facts that both have. */
export interface SimilarPair {
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
}

/** More sets than this in one block are compared only where MinHash finds them alike. */
const EXACT_LIMIT = 4_000;

/** All pairs whose Jaccard similarity reaches the threshold: exact, or for very many sets found by MinHash and then checked exactly. */
export function similarPairs(
  sets: readonly (readonly string[])[],
  threshold: number,
  exactLimit = EXACT_LIMIT,
): readonly SimilarPair[] {
  const ranked = byRarity(sets);
  const candidates = sets.length > exactLimit ? minHashPairs(ranked, threshold) : prefixPairs(ranked, threshold);
  const pairs: SimilarPair[] = [];
  for (const [a, b] of candidates) {
    const similarity = jaccard(ranked[a] ?? [], ranked[b] ?? []);
    if (similarity >= threshold) pairs.push({ a, b, similarity });
  }
  return pairs;
}

/** Jaccard similarity of two sets of facts. */
export function jaccardOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const fact of a) if (b.has(fact)) common += 1;
  const all = a.size + b.size - common;
  return all === 0 ? 1 : common / all;
}

/** Facts as numbers, the rarest first; the text decides between equals, so that the order of the sets does not. */
function byRarity(sets: readonly (readonly string[])[]): readonly (readonly number[])[] {
  const counts = new Map<string, number>();
  for (const set of sets) for (const fact of new Set(set)) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  const order = [...counts].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  const rank = new Map(order.map(([fact], at) => [fact, at]));
  return sets.map((set) => [...new Set(set)].map((fact) => rank.get(fact) ?? 0).sort((a, b) => a - b));
}

/**
 * Pairs that may reach the threshold, by an inverted index over the rarest facts of each set: two sets that share none of their
 * first |x| - ⌈t·|x|⌉ + 1 facts cannot share enough.
 */
function prefixPairs(sets: readonly (readonly number[])[], threshold: number): readonly (readonly [number, number])[] {
  const bySize = sets.map((_, at) => at).sort((a, b) => (sets[a]?.length ?? 0) - (sets[b]?.length ?? 0) || a - b);
  const index = new Map<number, number[]>();
  const pairs: [number, number][] = [];
  for (const at of bySize) {
    const facts = sets[at] ?? [];
    const prefix = facts.slice(0, facts.length - Math.ceil(threshold * facts.length) + 1);
    const seen = new Set<number>();
    for (const fact of prefix) {
      for (const other of index.get(fact) ?? []) {
        if (seen.has(other) || (sets[other]?.length ?? 0) < threshold * facts.length) continue;
        seen.add(other);
        pairs.push([Math.min(at, other), Math.max(at, other)]);
      }
    }
    for (const fact of prefix) {
      const list = index.get(fact);
      if (list === undefined) index.set(fact, [at]);
      else list.push(at);
    }
  }
  return pairs;
}

/** Both sets ascending. */
function jaccard(a: readonly number[], b: readonly number[]): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  const all = a.length + b.length - shared;
  return all === 0 ? 1 : shared / all;
}
