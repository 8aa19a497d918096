/** Index of the first run whose end is not before the offset. Runs stand in the order of the text. */
export function firstRunAt(runs: readonly { readonly end: number }[], offset: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
