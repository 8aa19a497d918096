import { createHash } from 'node:crypto';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import type { OutputFile } from '../emit/types.ts';
import type { ReportInput } from '../report/report-input.ts';
import type { ConvertedPlatform } from './convert-platform.ts';
import { countLines } from './count-lines.ts';
import { fingerprintOf } from './report-fingerprint.ts';
import { reportJob } from './report-job.ts';

/** Version of the report's and ledger's writer; the package's own, checked by a test. */
export const VERSION = '0.1.0';

/** What the report needs of a conversion, as plain data. */
export function reportInput(
  platform: ConvertedPlatform,
  files: readonly OutputFile[],
  diagnostics: readonly Diagnostic[],
  host: Host,
): ReportInput {
  const usedRules = new Set(usedRuleIds(platform));
  const jobs = platform.jobs.map((job) => reportJob(job, platform, host));
  return {
    version: VERSION,
    inputs: host.list().map((path) => ({
      path,
      sha256: createHash('sha256')
        .update(host.read(path) ?? '')
        .digest('hex'),
    })),
    environments: platform.project.environments.map((environment) => environment.name),
    reference: platform.project.reference,
    jobs,
    fingerprints: new Map(jobs.map((job) => [job.job, fingerprintOf(job, files, host)])),
    units: platform.accounting.units(),
    diagnostics,
    decisions: platform.policies.decisions,
    outputs: outputsByJob(files),
    lines: countLines(platform, files, host),
    replacedRules: platform.rules.replacements.map((each) => `${each.id}: ${each.by} instead of ${each.replaced}`),
    unusedRules: [...platform.rules.byId.values()]
      .filter(
        (rule) =>
          (rule.kind === 'launcher' || rule.kind === 'operator' || rule.kind === 'notification') &&
          !usedRules.has(rule.id),
      )
      .map((rule) => rule.id),
  };
}

function usedRuleIds(platform: ConvertedPlatform): readonly string[] {
  const fates = platform.accounting
    .units()
    .map(({ fate }) => (fate.kind === 'consumed' ? fate.by : fate.kind === 'dropped' ? fate.rule : ''));
  const launches = platform.read.flatMap((read) =>
    [...read.graph.tasks.values()].flatMap((task) =>
      task.kind !== 'operator' ? [] : [task.launch?.rule ?? '', `operator-${task.operator}`],
    ),
  );
  return [...fates, ...launches];
}

function outputsByJob(files: readonly OutputFile[]): ReadonlyMap<string, readonly string[]> {
  const outputs = new Map<string, string[]>();
  for (const file of files)
    if (file.job !== undefined) outputs.set(file.job, [...(outputs.get(file.job) ?? []), file.path]);
  return outputs;
}
