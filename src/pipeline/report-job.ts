import type { Host } from '../core/host.ts';
import { compareText, sortedBy } from '../core/order.ts';
import { type SourceSpan, wholeFile } from '../core/source.ts';
import type { OperatorTask } from '../ir/graph.ts';
import { staticScalar, staticText } from '../ir/read-value.ts';
import type { MergedJob } from '../merge/types.ts';
import type { JobInput } from '../report/report-input.ts';
import type { StepFact } from '../rules/types.ts';
import { type ConvertedPlatform, sourceOf } from './convert-platform.ts';
import type { ReadWorkflow } from './read-graphs.ts';
import { argoFlowOf, type SharedTemplates } from './report-argo-flow.ts';
import { flowOf } from './report-flow.ts';
import { scheduleRows } from './report-schedule.ts';

/** What the stages know of one job. Where environments agree, the reference speaks for them. */
export function reportJob(job: MergedJob, platform: ConvertedPlatform, host: Host): JobInput {
  const { reference } = platform.project;
  const mine = platform.read.filter((read) => read.graph.job === job.job);
  // The reference first: what it says stands, the others add what it does not have.
  const read = [
    ...mine.filter((each) => each.environment === reference),
    ...mine.filter((each) => each.environment !== reference),
  ];
  const workflows = read.flatMap((each) => job.converted.get(each.environment) ?? []);
  const first = read[0];
  const owner = ownerOf(job.job, mine, platform);
  const calls = namedWorkflows(read, 'call');
  const requires = namedWorkflows(read, 'require');
  return {
    job: job.job,
    name: job.name,
    kind: job.kind,
    ...(job.holds === undefined ? {} : { holds: job.holds.map((held) => held.job) }),
    ...(job.heldBy === undefined ? {} : { heldBy: job.heldBy }),
    ...(owner === undefined ? {} : { owner }),
    environments: [...job.converted.keys()],
    sources: sourcesOf(mine, host),
    steps: stepsOf(job, read),
    ...(first === undefined ? {} : { flow: flowOf(first.graph) }),
    ...(workflows[0] === undefined ? {} : { argoFlow: argoFlowOf(workflows[0], sharedBodies(platform)) }),
    schedules: scheduleRows(job, mine, reference),
    parameters: parametersOf(job),
    launchers: distinct(read.flatMap(deedsOf), (row) => [row.task, row.rule, row.what, row.fate, row.why]),
    accepted: sortedBy(
      distinct(
        workflows.flatMap(({ facts }) => facts.accepted.map(({ path, rule, reason }) => ({ path, rule, reason }))),
        ({ path, rule, reason }) => [path, rule, reason],
      ),
      ({ path, rule, reason }) => [path, rule, reason].join('\u0000'),
    ),
    ...(calls.length === 0 ? {} : { calls }),
    ...(requires.length === 0 ? {} : { requires }),
    backfillable: workflows.every(({ facts }) => facts.readsClock.length === 0),
  };
}

function sharedBodies({ calledFiles }: ConvertedPlatform): SharedTemplates {
  return new Map(calledFiles.map(({ name, templates }) => [name, new Map(templates)]));
}

/** Who answers for a job: the configuration, else a comment such as `# Owner: commerce` at the head of its file. */
function ownerOf(job: string, read: readonly ReadWorkflow[], platform: ConvertedPlatform): string | undefined {
  const configured = platform.project.config.jobs[job]?.owner;
  if (configured !== undefined) return configured;
  for (const { graph } of read) {
    const named = /^\s*(?:owner|担当)\s*[:：]\s*([^\s(（.,、/][^(（.,、/\n]*)/imu
      .exec(graph.comment ?? '')?.[1]
      ?.trim();
    if (named !== undefined && named !== '') return named;
  }
  return undefined;
}

function namedWorkflows(read: readonly ReadWorkflow[], kind: 'call' | 'require'): readonly string[] {
  const names = read.flatMap(({ graph }) =>
    [...graph.tasks.values()].flatMap((task) => (task.kind === kind ? (staticText(task.workflow) ?? []) : [])),
  );
  return [...new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1).replace(/\.dig$/, '')))].sort(
    compareText,
  );
}

function sourcesOf(read: readonly ReadWorkflow[], host: Host): readonly SourceSpan[] {
  const paths = new Set<string>();
  for (const each of read) {
    for (const file of each.loaded.flatMap((loaded) => loaded.files)) paths.add(file);
    for (const { launch } of operatorTasks(each)) {
      if (launch?.manifest !== undefined) paths.add(launch.manifest);
      if (launch?.script !== undefined) paths.add(launch.script);
    }
  }
  return [...paths].sort(compareText).flatMap((path) => {
    const source = sourceOf(host, path);
    return source === undefined ? [] : [wholeFile(source)];
  });
}

function operatorTasks(read: ReadWorkflow): readonly OperatorTask[] {
  return [...read.graph.tasks.values()].flatMap((task) => (task.kind === 'operator' ? [task] : []));
}

/** Every operator task of every environment, in the order of the file: what became of it, or why nothing did. */
function stepsOf(job: MergedJob, read: readonly ReadWorkflow[]): readonly StepFact[] {
  const seen = new Set<string>();
  return read.flatMap((each) => {
    const facts = job.converted.get(each.environment)?.facts.steps ?? [];
    const steps = operatorTasks(each)
      .filter((task) => !seen.has(task.id))
      .flatMap((task) => {
        const made = facts.filter((fact) => fact.task === task.id);
        return made.length > 0 ? distinct(made, (fact) => [fact.what, fact.template ?? '']) : [withoutTemplate(task)];
      });
    const known = new Set(operatorTasks(each).map((task) => task.id));
    const others = facts.filter((fact) => !known.has(fact.task) && !seen.has(fact.task));
    for (const step of [...steps, ...others]) seen.add(step.task);
    return [...steps, ...others];
  });
}

/** A task that made no template of its own: a notification by the shared template, a step without effect, or one that failed to convert. */
function withoutTemplate(task: OperatorTask): StepFact {
  const rules = task.launch === undefined ? [] : [task.launch.rule];
  const base = { task: task.id, span: task.span, rules };
  if (task.effects.some((effect) => effect.kind === 'notify' && effect.via === 'slack'))
    return { ...base, what: 'notification', template: 'slack-notify' };
  const nothing = task.effects.flatMap((effect) => (effect.kind === 'none' ? [effect.why] : []));
  if (nothing.length > 0 && nothing.length === task.effects.length)
    return { ...base, what: `nothing: ${nothing.join('; ')}` };
  return { ...base, what: `${task.operator}>: not converted` };
}

function parametersOf(job: MergedJob): JobInput['parameters'] {
  const names = [...new Set([...job.overlays.values()].flatMap((overlay) => [...overlay.parameters.keys()]))];
  return names.map((name) => ({
    name,
    origin: job.parameterOrigins.get(name) ?? '',
    values: Object.fromEntries(
      [...job.overlays].flatMap(([environment, { parameters }]) => {
        const value = parameters.get(name);
        return value === undefined ? [] : [[environment, staticText(value) ?? staticScalar(value) ?? '']];
      }),
    ),
  }));
}

function deedsOf(read: ReadWorkflow): JobInput['launchers'] {
  return operatorTasks(read).flatMap(({ id, launch }) =>
    (launch?.deeds ?? []).map(({ what, fate, span }) => ({
      task: id,
      rule: launch?.rule ?? '',
      what,
      fate: fate.kind,
      why: fate.kind === 'kept' ? fate.field : fate.why,
      span,
    })),
  );
}

function distinct<T>(items: readonly T[], key: (item: T) => readonly string[]): readonly T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    const text = key(item).join('\u0000');
    if (!first.has(text)) first.set(text, item);
  }
  return [...first.values()];
}
