import type { AccountedUnit } from '../core/accounting.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { OutputFile } from '../emit/types.ts';
import type { Decision } from '../rules/types.ts';
import type { JobReport, Report } from './types.ts';

/** A piece of legacy text that counts as lines of the platform: a .dig file, or a manifest as one environment renders it. */
export interface LegacyText {
  /** The same text under the same key counts once. */
  readonly key: string;
  readonly environment: string;
  /** Absent for what no step reads. */
  readonly job?: string;
  readonly lines: number;
}

/** A policy and where it decides something. */
export interface DecisionInput extends Decision {
  readonly jobs: readonly string[];
  /** True where dig2argo.yaml does not say so: a person has yet to agree. */
  readonly open: boolean;
  /** A decision for the whole platform is confirmed once, and puts no job on the list of what to confirm. */
  readonly scope: 'platform' | 'job';
}

/** What the stages know of a job, as plain data. */
export type JobInput = Omit<
  JobReport,
  'status' | 'outputs' | 'decisions' | 'manual' | 'diagnostics' | 'lines' | 'proof'
>;

export interface ReportInput {
  readonly inputs: Report['inputs'];
  readonly environments: readonly string[];
  readonly reference: string;
  readonly jobs: readonly JobInput[];
  readonly decisions: readonly DecisionInput[];
  readonly files: readonly OutputFile[];
  readonly legacy: readonly LegacyText[];
  readonly units: readonly AccountedUnit[];
  readonly rules: Report['rules'];
  readonly diagnostics: readonly Diagnostic[];
}
