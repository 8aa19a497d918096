import type { AccountedUnit } from '../core/accounting.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Decision } from '../rules/types.ts';
import type { Reviews } from './review.ts';
import type { Apart, Family, JobReport, Report, YamlLines } from './types.ts';

/** What the stages know of a job, as plain data. */
export type JobInput = Omit<
  JobReport,
  'status' | 'outputs' | 'fingerprint' | 'decisions' | 'manual' | 'diagnostics' | 'lines' | 'proof' | 'review'
>;

/** What the report is made of. */
export interface ReportInput {
  readonly version: string;
  readonly inputs: Report['inputs'];
  readonly environments: readonly string[];
  readonly reference: string;
  readonly jobs: readonly JobInput[];
  readonly units: readonly AccountedUnit[];
  readonly diagnostics: readonly Diagnostic[];
  readonly decisions: readonly Decision[];
  /** Paths of the output files of each job, by legacy name. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  /** Of each job, by legacy name: changes when what a reviewer accepted is no longer what there is. */
  readonly fingerprints: ReadonlyMap<string, string>;
  readonly reviews: Reviews;
  readonly lines: {
    readonly all: YamlLines;
    readonly reference: YamlLines;
    /** By legacy job name. */
    readonly byJob: ReadonlyMap<string, YamlLines>;
  };
  readonly replacedRules: readonly string[];
  /** Rules of the user that took no part, and the number of the package's. */
  readonly unusedRules: { readonly own: readonly string[]; readonly ofPackage: number };
  /** Absent where near-identical jobs were not looked for. */
  readonly families?: readonly Family[];
  readonly apart?: readonly Apart[];
}
