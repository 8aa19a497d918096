import { PyError } from './error.ts';

/** Texts longer than this end the rendering: no manifest needs them, a mistake easily makes them. */
const maxTextLength = 16 * 1024 * 1024;
export const maxIterations = 1_000_000;
/** Nested template functions (macros, blocks, includes): Python stops a little later, at its own recursion limit. */
export const maxDepth = 180;
/** Items looked at, macros called, and texts read or made by the 64 characters: some seconds at most. */
const maxWork = 5_000_000;
/** Larger integers take too long to compute with. */
const maxBits = 1_000_000;

let work = 0;

/** Rendering is synchronous, so one counter serves all; `startWork` begins it for each rendering. */
export function startWork(): void {
  work = 0;
}

export function spend(amount: number): void {
  work += amount;
  if (work > maxWork) throw new PyError('LimitError', `more than ${maxWork} steps`);
}

/** Called before a text of this length is made. */
export function checkSize(length: number): void {
  if (length > maxTextLength) throw new PyError('LimitError', `a text of ${length} characters`);
}

/** Whoever reads or makes a long text pays for it. */
export function spendText(length: number): void {
  spend(1 + length / 64);
}

export function checkItems(count: number): void {
  if (count > maxIterations) throw new PyError('LimitError', `a list of more than ${maxIterations} items`);
  spend(count);
}

export function checkBits(bits: number): void {
  if (bits > maxBits) throw new PyError('LimitError', `a number of ${Math.floor(bits)} bits`);
}
