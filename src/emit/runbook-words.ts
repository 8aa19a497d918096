import type { RepeatedStart } from '../core/clock-changes.ts';
import type { Language } from './emit-input.ts';
import { english } from './runbook-english.ts';
import { japanese } from './runbook-japanese.ts';
import type { SessionFacts } from './runbook-session.ts';

/** Sentences of the runbook that depend on the job. */
export interface RunbookWords {
  readonly noSchedule: string;
  /** Name of the steps that run when the workflow fails. */
  readonly onFailure: string;
  /** What becomes of logs when pods are deleted: those of successful steps only, or all. */
  logsGone(which: 'succeeded' | 'all'): string;
  schedule(written: string, zone: string, suspended: boolean): string;
  /** What a step is: one of the words in StepFact. */
  what(what: string): string;
  session(session: SessionFacts): string;
  /** The session of a run that was started by hand without `target_date`, as the end of the sentence that says so. */
  withoutTarget(session: SessionFacts): string;
  accepted(session: SessionFacts): string;
  target(session: SessionFacts): string;
  parameter(origin: string): string;
  /** A start that clocks going back repeat. */
  twice(zone: string, repeated: RepeatedStart, command: string): string;
  /** Several legacy workflows in one CronWorkflow. */
  joined(names: readonly string[]): string;
  missed(seconds: number | undefined): string;
  noticedLate(steps: readonly string[]): string;
  lost(what: string, why: string): string;
  acceptedDifference(path: string, reason: string): string;
}

export const runbookWords: Readonly<Record<Language, RunbookWords>> = { en: english, ja: japanese };
