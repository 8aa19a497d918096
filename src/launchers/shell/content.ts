import type { RepoPath } from '../../core/source.ts';
import { textOf } from '../../ir/build-value.ts';
import type { Provenance, TextPart, TextValue, Value } from '../../ir/value.ts';
import type { Edit } from '../macros/edit.ts';

/** What a file or a pipe holds. */
export type Content =
  /** `file`: the file of the legacy tree that the text is, or was before edits. */
  | { readonly kind: 'text'; readonly text: TextValue; readonly file?: RepoPath }
  /** A manifest that was fetched, and what the script has done to its text since. */
  | {
      readonly kind: 'manifest';
      readonly named: string;
      readonly source: string;
      readonly documents: readonly Value[];
      readonly edits: readonly Edit[];
    }
  /** Something whose text is not known; what is made of it is not known either. `named`: the file or URL it should have come from. */
  | {
      readonly kind: 'unknown';
      readonly why: string;
      readonly named?: string;
      /** An error has said why. */
      readonly reported?: true;
    };

export type Status = 'ok' | 'failed' | 'unknown';

export interface Outcome {
  readonly stdout: Content;
  readonly status: Status;
}

const generated: Provenance = { via: 'default', reason: 'output of a command' };

export const nothing: Content = { kind: 'text', text: textOf([], generated) };

export const done: Outcome = { stdout: nothing, status: 'ok' };

export function printed(text: TextValue): Outcome {
  return { stdout: { kind: 'text', text }, status: 'ok' };
}

/** The reason that marks a text as the state of the Job, which no reader of the script can know. */
export const JOB_STATE = 'the state of the Job';

export function opaque(source: string, reason: string, from: Provenance): TextValue {
  return textOf([{ kind: 'runtime', expr: { kind: 'opaque', engine: 'shell', source, reason }, from }], from);
}

export function readsJobState(parts: readonly TextPart[]): boolean {
  return parts.some((part) => part.kind === 'runtime' && part.expr.kind === 'opaque' && part.expr.reason === JOB_STATE);
}
