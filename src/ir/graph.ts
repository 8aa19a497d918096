import type { Brand, SourceSpan } from '../core/source.ts';
import type { MapValue, TextValue, Value } from './value.ts';

/** Full name of a task, `+workflow+group+task`. */
export type TaskId = Brand<string, 'TaskId'>;

export function taskId(name: string): TaskId {
  return name as TaskId;
}

/** What Digdag means; the Argo cron is emit's business. */
export interface Schedule {
  readonly kind: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'cron' | 'minutes_interval' | 'seconds_interval';
  /** cron4j pattern of the session times, in `timezone`; for `seconds_interval` the number of seconds. */
  readonly pattern: string;
  /** Elapsed seconds from session time to fire. */
  readonly delaySeconds: number;
  readonly timezone: string;
  readonly skipOnOvertime: boolean;
  readonly skipDelayedBySeconds?: number;
  readonly start?: string;
  readonly end?: string;
  readonly state: 'active' | 'commented-out' | 'disabled-on-server';
  /** The operator's value as written, for the report: `07:00:00`. */
  readonly written: string;
  readonly span: SourceSpan;
}

export interface Sla {
  readonly at: { readonly time: string } | { readonly duration: string };
  readonly alert: boolean;
  readonly fail: boolean;
  readonly task?: TaskId;
  readonly span: SourceSpan;
}

export interface Retry {
  /** Extra attempts after the first. */
  readonly limit: number;
  readonly intervalSeconds: number;
  readonly growth: 'constant' | 'exponential';
  readonly maxIntervalSeconds?: number;
}

interface TaskBase {
  readonly id: TaskId;
  /** Names from the workflow to the task, without the plus signs. */
  readonly path: readonly string[];
  readonly span: SourceSpan;
  readonly exports: ReadonlyMap<string, Value>;
  readonly retry?: Retry;
  readonly onError?: TaskId;
  readonly onCheck?: TaskId;
  readonly background: boolean;
  /** Comment lines right above the task in the .dig file, without their marks. */
  readonly comment?: string;
}

export type Order =
  | { readonly kind: 'serial' }
  /** `limit`: chunks of that size with a barrier between them. */
  | { readonly kind: 'parallel'; readonly limit?: number }
  | { readonly kind: 'dag'; readonly after: ReadonlyMap<TaskId, readonly TaskId[]> };

export type Loop =
  | { readonly kind: 'times'; readonly count: Value }
  | { readonly kind: 'product'; readonly lists: Value }
  | {
      readonly kind: 'range';
      readonly from: Value;
      readonly to: Value;
      readonly by: { readonly step: Value } | { readonly slices: Value };
    };

export type Task =
  | (TaskBase & { readonly kind: 'group'; readonly order: Order; readonly children: readonly TaskId[] })
  | OperatorTask
  | (TaskBase & { readonly kind: 'loop'; readonly loop: Loop; readonly order: Order; readonly body: TaskId })
  | (TaskBase & { readonly kind: 'branch'; readonly test: Value; readonly then?: TaskId; readonly otherwise?: TaskId })
  | (TaskBase & { readonly kind: 'call'; readonly workflow: Value; readonly body?: TaskId })
  | (TaskBase & {
      readonly kind: 'require';
      readonly workflow: Value;
      /** Session time of the other workflow; absent: this session's. */
      readonly session?: Value;
      /** Parameters of the other session: all it is given. */
      readonly params?: Value;
      /** Another project, by name or number. */
      readonly elsewhere?: string;
      readonly ignoreFailure: boolean;
      readonly rerunOn: 'none' | 'failed' | 'all';
    });

export type OperatorTask = TaskBase & {
  readonly kind: 'operator';
  readonly operator: string;
  readonly command: Value;
  readonly options: ReadonlyMap<string, Value>;
  readonly effects: readonly Effect[];
  /** What the launcher did beside starting the pod, for the report. Empty for a step that is no launcher. */
  readonly launch?: LaunchRecord;
};

/** How a launcher step was understood. */
export interface LaunchRecord {
  readonly rule: string;
  /** The manifest's template or file, as a legacy path; undefined where it is missing. */
  readonly manifest?: string;
  /** Script that was read, if any. */
  readonly script?: string;
  /** Every file of the tree that the launcher read beside its scripts, as legacy paths. */
  readonly files?: readonly string[];
  /** Each thing the launcher did: kept as a field, made unnecessary by Argo, or lost. */
  readonly deeds: readonly LauncherDeed[];
}

export interface LauncherDeed {
  readonly what: string;
  readonly fate:
    | { readonly kind: 'kept'; readonly field: string }
    | { readonly kind: 'unnecessary'; readonly why: string }
    | { readonly kind: 'lost'; readonly why: string };
  readonly span: SourceSpan;
}

/** How a launcher waits for its Job. */
export interface LauncherWait {
  readonly timeoutSeconds?: number;
  readonly seesFailure: 'at-once' | 'at-timeout' | 'never';
  /** It waits for the end of one container, whatever the others of the pod do. */
  readonly containerAlone?: true;
}

/** What a step does to the world; verify compares these. */
export type Effect =
  | {
      readonly kind: 'job';
      readonly cluster: Value;
      readonly namespace: Value;
      /** The complete Job object as the launcher created it, macros replaced by run-time parts. */
      readonly manifest: Value;
      /** ConfigMaps and Secrets that the launcher applied with it. */
      readonly objects?: readonly Value[];
      /** Starts before the effect before it has ended. */
      readonly beside?: true;
      readonly wait: LauncherWait;
    }
  | {
      readonly kind: 'command';
      readonly shell: readonly string[];
      readonly source: Value;
      readonly env: ReadonlyMap<string, Value>;
      /** Where the command has an image of its own; else it runs in the worker's. */
      readonly image?: Value;
      /** Fields of its pod and container, as Kubernetes calls them. */
      readonly pod?: MapValue;
      /** The message that it sends, where it does nothing else; the same command goes on to send it. */
      readonly message?: {
        readonly via: 'mail' | 'http' | 'slack';
        readonly rule: string;
        readonly to: Value;
        readonly body: Value;
      };
    }
  | {
      readonly kind: 'notify';
      readonly via: 'slack' | 'mail' | 'http';
      readonly to: Value;
      readonly body: Value;
      /** Starts before the effect before it has ended. */
      readonly beside?: true;
    }
  | { readonly kind: 'wait'; readonly seconds: Value }
  | { readonly kind: 'fail'; readonly message: Value }
  /** An operator that does its work by itself: `use` names how it is converted, `parameters` are those it sees. */
  | {
      readonly kind: 'operator';
      readonly use: string;
      readonly parameters: ReadonlyMap<string, Value>;
      /** Text of the file that the operator reads, its expressions resolved. */
      readonly text?: TextValue;
    }
  /** What only a person can convert, with everything it was given. */
  | {
      readonly kind: 'manual';
      readonly what: string;
      readonly remedy: string;
      readonly given: ReadonlyMap<string, Value>;
    }
  | { readonly kind: 'none'; readonly why: string };

/** An expression of which nothing sets a name, although a task sees it. */
export interface UnknownName {
  readonly task: TaskId;
  readonly expression: string;
  readonly span: SourceSpan;
}

export interface TaskGraph {
  /** Legacy workflow name. */
  readonly job: string;
  readonly environment: string;
  readonly timezone: string;
  readonly root: TaskId;
  readonly tasks: ReadonlyMap<TaskId, Task>;
  /** Each place once, with the first task that sees it. Absent: none. */
  readonly unknown?: readonly UnknownName[];
  readonly schedule?: Schedule;
  readonly sla?: Sla;
  /** The .dig file. */
  readonly span: SourceSpan;
  /** Comment lines at the head of the file, without their marks. */
  readonly comment?: string;
}
