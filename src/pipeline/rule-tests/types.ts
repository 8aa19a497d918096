import type { SourceFile, SourceSpan } from '../../core/source.ts';
import type { RuleSet } from '../../rules/rule-set.ts';

/** One example of a rule after it ran. */
export interface ExampleResult {
  readonly rule: string;
  /** Place of the rule's id. */
  readonly at: SourceSpan;
  /** Number of the example in its file, the first is 1. */
  readonly number: number;
  readonly accepts: boolean;
  /** What is wrong, with what was wanted and what came; empty where the example holds. */
  readonly problems: readonly string[];
}

/** The rule under test takes part with all others, as it does in a conversion. */
export interface ExampleContext {
  readonly rules: RuleSet;
  /** The files that the rules are from. */
  readonly files: readonly SourceFile[];
}

/** `what: wanted …, got …` where the two differ. */
export function differs(what: string, wanted: unknown, got: unknown): readonly string[] {
  const [left, right] = [JSON.stringify(wanted), JSON.stringify(got)];
  return left === right ? [] : [`${what}: wanted ${left ?? 'nothing'}, got ${right ?? 'nothing'}`];
}
