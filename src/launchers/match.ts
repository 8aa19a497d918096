import { diagnose } from '../core/diagnose.ts';
import { entryOf, staticText } from '../ir/read-value.ts';
import type { Value } from '../ir/value.ts';
import type { Loaded } from '../rules/rule-set.ts';
import type { LauncherRule } from '../rules/schema.ts';
import { readableText } from './shell/text-value.ts';
import type { LauncherContext, LauncherStep } from './types.ts';

/** What can be seen of a step before any rule reads it. */
export interface Evidence {
  /** The command itself, and each program it or its scripts run, with its arguments. */
  readonly commands: readonly string[];
  /** Texts of the scripts that run, the command's own among them. */
  readonly scripts: readonly string[];
}

/** Why a rule does not take a step; undefined where it does. */
export function refusal(rule: LauncherRule, step: LauncherStep, evidence: Evidence): string | undefined {
  const { match } = rule;
  if (!found(match.operator, step.operator)) return `the operator is ${step.operator}`;
  const missing = (match.option ?? []).find(
    (name) => !step.options.has(name) && entryOf(step.command, name) === undefined,
  );
  if (missing !== undefined) return `there is no option ${missing}`;
  const parameter = (match.parameter ?? []).find(
    (name) => !hasParameter(step.scope, name) && !hasParameter(step.options, name),
  );
  if (parameter !== undefined) return `there is no parameter ${parameter}`;
  if (match.shape === 'manifest' && manifestValue(step) === undefined) return 'no value has the shape of a manifest';
  if (match.shape === 'text' && step.command.kind !== 'text') return 'the value is no text';
  const command = match.command;
  if (command !== undefined && !evidence.commands.some((text) => new RegExp(command, 'mu').test(text)))
    return `no command fits ${command}`;
  const absent = (match.script ?? []).find(
    (pattern) => !evidence.scripts.some((text) => new RegExp(pattern, 'mu').test(text)),
  );
  if (absent !== undefined) return `no script holds ${absent}`;
  const present = (match.without ?? []).find((pattern) =>
    evidence.scripts.some((text) => new RegExp(pattern, 'mu').test(text)),
  );
  return present === undefined ? undefined : `a script holds ${present}`;
}

/** The one launcher rule that takes the step; several are an error. */
export function launcherRuleFor(
  step: LauncherStep,
  evidence: Evidence,
  context: LauncherContext,
): Loaded<LauncherRule> | 'several' | undefined {
  const fitting = context.rules.byKind.launcher.filter((rule) => refusal(rule, step, evidence) === undefined);
  const matching = fitting.filter((rule) => !fitting.some((other) => other.instead_of?.includes(rule.id) === true));
  if (matching.length <= 1) return matching[0];
  const related = matching.map((rule) => ({ span: rule.at, note: rule.id }));
  context.sink.add(
    diagnose(
      'RULE_SEVERAL',
      { what: `${step.operator}> of ${step.task}`, rules: matching.map((rule) => rule.id) },
      { span: step.commandSpan, related },
    ),
  );
  return 'several';
}

/** The map with `kind` and `apiVersion` that is the step's value or one of its options. */
export function manifestValue(step: LauncherStep): Value | undefined {
  return [step.command, ...step.options.values()].find(
    (value) =>
      staticText(entryOf(value, 'apiVersion')) !== undefined && staticText(entryOf(value, 'kind')) !== undefined,
  );
}

function found(patterns: string | readonly string[], text: string): boolean {
  return (typeof patterns === 'string' ? [patterns] : patterns).some((pattern) => new RegExp(pattern, 'u').test(text));
}

function hasParameter(scope: ReadonlyMap<string, Value>, name: string): boolean {
  const [first = '', ...rest] = name.split('.');
  return scope.has(name) || (rest.length > 0 && entryOf(scope.get(first), ...rest) !== undefined);
}

export function commandLine(program: string, args: readonly Value[]): string {
  return [
    program.split('/').at(-1) ?? program,
    ...args.map((arg) => (arg.kind === 'text' ? readableText(arg) : '')),
  ].join(' ');
}
