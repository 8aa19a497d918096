import { type ArgoRun, playArgo } from '../argo/play.ts';
import type { Outcome } from '../argo/run-types.ts';
import type { Plain, Start, TemplateName } from '../effect.ts';
import type { Accepted } from './accepted.ts';
import type { PairContext } from './effect-pair.ts';
import type { LegacyRuns, LegacySession } from './legacy-runs.ts';
import type { ObservedJob } from './observed.ts';

export interface ProofInput {
  readonly runs: LegacyRuns;
  readonly environment: string;
  /** Names on both sides. */
  readonly workflow: string;
  readonly job: string;
  /** What the overlay and the shared templates of its namespace build to. */
  readonly objects: readonly Plain[];
  /** What is applied besides and stays: the objects of the overlay, and the platform's. */
  readonly standing: readonly Plain[];
  readonly workflowDefaults: Plain;
  /** `guessed`: no configuration says in which cluster the controller runs. */
  readonly cluster: { readonly name: string; readonly guessed: boolean };
  readonly namespaces: Readonly<Record<string, string>>;
  readonly acceptedIn: (template: TemplateName) => readonly Accepted[];
  /** The rule that made a template. */
  readonly ruleOf: (template: TemplateName) => string | undefined;
  readonly starts: readonly Start[];
  /** Jobs that were really started: the witness where the legacy side cannot be played. */
  readonly observed?: readonly ObservedJob[];
  /** Is told the templates that runs reach. */
  readonly seen?: Set<string>;
  /** Where one difference is enough to know, nothing is played after it. */
  readonly untilFirst?: boolean;
}

export function sessionOf(input: ProofInput, start: Start): LegacySession {
  return { environment: input.environment, workflow: input.workflow, sessionTime: start.sessionTime };
}

export function contextOf(input: ProofInput, start: Start): PairContext {
  const now = Date.parse(start.scheduledTime ?? start.sessionTime) / 1000;
  return { acceptedIn: input.acceptedIn, namespaces: input.namespaces, now };
}

/** A run without the container that waits beside it where the workflow has an `sla`: nothing is late in a played session. */
export function play(input: ProofInput, start: Start, outcome: Outcome): ArgoRun {
  const options = { job: input.job, cluster: input.cluster.name };
  const run = playArgo(input.objects, input.workflowDefaults, start, outcome, options);
  for (const { template } of run.effects) if (template?.owner === undefined) input.seen?.add(template?.name ?? '');
  return hasSla(input) ? { ...run, effects: run.effects.filter((effect) => effect.daemon !== true) } : run;
}

export function hasSla(input: ProofInput): boolean {
  return input.runs.player.workflow(input.environment, input.workflow)?.sla !== undefined;
}
