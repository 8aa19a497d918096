import { loadConfig } from '../config/load.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { discover } from '../discover/discover.ts';
import type { Project, ProjectEnvironment } from '../discover/project.ts';
import { LegacyRuns } from '../verify/compare/legacy-runs.ts';
import { proveJob } from '../verify/compare/prove.ts';
import { compareSchedules } from '../verify/compare/schedules.ts';
import type { Difference, Plain, Start, Verdict } from '../verify/effect.ts';
import { LegacyPlayer } from '../verify/legacy/play.ts';
import { activeSchedule, type LegacySchedule } from '../verify/legacy/schedule.ts';
import { rfc3339 } from '../verify/legacy/starts.ts';
import type { ScheduleVerdict, Verification, VerifiedJob } from '../verify/proof.ts';
import { BuiltOutput, type OutputJob } from './built-output.ts';
import { sourceOf } from './convert-platform.ts';
import { acceptedIn } from './output-maps.ts';
import { workflowName } from './read-graphs.ts';
import { type StartChoice, startsFor } from './verify-starts.ts';
import { type DefaultsFile, workflowDefaultsOf } from './workflow-defaults.ts';

export interface VerifyOptions extends StartChoice {
  readonly jobs?: readonly string[];
  readonly environments?: readonly string[];
  /** The controller's own `workflowDefaults`, instead of those in the output. */
  readonly workflowDefaults?: DefaultsFile;
}

const YEAR_MS = 366 * 86_400_000;

/**
 * The proof: for each job, environment and session, what the legacy platform starts, what Argo starts, and whether they are
 * the same. Undefined where the configuration is broken.
 */
export async function verifyOutput(
  legacy: Host,
  out: Host,
  options: VerifyOptions,
  sink: DiagnosticSink,
): Promise<Verification | undefined> {
  const config = loadConfig(sourceOf(legacy, 'dig2argo.yaml'), sink);
  if (config === undefined) return undefined;
  const project = discover(legacy, config, sink);
  const player = new LegacyPlayer({ host: legacy, config: project.config, environments: project.environments });
  const side: Sides = {
    project,
    guessedClusters: new Set(
      Object.keys(project.config.clusters).filter((name) => config.clusters[name] === undefined),
    ),
    runs: new LegacyRuns(player),
    output: new BuiltOutput(out),
    out,
    options,
  };
  const jobs: VerifiedJob[] = [];
  for (const environment of project.environments) {
    if (options.environments?.includes(environment.name) === false) continue;
    const defaults = workflowDefaultsOf(environment.name, side.output, options.workflowDefaults, sink);
    if (defaults === undefined) return undefined;
    for (const path of environment.workflows) {
      const workflow = workflowName(path);
      if (options.jobs?.includes(workflow) === false) continue;
      jobs.push(await verifyJob(workflow, environment, defaults, side));
    }
  }
  return {
    from: rfc3339(options.fromMs, 'UTC'),
    workflowDefaults: options.workflowDefaults?.path ?? 'platform/overlays',
    jobs,
  };
}

/** What all jobs are proved with. */
interface Sides {
  readonly project: Project;
  readonly guessedClusters: ReadonlySet<string>;
  readonly runs: LegacyRuns;
  readonly output: BuiltOutput;
  readonly out: Host;
  readonly options: VerifyOptions;
}

async function verifyJob(
  workflow: string,
  { name: environment }: ProjectEnvironment,
  workflowDefaults: Plain,
  sides: Sides,
): Promise<VerifiedJob> {
  const { config } = sides.project;
  const base = { job: workflow, name: workflow, environment };
  const dig = sides.runs.player.workflow(environment, workflow);
  if (dig === undefined)
    return alike(base, { kind: 'not-provable', reason: 'Digdag refuses the workflow' }, environment);
  const found = sides.output.job(workflow, environment);
  if (found.kind !== 'found') return alike(base, absentVerdict(found, environment), environment);
  const { job } = found;
  const schedule = activeSchedule(dig, environment, config);
  const starts = startsFor(environment, dig.timezone, schedule, job.own, sides.options);
  const proof = await proveJob({
    runs: sides.runs,
    environment,
    workflow,
    job: job.name,
    objects: job.objects,
    workflowDefaults,
    cluster: { name: config.clusters[environment] ?? '', guessed: sides.guessedClusters.has(environment) },
    namespaces: config.namespaces,
    acceptedIn: acceptedIn(job.folder, environment, sides.out),
    starts,
  });
  return {
    ...base,
    name: job.name,
    ...proof,
    schedule: scheduleVerdict(schedule, job, sides),
    aids: [],
  };
}

function scheduleVerdict(
  schedule: LegacySchedule | undefined,
  job: OutputJob,
  { project, options }: Sides,
): ScheduleVerdict {
  const cron = job.folder.startsWith('cron/') ? job.own : undefined;
  const { concurrency } = project.config.policies;
  return compareSchedules(
    schedule,
    cron,
    options.fromMs,
    options.fromMs + YEAR_MS,
    typeof concurrency === 'string' ? concurrency : undefined,
  );
}

function absentVerdict(
  found: Exclude<ReturnType<BuiltOutput['job']>, { kind: 'found' }>,
  environment: string,
): Verdict {
  const differs = (argo: string): Verdict => {
    const differences: readonly Difference[] = [{ path: 'the job', legacy: 'runs', argo }];
    return { kind: 'differs', differences };
  };
  switch (found.kind) {
    case 'absent':
      return { kind: 'not-provable', reason: 'the output does not have this job' };
    case 'elsewhere':
      return differs(`has no overlay for ${environment}`);
    case 'broken':
      return differs(`${found.folder} cannot be built: ${found.problem}`);
  }
}

/** One verdict for all sessions, where none can be played. */
function alike(
  base: Pick<VerifiedJob, 'job' | 'name' | 'environment'>,
  verdict: Verdict,
  environment: string,
): VerifiedJob {
  const start: Start = { environment, sessionTime: 'any', creationTime: '' };
  const row = { job: base.job, environment, start, verdict };
  return {
    ...base,
    rows: [row],
    schedule: { kind: 'not-provable', reason: 'no run can be played' },
    aids: [],
    accepted: [],
    injected: 0,
  };
}
