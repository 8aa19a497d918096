import { DiagnosticList } from '../core/diagnose.ts';
import type { Host } from '../core/host.ts';
import { emitProject } from '../emit/emit.ts';
import { buildReport } from '../report/build-report.ts';
import { emptyReport } from '../report/empty-report.ts';
import { reportFiles } from '../report/report-files.ts';
import { convertPlatform, sourceOf } from './convert-platform.ts';
import { emitInput } from './emit-input.ts';
import { reportObjectConflicts } from './object-conflicts.ts';
import { withOutputPositions } from './output-positions.ts';
import { reportInput, VERSION } from './report-input.ts';
import type { Conversion, ConvertOptions } from './types.ts';

/** The main job, from a legacy folder to the output tree: nothing is written here, and nothing of the folder is run. */
export async function convert(host: Host, options: ConvertOptions): Promise<Conversion> {
  const findings = new DiagnosticList();
  const source = (path: string): ReturnType<typeof sourceOf> => sourceOf(host, path);
  const platform = await convertPlatform(host, options, findings);
  if (platform === undefined) {
    return {
      files: [],
      report: emptyReport(findings.sorted(), VERSION),
      diagnostics: findings.sorted(),
      source,
      manualJobs: [],
      configurationBroken: true,
    };
  }
  const input = emitInput(platform, options, host);
  reportObjectConflicts(input, findings);
  const files = emitProject(input);
  const diagnostics = withOutputPositions(findings.sorted(), files);
  const report = buildReport(reportInput(platform, files, diagnostics, host));
  const manualJobs = Object.entries(platform.project.config.jobs).flatMap(([job, settings]) =>
    settings.manual === true ? [job] : [],
  );
  return {
    files: [...files, ...reportFiles(report, source)],
    report,
    diagnostics,
    source,
    manualJobs,
    configurationBroken: false,
  };
}
