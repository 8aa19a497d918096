import type { AcceptedUse, Difference, ProofRow } from './effect.ts';

/** What a proof says about one job in one environment. */
export interface VerifiedJob {
  readonly job: string;
  /** Kubernetes name; the legacy one where the output has no such job. */
  readonly name: string;
  readonly environment: string;
  readonly rows: readonly ProofRow[];
  readonly schedule: ScheduleVerdict;
  /** What is found besides runs and fires: text for people, the environment's build. */
  readonly aids: readonly Difference[];
  readonly accepted: readonly AcceptedUse[];
  /** Templates that make a pod or send something, and that no run that was played has reached. */
  readonly unreached: readonly string[];
  /** How many runs had a failure or a bad parameter put in. */
  readonly injected: number;
}

export type ScheduleVerdict =
  | { readonly kind: 'proved'; readonly fires: number }
  /** Neither side has an active schedule. */
  | { readonly kind: 'none' }
  | { readonly kind: 'differs'; readonly fires: number; readonly differences: readonly Difference[] }
  | { readonly kind: 'not-provable'; readonly reason: string };

export interface Verification {
  /** RFC 3339; next fires and the year of fires are counted from here. */
  readonly from: string;
  /** Where the controller's defaults were read. */
  readonly workflowDefaults: string;
  readonly jobs: readonly VerifiedJob[];
}

/** What no verdict speaks about. */
export const limits: readonly string[] = [
  'What the API server and its admission plug-ins add to a Job or a pod, or refuse.',
  'What is inside images, and how programs end.',
  'On which node and how soon a pod starts, how long a launcher waits, and the time between attempts.',
  'Starts that a server or controller makes up for after it was down.',
];

/** `proved` 12, `differs` 1 …, in this order; kinds without a row are left out. */
export function verdictCounts(
  jobs: readonly Pick<VerifiedJob, 'rows'>[],
): readonly (readonly [kind: string, count: number])[] {
  const kinds = ['proved', 'proved-given', 'observed', 'differs', 'not-provable'] as const;
  const all = jobs.flatMap((job) => job.rows.map((row) => row.verdict.kind));
  return kinds
    .map((kind) => [kind, all.filter((each) => each === kind).length] as const)
    .filter(([, count]) => count > 0);
}
