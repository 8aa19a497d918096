import type { MapValue } from '../ir/value.ts';
import type { PodDefaults } from '../merge/share/share.ts';
import type { MergedJob } from '../merge/types.ts';
import type { Decision } from '../rules/types.ts';

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
  readonly links: { readonly logs?: string | undefined; readonly ui?: string | undefined };
  /** Secret that holds the Slack webhook. */
  readonly webhook: { readonly secret: string; readonly key: string };
  readonly policies: EmitPolicies;
  readonly decisions: readonly Decision[];
  /** WorkflowTemplates that near-identical jobs share, by name. */
  readonly families: ReadonlyMap<string, MapValue>;
}

export interface EmitPolicies {
  readonly podGC: string;
  readonly archiveLogs: boolean;
}
