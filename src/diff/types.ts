import type { AcceptedUse, Difference } from '../verify/effect.ts';

/** One effect of a session on both sides, as texts to be read beside each other. */
export interface EffectPair {
  /** Legacy task and Argo node; one is absent where the other side alone has the effect. */
  readonly task?: string;
  readonly node?: string;
  /** The shared template that Argo's pod is made from; absent for a template of the job's own. */
  readonly template?: string;
  readonly legacy: string;
  readonly argo: string;
  readonly differences: readonly Difference[];
  readonly accepted: readonly AcceptedUse[];
}

export interface SessionDiff {
  readonly job: string;
  readonly environment: string;
  readonly sessionTime: string;
  /** How Argo was started: `scheduled …` or `target_date=…`. */
  readonly started: string;
  readonly pairs: readonly EffectPair[];
}

/** What a shared template makes in one job and environment. */
export type MemberDiff =
  | { readonly kind: 'played'; readonly diff: SessionDiff }
  | { readonly kind: 'not-played'; readonly job: string; readonly environment: string; readonly reason: string };

/** All that a change of a shared template touches. */
export interface TemplateDiff {
  readonly template: string;
  readonly at: string;
  readonly members: readonly MemberDiff[];
}
