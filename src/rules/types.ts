import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import type { Effect, OperatorTask, Retry, Schedule, Task, TaskGraph, TaskId } from '../ir/graph.ts';
import type { MapValue, Value } from '../ir/value.ts';

export interface RuleContext extends DiagnosticSink {
  readonly graph: TaskGraph;
  readonly environment: string;
}

/** An Argo template. `body` is the whole template but its name: `container`, `steps`, `inputs`, `retryStrategy`… */
export interface Template {
  readonly name: string;
  readonly body: MapValue;
  readonly task: TaskId;
  /** Id of the rule that made it. */
  readonly rule: string;
  /** What other tasks run that is the same: one template serves them all. Absent: no other. */
  readonly alike?: readonly MapValue[];
}

/**
 * What one effect becomes before it is placed in a flow: a template body whose texts may still hold run-time parts
 * (the flow turns them into inputs), and what Argo can only say for the whole workflow.
 */
export interface PodTemplate {
  readonly body: MapValue;
  /** workflowSpec fields that every pod of the workflow would get (`imagePullSecrets`, `dnsPolicy`, `hostNetwork`…), when all templates agree. */
  readonly workflowLevel: ReadonlyMap<string, Value>;
  readonly rule: string;
  /** Secrets, ConfigMaps, PVCs and service accounts the pod names: what must exist in its namespace. */
  readonly needs: readonly ClusterObjectRef[];
  /** Steps that must stand around the pod, because its template cannot say it; absent: none. */
  readonly around?: PodSurroundings;
  /** Objects that travel with the manifest (ConfigMaps beside the Job), emitted with the job. */
  readonly objects: readonly MapValue[];
  /** True where a program of the pod still asks the clock: the job is not backfillable. */
  readonly readsClock: readonly SourceSpan[];
  /** Differences from the legacy pod that a rule made on purpose; verify prints them as accepted. */
  readonly accepted: readonly AcceptedDifference[];
}

/** What a Job does beside running one pod. */
export interface PodSurroundings {
  /** Nothing starts before a person resumes the workflow. */
  readonly suspended: boolean;
  /** The pod's input that takes the time at which the Job starts, so that its attempts share one deadline. */
  readonly startInput?: string;
  /** Pods side by side or one after the other, each with the item `index`; absent: one pod. */
  readonly pods?: { readonly count: number; readonly parallelism: number };
  /** The step's `_retry`: it starts the whole Job anew. */
  readonly retry?: Retry;
}

export interface ClusterObjectRef {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim' | 'ServiceAccount';
  readonly name: string;
  readonly key?: string;
  readonly optional: boolean;
}

export interface AcceptedDifference {
  /** The template of the workflow whose pod it is in, once it has a name. */
  readonly template?: string;
  /** Path in the legacy pod spec, such as `containers[main].command`. */
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
}

/** Only one operator rule may accept a task. */
export interface OperatorRule {
  readonly kind: 'operator';
  readonly id: string;
  readonly accepts: (task: OperatorTask) => boolean;
  /** undefined: a diagnostic was added. */
  readonly apply: (task: OperatorTask, effect: Effect, context: RuleContext) => PodTemplate | undefined;
}

/** One workflow of one environment as Argo objects. Texts hold literal and variable parts only: run-time parts have become tags. */
export interface ConvertedWorkflow {
  /** Kubernetes name. */
  readonly name: string;
  /** Legacy workflow name. */
  readonly job: string;
  readonly environment: string;
  readonly kind: 'CronWorkflow' | 'WorkflowTemplate';
  readonly namespace: Value;
  /** CronWorkflow fields beside `workflowSpec` (`schedules`, `timezone`, `suspend`…); empty for a WorkflowTemplate. */
  readonly cron: MapValue;
  /** workflowSpec without `templates` and `arguments`. */
  readonly spec: MapValue;
  /** metadata beside name and namespace. */
  readonly metadata: MapValue;
  /** Workflow parameters that exist in every environment, with this environment's value: `target_date`, policy parameters. */
  readonly parameters: ReadonlyMap<string, Value>;
  readonly templates: readonly Template[];
  /** Pods of shared templates that run in it: what the workflow says for its pods reaches them too. Absent: none. */
  readonly referred?: readonly Template[];
  readonly needs: readonly ClusterObjectRef[];
  readonly objects: readonly MapValue[];
  readonly facts: WorkflowFacts;
}

/** What the runbook and the report say about a workflow. */
export interface WorkflowFacts {
  readonly graph: TaskGraph;
  readonly schedule?: Schedule;
  /** How the session is fixed: which parameter `main` hands to `tasks`. */
  readonly session: { readonly kind: 'none' } | { readonly kind: 'date' } | { readonly kind: 'time' };
  readonly steps: readonly StepFact[];
  readonly readsClock: readonly SourceSpan[];
  readonly accepted: readonly AcceptedDifference[];
  readonly clusters: readonly string[];
  readonly serviceAccounts: readonly string[];
}

/** What a legacy step became. */
export interface StepFact {
  readonly task: TaskId;
  readonly span: SourceSpan;
  readonly what: string;
  readonly template?: string;
  readonly rules: readonly string[];
}

/** A decision the tool took that a person should confirm; a policy line flips it. */
export interface Decision {
  readonly policy: string;
  readonly text: string;
}

export type TaskMatcher = (task: Task) => boolean;
