import type { RuleSet } from '../../rules/rule-set.ts';

/** The name in a macro as written (`TARGET_DATE` of `__TARGET_DATE__`), by the macro rules; else its word characters. */
export function macroName(written: string, rules: RuleSet): string {
  const unescaped = written.replace(/\\(.)/g, '$1');
  for (const rule of rules.byKind.macro) {
    const match = new RegExp(`^(?:${rule.pattern})$`, 'u').exec(unescaped);
    if (match?.groups?.['name'] !== undefined) return match.groups['name'];
  }
  return unescaped.replace(/^\W+|\W+$/g, '').replace(/^_+|_+$/g, '') || unescaped;
}
