import type { AccountedUnit } from '../core/accounting.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Report } from '../report/types.ts';
import type { RuleKind } from '../rules/schema.ts';
import type { ConvertedPlatform } from './convert-platform.ts';

/** Kinds whose firing leaves the rule's id on what it made; of the others nothing can be said. */
const traced: readonly RuleKind[] = ['operator', 'launcher', 'notification'];

/** Rules that replaced one of the same id, and rules of the user that no part of the platform asked for. */
export function ruleUse(
  platform: ConvertedPlatform,
  units: readonly AccountedUnit[],
  diagnostics: readonly Diagnostic[],
): Report['rules'] {
  const used = usedRules(platform, units, diagnostics);
  const unused = traced.flatMap((kind) =>
    platform.rules.byKind[kind].filter((rule) => !rule.at.file.startsWith('dig2argo:') && !used.has(rule.id)),
  );
  return {
    replaced: [...new Set(platform.rules.replacements.map((replacement) => replacement.id))].sort(),
    unused: unused.map((rule) => rule.id).sort(),
  };
}

function usedRules(
  { jobs }: ConvertedPlatform,
  units: readonly AccountedUnit[],
  diagnostics: readonly Diagnostic[],
): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { fate } of units) {
    if (fate.kind === 'consumed') used.add(fate.by);
    if (fate.kind === 'dropped') used.add(fate.rule);
  }
  for (const { rule } of diagnostics) if (rule !== undefined) used.add(rule);
  for (const { facts, templates } of jobs.flatMap((job) => [...job.converted.values()])) {
    for (const { rule } of [...facts.accepted, ...templates]) used.add(rule);
    for (const rule of facts.steps.flatMap((step) => step.rules)) used.add(rule);
  }
  return used;
}
