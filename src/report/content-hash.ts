import { createHash } from 'node:crypto';
import { reportJson } from './reporters/json.ts';
import { reportSchema } from './schema/report.ts';
import type { Report } from './types.ts';

/**
 * The report with the hash of everything in it, its fields in the order of the schema: a report that is read back is
 * the same. There is no clock time in it, so that equal runs have equal hashes.
 */
export function withContentHash(report: Report): Report {
  const { contentHash: _, ...content } = reportSchema.parse(report);
  const hash = createHash('sha256').update(reportJson(content)).digest('hex');
  const { schemaVersion, ...rest } = content;
  return { schemaVersion, contentHash: hash, ...rest };
}
