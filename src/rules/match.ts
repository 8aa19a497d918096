import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { OperatorTask } from '../ir/graph.ts';
import type { Loaded, RuleSet } from './rule-set.ts';
import type { OperatorRuleFile } from './schema.ts';

/** True where one of the patterns is found in the text. */
function found(patterns: string | readonly string[], text: string): boolean {
  return (typeof patterns === 'string' ? [patterns] : patterns).some((pattern) => new RegExp(pattern, 'u').test(text));
}

/** The one rule that takes the task. None or several: undefined; several were reported. */
export function operatorRuleFor(
  rules: RuleSet,
  task: OperatorTask,
  sink: DiagnosticSink,
): Loaded<OperatorRuleFile> | undefined {
  const matching = operatorRulesFor(rules, task);
  if (matching.length > 1) {
    const ids = matching.map((rule) => rule.id);
    const related = matching.map((rule) => ({ span: rule.at, note: rule.id }));
    sink.add(
      diagnose('RULE_SEVERAL', { what: `${task.operator}> of ${task.id}`, rules: ids }, { span: task.span, related }),
    );
  }
  return matching.length === 1 ? matching[0] : undefined;
}

function operatorRulesFor(rules: RuleSet, task: OperatorTask): readonly Loaded<OperatorRuleFile>[] {
  return rules.byKind.operator.filter((rule) => operatorRefusal(rule, task) === undefined);
}

/** The first condition of a rule that the step does not meet; undefined where it meets all. */
export function operatorRefusal(
  { match }: OperatorRuleFile,
  step: Pick<OperatorTask, 'operator' | 'options'>,
): string | undefined {
  if (!found(match.operator, step.operator)) return `the operator is ${step.operator}`;
  const option = (match.option ?? []).find((name) => !step.options.has(name));
  return option === undefined ? undefined : `there is no option ${option}`;
}

/** Options of the task that the rule neither reads nor calls unsupported: what would be lost unseen. */
export function unreadOptions(rule: OperatorRuleFile, task: OperatorTask): readonly string[] {
  return [...task.options.keys()].filter(
    (option) => !rule.reads.includes(option) && !Object.hasOwn(rule.unsupported, option),
  );
}
