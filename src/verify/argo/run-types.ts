import type { Plain, SessionEffect } from '../effect.ts';
import type { PlainMap } from './data.ts';
import type { Workflow } from './workflow.ts';

/** One attempt of a container, script or http template, asked for its end. */
export interface LeafAttempt {
  /** Display path of the node without its attempt, such as `run/extract`. */
  readonly node: string;
  /** The same with the attempt, where the template has several: what the effect's `task` is. */
  readonly path: string;
  readonly template: string;
  /** 0 for the first attempt. */
  readonly attempt: number;
  readonly effect: SessionEffect;
  /** In canonical form; none where the template makes no pod. */
  readonly pod?: Plain;
  /** Text of a script template. */
  readonly script?: string;
}

export interface LeafOutcome {
  readonly status: 'Succeeded' | 'Failed';
  /** Output parameters that the pod writes. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Standard output of a script. */
  readonly result?: string;
  /** Of a failed main container; 1 where it is absent. */
  readonly exitCode?: number;
}

export type Outcome = (attempt: LeafAttempt) => LeafOutcome;

export type NodeStatus = 'Succeeded' | 'Failed' | 'Error' | 'Skipped' | 'Omitted';

/** How a node ended, and what others may read of it. */
export interface NodeEnd {
  readonly status: NodeStatus;
  readonly outputs: ReadonlyMap<string, string>;
  /** Declared outputs without a value, because the node was skipped. */
  readonly absent?: readonly string[];
  readonly message?: string;
  readonly exitCode?: number;
  /** It goes on beside what follows: nothing waits for its end. */
  readonly daemon?: true;
}

/** What the nodes of one run share. */
export interface Run {
  readonly workflow: Workflow;
  readonly outcome: Outcome;
  readonly cluster: string;
  /** RFC 3339; what `now()` is, for the whole run. */
  readonly now: string;
  readonly effects: SessionEffect[];
  readonly failures: PlainMap[];
  /** Cache and key of memoized templates that succeeded → their outputs. */
  readonly memo: Map<string, ReadonlyMap<string, string>>;
}

/** Where a template runs. */
export interface Place {
  /** The spec whose templates are meant by a bare name. */
  readonly owner: PlainMap;
  /** Name of the shared WorkflowTemplate that the template came from. */
  readonly shared?: string;
  /** The steps or DAG template that calls, whose node selector, affinity and tolerations a pod takes over. */
  readonly caller?: PlainMap;
  readonly path: string;
  /** Effects that have ended before. */
  readonly before: readonly string[];
  readonly globals: ReadonlyMap<string, string>;
  /** Names that hold for this template alone: its step, its attempt. */
  readonly locals: ReadonlyMap<string, string>;
}

/** What steps of a group or tasks of a DAG can read. */
export interface NodeScope {
  readonly values: Map<string, string>;
  /** Outputs of skipped nodes that have no default. */
  readonly absent: Set<string>;
}
