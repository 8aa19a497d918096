import { diagnose } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Effect, LauncherDeed } from '../ir/graph.ts';
import { asMap } from '../ir/read-value.ts';
import type { TextValue } from '../ir/value.ts';
import type { Loaded, RuleSet } from '../rules/rule-set.ts';
import type { LauncherRule, OperatorRuleFile } from '../rules/schema.ts';
import { commandLine, launcherRuleFor } from './match.ts';
import { type Notification, notificationOf, notificationOperator } from './notification.ts';
import { manualEffect, operatorWork, unreadLaunch } from './operator-work.ts';
import { type Deed, deedsOf, inOrder } from './order.ts';
import { plainCommand } from './plain-command.ts';
import { type ProgramCall, readProgramLauncher } from './program-launcher.ts';
import { readClientLauncher } from './python/read-client.ts';
import { textAt, valueAt } from './rule-values.ts';
import { readScriptLauncher } from './script-launcher.ts';
import { OTHER_COMMAND } from './shell/other-command.ts';
import type { LauncherContext, LauncherStep, LaunchResult } from './types.ts';
import { wantsUnroll } from './unroll.ts';
import { evidenceOf, walkCommand } from './walk.ts';

/**
 * What a step does to the world: the Jobs it starts, the message it sends, or the command it runs.
 * Undefined for an operator that is none of these; nothing is ever run.
 */
export function readLauncher(step: LauncherStep, context: LauncherContext): LaunchResult | undefined {
  const command = commandOf(step, context);
  const evidence = evidenceOf(command, step, context);
  const rule = launcherRuleFor(step, evidence, context);
  if (rule === 'several') return { effects: [unreadLaunch(step)], commands: [], unroll: [] };
  if (rule !== undefined) {
    const launched = launchBy(rule, command, step, context);
    const nothing = launched.effects.length === 0 && launched.unroll.length === 0;
    return nothing ? { ...launched, effects: [unreadLaunch(step)] } : launched;
  }
  if (step.operator !== 'sh' || command === undefined) return otherOperator(step, context);
  return notifyStep(command, step, context) ?? plainCommand(command, step, context);
}

/** An operator that sends a message by itself, or one that only a person can convert. */
function otherOperator(step: LauncherStep, context: LauncherContext): LaunchResult | undefined {
  const sent = notificationOperator(step, context);
  if (sent !== undefined) return { effects: [sent.effect], commands: [], unroll: [] };
  const known = context.rules.byKind.operator.find((rule) => operatorFits(rule, step.operator));
  const details = { span: step.commandSpan, rule: known?.id };
  if (known?.use !== undefined) return { effects: [operatorWork(known.use, step, context)], commands: [], unroll: [] };
  if (known === undefined)
    context.sink.add(diagnose('OPERATOR_UNKNOWN', { operator: step.operator, task: step.task }, details));
  else if (known.manual !== undefined)
    context.sink.add(diagnose('OPERATOR_MANUAL', { operator: step.operator, remedy: known.manual }, details));
  const remedy = known?.manual ?? 'write a rule for this operator, or a step that does its work';
  return { effects: [manualEffect(step, remedy, context)], commands: [], unroll: [] };
}

/** The command line of a shell step, or of the shell step inside an operator that a rule knows. */
export function commandOf(step: LauncherStep, context: LauncherContext): TextValue | undefined {
  if (step.operator === 'sh') return step.command.kind === 'text' ? step.command : undefined;
  for (const rule of context.rules.byKind.launcher) {
    if (rule.runs === undefined || !operatorFits(rule, step.operator)) continue;
    for (const source of [rule.runs].flat()) {
      const value = textAt(source, step, undefined);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** Whether a rule knows the operator as one that connects to a cluster around a command or tasks. */
export function isContextOperator(operator: string, rules: RuleSet): boolean {
  return rules.byKind.launcher.some((rule) => rule.runs !== undefined && operatorFits(rule, operator));
}

function operatorFits(rule: Pick<LauncherRule, 'match'> | OperatorRuleFile, operator: string): boolean {
  return (typeof rule.match.operator === 'string' ? [rule.match.operator] : rule.match.operator).some((pattern) =>
    new RegExp(pattern, 'u').test(operator),
  );
}

function launchBy(
  rule: Loaded<LauncherRule>,
  command: TextValue | undefined,
  step: LauncherStep,
  context: LauncherContext,
): LaunchResult {
  if (rule.unsupported !== undefined) {
    context.sink.add(
      diagnose(
        'LAUNCHER_UNSUPPORTED',
        { what: rule.title, remedy: rule.unsupported },
        { span: step.commandSpan, rule: rule.id },
      ),
    );
    return {
      effects: [manualEffect(step, rule.unsupported, context)],
      launch: { rule: rule.id, deeds: [] },
      commands: [],
      unroll: [],
    };
  }
  if (rule.runs_in !== undefined && command !== undefined)
    return commandIn(rule.runs_in, rule.id, command, step, context);
  if (rule.client === 'python') return readClientLauncher(rule, step, context);
  if (rule.runs !== undefined) reportUnknownOptions(rule, step, context);
  if (rule.runs !== undefined && command !== undefined && startsNothing(command, rule, step, context))
    return { ...plainCommand(command, step, context), launch: { rule: rule.id, deeds: [] } };
  if (rule.manifest?.from === 'script' && command !== undefined) return scriptOrCommand(rule, command, step, context);
  if (rule.manifest?.from === 'script') {
    const what = `${step.operator}> holds neither a command nor tasks`;
    context.sink.add(diagnose('LAUNCHER_NOT_UNDERSTOOD', { what }, { span: step.commandSpan, rule: rule.id }));
    return { effects: [], launch: { rule: rule.id, deeds: [] }, commands: [], unroll: [] };
  }
  return programLaunch(rule, command, step, context);
}

/** A script that gives kubectl other objects than Jobs is no launcher, as far as all of it is understood. */
function scriptOrCommand(
  rule: Loaded<LauncherRule>,
  command: TextValue,
  step: LauncherStep,
  context: LauncherContext,
): LaunchResult {
  const found: Diagnostic[] = [];
  const launched = readScriptLauncher(rule, command, step, { ...context, sink: { add: (each) => found.push(each) } });
  const objects = found.flatMap((each) => (each.code === 'LAUNCHER_NOT_A_JOB' ? [String(each.args['object'])] : []));
  const starts = launched.effects.some((effect) => effect.kind === 'job');
  const understood = launched.unroll.length === 0 && found.every(({ severity }) => severity !== 'error');
  if (starts || objects.length === 0 || !understood) {
    for (const each of found) context.sink.add(each);
    return launched;
  }
  context.sink.add(diagnose('LAUNCHER_STAYS_COMMAND', { objects }, { span: step.commandSpan, rule: rule.id }));
  return { ...plainCommand(command, step, context), launch: { rule: rule.id, deeds: [] } };
}

/** A context operator around a command that has nothing to do with Jobs. */
function startsNothing(
  command: TextValue,
  rule: Loaded<LauncherRule>,
  step: LauncherStep,
  context: LauncherContext,
): boolean {
  const facts = walkCommand(command, rule.id, step, { ...context, sink: { add: () => undefined } });
  return facts.jobs.length === 0 && !facts.incomplete;
}

/** Keys of the operator's own map that the rule does not know, such as a `_retry` inside it. */
function reportUnknownOptions(rule: Loaded<LauncherRule>, step: LauncherStep, context: LauncherContext): void {
  if (rule.flags === undefined || step.command.kind !== 'map') return;
  for (const key of step.command.entries.keys()) {
    if (Object.hasOwn(rule.flags, key.replace(/>$/, ''))) continue;
    const args = { flag: key, program: `${step.operator}>` };
    context.sink.add(diagnose('LAUNCHER_FLAG_UNKNOWN', args, { span: step.commandSpan, rule: rule.id }));
  }
}

/** A command that Digdag itself runs in a pod of an image. */
function commandIn(
  place: NonNullable<LauncherRule['runs_in']>,
  rule: string,
  command: TextValue,
  step: LauncherStep,
  context: LauncherContext,
): LaunchResult {
  const plain = plainCommand(command, step, context);
  const image = textAt(place.image, step, undefined);
  const pod = place.pod === undefined ? undefined : asMap(valueAt(place.pod, step, undefined));
  const effects = plain.effects.map(
    (effect): Effect =>
      effect.kind === 'command'
        ? { ...effect, ...(image === undefined ? {} : { image }), ...(pod === undefined ? {} : { pod }) }
        : effect,
  );
  const deeds: readonly LauncherDeed[] = [
    { what: 'runs the command in a pod', fate: { kind: 'kept', field: 'script.image' }, span: step.commandSpan },
    {
      what: "copies the project's files into the pod",
      fate: { kind: 'lost', why: 'files that the command reads are named one by one' },
      span: step.commandSpan,
    },
  ];
  return { ...plain, effects, launch: { rule, deeds } };
}

/** Each call of the launcher program in the command and its scripts; the step itself where the operator is the launcher. */
function programLaunch(
  rule: Loaded<LauncherRule>,
  command: TextValue | undefined,
  step: LauncherStep,
  context: LauncherContext,
): LaunchResult {
  const facts = command === undefined ? undefined : walkCommand(command, rule.id, step, context);
  const pattern = rule.match.command;
  const starts = (message: ProgramCall): boolean =>
    pattern !== undefined && new RegExp(pattern, 'mu').test(commandLine(message.program, message.arguments));
  const calls: readonly ProgramCall[] = facts?.messages ?? [
    { program: step.operator, arguments: [], span: step.commandSpan },
  ];
  for (const message of pattern === undefined ? [] : (facts?.messages ?? []).filter((message) => !starts(message)))
    context.sink.add(
      diagnose(
        'LAUNCHER_COMMAND_LOST',
        { command: commandLine(message.program, message.arguments) },
        { span: message.span, rule: rule.id },
      ),
    );
  const launched = calls.map((call) =>
    facts === undefined || starts(call)
      ? readProgramLauncher(rule, withoutSubcommand(rule, call), step, context)
      : undefined,
  );
  const launches = launched.filter((launch) => launch !== undefined);
  const effects = launched.map((launch) => launch?.effects ?? []);
  const deeds: readonly Deed[] =
    facts === undefined
      ? [{ kind: 'start', effects: effects.flat(), span: step.commandSpan, waits: true }]
      : deedsOf(facts, [], effects);
  const manifest = launches.find((launch) => launch.manifest !== undefined)?.manifest;
  const files = [...new Set(launches.flatMap((launch) => launch.files))].sort();
  return {
    effects: inOrder(deeds, rule.id, context),
    launch: {
      rule: rule.id,
      ...(manifest === undefined ? {} : { manifest }),
      ...(files.length === 0 ? {} : { files }),
      deeds: launches.flatMap((launch) => launch.deeds),
    },
    commands: facts?.fates ?? [],
    unroll: launches.flatMap((launch) => launch.unroll),
  };
}

/** `run` of `kube-job run` is part of what the rule matches, not an argument. */
function withoutSubcommand(rule: Loaded<LauncherRule>, call: ProgramCall): ProgramCall {
  const matched =
    new RegExp(rule.match.command ?? '^$', 'u').exec(commandLine(call.program, call.arguments))?.[0] ?? '';
  const words = matched.trim().split(/\s+/).length - 1;
  return words > 0 ? { ...call, arguments: call.arguments.slice(words) } : call;
}

/** A step that only sends messages. */
function notifyStep(command: TextValue, step: LauncherStep, context: LauncherContext): LaunchResult | undefined {
  const facts = walkCommand(command, 'notification', step, context);
  if (
    facts.incomplete ||
    facts.messages.length === 0 ||
    facts.jobs.length > 0 ||
    facts.messages.some((message) => message.condition !== undefined)
  )
    return undefined;
  const unroll = wantsUnroll(facts, step, { ...context, sink: { add: () => undefined } }, 'notification');
  if (unroll.length > 0) return undefined;
  const sent = facts.messages.map((message) => notificationOf(message, step, context));
  const effects = sent.flatMap((notification): Effect[] => (notification === undefined ? [] : [notification.effect]));
  if (effects.length < facts.messages.length) return undefined;
  const kept = sent.find((notification) => notification?.rule.template === undefined);
  if (kept !== undefined) return keptMessage(kept, command, step, context);
  const rule = sent[0]?.rule.id ?? 'notification';
  const commands = facts.fates.map(({ unit, fate }) => ({
    unit,
    fate:
      fate.kind === 'dropped' && fate.reason !== OTHER_COMMAND
        ? { ...fate, rule }
        : { kind: 'consumed' as const, by: rule },
  }));
  return { effects, commands, unroll: [] };
}

/** A message that no shared template sends: the same command does, in the worker's image. */
function keptMessage(
  { rule, effect: { via, to, body } }: Notification,
  command: TextValue,
  step: LauncherStep,
  context: LauncherContext,
): LaunchResult {
  context.sink.add(diagnose('NOTIFY_KEPT', { title: rule.title, via }, { span: step.commandSpan, rule: rule.id }));
  const result = plainCommand(command, step, context);
  const message = { via, rule: rule.id, to, body };
  return {
    ...result,
    effects: result.effects.map((effect) => (effect.kind === 'command' ? { ...effect, message } : effect)),
  };
}
