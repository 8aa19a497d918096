import type { RepoPath, SourceSpan } from '../core/source.ts';
import type { Rule, RuleKind, RuleOf } from './schema.ts';

/** A rule and the place of its id. */
export type Loaded<R extends Rule = Rule> = R & { readonly at: SourceSpan };

export interface Replacement {
  readonly id: string;
  readonly by: RepoPath;
  readonly replaced: RepoPath;
}

/** The rules that hold, by kind; within a kind those of later files (the user's) first, then by id. */
export interface RuleSet {
  readonly byKind: { readonly [K in RuleKind]: readonly Loaded<RuleOf<K>>[] };
  readonly byId: ReadonlyMap<string, Loaded>;
  readonly replacements: readonly Replacement[];
}

/** Rules of the package stand in files of this name, others in folders of the user. */
export function isOfPackage(file: RepoPath): boolean {
  return file.startsWith('dig2argo:');
}
