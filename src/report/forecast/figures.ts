/** Numbers of the forecast, from the rules of kind `figures`. */
export interface Figures {
  /** Kind of finding, or its code → minutes. */
  readonly minutes: { readonly p50: Readonly<Record<string, number>>; readonly p90: Readonly<Record<string, number>> };
  /** First word of a launcher's deed → seconds. */
  readonly launchSeconds: Readonly<Record<string, number>>;
  readonly rules: readonly string[];
}

/** What counts cost by a table of figures; a kind without a figure costs nothing. */
export function sumFigures(values: Readonly<Record<string, number>>, of: Readonly<Record<string, number>>): number {
  return Object.entries(of).reduce((sum, [kind, count]) => sum + count * (values[kind] ?? 0), 0);
}
