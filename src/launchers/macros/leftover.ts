import type { SourceSpan } from '../../core/source.ts';
import { spanOf } from '../../ir/read-value.ts';
import type { Value } from '../../ir/value.ts';
import type { RuleSet } from '../../rules/rule-set.ts';
import { readableText } from '../shell/text-value.ts';

export interface LeftoverMacro {
  readonly macro: string;
  readonly where: string;
  readonly at: SourceSpan | undefined;
}

/** Texts that look like a run-time macro of the rules and have no value; each once. */
export function leftoverMacros(manifest: Value, rules: RuleSet): readonly LeftoverMacro[] {
  const patterns = rules.byKind.macro.filter((rule) => rule.leftover).map((rule) => new RegExp(rule.pattern, 'gu'));
  const found = new Map<string, LeftoverMacro>();
  const visit = (value: Value, path: string): void => {
    switch (value.kind) {
      case 'text': {
        const text = readableText(value);
        for (const pattern of patterns)
          for (const [macro] of text.matchAll(pattern))
            if (!found.has(macro)) found.set(macro, { macro, where: path, at: spanOf(value.from) });
        return;
      }
      case 'scalar':
        return;
      case 'list':
        for (const [at, item] of value.items.entries()) visit(item, `${path}[${at}]`);
        return;
      case 'map':
        for (const [key, entry] of value.entries) visit(entry, path === '' ? key : `${path}.${key}`);
    }
  };
  visit(manifest, '');
  return [...found.values()];
}
