import { dataFilters } from './data.ts';
import type { Filter } from './filter.ts';
import { htmlFilters } from './html.ts';
import { numberFilters } from './number.ts';
import { selectFilters } from './select.ts';
import { lengthFilters, sequenceFilters } from './sequence.ts';
import { textFilters } from './text.ts';
import { urlizeFilters } from './urlize.ts';

/** The built-in filters of Jinja2 3.1, by name. */
export const filters: ReadonlyMap<string, Filter> = new Map(
  [
    textFilters,
    numberFilters,
    sequenceFilters,
    lengthFilters,
    selectFilters,
    dataFilters,
    htmlFilters,
    urlizeFilters,
  ].flatMap((family) => Object.entries(family)),
);

export const filterNames: ReadonlySet<string> = new Set(filters.keys());
