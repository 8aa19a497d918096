import { z } from 'zod';
import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import { jsonText } from '../../core/json-text.ts';
import { sortedBy } from '../../core/order.ts';
import type { Disk } from './disk.ts';

export const LEDGER_PATH = '.dig2argo/ledger.json';

const entrySchema = z.object({
  /** Of the text as written; where the file has a notes section, of the text without it. */
  sha256: z.string(),
  job: z.string().optional(),
  /** Of the notes section as first written: says whether anyone wrote there. */
  notes: z.string().optional(),
});

const ledgerSchema = z.object({
  version: z.literal(1),
  environments: z.array(z.string()),
  /** Legacy file → sha256 of what was read. */
  inputs: z.record(z.string(), z.string()),
  /** Legacy workflow → Kubernetes name, once given. */
  names: z.record(z.string(), z.string()),
  files: z.record(z.string(), entrySchema),
});

/** What earlier runs wrote to the output folder. */
export type Ledger = Readonly<z.infer<typeof ledgerSchema>>;
export type LedgerEntry = Readonly<z.infer<typeof entrySchema>>;

const emptyLedger: Ledger = { version: 1, environments: [], inputs: {}, names: {}, files: {} };

/** The ledger of the output folder, an empty one where there is none; undefined, and a diagnostic, where it is damaged. */
export function readLedger(disk: Disk, sink: DiagnosticSink): Ledger | undefined {
  const text = disk.read(LEDGER_PATH);
  if (text === undefined) return emptyLedger;
  const parsed = ledgerSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const problem = issue === undefined ? 'unknown form' : `${issue.path.join('.') || 'the file'}: ${issue.message}`;
  sink.add(diagnose('OUT_LEDGER_BROKEN', { problem }));
  return undefined;
}

/** Legacy workflow → the name it has in the output; a damaged ledger is reported when the output is written. */
export function givenNames(disk: Disk): Readonly<Record<string, string>> {
  return readLedger(disk, { add: () => undefined })?.names ?? {};
}

export function ledgerText(ledger: Ledger): string {
  const { version, environments, inputs, names, files } = ledger;
  const sorted = { version, environments, inputs: byKey(inputs), names: byKey(names), files: byKey(files) };
  return jsonText(sorted);
}

function byKey<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(sortedBy(Object.entries(record), ([key]) => key));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
