import { diagnose } from '../../../core/diagnose.ts';
import type { DiagnosticSink } from '../../../core/diagnostic.ts';
import { formatPosition } from '../../../core/source.ts';
import { byRule, map, scalar, text } from '../../../ir/build-value.ts';
import { canonicalKey } from '../../../ir/canonical.ts';
import type { OperatorTask, Schedule, TaskGraph, TaskId } from '../../../ir/graph.ts';
import { partsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { ConvertedWorkflow, PodTemplate, Template } from '../../types.ts';
import type { WorkerFacts } from '../effects/command-template.ts';
import { cronFields } from './cron-fields.ts';
import { exitHandlerBody } from './exit-handler.ts';
import { groupTemplate, placeChildren, taskOf } from './place.ts';
import { enterOnce } from './require.ts';
import { mainBody, sessionInputFor } from './session.ts';
import { slaSteps } from './sla.ts';
import { StoreReaders } from './store-readers.ts';
import { TemplateBook } from './template-book.ts';
import type { EffectConverter, FlowContext } from './types.ts';

/** Values that policy rules decide. */
export interface FlowPolicies {
  readonly concurrency: 'Allow' | 'Forbid' | 'Replace';
  readonly startingDeadlineSeconds: number;
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
  /** Whether a required workflow runs once per session time, or each time it is required. */
  readonly require: 'once' | 'each-time';
}

export interface FlowInput {
  readonly graph: TaskGraph;
  /** Kubernetes name of the job. */
  readonly name: string;
  /** The schedule to say in Argo: this environment's, or the reference's where it is missing here; absent where no environment has one. */
  readonly schedule?: Schedule;
  /** Pods' namespace, where the job has no pod of its own. */
  readonly defaultNamespace: Value;
  /** Legacy namespace → new one. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** The cluster whose controller runs this environment, where the configuration says so. */
  readonly cluster?: string;
  /** Base URL of runbooks; absent: their path in the output. */
  readonly runbooks?: string;
  readonly policies: FlowPolicies;
  readonly convertEffect: EffectConverter;
  /** The workflow of this environment that a `require>` names, given its parameters; undefined where it is not known. */
  readonly required: FlowContext['required'];
  /** True where another workflow requires this one: both enter through the same lock. */
  readonly isRequired: boolean;
  /** What the pod of an `sla` runs in. */
  readonly worker: WorkerFacts;
  readonly sink: DiagnosticSink;
}

/** One workflow of one environment: `main` fixes the session, `tasks` does what the .dig says, `exit-handler` what its root `_error` says. */
export function convertFlow(input: FlowInput): ConvertedWorkflow {
  // Without a schedule of its own the job means the same sessions as in the environment that has one.
  const graph: TaskGraph = input.schedule === undefined ? input.graph : { ...input.graph, schedule: input.schedule };
  const context: FlowContext = {
    graph,
    environment: graph.environment,
    session: sessionInputFor(graph),
    convertEffect: input.convertEffect,
    book: new TemplateBook(),
    pods: [],
    steps: [],
    sink: input.sink,
    readers: new StoreReaders(graph),
    stored: new Map(),
    dynamicLoops: new Set(),
    required: input.required,
    requiring: [graph.job],
    requireOnce: input.policies.require === 'once',
    untranslated: [],
  };
  const usesSession = addMainTemplates(context, input);
  const templates = context.book.templates();
  reportUnknownNames(context, input.sink);
  // A workflow in which nothing is left to run has no handler either.
  const handled = templates.some((template) => template.name === EXIT_HANDLER);
  const from = byRule('flow-workflow', [{ via: 'literal', span: graph.span }]);
  const spec = map(
    [
      ['entrypoint', text('main', from)],
      ['onExit', handled ? text(EXIT_HANDLER, from) : undefined],
      ...workflowFields(context.pods),
    ],
    from,
  );
  // The exit handler names the session also where no step uses it.
  const readsTarget = usesSession || templates.some((template) => readsTargetDate(template.body));
  const parameters = new Map<string, Value>(readsTarget ? [['target_date', text('', byRule('flow-session'))]] : []);
  return {
    name: input.name,
    job: graph.job,
    environment: graph.environment,
    kind: graph.schedule === undefined ? 'WorkflowTemplate' : 'CronWorkflow',
    namespace: namespaceOf(graph, context, input),
    cron: graph.schedule === undefined ? map([], from) : cronValue(graph.schedule, input),
    spec,
    metadata: metadataOf(graph, input),
    parameters,
    templates,
    needs: context.pods.flatMap((pod) => pod.needs),
    objects: context.pods.flatMap((pod) => pod.objects),
    facts: {
      graph,
      ...(graph.schedule === undefined ? {} : { schedule: graph.schedule }),
      session: usesSession ? { kind: context.session.kind } : { kind: 'none' },
      steps: context.steps,
      readsClock: context.pods.flatMap((pod) => pod.readsClock),
      accepted: context.pods.flatMap((pod) => pod.accepted),
      clusters: clustersOf(graph),
      serviceAccounts: serviceAccounts(templates),
    },
  };
}

function readsTargetDate(body: Value): boolean {
  return mentions(body, 'workflow.parameters.target_date');
}

const EXIT_HANDLER = 'exit-handler';

/** Adds all templates in reading order; says whether the session is used. `main` alone holds the steps when it is not. */
function addMainTemplates(context: FlowContext, input: FlowInput): boolean {
  const root = taskOf(context.graph.root, context);
  if (root.kind !== 'group') throw new Error('the root of a workflow is a group');
  // Tasks may be called so too; their templates get a number.
  for (const name of ['main', EXIT_HANDLER]) context.book.reserveName(name);
  const mainSlot = context.book.reserve();
  const joined = input.isRequired && context.requireOnce;
  const slots = joined ? { enter: context.book.reserve(), once: context.book.reserve() } : undefined;
  const tasksSlot = context.book.reserve();
  const children = placeChildren(root, context);
  if (children.length === 0) return addIdleMain(context, root.id, mainSlot);
  const tasks = groupTemplate({ ...root, path: ['tasks'] }, children, context, tasksSlot);
  if (slots !== undefined) context.sink.add(diagnose('FLOW_REQUIRED', { cache: `require-${input.name}` }, at(context)));
  const call =
    slots === undefined ? tasks.call : enterOnce(input.name, { name: 'run', ...tasks }, root, slots, context);
  const usesSession = call.args.length > 0;
  const sla = context.graph.sla === undefined ? [] : slaSteps(context.graph.sla, input.worker, context);
  const handler =
    root.onError === undefined ? undefined : exitHandlerBody(taskOf(root.onError, context), input.name, context);
  if (root.onError !== undefined && handler !== undefined)
    context.book.addNamed(EXIT_HANDLER, handler, root.onError, 'flow-exit-handler', context.book.reserve());
  // A session that nobody can read must not run, also where only the handler names it.
  const guarded = usesSession || [handler, ...sla].some((body) => body !== undefined && readsTargetDate(body));
  context.book.addNamed(
    'main',
    mainBody({ graph: context.graph, call, session: context.session, sla, guarded }),
    root.id,
    'flow-session',
    mainSlot,
  );
  return usesSession;
}

function at(context: FlowContext): { span: TaskGraph['span']; job: string; environment: string } {
  return { span: context.graph.span, job: context.graph.job, environment: context.environment };
}

/** What reached a step is reported there; Digdag stumbles over the rest too. */
function reportUnknownNames({ graph, environment, untranslated }: FlowContext, sink: DiagnosticSink): void {
  const reported = new Set(untranslated.map(formatPosition));
  for (const { task, expression, span } of graph.unknown ?? [])
    if (!reported.has(formatPosition(span)))
      sink.add(diagnose('FLOW_UNKNOWN_NAME', { task, expression }, { span, job: graph.job, environment }));
}

/** Argo refuses a template without steps: a workflow in which nothing is left to do waits for no time and succeeds. */
function addIdleMain(context: FlowContext, root: TaskId, slot: number): boolean {
  const { graph } = context;
  const span = graph.span;
  context.sink.add(diagnose('FLOW_NOTHING_TO_RUN', {}, at(context)));
  const from = byRule('flow-session', [{ via: 'literal', span }]);
  context.book.addNamed(
    'main',
    map([['suspend', map([['duration', text('0', from)]], from)]], from),
    root,
    'flow-session',
    slot,
  );
  return false;
}

/** What the UI shows: the name people know the job by, and where its runbook is. */
function metadataOf(graph: TaskGraph, input: FlowInput): MapValue {
  const from = byRule('flow-workflow', [{ via: 'literal', span: graph.span }]);
  const folder = graph.schedule === undefined ? 'workflows' : 'cron';
  const runbook =
    input.runbooks === undefined
      ? `${folder}/${input.name}/README.md`
      : `${input.runbooks.replace(/\/$/, '')}/${input.name}`;
  const annotations = map(
    [
      ['workflows.argoproj.io/title', text(graph.job, from)],
      ['workflows.argoproj.io/description', text(`Runbook: ${runbook}`, from)],
    ],
    from,
  );
  return map([['annotations', annotations]], from);
}

function mentions(value: Value, name: string): boolean {
  return partsOf(value).some((part) => part.kind === 'literal' && part.text.includes(name));
}

/** workflowSpec fields that Argo has for the whole workflow only. */
function workflowFields(pods: readonly PodTemplate[]): readonly (readonly [string, Value])[] {
  const fields = new Map<string, Value>();
  for (const pod of pods) for (const [field, value] of pod.workflowLevel) fields.set(field, value);
  return [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
}

function cronValue(schedule: Schedule, input: FlowInput): MapValue {
  const from = byRule('flow-schedule', [{ via: 'literal', span: schedule.span }]);
  const policy = byRule('policy', []);
  const fields = cronFields(schedule, input.sink);
  const deadline = schedule.skipDelayedBySeconds ?? input.policies.startingDeadlineSeconds;
  input.sink.add(
    diagnose(
      'SCHEDULE_MISSED_RUNS',
      { seconds: deadline },
      { span: schedule.span, job: input.graph.job, environment: input.graph.environment },
    ),
  );
  const schedules = (fields?.schedules ?? ['0 0 31 2 *']).map((cron) => text(cron, from));
  return map(
    [
      ['schedules', { kind: 'list', items: schedules, from, control: [] }],
      ['timezone', text(schedule.timezone, from)],
      ['when', fields?.when === undefined ? undefined : text(fields.when, from)],
      ['concurrencyPolicy', text(schedule.skipOnOvertime ? 'Forbid' : input.policies.concurrency, policy)],
      ['startingDeadlineSeconds', scalar(deadline, schedule.skipDelayedBySeconds === undefined ? policy : from)],
      ['successfulJobsHistoryLimit', scalar(input.policies.successfulJobsHistoryLimit, policy)],
      ['failedJobsHistoryLimit', scalar(input.policies.failedJobsHistoryLimit, policy)],
    ],
    from,
  );
}

/** The namespace of the job's pods; steps in another one are reported and stay in the job's. */
function namespaceOf(graph: TaskGraph, context: FlowContext, input: FlowInput): Value {
  let namespace: Value | undefined;
  for (const task of graph.tasks.values()) {
    if (task.kind !== 'operator') continue;
    for (const effect of task.effects) {
      if (effect.kind !== 'job') continue;
      namespace ??= effect.namespace;
      reportCluster(task, effect.cluster, context, input);
      if (
        canonicalKey(effect.namespace) === canonicalKey(namespace) ||
        staticText(effect.namespace) === staticText(namespace)
      )
        continue;
      context.sink.add(
        diagnose(
          'STEP_OTHER_NAMESPACE',
          { task: task.id, namespace: staticText(effect.namespace) ?? '?', own: staticText(namespace) ?? '?' },
          { span: task.span, job: graph.job, environment: graph.environment },
        ),
      );
    }
  }
  const legacy = namespace ?? input.defaultNamespace;
  const moved = input.namespaces[staticText(legacy) ?? ''];
  return moved === undefined ? legacy : text(moved, byRule('namespaces', [legacy.from]));
}

function reportCluster(task: OperatorTask, cluster: Value, context: FlowContext, input: FlowInput): void {
  const named = staticText(cluster);
  if (input.cluster === undefined || named === undefined || named === input.cluster) return;
  context.sink.add(
    diagnose('STEP_OTHER_CLUSTER', { task: task.id, cluster: named, own: input.cluster }, { span: task.span }),
  );
}

function clustersOf(graph: TaskGraph): readonly string[] {
  const clusters = new Set<string>();
  for (const task of graph.tasks.values()) {
    if (task.kind !== 'operator') continue;
    for (const effect of task.effects) if (effect.kind === 'job') clusters.add(staticText(effect.cluster) ?? '?');
  }
  return [...clusters].sort();
}

function serviceAccounts(templates: readonly Template[]): readonly string[] {
  const names = templates.flatMap((template) => staticText(template.body.entries.get('serviceAccountName')) ?? []);
  return [...new Set(names.length === 0 ? ['default'] : names)].sort();
}
