import { diagnose } from '../core/diagnose.ts';
import type { Effect, LaunchRecord } from '../ir/graph.ts';
import { partsOf } from '../ir/read-value.ts';
import type { TextValue } from '../ir/value.ts';
import type { Loaded } from '../rules/rule-set.ts';
import type { LauncherRule } from '../rules/schema.ts';
import { documentsOf } from './manifest/documents.ts';
import { jobEffects } from './manifest/job-effects.ts';
import { commandLine } from './match.ts';
import { notificationOf } from './notification.ts';
import { unreadLaunch } from './operator-work.ts';
import { deedsOf, inOrder } from './order.ts';
import { textAt } from './rule-values.ts';
import type { Facts, StartedJob, Wait } from './shell/facts.ts';
import { OTHER_COMMAND } from './shell/other-command.ts';
import type { LauncherContext, LauncherStep, LaunchResult } from './types.ts';
import { wantsUnroll } from './unroll.ts';
import { walkCommand } from './walk.ts';

type JobWait = Extract<Effect, { kind: 'job' }>['wait'];

/** A launcher that is a script (or a block of commands): what it starts is read from its text. */
export function readScriptLauncher(
  rule: Loaded<LauncherRule>,
  command: TextValue,
  step: LauncherStep,
  context: LauncherContext,
): LaunchResult {
  const facts = walkCommand(command, rule.id, step, context);
  const unroll = wantsUnroll(facts, step, context, rule.id);
  const record: LaunchRecord = {
    rule: rule.id,
    ...manifestName(facts),
    ...(facts.scripts[0] === undefined ? {} : { script: facts.scripts[0] }),
    ...filesOf(facts),
    deeds: facts.deeds,
  };
  if (unroll.length > 0) return { effects: [], launch: record, commands: facts.fates, unroll };
  for (const diagnostic of facts.diagnostics) context.sink.add(diagnostic);
  const started = facts.jobs.map((job, at) => jobsOf(job, at, facts, rule, step, context));
  const jobs = started.flat();
  reportUnset(facts, jobs, rule.id, context);
  if (facts.jobs.length === 0 && !facts.incomplete)
    context.sink.add(diagnose('LAUNCHER_STARTS_NOTHING', {}, { span: step.commandSpan, rule: rule.id }));
  const lost: LaunchRecord['deeds'][number][] = [];
  const messages = facts.messages.map((message): readonly Effect[] => {
    const effect = message.condition === undefined ? notificationOf(message, step, context)?.effect : undefined;
    if (effect !== undefined) return [effect];
    const line = commandLine(message.program, message.arguments);
    context.sink.add(diagnose('LAUNCHER_COMMAND_LOST', { command: line }, { span: message.span, rule: rule.id }));
    lost.push({
      what: `runs \`${line}\``,
      fate: { kind: 'lost', why: 'not part of starting the Job' },
      span: message.span,
    });
    return [];
  });
  return {
    effects: inOrder(deedsOf(facts, started, messages), rule.id, context),
    launch: { ...record, deeds: [...facts.deeds, ...lost] },
    commands: consumedMessages(facts, messages.flat().length),
    unroll: [],
  };
}

function filesOf(facts: Facts): { readonly files?: readonly string[] } {
  return facts.files.size === 0 ? {} : { files: [...facts.files].sort() };
}

function manifestName(facts: Facts): { readonly manifest?: string } {
  for (const { content } of facts.jobs) {
    if (content.kind === 'manifest') return { manifest: content.source };
    if (content.kind === 'text' && content.file !== undefined) return { manifest: content.file };
  }
  return {};
}

function jobsOf(
  job: StartedJob,
  at: number,
  facts: Facts,
  rule: Loaded<LauncherRule>,
  step: LauncherStep,
  context: LauncherContext,
): readonly Effect[] {
  if (job.condition !== undefined) {
    context.sink.add(diagnose('LAUNCHER_CONDITIONAL', { condition: job.condition }, { span: job.span, rule: rule.id }));
    return [unreadLaunch(step)];
  }
  const documents = documentsOf(job.content, job, rule.id, context);
  if (documents === undefined) return [unreadLaunch(step)];
  const wait = waitAfter(at, facts, rule);
  reportWait(wait, job, rule, context);
  const cluster =
    rule.cluster !== undefined && rule.cluster !== 'script'
      ? (textAt(rule.cluster, step, undefined) ?? job.cluster)
      : job.cluster;
  const namespace =
    rule.namespace !== undefined && rule.namespace !== 'script'
      ? (textAt(rule.namespace, step, undefined) ?? job.namespace)
      : job.namespace;
  const named =
    job.content.kind === 'manifest'
      ? job.content.source
      : ((job.content.kind === 'text' ? job.content.file : undefined) ?? 'the manifest in the script');
  return jobEffects(
    {
      documents,
      named,
      namespace,
      contextNamespace: job.contextNamespace,
      cluster,
      wait,
      span: job.span,
      rule: rule.id,
    },
    step,
    context,
  );
}

/** The first wait behind the start of a Job; a rule may know better. */
function waitAfter(at: number, facts: Facts, rule: Loaded<LauncherRule>): JobWait {
  const own = facts.waits.filter((wait) => wait.after > at);
  const strongest = own.find((wait) => !wait.decidedLater || wait.failure !== 'never') ?? own[0];
  const read: JobWait = strongest === undefined ? { seesFailure: 'never' } : waitOf(strongest);
  const written = rule.wait;
  if (written === undefined) return read;
  const seconds =
    written.timeout !== undefined && written.timeout !== 'script' && 'seconds' in written.timeout
      ? written.timeout.seconds
      : read.timeoutSeconds;
  return {
    ...(seconds === undefined ? {} : { timeoutSeconds: seconds }),
    seesFailure: written.failure === 'script' ? read.seesFailure : written.failure,
  };
}

function waitOf(wait: Wait): JobWait {
  return {
    ...(wait.timeoutSeconds === undefined ? {} : { timeoutSeconds: wait.timeoutSeconds }),
    seesFailure: wait.failure,
  };
}

export function reportWait(
  wait: JobWait,
  job: Pick<StartedJob, 'span'>,
  rule: Loaded<LauncherRule>,
  context: LauncherContext,
): void {
  if (wait.seesFailure === 'never')
    context.sink.add(diagnose('LAUNCHER_FAILURE_IGNORED', {}, { span: job.span, rule: rule.id }));
  if (wait.seesFailure === 'at-timeout')
    context.sink.add(
      diagnose('LAUNCHER_FAILURE_SEEN_LATE', { seconds: wait.timeoutSeconds }, { span: job.span, rule: rule.id }),
    );
}

/** A name that decides nothing in the manifest is only worth a note; one that does was reported where it lands. */
function reportUnset(facts: Facts, jobs: readonly Effect[], rule: string, context: LauncherContext): void {
  const landed = new Set(
    jobs
      .flatMap((job) => (job.kind === 'job' ? partsOf(job.manifest) : []))
      .flatMap((part) => (part.kind === 'runtime' && part.expr.kind === 'opaque' ? [part.expr.source] : [])),
  );
  for (const [name, span] of facts.unsetNames) {
    if (!landed.has(`$${name}`)) context.sink.add(diagnose('LAUNCHER_ENV_UNDESCRIBED', { name }, { span, rule }));
  }
}

function consumedMessages(facts: Facts, notified: number): LaunchResult['commands'] {
  if (notified === 0) return facts.fates;
  return facts.fates.map((entry) =>
    entry.fate.kind === 'dropped' && entry.fate.reason === OTHER_COMMAND
      ? { ...entry, fate: { kind: 'consumed', by: entry.fate.rule } }
      : entry,
  );
}
