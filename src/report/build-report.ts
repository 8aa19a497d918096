import type { AccountedUnit } from '../core/accounting.ts';
import { sortDiagnostics } from '../core/diagnose.ts';
import { compareText, sortedBy } from '../core/order.ts';
import { jobReport } from './build-job-report.ts';
import { findingOf } from './finding.ts';
import type { ReportInput } from './report-input.ts';
import type { JobReport, Report } from './types.ts';

/** The one model that every view shows. */
export function buildReport(input: ReportInput): Report {
  const details = sortedBy(input.jobs, (job) => job.job).map((job) => jobReport(job, input));
  const known = new Set(details.map((job) => job.job));
  const count = (status: JobReport['status']): number => details.filter((job) => job.status === status).length;
  return {
    schemaVersion: 1,
    tool: { name: 'dig2argo', version: input.version },
    inputs: input.inputs,
    environments: input.environments,
    jobs: { converted: count('converted'), toConfirm: count('to-confirm'), needsWork: count('needs-work') },
    accounting: accountingOf(input.units),
    lines: { all: input.lines.all, reference: { ...input.lines.reference, environment: input.reference } },
    rules: {
      replaced: input.replacedRules,
      unused: input.unusedRules.own,
      unusedOfPackage: input.unusedRules.ofPackage,
    },
    details,
    ...(input.families === undefined ? {} : { families: [...input.families] }),
    ...(input.apart === undefined ? {} : { apart: [...input.apart] }),
    diagnostics: sortDiagnostics(
      input.diagnostics.filter((finding) => finding.job === undefined || !known.has(finding.job)),
    ).map(findingOf),
  };
}

function accountingOf(units: readonly AccountedUnit[]): Report['accounting'] {
  const dropped = new Map<string, { readonly rule: string; readonly reason: string; count: number }>();
  for (const { fate } of units) {
    if (fate.kind !== 'dropped') continue;
    const key = `${fate.rule}\u0000${fate.reason}`;
    const known = dropped.get(key) ?? { rule: fate.rule, reason: fate.reason, count: 0 };
    known.count += 1;
    dropped.set(key, known);
  }
  return {
    consumed: units.filter((unit) => unit.fate.kind === 'consumed').length,
    dropped: [...dropped].sort(([a], [b]) => compareText(a, b)).map(([, entry]) => entry),
    unaccounted: units.flatMap(({ unit, fate }) =>
      fate.kind === 'unaccounted' ? [{ kind: unit.kind, label: unit.label, span: unit.span }] : [],
    ),
  };
}
