import type { MapValue, Value } from '../ir/value.ts';

/** What a member is: one pod template of a job, or a job's whole workflow. */
export type Level = 'step' | 'workflow';

/**
 * Something that may be folded with others like it, in all environments at once. Bodies hold literal and variable parts only;
 * their own inputs are called `in1`, `in2`… in the order in which the body reads them, so that names of inputs decide nothing.
 */
export interface Member {
  /** `<job>/<template>`, or `<job>` for a whole workflow; unique. */
  readonly id: string;
  readonly job: string;
  readonly template: string;
  /** The legacy manifest that the step starts, where it is known. */
  readonly manifest?: string;
  /** Environment → body; an environment without the member is missing. */
  readonly bodies: ReadonlyMap<string, MapValue>;
  /** The bodies with what their workflow says for them: what similarity counts. Absent: the bodies say all. */
  readonly whole?: ReadonlyMap<string, MapValue>;
  /** Own input of the member → its name in the bodies. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** One member in one environment: a column of a family's table. */
export interface Column {
  readonly member: string;
  readonly environment: string;
}

/** A step on the way to a value: a map key, or a list item by its key (`name`, flag) or position. */
export interface PathStep {
  readonly key: string;
  readonly item: boolean;
}

/** How the values of a hole can reach the pod. */
export type HoleKind =
  /** A text: an input of the template. */
  | { readonly kind: 'text' }
  /** A quantity of a container's resources: an input that `podSpecPatch` puts in its place. */
  | { readonly kind: 'quantity'; readonly resource: string };

/** A value that differs between columns: one hole for each tuple of values, in however many places. */
export interface Hole {
  readonly name: string;
  readonly type: HoleKind;
  /** In the order of the family's columns. */
  readonly values: readonly Value[];
  readonly places: readonly (readonly PathStep[])[];
}

/** A body with holes. */
export type Pattern =
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'text'; readonly pieces: readonly (Value | number)[]; readonly like: Value }
  | { readonly kind: 'quantity'; readonly hole: number; readonly like: Value }
  | { readonly kind: 'list'; readonly items: readonly Pattern[]; readonly like: Value }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Pattern>; readonly like: Value };

/** The least general generalisation of some members. */
export interface Generalisation {
  readonly pattern: Pattern;
  readonly holes: readonly Hole[];
  readonly columns: readonly Column[];
  /** Template fields that the pattern leaves to the calling workflows, because the columns differ in them. */
  readonly callerFields: readonly string[];
}

/** Why bodies have no common pattern: the first place where they part, and what stands there. */
export interface Clash {
  readonly path: readonly PathStep[];
  readonly reason:
    | 'structure'
    | 'optional-part'
    | 'list-length'
    | 'tag'
    | 'fixed-field'
    | 'secret-name'
    | 'quantity'
    | 'security'
    | 'caller-field';
  readonly columns: readonly [Column, Column];
  readonly values: readonly [string, string];
}

/** Members of one shape that become one template with inputs. */
export interface Form {
  /** Template name inside the family's WorkflowTemplate. */
  readonly name: string;
  readonly members: readonly Member[];
  readonly general: Generalisation;
  /** The template's body with tags for its inputs, as it is emitted. */
  readonly body: MapValue;
  /** Own inputs of the members (`in1`…) → what the family calls them. */
  readonly ownInputs: ReadonlyMap<string, string>;
  readonly score: Score;
}

export interface Score {
  /** Lines of all members, written out once per member in the reference environment. */
  readonly linesBefore: number;
  /** Lines of the family's template and of the arguments in each member. */
  readonly linesAfter: number;
}

export interface Family {
  /** Kubernetes name of the WorkflowTemplate. */
  readonly name: string;
  readonly level: Level;
  /** `one-manifest`: the members start the same legacy manifest; `alike`: different ones that say nearly the same. */
  readonly kind: 'one-manifest' | 'alike';
  /** More than one where some members have a part that others lack. */
  readonly forms: readonly Form[];
}

/** Workflows that are the same but for their schedules, and run from one CronWorkflow. */
export interface Joined {
  /** The legacy workflow whose name the CronWorkflow has. */
  readonly job: string;
  readonly name: string;
  /** All of them, that one first. */
  readonly members: readonly { readonly job: string; readonly schedules: ReadonlyMap<string, readonly string[]> }[];
  /** Facts of one of them. */
  readonly common: number;
  readonly score: Score;
}

/** A member that almost made it. */
export interface NearMiss {
  readonly member: string;
  /** The family that it did not join, or the member that it did not make one with. */
  readonly family: string;
  readonly reason: string;
  /** The first field that differs, in words. */
  readonly where: string;
  readonly values: readonly [string, string];
}

export interface Dedup {
  readonly families: readonly Family[];
  readonly joined: readonly Joined[];
  readonly nearMisses: readonly NearMiss[];
}

/** What decides; each can be set in `dig2argo.yaml` under `dedup`. */
export interface Thresholds {
  /** Least share of equal facts of two bodies (Jaccard), 0 to 1. */
  readonly similarity: number;
  /** Most parameters in which the members of one environment differ. */
  readonly parameters: number;
  /** Fewest lines that a family must save. */
  readonly lines: number;
  /** Fewest members. */
  readonly members: number;
}

export const defaultThresholds: Thresholds = { similarity: 0.5, parameters: 12, lines: 10, members: 2 };

/** What a person decided; kept over re-runs because it stands in the configuration. */
export interface Decisions {
  /** Families, or single members, that stay apart. */
  readonly reject: ReadonlySet<string>;
  /** Families that are emitted whatever the thresholds say. */
  readonly accept: ReadonlySet<string>;
  /** Name that the tool gives → name to use. */
  readonly rename: ReadonlyMap<string, string>;
  /** Family → member whose text and comments are taken for what is common. */
  readonly representative: ReadonlyMap<string, string>;
  /** Secrets whose names may differ inside a family, as patterns with `*`. */
  readonly secrets: readonly string[];
}

export const noDecisions: Decisions = {
  reject: new Set(),
  accept: new Set(),
  rename: new Map(),
  representative: new Map(),
  secrets: [],
};
