import type { RepoPath, SourceSpan } from '../core/source.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/node.ts';

// What is built on dig/ walks these nodes without reading YAML itself.
export type { YamlEntry, YamlList, YamlMap, YamlNode } from '../yaml/node.ts';

/** One file with its includes resolved: what Digdag's loader hands to the compiler. */
export interface LoadedDig {
  readonly file: RepoPath;
  /** The merged tree; each node keeps its span in the file it was written in. */
  readonly root: YamlMap;
  /** The file itself first, then its includes in the order they are read; each once. */
  readonly files: readonly RepoPath[];
  readonly parts: readonly LoadedPart[];
  /** Keys that another key of the same name replaced completely: written, but never seen by Digdag. */
  readonly replaced: readonly YamlEntry[];
}

/** One file as written, its `!include` keys still in place. */
export interface LoadedPart {
  readonly file: RepoPath;
  readonly root: YamlMap;
  readonly includes: readonly IncludeUse[];
  readonly headComment?: string;
  readonly commentedSchedule?: CommentedSchedule;
}

export interface IncludeUse {
  /** The path as written. */
  readonly written: string;
  readonly file: RepoPath;
  readonly span: SourceSpan;
}

/** A schedule block that is commented out. */
export interface CommentedSchedule {
  /** `daily`, `cron` … */
  readonly operator: string;
  /** The operator's value as written. */
  readonly written: string;
  readonly node: YamlMap;
  readonly span: SourceSpan;
}

export interface DigWorkflow {
  readonly name: string;
  /** As Digdag prints it: a region (`Asia/Tokyo`) or an offset (`+09:00`, `UTC+09:00`). */
  readonly timezone: string;
  readonly timezoneSpan?: SourceSpan;
  readonly file: RepoPath;
  /** Comment lines at the head of the file, without their marks. */
  readonly headComment?: string;
  readonly exports?: YamlMap;
  readonly schedule?: YamlEntry;
  readonly sla?: YamlEntry;
  readonly commentedSchedule?: CommentedSchedule;
  readonly root: DigTask;
  /** The whole workflow as Digdag stores it: exports, top-level keys in its order, tasks. */
  readonly node: YamlMap;
  readonly files: readonly RepoPath[];
}

export interface DigOperator {
  /** `sh` for `sh>`. */
  readonly type: string;
  /** The operator's value; undefined only for a `_type` without `_command`. */
  readonly command?: YamlNode;
  readonly keySpan: SourceSpan;
}

/** A task as the compiler numbers it: depth first, the root is 0. */
export interface DigTask {
  /** `+name`; the root's is `+<workflow>`, generated roots are `^sub`, `^error`, `^check`. */
  readonly name: string;
  readonly fullName: string;
  readonly index: number;
  /** The task's mapping. */
  readonly span: SourceSpan;
  readonly keySpan: SourceSpan;
  readonly comment?: string;
  readonly kind: 'group' | 'operator';
  /** Present exactly where `kind` is `operator`. */
  readonly operator?: DigOperator;
  /** All own keys but `+tasks`, in Digdag's order; the ones the compiler uses up (`_after`, `_background`) are gone. */
  readonly config: readonly YamlEntry[];
  /** The other own keys: those that the compiler used up, and all that a disabled task holds. */
  readonly used: readonly YamlEntry[];
  /** The keys of `config` that are neither directives nor the operator: its parameters. */
  readonly local: readonly YamlEntry[];
  readonly exports?: YamlMap;
  readonly retry?: YamlNode;
  readonly parallel?: YamlNode;
  readonly background: boolean;
  /** Names (`+a`) of the siblings in `_after`. */
  readonly after: readonly string[];
  readonly error?: YamlMap;
  readonly check?: YamlMap;
  readonly do?: YamlMap;
  readonly elseDo?: YamlMap;
  readonly secrets?: YamlNode;
  readonly env?: YamlMap;
  /** `_disable: true`: an empty success, nothing below it exists. */
  readonly disabled: boolean;
  readonly children: readonly DigTask[];
  /** Indexes of the siblings that must succeed first. */
  readonly upstreams: readonly number[];
}
