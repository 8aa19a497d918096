import type { MapValue, Value } from '../ir/value.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';

/** One JSON6902 operation on the base manifest. Paths are JSON pointers with list indexes. */
export interface PatchOperation {
  readonly op: 'test' | 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: Value;
}

interface OverlayBase {
  /** The complete parameter list with this environment's values, in the order of the base. */
  readonly parameters: ReadonlyMap<string, Value>;
  readonly suspended: boolean;
  readonly namespace: string;
}

export type Overlay =
  | (OverlayBase & { readonly kind: 'patched'; readonly operations: readonly PatchOperation[] })
  /** Too different: the overlay has its own manifest instead of the base. */
  | (OverlayBase & { readonly kind: 'own'; readonly document: MapValue });

/** A legacy workflow that another one's CronWorkflow runs, as it was converted alone. */
export interface HeldWorkflow {
  readonly job: string;
  readonly converted: ReadonlyMap<string, ConvertedWorkflow>;
}

export interface MergedJob {
  /** Kubernetes name. */
  readonly name: string;
  /** Legacy workflow name. */
  readonly job: string;
  readonly kind: 'CronWorkflow' | 'WorkflowTemplate';
  /** The complete manifest without namespace; its texts hold literal parts only. Absent when every overlay has its own. */
  readonly base?: MapValue;
  readonly baseNamespace: string;
  /** Environment → overlay; absent: the job does not exist there. */
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** The environments converted alone, for reports and proofs. */
  readonly converted: ReadonlyMap<string, ConvertedWorkflow>;
  /** Parameter → the variable or field its values come from, for the report's table. */
  readonly parameterOrigins: ReadonlyMap<string, string>;
  /** Legacy workflows that are the same but for their schedules, which this CronWorkflow runs too. */
  readonly holds?: readonly HeldWorkflow[];
  /** The legacy workflow whose CronWorkflow runs this one: nothing of its own is emitted. Its own name is kept for it. */
  readonly heldBy?: { readonly job: string; readonly ownName: string };
  /** The shared defaults that its overlays add to it; absent: it says everything itself. */
  readonly podDefaults?: string;
}
