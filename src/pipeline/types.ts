import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/source.ts';
import type { OutputFile } from '../emit/types.ts';
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
  /** Output of `digdag schedules`: what is disabled on the server is suspended here. */
  readonly schedules?: string;
}

export interface Conversion {
  readonly files: readonly OutputFile[];
  readonly report: Report;
  readonly diagnostics: readonly Diagnostic[];
  /** The text of a legacy file, for code frames. */
  readonly source: (path: string) => SourceFile | undefined;
  /** Jobs the configuration calls manual: nothing of theirs is written. */
  readonly manualJobs: readonly string[];
  /** True where the configuration itself is broken: nothing was converted. */
  readonly configurationBroken: boolean;
}
