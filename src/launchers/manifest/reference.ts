import type { ManifestEntry, ManifestValues } from '../../config/schema.ts';
import { escapeRegExp } from '../../core/escape-regexp.ts';

/** The configuration's entry for what a launcher names, with its placeholders filled. */
export interface ManifestReference {
  readonly entry: ManifestEntry;
  readonly placeholders: ReadonlyMap<string, string>;
  /** The environment whose manifest is fetched: `{env}` of the pattern, else the step's own. */
  readonly environment: string;
  readonly template?: string;
  readonly variables: readonly string[];
  readonly values: ManifestValues;
  readonly rendered?: string;
}

/** The first entry whose `from` fits the URL or path; a query is left out where the pattern has none. */
export function findManifest(
  entries: readonly ManifestEntry[],
  named: string,
  environment: string,
): ManifestReference | undefined {
  for (const candidate of [named, named.replace(/[?#].*$/, '')]) {
    for (const entry of entries) {
      const placeholders = matchPattern(entry.from, candidate);
      if (placeholders !== undefined) return fill(entry, placeholders, environment);
    }
  }
  return undefined;
}

/** Values of the `{placeholders}` where the text fits the pattern; each stands for a run without `/`, `?` and `#`. */
function matchPattern(pattern: string, text: string): ReadonlyMap<string, string> | undefined {
  const names: string[] = [];
  const source = pattern
    .split(/(\{\w+\})/)
    .map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      if (name === undefined) return escapeRegExp(piece);
      const known = names.indexOf(name);
      if (known >= 0) return `\\${known + 1}`;
      names.push(name);
      return '([^/?#]+)';
    })
    .join('');
  const match = new RegExp(`^${source}$`).exec(text);
  return match === null ? undefined : new Map(names.map((name, at) => [name, match[at + 1] ?? '']));
}

export function fillPattern(pattern: string, placeholders: ReadonlyMap<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => placeholders.get(name) ?? whole);
}

function fill(entry: ManifestEntry, matched: ReadonlyMap<string, string>, environment: string): ManifestReference {
  const placeholders = new Map([['env', environment], ...matched]);
  const filled = (pattern: string): string => fillPattern(pattern, placeholders);
  return {
    entry,
    placeholders,
    environment: placeholders.get('env') ?? environment,
    variables: (entry.variables ?? []).map(filled),
    values: Object.fromEntries(
      Object.entries(entry.values ?? {}).map(([name, value]) => [
        name,
        typeof value === 'string' ? filled(value) : value,
      ]),
    ),
    ...(entry.template === undefined ? {} : { template: filled(entry.template) }),
    ...(entry.rendered === undefined ? {} : { rendered: filled(entry.rendered) }),
  };
}
