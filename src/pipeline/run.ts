import { DiagnosticList } from '../core/diagnose.ts';
import type { Host } from '../core/host.ts';
import { emitProject } from '../emit/emit.ts';
import { changesSince } from '../report/baseline.ts';
import { buildReport } from '../report/build-report.ts';
import { withContentHash } from '../report/content-hash.ts';
import { emptyReport } from '../report/empty-report.ts';
import { withForecast } from '../report/forecast/forecast.ts';
import { keptProofsText, PROOF_FILE, withKeptProofs } from '../report/kept-proof.ts';
import { redactedSource } from '../report/redacted-source.ts';
import { reportFiles } from '../report/report-files.ts';
import { REVIEW_FILE, readReviews } from '../report/review.ts';
import { convertPlatform, sourceOf } from './convert-platform.ts';
import { emitInput } from './emit-input.ts';
import { figuresOf } from './figures.ts';
import { memoryHost } from './host.ts';
import { reportObjectConflicts } from './object-conflicts.ts';
import { withOutputPositions } from './output-positions.ts';
import { pageInput } from './page-input.ts';
import { reportInput, VERSION } from './report-input.ts';
import type { Conversion, ConvertOptions } from './types.ts';
import { reportUnusedSecrets } from './unused-secrets.ts';

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
      units: [],
      source,
      manualJobs: [],
      configurationBroken: true,
    };
  }
  options.progress?.('printing the output');
  const input = emitInput(platform, options, host);
  reportObjectConflicts(input, findings);
  reportUnusedSecrets(input, findings);
  const files = emitProject(input);
  const output = memoryHost(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const units = platform.accounting.units();
  options.progress?.('writing the report');
  const jobNames = platform.jobs.map((job) => job.job);
  const reviews = readReviews(source(REVIEW_FILE), jobNames, findings);
  const diagnostics = withOutputPositions(findings.sorted(), files);
  const built = withForecast(
    withKeptProofs(
      buildReport(reportInput(platform, files, diagnostics, host, reviews)),
      options.proofs ?? new Map(),
      host,
      output,
    ),
    figuresOf(platform.rules),
    platform.project.config.cutover,
  );
  const { baseline } = options;
  const report = withContentHash(
    baseline === undefined ? built : { ...built, baseline: changesSince(baseline, built) },
  );
  const manualJobs = Object.entries(platform.project.config.jobs).flatMap(([job, settings]) =>
    settings.manual === true ? [job] : [],
  );
  const proofs = keptProofsText(report, host, output);
  return {
    files: [
      ...files,
      ...(proofs === undefined ? [] : [{ path: PROOF_FILE, text: proofs, origins: new Map() }]),
      ...reportFiles(pageInput({ report, files, units, language: input.language, host }), redactedSource(source)),
    ],
    report,
    diagnostics,
    units,
    source,
    manualJobs,
    configurationBroken: false,
  };
}
