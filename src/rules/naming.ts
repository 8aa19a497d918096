import type { RuleSet } from './rule-set.ts';
import type { NamingRule } from './schema.ts';

/** The name that the naming rules give to a legacy name; the first rule that fits decides. Undefined where none does. */
export function nameByRule(
  rules: Pick<RuleSet, 'byKind'>,
  names: NamingRule['names'],
  legacy: string,
): string | undefined {
  for (const rule of rules.byKind.naming) {
    const name = rule.names === names ? renamed(rule, legacy) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

function renamed(rule: NamingRule, legacy: string): string | undefined {
  // Environment variables, macros and parameters write the same name in different cases.
  const match = new RegExp(rule.from, rule.case === 'keep' ? 'iu' : 'u').exec(legacy);
  if (match === null) return undefined;
  const name = rule.name.replace(
    /\$(?:<(\w+)>|(\d))/g,
    (_, group: string | undefined, index: string | undefined) =>
      (group === undefined ? match[Number(index)] : match.groups?.[group]) ?? '',
  );
  switch (rule.case) {
    case 'kebab':
      return words(name).join('-');
    case 'snake':
      return words(name).join('_');
    case 'keep':
      return name;
  }
}

function words(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
