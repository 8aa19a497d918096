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
  readonly span: SourceSpan;
  readonly rule?: string;
}

export interface Emitter {
  readonly name: string;
  emit(jobs: readonly MergedJob[], sink: DiagnosticSink): readonly OutputFile[];
}
