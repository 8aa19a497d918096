/** How one vector of a file went. `skipped` needs its reason. */
export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly want: string; readonly got: string }
  | { readonly kind: 'skipped'; readonly reason: string };

/** One recorded case, as its line in the .jsonl file says; `id` is unique in the file. */
export type Vector = Readonly<Record<string, unknown>>;

/** Runs the cases of one vector file against our own code. */
export interface VectorAdapter {
  check(vector: Vector): Outcome | Promise<Outcome>;
}

/** Compares two JSON-like values by their canonical text. */
export function compare(want: unknown, got: unknown): Outcome {
  const [a, b] = [canonical(want), canonical(got)];
  return a === b ? { kind: 'passed' } : { kind: 'failed', want: a, got: b };
}

function canonical(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}
