import { DiagnosticList } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { compareText, sortedBy } from '../core/order.ts';
import { formatPosition, type SourceSpan } from '../core/source.ts';
import { explainStep } from '../launchers/explain-step.ts';
import { readableText } from '../launchers/shell/text-value.ts';
import type { LauncherStep } from '../launchers/types.ts';
import { operatorRefusal } from '../rules/match.ts';
import type { Loaded, RuleSet } from '../rules/rule-set.ts';
import { convertPlatform } from './convert-platform.ts';
import { launcherContext } from './read-graphs.ts';
import type { ConvertOptions } from './types.ts';

/** Which rule took a step, and why each other one did not. */
export interface StepExplanation {
  readonly task: string;
  readonly environment: string;
  readonly at: SourceSpan;
  readonly step: string;
  /** Ids of rules that took part, with their place; empty where no rule took the step. */
  readonly taken: readonly { readonly id: string; readonly at: string }[];
  readonly refused: readonly { readonly id: string; readonly why: string }[];
}

export interface RulesExplanation {
  readonly steps: readonly StepExplanation[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `where` is `FILE`, `FILE:LINE` or the name of a task, with or without its first `+`. */
export async function explainRules(host: Host, options: ConvertOptions, where: string): Promise<RulesExplanation> {
  const sink = new DiagnosticList();
  const platform = await convertPlatform(host, options, sink);
  if (platform === undefined) return { steps: [], diagnostics: sink.sorted() };
  const { rules, project, manifests } = platform;
  const steps = platform.read.flatMap((read) =>
    read.steps
      .filter((step) => names(where, step))
      .map((step): StepExplanation => {
        const context = launcherContext({ host, project, rules, manifests }, step, { add: () => undefined });
        const launchers = explainStep(step, context);
        const task = read.graph.tasks.get(step.task);
        const taker = task?.kind === 'operator' ? task.launch?.rule : undefined;
        const operators = rules.byKind.operator.map((rule) => ({ rule, why: operatorRefusal(rule, step) }));
        const operator = taker === undefined ? operators.find(({ why }) => why === undefined)?.rule.id : undefined;
        const taken = [taker, operator, ...rulesAt(step.commandSpan, sink.items)];
        return {
          task: step.task,
          environment: step.environment,
          at: step.commandSpan,
          step: `${step.operator}> ${step.command.kind === 'text' ? firstLine(readableText(step.command)) : ''}`.trim(),
          taken: placed([...new Set(taken)], rules),
          refused: sortedBy(
            [...launchers, ...(taker === undefined ? operators : [])].flatMap(({ rule, why }) =>
              why === undefined || taken.includes(rule.id) ? [] : [{ id: rule.id, why }],
            ),
            (each) => each.id,
          ),
        };
      }),
  );
  return {
    steps: sortedBy(steps, (each) => `${each.task}\u0000${each.environment}`),
    diagnostics: sink.sorted().filter((each) => each.code === 'RULE_INVALID' || each.code === 'RULE_SYNTAX'),
  };
}

function names(where: string, step: LauncherStep): boolean {
  const place = /^(.*?):(\d+)$/.exec(where);
  const file = place?.[1] ?? where;
  const line = place === null ? undefined : Number(place[2]);
  const { start, end } = step.commandSpan;
  if (step.commandSpan.file === file) return line === undefined || (line >= start.line && line <= end.line);
  return step.task === where || step.task === `+${where}` || step.task.endsWith(`+${where.replace(/^\+/, '')}`);
}

/** Rules that left a finding at the step. */
function rulesAt(span: SourceSpan, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .flatMap((each) =>
      each.rule !== undefined && each.span?.file === span.file && each.span.start.line === span.start.line
        ? [each.rule]
        : [],
    )
    .sort(compareText);
}

function placed(ids: readonly (string | undefined)[], rules: RuleSet): StepExplanation['taken'] {
  return ids.flatMap((id) => {
    const rule: Loaded | undefined = id === undefined ? undefined : rules.byId.get(id);
    return rule === undefined ? [] : [{ id: rule.id, at: formatPosition(rule.at) }];
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
