import type { AcceptedUse, Difference } from '../verify/effect.ts';

/** One effect of a session on both sides, as texts to be read beside each other. */
export interface EffectPair {
  /** Legacy task and Argo node; one is absent where the other side alone has the effect. */
  readonly task?: string;
  readonly node?: string;
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
