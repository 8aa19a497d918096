import { compareText, sortedBy } from '../../core/order.ts';
import { countFindings } from '../reporters/group-findings.ts';
import type { JobReport, Plan, Report } from '../types.ts';
import { verdictKinds } from '../verdict-kinds.ts';

/** Who runs a job in an environment, as the configuration says; Digdag where it says nothing. */
export type CutoverState = Readonly<Record<string, Readonly<Record<string, 'argo' | 'digdag'>>>>;

/** Which jobs to move first, and what each switch takes: bound jobs together, environments in their order. */
export function planOf(report: Report, cutover: CutoverState): Plan {
  const groups = boundGroups(report.details).map((jobs) => {
    const risks = jobs.map(riskOf);
    return {
      jobs: jobs.map((job) => job.job),
      risk: Math.max(...risks.map(({ risk }) => risk)),
      because: [...bindings(jobs), ...new Set(risks.flatMap(({ because }) => because))],
    };
  });
  groups.sort(
    (a, b) => a.risk - b.risk || a.jobs.length - b.jobs.length || compareText(a.jobs[0] ?? '', b.jobs[0] ?? ''),
  );
  const groupOf = new Map(groups.flatMap(({ jobs }) => jobs.map((job) => [job, jobs] as const)));
  const details = new Map(report.details.map((job) => [job.job, job]));
  return {
    groups: groups.map((group, at) => ({ order: at + 1, ...group })),
    cutovers: groups.flatMap(({ jobs }) =>
      jobs.flatMap((name) => {
        const job = details.get(name);
        return job === undefined
          ? []
          : job.environments.map((environment) =>
              cutoverOf(job, environment, groupOf.get(name) ?? [], details, cutover),
            );
      }),
    ),
  };
}

/** Jobs that call or require each other, or run from one CronWorkflow, directly or through others. */
function boundGroups(jobs: readonly JobReport[]): readonly (readonly JobReport[])[] {
  const names = new Set(jobs.map((job) => job.job));
  const leader = new Map(jobs.map((job) => [job.job, job.job]));
  const find = (name: string): string => {
    const above = leader.get(name) ?? name;
    return above === name ? name : find(above);
  };
  for (const job of jobs)
    for (const other of [...(job.calls ?? []), ...(job.requires ?? []), ...(job.holds ?? [])])
      if (names.has(other)) {
        const [a, b] = [find(job.job), find(other)].sort(compareText);
        if (a !== undefined && b !== undefined && a !== b) leader.set(b, a);
      }
  const groups = new Map<string, JobReport[]>();
  for (const job of sortedBy(jobs, ({ job: name }) => name)) {
    const group = find(job.job);
    groups.set(group, [...(groups.get(group) ?? []), job]);
  }
  return [...groups.values()];
}

function bindings(jobs: readonly JobReport[]): readonly string[] {
  const names = new Set(jobs.map((job) => job.job));
  const said = (verb: string, others: readonly string[] | undefined, job: string): readonly string[] =>
    (others ?? []).filter((other) => names.has(other)).map((other) => `${job} ${verb} ${other}`);
  return jobs.flatMap((job) => [
    ...said('calls', job.calls, job.job),
    ...said('requires', job.requires, job.job),
    ...said('also runs', job.holds, job.job),
  ]);
}

/** 0 is a job that nothing speaks against. Each reason says what it adds. */
function riskOf(job: JobReport): { readonly risk: number; readonly because: readonly string[] } {
  const counts = new Map(countFindings(job.diagnostics).map(({ severity, count }) => [severity, count]));
  const verdicts = new Set(verdictKinds(job));
  const often = job.schedules.some(({ legacy }) => /^(?:hourly|minutes_interval|seconds_interval)>/.test(legacy));
  const errors = counts.get('error') ?? 0;
  const warnings = counts.get('warning') ?? 0;
  const reasons: readonly (readonly [number, string])[] = [
    ...(errors === 0 ? [] : [[5 + errors, `${errors} errors to solve`] as const]),
    ...(warnings === 0 ? [] : [[1 + warnings, `${warnings} decisions to confirm`] as const]),
    ...(verdicts.has('differs') ? [[5, 'verify found differences'] as const] : []),
    ...(verdicts.has('not-provable') ? [[2, 'not everything could be proved'] as const] : []),
    ...(job.backfillable ? [] : [[2, 'a failed session cannot be repeated for its date'] as const]),
    ...(often ? [[1, 'it runs several times a day'] as const] : []),
  ];
  const because = reasons.map(([, reason]) => reason);
  return {
    risk: reasons.reduce((sum, [points]) => sum + points, 0),
    because: because.length === 0 ? ['nothing speaks against it'] : because,
  };
}

function cutoverOf(
  job: JobReport,
  environment: string,
  group: readonly string[],
  details: ReadonlyMap<string, JobReport>,
  cutover: CutoverState,
): Plan['cutovers'][number] {
  const steps = cutoverSteps(job, environment);
  const base = { job: job.job, environment, steps };
  if (cutover[job.job]?.[environment] === 'argo') return { ...base, state: 'done', why: 'dig2argo.yaml says so' };
  const broken = group.filter((name) => details.get(name)?.status === 'needs-work');
  if (broken.length > 0) return { ...base, state: 'waiting', why: `${broken.join(', ')} needs work` };
  const before = job.environments[job.environments.indexOf(environment) - 1];
  if (before === undefined) return { ...base, state: 'offered', why: 'the first environment' };
  const unproved = group.filter((name) => !isVerified(details.get(name), before));
  return unproved.length === 0
    ? { ...base, state: 'offered', why: `verified in ${before}` }
    : {
        ...base,
        state: 'waiting',
        why: `not verified in ${before}${group.length > 1 ? `: ${unproved.join(', ')}` : ''}`,
      };
}

/** All that verify played in the environment gave the same, sessions and starts; where it played none, nothing is known. */
function isVerified(job: JobReport | undefined, environment: string): boolean {
  if (job === undefined || !job.environments.includes(environment)) return true;
  const kinds = verdictKinds(job, environment);
  const played = job.proof.some((row) => row.environment === environment);
  return played && kinds.every((kind) => kind !== 'differs' && kind !== 'not-provable');
}

/** The steps of `make cutover`, which prints them with the commands of the environment. */
function cutoverSteps(job: JobReport, environment: string): readonly string[] {
  const make = `make cutover ENV=${environment} JOB=${job.name}`;
  if (job.heldBy !== undefined)
    return [`it moves with ${job.heldBy.job}, whose CronWorkflow runs it too: ${make} prints the steps for both`];
  if (job.kind === 'WorkflowTemplate')
    return [
      `${make} prints the commands`,
      `apply it: make apply ENV=${environment} JOB=${job.name}`,
      'start it with argo submit from now on',
    ];
  return [
    `${make} prints the commands and times of these steps`,
    ...[job.job, ...(job.holds ?? [])].map(
      (name) => `stop the schedule in Digdag: digdag disable <project of ${environment}> ${name}`,
    ),
    'wait for the last Digdag session to end, and note its session time',
    `apply it suspended, then resume before the first Argo session: make apply ENV=${environment} JOB=${job.name}`,
    'the way back: suspend the CronWorkflow, then digdag enable',
  ];
}
