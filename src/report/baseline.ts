import type { Severity } from '../core/diagnostic.ts';
import { compareText, sortedBy } from '../core/order.ts';
import { groupFindings } from './reporters/group-findings.ts';
import type { BaselineChanges, JobReport, JobStatus, Report } from './types.ts';
import { verdictKinds } from './verdict-kinds.ts';

const statusRank: Readonly<Record<JobStatus, number>> = { converted: 0, 'to-confirm': 1, 'needs-work': 2 };
const statusWords: Readonly<Record<JobStatus, string>> = {
  converted: 'converted',
  'to-confirm': 'decisions to confirm',
  'needs-work': 'needs work',
};

/** From best to worst. */
const verdictRank = { proved: 0, observed: 0, 'proved-given': 1, 'not-provable': 2, differs: 3 } as const;

/** What became of each job since an earlier report. A job that is new got neither better nor worse. */
export function changesSince(before: Report, now: Report): BaselineChanges {
  const old = new Map(before.details.map((job) => [job.job, job]));
  const fresh = new Set(now.details.map((job) => job.job));
  const pairs = now.details.flatMap((job) => {
    const known = old.get(job.job);
    return known === undefined ? [] : [{ job: job.job, known, after: job }];
  });
  const changed = (which: 'worse' | 'better'): BaselineChanges['worse'] =>
    pairs.flatMap(({ job, known, after }) => {
      const why = which === 'worse' ? worsenings(known, after) : worsenings(after, known).map(turned);
      return why.length === 0 ? [] : [{ job, why }];
    });
  return {
    worse: changed('worse'),
    better: changed('better').filter(({ job }) => !changed('worse').some((each) => each.job === job)),
    added: now.details.flatMap((job) => (old.has(job.job) ? [] : [job.job])),
    removed: before.details.flatMap((job) => (fresh.has(job.job) ? [] : [job.job])),
    newFindings: pairs.flatMap(({ known, after }) => moreFindings(known, after)),
    solvedFindings: pairs.flatMap(({ known, after }) => moreFindings(after, known)),
  };
}

/** One sentence for each way in which `after` is worse than `before`. Notes are no worsening: they ask for nothing. */
function worsenings(before: JobReport, after: JobReport): readonly string[] {
  const status =
    statusRank[after.status] > statusRank[before.status]
      ? [`${statusWords[before.status]} → ${statusWords[after.status]}`]
      : [];
  const findings = moreFindings(before, after)
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, severity, count }) => `+${count} ${severity} ${code}`);
  const backfill = before.backfillable && !after.backfillable ? ['past dates can no longer be run'] : [];
  return [...status, ...findings, ...verdicts(before, after), ...backfill];
}

/** The same sentence read from the other side. */
function turned(text: string): string {
  const arrow = /^(.*) → (.*)$/.exec(text);
  if (arrow !== null) return `${arrow[2]} → ${arrow[1]}`;
  return text === 'past dates can no longer be run' ? 'past dates can be run' : text.replace(/^\+/, '-');
}

function verdicts(before: JobReport, after: JobReport): readonly string[] {
  const worst = (job: JobReport): ReadonlyMap<string, keyof typeof verdictRank> =>
    new Map(
      job.environments.flatMap((environment) => {
        const [first, ...others] = verdictKinds(job, environment);
        if (first === undefined) return [];
        const last = others.reduce((known, kind) => (verdictRank[kind] > verdictRank[known] ? kind : known), first);
        return [[environment, last]];
      }),
    );
  const [old, now] = [worst(before), worst(after)];
  return sortedBy(now, ([environment]) => environment).flatMap(([environment, verdict]) => {
    const known = old.get(environment);
    return known !== undefined && verdictRank[verdict] > verdictRank[known]
      ? [`${environment}: ${known} → ${environment}: ${verdict}`]
      : [];
  });
}

/** Codes that `after` has more often, the same finding of several environments counted once. */
function moreFindings(before: JobReport, after: JobReport): BaselineChanges['newFindings'] {
  const [old, now] = [counted(before), counted(after)];
  return [...now]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([code, { severity, count }]) => {
      const more = count - (old.get(code)?.count ?? 0);
      return more > 0 ? [{ job: after.job, code, severity, count: more }] : [];
    });
}

function counted({
  diagnostics,
}: JobReport): ReadonlyMap<string, { readonly severity: Severity; readonly count: number }> {
  const codes = new Map<string, { severity: Severity; count: number }>();
  for (const { diagnostic } of groupFindings(diagnostics)) {
    const known = codes.get(diagnostic.code);
    codes.set(diagnostic.code, { severity: diagnostic.severity, count: (known?.count ?? 0) + 1 });
  }
  return codes;
}
