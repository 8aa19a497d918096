import { compareText } from '../core/order.ts';

/** Usual names of environments, from the first a change reaches to the last. */
const ranks: ReadonlyMap<string, number> = new Map(
  [
    ['local', 'sandbox', 'sbx'],
    ['dev', 'develop', 'development'],
    ['test', 'tst', 'testing', 'qa', 'ci'],
    ['stg', 'stag', 'stage', 'staging', 'stging'],
    ['uat', 'preprod', 'preprd', 'pre', 'beta'],
    ['prd', 'prod', 'production', 'live'],
  ].flatMap((names, rank) => names.map((name): [string, number] => [name, rank])),
);

/** Words that stand for "every environment" in the name of a file. */
export const sharedNames: readonly string[] = ['common', 'default', 'defaults', 'base', 'all', 'global', 'shared'];

/** Names of parameters and shell variables that hold the environment. */
const variableNames: ReadonlySet<string> = new Set([
  'env',
  'environment',
  'stage',
  'env_name',
  'target_env',
  'deploy_env',
  'app_env',
  'digdag_env',
]);

export function isEnvironmentVariable(name: string): boolean {
  return variableNames.has(name.toLowerCase());
}

/** Names of the environment variable a workflow may be started with, the usual first. */
export const startParameters: readonly string[] = [...variableNames];

/** The environment that one part of a path names: the whole part, or a word of it as in `digdag-prd`. */
export function environmentIn(part: string, known?: readonly string[]): string | undefined {
  const isName = (word: string): boolean =>
    known === undefined ? ranks.has(word.toLowerCase()) : known.includes(word);
  if (isName(part)) return part;
  return part.split(/[-_.]/).find(isName);
}

/** In the order in which a change reaches them; unknown names first, by name. */
export function inEnvironmentOrder(names: Iterable<string>): readonly string[] {
  const rank = (name: string): number => ranks.get(name.toLowerCase()) ?? -1;
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || compareText(a, b));
}
