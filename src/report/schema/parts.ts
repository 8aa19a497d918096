import { z } from 'zod';

/** The pieces that several parts of a report share. Each has a name in the JSON Schema. */

const point = z
  .object({
    offset: z.int().describe('UTF-16 code units from the start of the file'),
    line: z.int().describe('1 is the first'),
    col: z.int().describe('1 is the first; UTF-16 code units'),
  })
  .meta({ id: 'Point' });

export const place = z
  .object({
    file: z.string().describe('path in the legacy folder, or `<source>:<path>` in a further checkout; never absolute'),
    start: point,
    end: point,
  })
  .meta({ id: 'Place', description: 'a part of a legacy file, from start up to but without end' });

const counted = { before: z.int(), after: z.int() };
export const lineCount = z.object(counted).meta({ id: 'LineCount' });
const inBlockStyle = z.int().describe('lines of the same files with nothing in flow style');
export const yamlLines = z.object({ ...counted, afterInBlockStyle: inBlockStyle }).meta({ id: 'YamlLines' });

export const severity = z.enum(['error', 'warning', 'info']);

export const finding = z
  .object({
    code: z.string().describe('documented in rules/diagnostics.md'),
    severity,
    args: z.record(z.string(), z.unknown()).describe('what the message is made of, for programs'),
    span: place.exactOptional().describe('absent only for findings about the whole project'),
    hint: z.string().exactOptional().describe('what to do, in the imperative'),
    related: z.array(z.object({ span: place, note: z.string() })).exactOptional(),
    rule: z.string().exactOptional().describe('id of the rule that made the finding'),
    output: z.string().exactOptional().describe('`path#/json/pointer` of the output it speaks of'),
    job: z.string().exactOptional(),
    environment: z.string().exactOptional(),
    message: z.string(),
  })
  .meta({ id: 'Finding' });

export const difference = z.object({
  path: z.string().describe('path in the compared effect'),
  legacy: z.string(),
  argo: z.string(),
  legacySource: z.string().exactOptional().describe('`file:line:col` of the legacy value'),
  argoSource: z.string().exactOptional().describe('`file:line:col` of the other value in the output'),
  rule: z.string().exactOptional(),
});

export const verdict = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('proved') }),
    z.object({ kind: z.literal('proved-given'), assumption: z.string() }),
    z.object({ kind: z.literal('observed') }),
    z.object({ kind: z.literal('differs'), differences: z.array(difference) }),
    z.object({ kind: z.literal('not-provable'), reason: z.string() }),
  ])
  .meta({ id: 'Verdict' });

export const range = z
  .object({ p50: z.number(), p90: z.number() })
  .meta({ id: 'Range', description: 'half of all cases, and nine of ten, are at or below' });
