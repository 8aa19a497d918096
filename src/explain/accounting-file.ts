import { z } from 'zod';
import type { AccountedUnit, Fate } from '../core/accounting.ts';

/** What became of one unit of a legacy file. Lines count from 1. */
const unitSchema = z.object({
  line: z.int(),
  endLine: z.int(),
  kind: z.string(),
  label: z.string(),
  fate: z.enum(['consumed', 'dropped', 'unaccounted']),
  by: z.string().describe('stage or rule'),
  reason: z.string(),
});

const accountingSchema = z.object({ files: z.record(z.string(), z.array(unitSchema)) });

export type WrittenUnit = Readonly<z.infer<typeof unitSchema>>;

/** The accounting of a run by legacy file, one unit a line, as it stands in `.dig2argo/accounting.json`. */
export function writtenAccounting(units: readonly AccountedUnit[]): string {
  const files = new Map<string, string[]>();
  for (const each of units) {
    const lines = files.get(each.unit.span.file) ?? [];
    lines.push(`      ${JSON.stringify(writtenUnit(each))}`);
    files.set(each.unit.span.file, lines);
  }
  const texts = [...files].map(([file, lines]) => `    ${JSON.stringify(file)}: [\n${lines.join(',\n')}\n    ]`);
  return `{\n  "files": {\n${texts.join(',\n')}\n  }\n}\n`;
}

export function writtenUnit({ unit, fate }: AccountedUnit): WrittenUnit {
  return {
    line: unit.span.start.line,
    endLine: unit.span.end.line,
    kind: unit.kind,
    label: unit.label,
    fate: fate.kind,
    by: byOf(fate),
    reason: fate.kind === 'dropped' ? fate.reason : '',
  };
}

/** The units of one file; none where the text is no accounting, or knows nothing of the file. */
export function readAccounting(text: string, file: string): readonly WrittenUnit[] {
  try {
    const parsed = accountingSchema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data.files[file] ?? []) : [];
  } catch {
    return [];
  }
}

function byOf(fate: Fate): string {
  if (fate.kind === 'consumed') return fate.by;
  return fate.kind === 'dropped' ? fate.rule : '';
}
