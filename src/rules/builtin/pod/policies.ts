import { diagnose } from '../../../core/diagnose.ts';
import type { DiagnosticSink } from '../../../core/diagnostic.ts';
import type { SourceSpan } from '../../../core/source.ts';
import type { Loaded } from '../../rule-set.ts';
import type { PolicyRule } from '../../schema.ts';
import type { JsonValue } from '../../schema-parts.ts';
import type { Decision } from '../../types.ts';

export type PolicyTarget = PolicyRule['sets'];

/** A value the user gave for a policy, and where. */
export interface PolicyChoice {
  readonly value: JsonValue;
  readonly span?: SourceSpan | undefined;
}

/** The policies of a run: what is taken, and how the report says it. */
export interface Policies {
  /** By what they set. */
  readonly values: ReadonlyMap<PolicyTarget, JsonValue>;
  readonly decisions: readonly Decision[];
}

/** The policy rules with the user's choices (key under `policies:` → value); a value that is not allowed is reported, and the default holds. */
export function policiesOf(
  rules: { readonly byKind: { readonly policy: readonly Loaded<PolicyRule>[] } },
  chosen: ReadonlyMap<string, PolicyChoice> = new Map(),
  sink?: DiagnosticSink,
): Policies {
  const values = new Map<PolicyTarget, JsonValue>();
  const decisions: Decision[] = [];
  const known = rules.byKind.policy.map((rule) => rule.name).sort();
  for (const [name, { span }] of chosen)
    if (!known.includes(name)) sink?.add(diagnose('POLICY_UNKNOWN', { name, known }, { span }));
  for (const rule of rules.byKind.policy) {
    const value = chosenValue(rule, chosen.get(rule.name), sink);
    values.set(rule.sets, value);
    decisions.push({ policy: rule.name, text: decisionText(rule, value) });
  }
  return { values, decisions };
}

/** The sentence a policy gives for a value. */
export function decisionText(rule: PolicyRule, value: JsonValue): string {
  return rule.decision.replaceAll('{value}', typeof value === 'string' ? value : JSON.stringify(value));
}

/** True where the policy takes the value: one of its list, or else of its default's type. */
export function allowsValue(rule: PolicyRule, value: JsonValue): boolean {
  if (rule.values !== undefined)
    return rule.values.some((allowed) => JSON.stringify(allowed) === JSON.stringify(value));
  return (
    value === null ||
    rule.default === null ||
    (typeof value === typeof rule.default && Array.isArray(value) === Array.isArray(rule.default))
  );
}

function chosenValue(
  rule: Loaded<PolicyRule>,
  choice: PolicyChoice | undefined,
  sink: DiagnosticSink | undefined,
): JsonValue {
  if (choice === undefined) return rule.default;
  if (allowsValue(rule, choice.value)) return choice.value;
  const values = rule.values?.map((value) => JSON.stringify(value)).join(' or ') ?? `a ${typeof rule.default}`;
  sink?.add(
    diagnose(
      'POLICY_VALUE',
      { name: rule.name, value: JSON.stringify(choice.value), values },
      { span: choice.span, rule: rule.id },
    ),
  );
  return rule.default;
}
