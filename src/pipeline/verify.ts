import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { redactValue } from '../core/redact.ts';
import type { DigWorkflow } from '../dig/types.ts';
import { discover } from '../discover/discover.ts';
import type { Project, ProjectEnvironment } from '../discover/project.ts';
import { LegacyRuns } from '../verify/compare/legacy-runs.ts';
import type { ObservedJob } from '../verify/compare/observed.ts';
import { type Pair, sessionPairs } from '../verify/compare/pairs.ts';
import { asMap } from '../verify/compare/plain-differences.ts';
import type { ProofInput } from '../verify/compare/play-both.ts';
import { proveJob } from '../verify/compare/prove.ts';
import { compareSchedules } from '../verify/compare/schedules.ts';
import type { Difference, Plain, Start, Verdict } from '../verify/effect.ts';
import { hasBranches, sessionsOfAYear, startsOfOtherShape } from '../verify/legacy/branch-starts.ts';
import { LegacyPlayer } from '../verify/legacy/play.ts';
import { activeSchedule, type LegacySchedule } from '../verify/legacy/schedule.ts';
import { rfc3339 } from '../verify/legacy/starts.ts';
import type { ScheduleVerdict, Verification, VerifiedJob } from '../verify/proof.ts';
import { BuiltOutput, type OutputJob } from './built-output.ts';
import { sourceOf } from './convert-platform.ts';
import { DifferenceSources } from './difference-sources.ts';
import { acceptedIn } from './output-maps.ts';
import { workflowName } from './read-graphs.ts';
import { environmentDifferences, objectDifferences, parameterDifferences } from './verify-aids.ts';
import { type StartChoice, startOptions, startsFor } from './verify-starts.ts';
import { type DefaultsFile, workflowDefaultsOf } from './workflow-defaults.ts';

export interface VerifierOptions extends StartChoice {
  /** Jobs that the legacy platform really started. */
  readonly observed?: readonly ObservedJob[];
}

export interface VerifyOptions extends VerifierOptions {
  readonly jobs?: readonly string[];
  readonly environments?: readonly string[];
  /** The controller's own `workflowDefaults`, instead of those in the output. */
  readonly workflowDefaults?: DefaultsFile;
}

/** Of the sessions that take other branches, so many are played besides. */
const MOST_BRANCHES = 4;

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
  const verifier = createVerifier(legacy, options, sink);
  if (verifier === undefined) return undefined;
  const output = new BuiltOutput(out);
  const jobs: VerifiedJob[] = [];
  for (const { name, workflows } of verifier.environments) {
    if (options.environments?.includes(name) === false) continue;
    const defaults = workflowDefaultsOf(name, output, options.workflowDefaults, sink);
    if (defaults === undefined) return undefined;
    for (const workflow of workflows.map(workflowName)) {
      if (options.jobs?.includes(workflow) === false) continue;
      jobs.push(await verifier.verify(workflow, name, output, defaults));
    }
  }
  return {
    from: rfc3339(options.fromMs, 'UTC'),
    workflowDefaults: options.workflowDefaults?.path ?? 'platform/overlays',
    jobs,
  };
}

/** Undefined, and diagnostics, where the configuration is broken. */
export function createVerifier(legacy: Host, options: VerifierOptions, sink: DiagnosticSink): Verifier | undefined {
  const config = loadConfig(sourceOf(legacy, 'dig2argo.yaml'), sink);
  if (config === undefined) return undefined;
  const project = discover(legacy, config, sink);
  return new Verifier(legacy, project, new Set(Object.keys(config.clusters)), options);
}

/** Proves jobs of output trees; what the legacy platform does is played once, however many trees are compared with it. */
export class Verifier {
  readonly environments: readonly ProjectEnvironment[];
  readonly #config: Config;
  /** Environments whose cluster the configuration names; others are guessed. */
  readonly #clusters: ReadonlySet<string>;
  readonly #runs: LegacyRuns;
  readonly #options: VerifierOptions;
  readonly #schedules = new Map<string, ScheduleVerdict>();
  readonly #branches = new Map<string, Promise<readonly Start[]>>();

  constructor(legacy: Host, project: Project, clusters: ReadonlySet<string>, options: VerifierOptions) {
    const { config, environments } = project;
    this.environments = environments;
    this.#config = config;
    this.#clusters = clusters;
    this.#runs = new LegacyRuns(new LegacyPlayer({ host: legacy, config, environments }));
    this.#options = options;
  }

  /** `untilFirst`: one difference is enough to know, and nothing is played after it. */
  async verify(
    workflow: string,
    environment: string,
    output: BuiltOutput,
    workflowDefaults: Plain,
    untilFirst = false,
  ): Promise<VerifiedJob> {
    const base = { job: workflow, name: workflow, environment };
    const dig = this.#runs.player.workflow(environment, workflow);
    if (dig === undefined) return alike(base, { kind: 'not-provable', reason: 'Digdag refuses the workflow' });
    const found = output.job(workflow, environment);
    if (found.kind !== 'found') return alike(base, absentVerdict(found, environment));
    const { job } = found;
    const active = activeSchedule(dig, environment, this.#config);
    const schedule = this.#schedule(this.#schedulesOf(workflow, environment, job), job);
    const aids = [
      ...objectDifferences(workflow, job, output),
      ...parameterDifferences(job, environment, output),
      ...environmentDifferences(job, environment, this.#config.cutover[workflow]?.[environment] === 'argo', output),
    ];
    if (untilFirst && (schedule.kind === 'differs' || aids.length > 0))
      return { ...base, name: job.name, rows: [], schedule, aids, accepted: [], unreached: [], injected: 0 };
    const usual = startsFor(environment, dig.timezone, active, job.own, this.#options);
    const starts = [...usual, ...(await this.#branchStarts(dig, environment, active, job.own, usual))];
    const proof = await proveJob({
      ...this.#input(workflow, environment, job, output, workflowDefaults),
      starts,
      untilFirst,
    });
    const sources = new DifferenceSources(output, job, environment);
    const rows = proof.rows.map((row) => ({ ...row, verdict: located(row.verdict, sources) }));
    return { ...base, name: job.name, ...proof, rows, schedule, aids };
  }

  /** One session on both sides, effect by effect; a text says why there is none. */
  async pairs(
    workflow: string,
    environment: string,
    output: BuiltOutput,
    workflowDefaults: Plain,
  ): Promise<{ readonly start: Start; readonly pairs: readonly Pair[] } | string> {
    const dig = this.#runs.player.workflow(environment, workflow);
    const found = output.job(workflow, environment);
    if (dig === undefined) return 'Digdag refuses the workflow';
    if (found.kind !== 'found') return `the output has no ${workflow} for ${environment}`;
    const active = activeSchedule(dig, environment, this.#config);
    const [start] = startsFor(environment, dig.timezone, active, found.job.own, this.#options);
    if (start === undefined) return 'no session was named';
    const input = this.#input(workflow, environment, found.job, output, workflowDefaults);
    const pairs = await sessionPairs({ ...input, starts: [start] }, start);
    return typeof pairs === 'string' ? pairs : { start, pairs };
  }

  #input(
    workflow: string,
    environment: string,
    job: OutputJob,
    output: BuiltOutput,
    workflowDefaults: Plain,
  ): Omit<ProofInput, 'starts'> {
    return {
      runs: this.#runs,
      environment,
      workflow,
      job: job.name,
      objects: job.objects,
      standing: [...job.objects, ...platformObjects(environment, output)],
      workflowDefaults,
      cluster: { name: this.#config.clusters[environment] ?? '', guessed: !this.#clusters.has(environment) },
      namespaces: this.#config.namespaces,
      acceptedIn: acceptedIn(job.folder, environment, output),
      ruleOf: (template) => new DifferenceSources(output, job, environment).ruleOf(template),
      ...(this.#options.observed === undefined ? {} : { observed: this.#options.observed }),
    };
  }

  /** Sessions beside the usual ones that take other branches; the same whatever the output is. */
  async #branchStarts(
    dig: DigWorkflow,
    environment: string,
    active: LegacySchedule | undefined,
    own: Plain,
    usual: readonly Start[],
  ): Promise<readonly Start[]> {
    if (this.#options.at !== undefined || !hasBranches(dig)) return [];
    const options = startOptions(environment, dig.timezone, own, this.#options);
    const key = JSON.stringify([dig.name, options]);
    const known =
      this.#branches.get(key) ??
      startsOfOtherShape(usual, sessionsOfAYear(active, options), MOST_BRANCHES, ({ sessionTime }) =>
        this.#runs.player.tasks({ environment, workflow: dig.name, sessionTime }),
      );
    this.#branches.set(key, known);
    return known;
  }

  /** Schedules take long to compare, and do not change with the rest of a tree. */
  #schedule(active: readonly LegacySchedule[], job: OutputJob): ScheduleVerdict {
    const key = JSON.stringify([active, scheduleFields(job.own)]);
    const known = this.#schedules.get(key) ?? this.#compareSchedules(active, job);
    this.#schedules.set(key, known);
    return known;
  }

  /** Of all workflows that the job says it stands for: none of their sessions may be lost or come twice. */
  #schedulesOf(workflow: string, environment: string, job: OutputJob): readonly LegacySchedule[] {
    return [...new Set([workflow, ...job.workflows])].flatMap((name) => {
      const dig = this.#runs.player.workflow(environment, name);
      return (dig === undefined ? undefined : activeSchedule(dig, environment, this.#config)) ?? [];
    });
  }

  #compareSchedules(active: readonly LegacySchedule[], job: OutputJob): ScheduleVerdict {
    const cron = job.folder.startsWith('cron/') ? job.own : undefined;
    const { fromMs } = this.#options;
    const { concurrency } = this.#config.policies;
    const decided = typeof concurrency === 'string' ? concurrency : undefined;
    return compareSchedules(active, cron, fromMs, fromMs + YEAR_MS, decided);
  }
}

function platformObjects(environment: string, output: BuiltOutput): readonly Plain[] {
  const built = output.build(`platform/overlays/${environment}`);
  return built.kind === 'built' ? built.objects : [];
}

function located(verdict: Verdict, sources: DifferenceSources): Verdict {
  if (verdict.kind !== 'differs') return verdict;
  return { ...verdict, differences: verdict.differences.map((difference) => masked(sources.add(difference))) };
}

/** Values as a report may show them: `env[DB_PASSWORD].value` names what must not be read. */
function masked(difference: Difference): Difference {
  const name = /\[([^\]]+)\][^[\]]*$/.exec(difference.path)?.[1] ?? '';
  return { ...difference, legacy: redactValue(name, difference.legacy), argo: redactValue(name, difference.argo) };
}

/** All of the object but what its runs do. */
function scheduleFields(own: Plain): Plain {
  const map = asMap(own);
  const { workflowSpec: _runs, ...fields } = asMap(map['spec']);
  return map['kind'] === 'CronWorkflow' ? fields : null;
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
function alike(base: Pick<VerifiedJob, 'job' | 'name' | 'environment'>, verdict: Verdict): VerifiedJob {
  const start: Start = { environment: base.environment, sessionTime: 'any', creationTime: '' };
  const row = { job: base.job, environment: base.environment, start, verdict };
  return {
    ...base,
    rows: [row],
    schedule: { kind: 'not-provable', reason: 'no run can be played' },
    aids: [],
    accepted: [],
    unreached: [],
    injected: 0,
  };
}
