import type { MapValue } from '../ir/value.ts';
import type { PodDefaults } from '../merge/share/share.ts';
import type { MergedJob } from '../merge/types.ts';
import type { AcceptedDifference, Decision } from '../rules/types.ts';

export type Language = 'en' | 'ja';

/** Everything the output tree is made from; plain facts of the configuration, no stage's own types. */
export interface EmitInput {
  readonly jobs: readonly MergedJob[];
  readonly podDefaults: readonly PodDefaults[];
  readonly environments: readonly string[];
  readonly reference: string;
  readonly language: Language;
  /** Job → environment → who runs it now. */
  readonly cutover: Readonly<Record<string, Readonly<Record<string, 'argo' | 'digdag'>>>>;
  readonly clusters: Readonly<Record<string, string>>;
  /** Legacy namespace → new one, of those that move. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly links: { readonly logs?: string | undefined; readonly ui?: string | undefined };
  /** Secret that holds the Slack webhook. */
  readonly webhook: { readonly secret: string; readonly key: string };
  /** Secrets that the environment of Digdag's worker held. */
  readonly workerSecrets: readonly WorkerSecret[];
  readonly policies: EmitPolicies;
  readonly decisions: readonly Decision[];
  /** WorkflowTemplates that jobs share, by name: files that several call, and what is nearly the same in several. */
  readonly shared: ReadonlyMap<string, SharedTemplate>;
}

export interface SharedTemplate {
  readonly document: MapValue;
  /** What rules changed on purpose in the jobs' pods, by template. */
  readonly accepted: readonly AcceptedDifference[];
}

/** A variable of the worker that takes its value from a key of a Secret. */
export interface WorkerSecret {
  readonly variable: string;
  readonly secret: string;
  readonly key: string;
}

export interface EmitPolicies {
  readonly podGC: string;
  readonly archiveLogs: boolean;
}
