import { type Labels, type Leaf, Markup, noLabels, type Plain, Tagged, type Value } from '../values/value.ts';

/**
 * Which leaves the operation under way has looked at. Operators and filters are written for plain values; they reach
 * them only through `peek`, which notes the tags, and whoever runs an operation tags its result with what was noted.
 * Rendering is synchronous, so one module variable holds the state; `startTracking` resets it for each rendering.
 */
let noted: Labels = noLabels;
let reads = new Set<Leaf>();

export function startTracking(): void {
  noted = noLabels;
  reads = new Set();
}

/** Every leaf looked at since `startTracking`. */
export function readLeaves(): ReadonlySet<Leaf> {
  return reads;
}

export function note(labels: Labels): void {
  if (labels.size === 0) return;
  for (const leaf of labels) reads.add(leaf);
  noted = union(noted, labels);
}

/** The plain value, with its tags noted for the result of the operation under way. */
export function peek(value: Value): Plain {
  if (!(value instanceof Tagged)) return value;
  note(value.labels);
  return value.value;
}

/** The plain value where the outcome does not depend on it, as for its type of absence. */
export function bare(value: Value): Plain {
  return value instanceof Tagged ? value.value : value;
}

/** Opens an operation; give the result to `endOperation`. */
export function beginOperation(): Labels {
  const outer = noted;
  noted = noLabels;
  return outer;
}

export function endOperation(outer: Labels): Labels {
  const labels = noted;
  noted = outer;
  return labels;
}

export function union(a: Labels, b: Labels): Labels {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  let missing = false;
  for (const leaf of b) {
    if (!a.has(leaf)) {
      missing = true;
      break;
    }
  }
  if (!missing) return a;
  const both = new Set(a);
  for (const leaf of b) both.add(leaf);
  return both;
}

/** The value, also depending on `labels`. */
export function tag(value: Value, labels: Labels): Value {
  if (labels.size === 0) return value;
  if (!(value instanceof Tagged)) return new Tagged(value, labels);
  const all = union(value.labels, labels);
  if (value.runs === undefined) return all === value.labels ? value : new Tagged(value.value, all);
  const length =
    value.value instanceof Markup ? value.value.text.length : typeof value.value === 'string' ? value.value.length : 0;
  return new Tagged(value.value, all, cover(value.runs, length, labels));
}

function cover(runs: NonNullable<Tagged['runs']>, length: number, labels: Labels): Tagged['runs'] {
  const covered: NonNullable<Tagged['runs']>[number][] = [];
  let at = 0;
  for (const run of runs) {
    if (run.start > at) covered.push({ start: at, end: run.start, data: labels, control: [], origin: undefined });
    covered.push({ ...run, data: union(run.data, labels) });
    at = run.end;
  }
  if (at < length || covered.length === 0)
    covered.push({ start: at, end: length, data: labels, control: [], origin: undefined });
  return covered;
}
