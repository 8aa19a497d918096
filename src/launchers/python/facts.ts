import type { RepoPath, SourceSpan } from '../../core/source.ts';
import type { PyValue } from './value.ts';

export interface StartedByClient {
  readonly body: PyValue;
  readonly namespace: PyValue | undefined;
  readonly span: SourceSpan;
  readonly condition: string | undefined;
}

/** What the walk through a program has found. */
export interface ClientFacts {
  readonly jobs: StartedByClient[];
  readonly files: Set<RepoPath>;
  cluster: PyValue | undefined;
  readonly problems: { readonly what: string; readonly span: SourceSpan }[];
}

export interface CallArguments {
  readonly positionals: readonly PyValue[];
  readonly named: ReadonlyMap<string, PyValue>;
}
