import { sortedBy } from '../../core/order.ts';
import type { JobRow, PageFinding, PageIndex, VerdictKind } from '../page/data.ts';
import { countFindings, groupFindings } from '../reporters/group-findings.ts';
import type { JobReport, Report, ReportFinding } from '../types.ts';
import { verdictKinds } from '../verdict-kinds.ts';

/** What the first view of the page needs: it is read before anything is drawn. */
export function pageIndex(report: Report, language: PageIndex['language'], files: readonly string[]): PageIndex {
  const { accounting, lines, jobs, families, forecast, plan, baseline } = report;
  return {
    language,
    version: report.tool.version,
    contentHash: report.contentHash ?? '',
    environments: report.environments,
    reference: lines.reference.environment,
    counts: { converted: jobs.converted, 'to-confirm': jobs.toConfirm, 'needs-work': jobs.needsWork },
    lines: lines.all,
    referenceLines: { before: lines.reference.before, after: lines.reference.after },
    accounting: {
      consumed: accounting.consumed,
      dropped: accounting.dropped.reduce((sum, each) => sum + each.count, 0),
      unaccounted: accounting.unaccounted.length,
    },
    unaccounted: accounting.unaccounted.map(({ kind, label, span }) => ({
      text: `${kind} ${label}`,
      file: span.file,
      line: span.start.line,
    })),
    jobs: report.details.map(jobRow),
    findings: pageFindings(report.diagnostics),
    ...(families === undefined
      ? {}
      : {
          families: families.map(({ id, title, members, lines: count, parameters }) => ({
            id,
            title,
            members: members.map(({ job, task }) => (task === undefined ? job : `${job} ${task}`)),
            lines: count,
            parameters: parameters.length,
          })),
        }),
    ...(forecast === undefined
      ? {}
      : {
          forecast: {
            minutes: forecast.minutes,
            kinds: forecast.kinds.map(({ title, count, minutes, shared }) => ({ title, count, minutes, shared })),
            gains: forecast.gains,
            constructs: forecast.constructs.map(({ what, group, count, jobs: inJobs }) => ({
              what,
              group,
              count,
              jobs: inJobs,
            })),
          },
        }),
    ...(plan === undefined
      ? {}
      : {
          plan: {
            groups: plan.groups,
            cutovers: plan.cutovers.map(({ job, environment, state, why }) => ({ job, environment, state, why })),
          },
        }),
    ...(baseline === undefined
      ? {}
      : {
          baseline: {
            worse: baseline.worse,
            better: baseline.better,
            added: baseline.added,
            removed: baseline.removed,
          },
        }),
    files,
  };
}

function jobRow(job: JobReport): JobRow {
  const counts = new Map(countFindings(job.diagnostics).map(({ severity, count }) => [severity, count]));
  return {
    job: job.job,
    name: job.name,
    status: job.status,
    owner: job.owner ?? '',
    environments: job.environments,
    schedule: [...new Set(job.schedules.map((schedule) => schedule.legacy).filter((text) => text !== 'none'))].join(
      ', ',
    ),
    scheduleKinds: [
      ...new Set(
        job.schedules.flatMap(({ legacy }) => (legacy === 'none' ? [] : [legacy.slice(0, legacy.indexOf('>'))])),
      ),
    ],
    lines: job.lines,
    findings: [counts.get('error') ?? 0, counts.get('warning') ?? 0, counts.get('info') ?? 0],
    codes: sorted(job.diagnostics.map((finding) => finding.code)),
    rules: sorted([...job.steps.flatMap((step) => step.rules), ...job.launchers.map((deed) => deed.rule)]),
    verdicts: worstByEnvironment(job),
    fingerprint: job.fingerprint,
    ...(job.effort === undefined ? {} : { minutes: job.effort.minutes }),
    ...(job.review === undefined ? {} : { review: reviewEntry(job.review) }),
  };
}

function reviewEntry({
  state,
  note,
  by,
  fingerprint,
}: NonNullable<JobReport['review']>): NonNullable<JobRow['review']> {
  return {
    ...(state === undefined ? {} : { state }),
    note,
    ...(by === undefined ? {} : { by }),
    fingerprint,
  };
}

const verdictRanks: readonly VerdictKind[] = ['proved', 'observed', 'proved-given', 'not-provable', 'differs'];

function worstByEnvironment(job: JobReport): JobRow['verdicts'] {
  return Object.fromEntries(
    job.environments.flatMap((environment) => {
      const kinds = new Set(verdictKinds(job, environment));
      const worst = verdictRanks.findLast((kind) => kinds.has(kind));
      return worst === undefined ? [] : [[environment, worst]];
    }),
  );
}

/** Findings that say the same, once, the gravest first; with the environments and places of all of them. */
export function pageFindings(findings: readonly ReportFinding[]): readonly PageFinding[] {
  const groups = new Map<string, { first: ReportFinding; environments: Set<string>; places: ReportFinding[] }>();
  for (const { diagnostic } of groupFindings(findings)) {
    const key = [diagnostic.code, diagnostic.message, diagnostic.hint ?? ''].join('\u0000');
    const group = groups.get(key) ?? { first: diagnostic, environments: new Set<string>(), places: [] };
    groups.set(key, group);
    group.places.push(diagnostic);
  }
  for (const { code, message, hint, environment } of findings)
    if (environment !== undefined)
      groups.get([code, message, hint ?? ''].join('\u0000'))?.environments.add(environment);
  const order = ['error', 'warning', 'info'];
  const made = [...groups.values()].map(
    ({ first, environments, places }): PageFinding => ({
      code: first.code,
      severity: first.severity,
      message: first.message,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
      environments: [...environments],
      places: places.flatMap(({ span }) =>
        span === undefined
          ? []
          : [
              {
                file: span.file,
                line: span.start.line,
                col: span.start.col,
                endLine: span.end.line,
                endCol: span.end.col,
              },
            ],
      ),
      ...(first.output === undefined ? {} : { output: first.output }),
      ...(first.rule === undefined ? {} : { rule: first.rule }),
    }),
  );
  return sortedBy(made, ({ severity }) => String(order.indexOf(severity)));
}

function sorted(texts: readonly string[]): readonly string[] {
  return sortedBy(new Set(texts.filter((text) => text !== '')), (text) => text);
}
