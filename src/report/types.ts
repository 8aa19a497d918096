import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import type { Decision, StepFact } from '../rules/types.ts';
import type { ProofRow } from '../verify/effect.ts';

export type JobStatus = 'converted' | 'to-confirm' | 'needs-work';

export interface ScheduleRow {
  readonly environment: string;
  /** As written in the .dig file: `daily>: 07:00:00`; `none` without one. */
  readonly legacy: string;
  readonly argo: string;
  readonly timezone: string;
  readonly suspended: boolean;
  /** What differs, in one sentence; empty when nothing does. */
  readonly changed: string;
}

export interface LineCount {
  readonly before: number;
  readonly after: number;
}

/** Which step follows which, as the legacy workflow says. */
export interface JobFlow {
  readonly nodes: readonly { readonly task: string; readonly label: string }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    /** `error`: runs only when what stands before it fails. */
    readonly kind: 'next' | 'error';
    readonly label: string;
  }[];
}

export interface JobReport {
  /** Legacy workflow name and Kubernetes name. */
  readonly job: string;
  readonly name: string;
  readonly kind: 'CronWorkflow' | 'WorkflowTemplate';
  readonly status: JobStatus;
  readonly environments: readonly string[];
  readonly sources: readonly SourceSpan[];
  readonly outputs: readonly string[];
  readonly steps: readonly StepFact[];
  /** In the reference environment; absent where it cannot be drawn. */
  readonly flow?: JobFlow;
  readonly schedules: readonly ScheduleRow[];
  readonly parameters: readonly {
    readonly name: string;
    readonly origin: string;
    readonly values: Readonly<Record<string, string>>;
  }[];
  readonly launchers: readonly {
    readonly task: string;
    readonly rule: string;
    readonly what: string;
    readonly fate: string;
    readonly why: string;
    readonly span: SourceSpan;
  }[];
  readonly accepted: readonly { readonly path: string; readonly rule: string; readonly reason: string }[];
  readonly decisions: readonly Decision[];
  readonly manual: readonly string[];
  readonly backfillable: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: LineCount;
  readonly proof: readonly ProofRow[];
}

/** Stable form: `schemaVersion` changes when a field changes its meaning or goes. No clock time, no absolute path. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'dig2argo'; readonly version: string };
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
  readonly environments: readonly string[];
  readonly jobs: { readonly converted: number; readonly toConfirm: number; readonly needsWork: number };
  readonly accounting: {
    readonly consumed: number;
    readonly dropped: readonly { readonly rule: string; readonly reason: string; readonly count: number }[];
    readonly unaccounted: readonly { readonly kind: string; readonly label: string; readonly span: SourceSpan }[];
  };
  readonly lines: { readonly all: LineCount; readonly reference: LineCount & { readonly environment: string } };
  readonly rules: { readonly replaced: readonly string[]; readonly unused: readonly string[] };
  readonly details: readonly JobReport[];
  /** Findings that belong to no job. */
  readonly diagnostics: readonly Diagnostic[];
}

export type Reporter = (report: Report) => string;
