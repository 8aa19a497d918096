const HASHES = 128;

/**
 * Pairs of sets that share a band of their MinHash signatures: a pair at the threshold is missed about once in a hundred times, a
 * pair well below it is rarely met. Hashes are fixed, so that the same input gives the same pairs.
 * @see Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3
 */
export function minHashPairs(
  sets: readonly (readonly number[])[],
  threshold: number,
): readonly (readonly [number, number])[] {
  const rows = rowsFor(threshold);
  const bands = Math.floor(HASHES / rows);
  const signatures = sets.map((set) => signature(set));
  const found = new Set<number>();
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<string, number[]>();
    signatures.forEach((each, at) => {
      const key = each.slice(band * rows, (band + 1) * rows).join();
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [at]);
      else bucket.push(at);
    });
    for (const bucket of buckets.values())
      for (let i = 0; i < bucket.length; i++)
        for (let j = i + 1; j < bucket.length; j++) found.add((bucket[i] ?? 0) * sets.length + (bucket[j] ?? 0));
  }
  return [...found].sort((a, b) => a - b).map((key) => [Math.floor(key / sets.length), key % sets.length]);
}

/** The most rows to a band with which a pair at the threshold is still met 99 times in 100. */
function rowsFor(threshold: number): number {
  for (let rows = 16; rows > 1; rows--)
    if (1 - (1 - threshold ** rows) ** Math.floor(HASHES / rows) >= 0.99) return rows;
  return 1;
}

function signature(set: readonly number[]): readonly number[] {
  const least = new Array<number>(HASHES).fill(0xffffffff);
  for (const fact of set)
    for (let hash = 0; hash < HASHES; hash++) {
      const value = mixed(fact, hash);
      if (value < (least[hash] ?? 0)) least[hash] = value;
    }
  return least;
}

/** A 32-bit mix of a fact and the number of the hash function (murmur3's finaliser). */
function mixed(fact: number, hash: number): number {
  let value = Math.imul(fact + 1, 0x9e3779b1) ^ Math.imul(hash + 1, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
