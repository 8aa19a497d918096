import { createHash } from 'node:crypto';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import type { OutputFile } from '../emit/types.ts';
import type { ReportInput } from '../report/report-input.ts';
import type { Reviews } from '../report/review.ts';
import { operatorRefusal } from '../rules/match.ts';
import { isOfPackage } from '../rules/rule-set.ts';
import type { ConvertedPlatform } from './convert-platform.ts';
import { countLines } from './count-lines.ts';
import { decisionsOf } from './dedup.ts';
import { apartReports, familyReports } from './report-families.ts';
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
  reviews: Reviews = new Map(),
): ReportInput {
  const usedRules = new Set(usedRuleIds(platform, diagnostics));
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
    outputs: outputsByJob(files, jobs),
    reviews,
    lines: countLines(platform, files, host),
    replacedRules: platform.rules.replacements.map((each) => `${each.id}: ${each.by} instead of ${each.replaced}`),
    unusedRules: unusedRules(platform, usedRules),
    ...(platform.dedup === undefined
      ? {}
      : {
          families: familyReports(platform.dedup, decisionsOf(platform.project.config), true),
          apart: apartReports(platform.dedup),
        }),
  };
}

function unusedRules(platform: ConvertedPlatform, used: ReadonlySet<string>): ReportInput['unusedRules'] {
  const unused = [...platform.rules.byId.values()].filter(
    // Macro syntaxes, policies and figures always hold; of the others it is known where they took part.
    ({ kind, id }) => kind !== 'macro' && kind !== 'policy' && kind !== 'figures' && !used.has(id),
  );
  const own = unused.filter(({ at }) => !isOfPackage(at.file));
  return { own: own.map(({ id }) => id), ofPackage: unused.length - own.length };
}

/** Rules that took part: in a step, in a pod, in the account or in a finding. */
function usedRuleIds(platform: ConvertedPlatform, findings: readonly Diagnostic[]): readonly string[] {
  const fates = platform.accounting
    .units()
    .map(({ fate }) => (fate.kind === 'consumed' ? fate.by : fate.kind === 'dropped' ? fate.rule : ''));
  const launches = platform.read.flatMap((read) =>
    [...read.graph.tasks.values()].flatMap((task) =>
      task.kind !== 'operator'
        ? []
        : [
            task.launch?.rule ?? '',
            ...platform.rules.byKind.operator
              .filter((rule) => operatorRefusal(rule, task) === undefined)
              .map((rule) => rule.id),
          ],
    ),
  );
  const pods = platform.jobs.flatMap((job) =>
    [...job.converted.values()].flatMap((workflow) => [
      ...workflow.facts.accepted.map(({ rule }) => rule),
      ...workflow.facts.steps.flatMap(({ rules }) => rules),
    ]),
  );
  return [...fates, ...launches, ...pods, ...findings.flatMap(({ rule }) => rule ?? [])];
}

/** The files of a job whose schedule another one's CronWorkflow runs are that one's. */
function outputsByJob(files: readonly OutputFile[], jobs: ReportInput['jobs']): ReadonlyMap<string, readonly string[]> {
  const outputs = new Map<string, string[]>();
  for (const file of files)
    if (file.job !== undefined) outputs.set(file.job, [...(outputs.get(file.job) ?? []), file.path]);
  for (const { job, heldBy } of jobs) if (heldBy !== undefined) outputs.set(job, outputs.get(heldBy.job) ?? []);
  return outputs;
}
