import { z } from 'zod';
import { jsonText } from '../../core/json-text.ts';
import type { Disk } from './disk.ts';
import { sha256 } from './hash.ts';
import { LEDGER_PATH, ledgerText } from './ledger.ts';
import type { Plan } from './types.ts';

const journalSchema = z.object({
  /** In the order in which they are done. */
  operations: z.array(
    z.union([
      z.object({ put: z.string(), before: z.string().optional(), after: z.string() }),
      z.object({ remove: z.string(), before: z.string() }),
    ]),
  ),
});

type Journal = Readonly<z.infer<typeof journalSchema>>;

const JOURNAL = 'journal.json';
const STAGED_LEDGER = 'ledger.json';

/**
 * Writes a plan in three steps: everything is staged; the journal is moved into place, from where on the run will be
 * finished and no longer undone; then file by file is swapped, the ledger last.
 */
export function commitPlan(disk: Disk, plan: Plan, staging: string): void {
  for (const put of plan.puts) disk.write(`${staging}/files/${put.path}`, put.text);
  disk.write(`${staging}/${STAGED_LEDGER}`, ledgerText(plan.ledger));
  const journal: Journal = {
    operations: [
      ...plan.puts.map(({ path, text, before }) => ({
        put: path,
        after: sha256(text),
        ...(before === undefined ? {} : { before }),
      })),
      ...plan.removals.map(({ path, before }) => ({ remove: path, before })),
    ],
  };
  disk.write(`${staging}/${JOURNAL}.part`, jsonText(journal));
  disk.move(`${staging}/${JOURNAL}.part`, `${staging}/${JOURNAL}`);
  finishCommit(disk, staging);
}

/** Does what is left of a staged run, then removes what was staged; false where the journal had not been reached and nothing is to be done. */
export function finishCommit(disk: Disk, staging: string): boolean {
  const journal = readJournal(disk, staging);
  // The ledger is moved last: without it, all files have been swapped.
  if (journal !== undefined && disk.kind(`${staging}/${STAGED_LEDGER}`) === 'file') {
    for (const operation of journal.operations) {
      if ('put' in operation) swap(disk, operation, `${staging}/files/${operation.put}`);
      else removeFile(disk, operation);
    }
    disk.move(`${staging}/${STAGED_LEDGER}`, LEDGER_PATH);
  }
  disk.removeFolder(staging);
  return journal !== undefined;
}

function swap(
  disk: Disk,
  { put, before, after }: { put: string; before?: string | undefined; after: string },
  staged: string,
): void {
  if (disk.kind(staged) !== 'file' || !disk.leadsInside(put)) return;
  const kind = disk.kind(put);
  const current = kind === 'file' ? disk.read(put) : undefined;
  const found = current === undefined ? undefined : sha256(current);
  // Someone may have written here between an interrupted run and this one: that file is theirs.
  const theirs = (kind !== undefined && kind !== 'file') || (found !== before && found !== undefined);
  if (theirs && found !== after) return;
  disk.move(staged, put);
}

function removeFile(disk: Disk, { remove, before }: { remove: string; before: string }): void {
  const current = disk.kind(remove) === 'file' ? disk.read(remove) : undefined;
  if (current === undefined || sha256(current) !== before) return;
  disk.remove(remove);
  removeEmptyFolders(disk, remove);
}

function removeEmptyFolders(disk: Disk, path: string): void {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (!disk.removeEmptyFolder(path.slice(0, at))) return;
  }
}

function readJournal(disk: Disk, staging: string): Journal | undefined {
  const text = disk.read(`${staging}/${JOURNAL}`);
  return text === undefined ? undefined : journalSchema.parse(JSON.parse(text));
}
