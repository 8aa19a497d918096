import { indexLines, repoPath, type SourceSpan } from '../../../src/core/source.ts';
import type { EmitInput } from '../../../src/emit/emit-input.ts';
import { fromPlain, type PlainData } from '../../../src/emit/plain-value.ts';
import { byDefault, map, text } from '../../../src/ir/build-value.ts';
import { type OperatorTask, type Schedule, type Task, type TaskId, taskId } from '../../../src/ir/graph.ts';
import type { MapValue, Value } from '../../../src/ir/value.ts';
import type { MergedJob, Overlay } from '../../../src/merge/types.ts';
import type { ConvertedWorkflow, StepFact, WorkflowFacts } from '../../../src/rules/types.ts';

const nowhere = byDefault('test');

export function spanIn(file: string): SourceSpan {
  return indexLines({ path: repoPath(file), text: '+a:\n' }).span(0, 3);
}

function mapOf(data: { readonly [key: string]: PlainData }): MapValue {
  const value = fromPlain(data, 'test');
  if (value.kind !== 'map') throw new Error('not a map');
  return value;
}

export interface JobShape {
  readonly job?: string;
  readonly environments?: readonly string[];
  readonly namespace?: string;
  readonly schedule?: Partial<Schedule>;
  /** Environments whose schedule is suspended. */
  readonly suspended?: readonly string[];
  readonly session?: 'none' | 'date' | 'time';
  readonly comment?: string;
  readonly steps?: readonly (Partial<StepFact> & { readonly name: string; readonly comment?: string })[];
  readonly tasks?: readonly Task[];
  readonly spec?: { readonly [key: string]: PlainData };
  readonly facts?: Partial<WorkflowFacts>;
  readonly needs?: ConvertedWorkflow['needs'];
  /** True: the job sends a message through the shared template. */
  readonly notifies?: boolean;
  readonly parameterOrigins?: Readonly<Record<string, string>>;
}

const root = taskId('+job');

/** A job as merge gives it, in the given environments; a job without a schedule is a WorkflowTemplate. */
export function mergedJob(shape: JobShape = {}): MergedJob {
  const job = shape.job ?? 'daily_sales';
  const name = job.replaceAll('_', '-');
  const namespace = shape.namespace ?? 'batch';
  const kind = shape.schedule === undefined ? 'WorkflowTemplate' : 'CronWorkflow';
  const environments = shape.environments ?? ['dev', 'prd'];
  const parameters = new Map<string, Value>([['target_date', text('', nowhere)]]);
  const overlay = (environment: string): Overlay => ({
    kind: 'patched',
    parameters,
    suspended: shape.suspended?.includes(environment) === true,
    namespace,
    operations: [],
  });
  const spec = { entrypoint: 'main', arguments: { parameters: [{ name: 'target_date', value: '' }] } };
  return {
    name,
    job,
    kind,
    base: mapOf({
      apiVersion: 'argoproj.io/v1alpha1',
      kind,
      metadata: { name },
      spec: kind === 'CronWorkflow' ? { schedules: ['0 7 * * *'], workflowSpec: spec } : spec,
    }),
    baseNamespace: namespace,
    overlays: new Map(environments.map((environment) => [environment, overlay(environment)])),
    converted: new Map(environments.map((environment) => [environment, converted(shape, job, environment)])),
    parameterOrigins: new Map(Object.entries(shape.parameterOrigins ?? {})),
  };
}

function converted(shape: JobShape, job: string, environment: string): ConvertedWorkflow {
  const span = spanIn(`digdag/${environment}/${job}.dig`);
  const schedule = shape.schedule === undefined ? undefined : { ...daily, span, ...shape.schedule };
  const steps = (shape.steps ?? []).map((step) => ({
    fact: { task: taskId(`+job+${step.name}`), span, what: 'Kubernetes Job', rules: [], ...step },
    task: operatorTask(step.name.split('/'), step.comment),
  }));
  const tasks = new Map<TaskId, Task>();
  for (const task of [...steps.map((step) => step.task), ...(shape.tasks ?? [])]) tasks.set(task.id, task);
  const call = { templateRef: { name: 'slack-notify', template: 'slack-notify' } };
  return {
    name: job.replaceAll('_', '-'),
    job,
    environment,
    kind: schedule === undefined ? 'WorkflowTemplate' : 'CronWorkflow',
    namespace: text(shape.namespace ?? 'batch', nowhere),
    cron: mapOf(schedule === undefined ? {} : { startingDeadlineSeconds: 60 }),
    spec: mapOf(shape.spec ?? {}),
    metadata: map([], nowhere),
    parameters: new Map(),
    templates:
      shape.notifies === true
        ? [{ name: 'exit-handler', body: mapOf({ steps: [[call]] }), task: root, rule: 'test' }]
        : [],
    needs: shape.needs ?? [],
    objects: [],
    facts: {
      graph: {
        job,
        environment,
        timezone: schedule?.timezone ?? 'Asia/Tokyo',
        root,
        tasks,
        span,
        ...(shape.comment === undefined ? {} : { comment: shape.comment }),
      },
      ...(schedule === undefined ? {} : { schedule }),
      session: { kind: shape.session ?? 'date' },
      steps: steps.map((step) => step.fact),
      readsClock: [],
      accepted: [],
      clusters: [],
      serviceAccounts: ['default'],
      ...shape.facts,
    },
  };
}

const daily: Schedule = {
  kind: 'daily',
  pattern: '0 0 * * *',
  delaySeconds: 7 * 3600,
  timezone: 'Asia/Tokyo',
  skipOnOvertime: false,
  state: 'active',
  written: '07:00:00',
  span: spanIn('digdag/prd/any.dig'),
};

/** An operator task at the given place below the root. */
export function operatorTask(
  path: readonly string[],
  comment?: string,
  more: Partial<OperatorTask> = {},
): OperatorTask {
  return {
    kind: 'operator',
    id: taskId(`+job+${path.join('/')}`),
    path: ['job', ...path],
    span: spanIn('digdag/prd/any.dig'),
    exports: new Map(),
    background: false,
    operator: 'sh>',
    command: text('', nowhere),
    options: new Map(),
    effects: [],
    ...(comment === undefined ? {} : { comment }),
    ...more,
  };
}

export function emitInputOf(jobs: readonly MergedJob[], more: Partial<EmitInput> = {}): EmitInput {
  return {
    jobs,
    podDefaults: [],
    environments: ['dev', 'prd'],
    reference: 'prd',
    language: 'en',
    cutover: {},
    clusters: {},
    namespaces: {},
    links: {},
    webhook: { secret: 'slack', key: 'webhook_url' },
    workerSecrets: [],
    policies: { podGC: 'OnPodSuccess', archiveLogs: false },
    decisions: [],
    shared: new Map(),
    ...more,
  };
}
