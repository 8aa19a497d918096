import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import type { MergedJob } from '../merge/types.ts';
import type { AcceptedDifference } from '../rules/types.ts';

/** One file of the output tree. */
export interface OutputFile {
  /** POSIX path below the output folder. */
  readonly path: string;
  readonly text: string;
  /** JSON pointer → source; empty for texts that are no YAML. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The job the file belongs to; files are swapped job by job. Absent for files of the whole platform. */
  readonly job?: string;
  /** Differences from the legacy pods that rules made on purpose, with the templates they are in. */
  readonly accepted?: readonly AcceptedDifference[];
  /** A part that people may write: the marked section is kept from the file on disk. */
  readonly keeps?: 'notes';
}

export interface Origin {
  /** Absent for what a rule or default adds of its own. */
  readonly span?: SourceSpan;
  readonly rule?: string;
  /** The way back to the legacy tree, the nearest first. */
  readonly chain: readonly ChainLink[];
}

/** One station on the way of a value from the legacy tree to the output. */
export interface ChainLink {
  /** `source`: as written in a file; `condition`: the `if` or `for` that made it exist. */
  readonly via: 'source' | 'template' | 'variable' | 'include' | 'condition' | 'rule' | 'default';
  /** The variable, rule, template, or the reason of a default. */
  readonly name?: string;
  readonly at?: SourceSpan;
}

export interface Emitter {
  readonly name: string;
  emit(jobs: readonly MergedJob[], sink: DiagnosticSink): readonly OutputFile[];
}
