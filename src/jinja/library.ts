import type { Filter } from './filters/filter.ts';
import { filters } from './filters/index.ts';
import { globals } from './globals.ts';
import { tests } from './tests/index.ts';
import type { Test } from './tests/test.ts';
import type { Value } from './values/value.ts';

/** What templates can call: the built-ins, those of a tool, and those of the team's own build script. */
export interface Library {
  readonly filters: ReadonlyMap<string, Filter>;
  readonly tests: ReadonlyMap<string, Test>;
  readonly globals: ReadonlyMap<string, Value>;
}

export const builtIn: Library = { filters, tests, globals };

/** A later library's names replace those of an earlier one. */
export function joinLibraries(...libraries: readonly Library[]): Library {
  return {
    filters: new Map(libraries.flatMap((library) => [...library.filters])),
    tests: new Map(libraries.flatMap((library) => [...library.tests])),
    globals: new Map(libraries.flatMap((library) => [...library.globals])),
  };
}
