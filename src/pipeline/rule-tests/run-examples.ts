import { assertNever } from '../../core/assert-never.ts';
import { sortedBy } from '../../core/order.ts';
import type { SourceFile } from '../../core/source.ts';
import { sumFigures } from '../../report/forecast/figures.ts';
import { allowsValue, decisionText } from '../../rules/builtin/pod/policies.ts';
import { nameByRule } from '../../rules/naming.ts';
import type { Loaded, RuleSet } from '../../rules/rule-set.ts';
import type { NamingRule, PolicyRule, RuleOf } from '../../rules/schema.ts';
import { operatorExample } from './operator-examples.ts';
import { clockExample, imageExample, sidecarExample } from './pod-examples.ts';
import { launcherExample, notificationExample } from './step-examples.ts';
import { differs, type ExampleContext, type ExampleResult } from './types.ts';

/** Runs the accept and refuse examples of every rule, each rule among all others. */
export async function runRuleExamples(rules: RuleSet, files: readonly SourceFile[]): Promise<readonly ExampleResult[]> {
  const context: ExampleContext = { rules, files };
  const results: ExampleResult[] = [];
  for (const rule of sortedBy([...rules.byId.values()], (each) => `${each.kind}\u0000${each.id}`)) {
    const problems = await problemsOf(rule, context);
    results.push(
      ...problems.map(
        (each, at): ExampleResult => ({
          rule: rule.id,
          at: rule.at,
          number: at + 1,
          accepts: !refuses(rule.examples[at]),
          problems: each,
        }),
      ),
    );
  }
  return results;
}

function refuses(example: Loaded['examples'][number] | undefined): boolean {
  if (example === undefined) return false;
  if ('gives' in example) return example.gives === 'nothing' || example.gives === 'refused' || example.gives === 'kept';
  return 'names' in example && example.names.length === 0;
}

async function problemsOf(rule: Loaded, context: ExampleContext): Promise<readonly (readonly string[])[]> {
  switch (rule.kind) {
    case 'operator':
      return Promise.all(rule.examples.map((example) => operatorExample(example, rule, context)));
    case 'launcher':
      return rule.examples.map((example) => launcherExample(example, rule, context));
    case 'notification':
      return rule.examples.map((example) => notificationExample(example, rule, context));
    case 'macro':
      return rule.examples.map((example) => macroExample(example, rule));
    case 'clock':
      return rule.examples.map((example) => clockExample(example, rule, context));
    case 'sidecar':
      return rule.examples.map((example) => sidecarExample(example, rule, context));
    case 'image':
      return rule.examples.map((example) => imageExample(example, rule));
    case 'policy':
      return rule.examples.map((example) => policyExample(example, rule));
    case 'naming':
      return rule.examples.map((example) => namingExample(example, rule, context));
    case 'figures':
      return rule.examples.map((example) => figuresExample(example, rule));
    default:
      return assertNever(rule);
  }
}

function figuresExample(example: RuleOf<'figures'>['examples'][number], rule: RuleOf<'figures'>): readonly string[] {
  const unknown = Object.keys(example.of).filter((kind) => !Object.hasOwn(rule.values, kind));
  return [
    ...unknown.map((kind) => `the rule has no figure for ${kind}`),
    ...differs('sum', example.gives, sumFigures(rule.values, example.of)),
  ];
}

function macroExample(example: RuleOf<'macro'>['examples'][number], rule: RuleOf<'macro'>): readonly string[] {
  const names = [...example.text.matchAll(new RegExp(rule.pattern, 'gu'))].map((match) => match.groups?.['name']);
  return differs('names', example.names, names);
}

function policyExample(example: PolicyRule['examples'][number], rule: PolicyRule): readonly string[] {
  const allowed = allowsValue(rule, example.value);
  if (example.gives === 'refused') return allowed ? ['the value is allowed, and should not be'] : [];
  return allowed ? differs('text', example.gives.text, decisionText(rule, example.value)) : ['the value is refused'];
}

function namingExample(
  example: NamingRule['examples'][number],
  rule: Loaded<NamingRule>,
  { rules }: ExampleContext,
): readonly string[] {
  const alone = { byKind: { ...rules.byKind, naming: [rule] } };
  const name = nameByRule(alone, rule.names, example.from);
  return differs('name', example.gives === 'nothing' ? undefined : example.gives.name, name);
}
