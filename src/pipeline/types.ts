import type { AccountedUnit } from '../core/accounting.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/source.ts';
import type { OutputFile } from '../emit/types.ts';
import type { KeptProofs } from '../report/kept-proof.ts';
import type { Report } from '../report/types.ts';

export interface ConvertOptions {
  /** Legacy workflow names; absent: all. */
  readonly jobs?: readonly string[];
  readonly environments?: readonly string[];
  /** Default: output valid on 3.6, 3.7 and 4. */
  readonly argoVersion?: '3.6' | '3.7' | '4';
  /** Language of the runbooks; absent: that of most legacy comment lines. */
  readonly lang?: 'en' | 'ja';
  /** The package's own rules, then the user's: a later file replaces a rule of the same id. */
  readonly rules: readonly SourceFile[];
  /** Legacy workflow → Kubernetes name, as earlier runs gave it: names once given stay. */
  readonly names?: Readonly<Record<string, string>>;
  /** Near-identical parts of jobs become shared templates. */
  readonly dedup?: boolean;
  /** Output of `digdag schedules`: what is disabled on the server is suspended here. */
  readonly schedules?: string;
  /** An earlier report: what changed since becomes a part of the new one. */
  readonly baseline?: Report;
  /** Verdicts of an earlier `verify`: kept for jobs that are still what was verified. */
  readonly proofs?: KeptProofs;
  /** Told what is being done; a long run is watched by people. */
  readonly progress?: (what: string, done?: number, total?: number) => void;
}

export interface Conversion {
  readonly files: readonly OutputFile[];
  readonly report: Report;
  readonly diagnostics: readonly Diagnostic[];
  /** What became of every key, value, tag and command. */
  readonly units: readonly AccountedUnit[];
  /** The text of a legacy file, for code frames. */
  readonly source: (path: string) => SourceFile | undefined;
  /** Jobs the configuration calls manual: nothing of theirs is written. */
  readonly manualJobs: readonly string[];
  /** True where the configuration itself is broken: nothing was converted. */
  readonly configurationBroken: boolean;
}
