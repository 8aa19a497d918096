import type { OutputFile } from '../../emit/types.ts';
import { sha256 } from './hash.ts';
import type { LedgerEntry } from './ledger.ts';
import { splitNotes } from './notes.ts';

/** What the ledger says of a file that is as we want it. */
export function entryOf(file: OutputFile): LedgerEntry {
  const notes = file.keeps === 'notes' ? splitNotes(file.text)?.notes : undefined;
  return {
    sha256: hashOf(file.text, notes !== undefined),
    ...optional('job', file.job),
    ...optional('notes', notes === undefined ? undefined : sha256(notes)),
  };
}

/** True where the text is as the run of this entry left it, but for the notes. */
export function isAsWritten(text: string, entry: LedgerEntry): boolean {
  return hashOf(text, entry.notes !== undefined) === entry.sha256;
}

function hashOf(text: string, withoutNotes: boolean): string {
  const parts = withoutNotes ? splitNotes(text) : undefined;
  return sha256(parts === undefined ? text : parts.before + parts.after);
}

/** True where someone wrote into the notes since we made them. */
export function hasNotes(text: string, entry: LedgerEntry): boolean {
  const notes = entry.notes === undefined ? undefined : splitNotes(text)?.notes;
  return notes !== undefined && sha256(notes) !== entry.notes;
}

/** The property, or nothing where its value is undefined. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const made: { [P in K]?: V } = {};
  if (value !== undefined) made[key] = value;
  return made;
}
