import type { OutputFile } from '../../emit/types.ts';
import type { Ledger } from './ledger.ts';

/** What one run wants to stand in the output folder. */
export interface Wanted {
  readonly files: readonly OutputFile[];
  readonly environments: readonly string[];
  readonly inputs: Readonly<Record<string, string>>;
  /** Legacy workflow → Kubernetes name, of the jobs converted in this run. */
  readonly names: Readonly<Record<string, string>>;
  /** Every workflow of the legacy tree, converted or not. */
  readonly present: ReadonlySet<string>;
  /** Jobs whose files are left to their owners. */
  readonly manual: ReadonlySet<string>;
  /** A run for some jobs or environments leaves all other files as they are. */
  readonly limited: boolean;
  readonly prune: boolean;
  /** Files or folders, below the output folder, where our version replaces an edited one. */
  readonly overwrite: readonly string[];
}

export interface Put {
  readonly path: string;
  readonly text: string;
  /** sha256 of what stands there now; absent where nothing does. */
  readonly before?: string;
  readonly job?: string;
}

export interface Removal {
  readonly path: string;
  readonly before: string;
  readonly job?: string;
}

/** What a run changes. Nothing outside `puts` and `removals` is touched. */
export interface Plan {
  readonly puts: readonly Put[];
  readonly removals: readonly Removal[];
  readonly unchanged: number;
  readonly ledger: Ledger;
}
