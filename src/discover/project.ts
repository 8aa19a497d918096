import type { Config } from '../config/schema.ts';
import type { RepoPath, SourceSpan } from '../core/source.ts';

/** One environment of the legacy platform and the Digdag workflows it runs. */
export interface ProjectEnvironment {
  readonly name: string;
  /** Folder in which its Digdag projects lie; the workflows' own folders are at or below it. */
  readonly folder: RepoPath;
  /** Parameters given at start, such as `-p env=prd`. */
  readonly params: ReadonlyMap<string, string>;
  /** One file per workflow name, sorted. */
  readonly workflows: readonly RepoPath[];
}

/** Something the configuration does not say and the tree suggests. */
export interface Guess {
  /** Key of dig2argo.yaml: `environments`, `manifests`. */
  readonly key: string;
  readonly what: string;
  readonly guess: string;
  /** What was seen in the tree. */
  readonly seen: string;
  /** What a person should check. */
  readonly check: string;
  readonly span?: SourceSpan;
}

/** What lies in the legacy folder, by the part it plays. Each file stands in one list only, but for a workflow that several environments share. */
export interface Project {
  readonly environments: readonly ProjectEnvironment[];
  /** The environment that decides structure and ties. */
  readonly reference: string;
  /** The configuration with the guesses filled in. */
  readonly config: Config;
  /** Digdag files that are no workflow of their own: reached by `!include` and `call>`. */
  readonly fragments: readonly RepoPath[];
  readonly templates: readonly RepoPath[];
  readonly variableFiles: readonly RepoPath[];
  /** Manifests of Kubernetes Jobs without template tags. */
  readonly rendered: readonly RepoPath[];
  /** Shell scripts. */
  readonly scripts: readonly RepoPath[];
  readonly other: readonly RepoPath[];
  readonly guesses: readonly Guess[];
}
