import { DiagnosticList } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import type { SourceFile } from '../core/source.ts';
import type { Thresholds } from '../dedup/types.ts';
import type { Apart, Family } from '../report/types.ts';
import { convertPlatform, sourceOf } from './convert-platform.ts';
import { decisionsOf, thresholdsOf } from './dedup.ts';
import { apartReports, familyReports } from './report-families.ts';
import type { ConvertOptions } from './types.ts';

/** Near-identical parts of a legacy platform, and what was found on the way there. */
export interface Duplicates {
  /** Absent where the configuration is broken. */
  readonly found?: {
    readonly jobs: number;
    readonly families: readonly Family[];
    readonly apart: readonly Apart[];
  };
  /** What decided, as the configuration or the defaults say. */
  readonly thresholds?: Thresholds;
  readonly diagnostics: readonly Diagnostic[];
  readonly source: (path: string) => SourceFile | undefined;
}

/** Converts as `convert --dedup` does, and gives the families alone. */
export async function findDuplicateJobs(host: Host, options: ConvertOptions): Promise<Duplicates> {
  const findings = new DiagnosticList();
  const source = (path: string): SourceFile | undefined => sourceOf(host, path);
  const platform = await convertPlatform(host, { ...options, dedup: true }, findings);
  const diagnostics = findings.sorted();
  if (platform?.dedup === undefined) return { diagnostics, source };
  return {
    thresholds: thresholdsOf(platform.project.config),
    found: {
      jobs: platform.jobs.length,
      families: familyReports(platform.dedup, decisionsOf(platform.project.config), false),
      apart: apartReports(platform.dedup),
    },
    diagnostics,
    source,
  };
}
