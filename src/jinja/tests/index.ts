import { comparisonTests } from './comparisons.ts';
import { kindTests } from './kinds.ts';
import type { Test } from './test.ts';

export { testNames } from './names.ts';

/** The built-in tests of Jinja2 3.1, by name. */
export const tests: ReadonlyMap<string, Test> = new Map(
  [kindTests, comparisonTests].flatMap((family) => Object.entries(family)),
);
