import type { SessionEffect, TemplateName } from '../effect.ts';
import type { LegacyEffect } from '../legacy/types.ts';
import type { RunsResult } from './runs.ts';

/**
 * Why nothing can be proved where a program that is not in the tree was taken for a launcher by a rule: the legacy side
 * sees a command there, Argo starts the Job that the rule speaks of. Undefined where anything else differs too.
 */
export function unreadLaunchers(
  legacy: readonly LegacyEffect[],
  argo: readonly SessionEffect[],
  { matches, differences }: RunsResult,
  ruleOf: (template: TemplateName) => string | undefined,
): string | undefined {
  const missing = legacy.filter((_, at) => !matches.some((match) => match.legacy === at));
  const added = argo.filter((_, at) => !matches.some((match) => match.argo === at));
  if (missing.length === 0 || added.length === 0 || differences.length > missing.length + added.length)
    return undefined;
  const programs = missing.map((effect) => (effect.kind === 'command' ? programOf(effect.source) : undefined));
  const rules = added.map((effect) => {
    const rule = effect.kind === 'job' && effect.template !== undefined ? ruleOf(effect.template) : undefined;
    return rule?.startsWith('launcher-') === true ? rule : undefined;
  });
  if (programs.includes(undefined) || rules.includes(undefined)) return undefined;
  const names = [...new Set(programs)].join(', ');
  return `${names} is not in the tree: launcher taken from rule ${[...new Set(rules)].join(', ')}; worker.files in dig2argo.yaml can show it`;
}

function programOf(source: string): string | undefined {
  return /^\s*(?:\w+=\S*\s+)*(\S+)/.exec(source)?.[1];
}
