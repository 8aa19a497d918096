import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { Accounting } from '../core/accounting.ts';
import type { Diagnostic, DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { repoPath, type SourceFile } from '../core/source.ts';
import type { SharedFile } from '../dedup/shared-file.ts';
import type { Dedup } from '../dedup/types.ts';
import { discover } from '../discover/discover.ts';
import type { Project } from '../discover/project.ts';
import { createEvaluator } from '../expr/create-evaluator.ts';
import { projectLibrary } from '../jinja/project-library.ts';
import { mergeJobs, shareJobs } from '../merge/merge-jobs.ts';
import type { PodDefaults } from '../merge/share/share.ts';
import type { MergedJob } from '../merge/types.ts';
import { type Policies, policiesOf } from '../rules/builtin/pod/policies.ts';
import { loadRules } from '../rules/load.ts';
import { isOfPackage, type RuleSet } from '../rules/rule-set.ts';
import { accountPlatform } from './account.ts';
import { convertWorkflows, type JobConversion } from './convert-jobs.ts';
import { deduplicate, joinAlike, shareCalledFiles } from './dedup.ts';
import { withHeldWorkflows } from './held-workflows.ts';
import { ManifestRenderer } from './manifests.ts';
import { type ReadWorkflow, readGraphs } from './read-graphs.ts';
import type { ConvertOptions } from './types.ts';

/** A legacy platform converted, before anything is printed. */
export interface ConvertedPlatform {
  readonly project: Project;
  readonly rules: RuleSet;
  readonly policies: Policies;
  readonly read: readonly ReadWorkflow[];
  readonly manifests: ManifestRenderer;
  readonly jobs: readonly MergedJob[];
  readonly podDefaults: readonly PodDefaults[];
  readonly accounting: Accounting;
  /** Files that several workflows call. */
  readonly calledFiles: readonly SharedFile[];
  /** Families of near-identical parts; absent where they were not asked for. */
  readonly dedup?: Dedup;
}

/** discover → dig, jinja, launchers → graph → rules → merge. Undefined where the configuration is broken. */
export async function convertPlatform(
  host: Host,
  options: ConvertOptions,
  sink: DiagnosticSink,
): Promise<ConvertedPlatform | undefined> {
  const config = loadConfig(sourceOf(host, 'dig2argo.yaml'), sink);
  if (config === undefined) return undefined;
  const rules = loadRules(inLayers(options.rules, projectRules(host, config)), sink);
  const policies = policiesOf(rules, chosenPolicies(config), sink);
  options.progress?.('looking at the legacy platform');
  const project = selected(discover(host, config, sink), options);
  const manifests = new ManifestRenderer(host, project.config, await projectLibrary(project.config.jinja, host));
  options.progress?.('reading workflows and launchers');
  const all = readGraphs({ host, project, rules, manifests, evaluator: await createEvaluator(), sink });
  const found: Diagnostic[] = [];
  // Names and what jobs share depend on all of them: a chosen job becomes what it becomes beside the others.
  const conversion: JobConversion = {
    project,
    rules,
    policies,
    ...(options.names === undefined ? {} : { names: options.names }),
    ...(options.argoVersion === undefined ? {} : { argoVersion: options.argoVersion }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    sink: { add: (finding) => found.push(finding) },
  };
  const alone = convertWorkflows(all, conversion);
  const joined = options.dedup === true ? joinAlike(alone, project.config, options.names) : undefined;
  const called = shareCalledFiles(joined?.jobs ?? alone, project);
  const shared = shareJobs(called.jobs, conversion.sink);
  const dedup = joined === undefined ? undefined : deduplicate(shared.jobs, called, joined, project.config);
  const merged = mergeJobs(dedup?.converted ?? called.jobs, project.reference, conversion.sink, {
    ...shared,
    jobs: dedup?.converted ?? shared.jobs,
  });
  const isChosen = chosenAmong(options.jobs, dedup?.dedup);
  for (const finding of found) if (finding.job === undefined || isChosen(finding.job)) sink.add(finding);
  options.progress?.('accounting for every key and value');
  const read = all.filter((each) => isChosen(each.graph.job));
  const jobs = withHeldWorkflows(merged.jobs, joined?.joined ?? [], alone).filter((each) => isChosen(each.job));
  const accounting = new Accounting();
  // A family's template shows one member's text for all: what each member became is its own conversion, which the family gives back.
  const unfolded = jobs.map((job) => ({ ...job, converted: alone.get(job.job) ?? job.converted }));
  accountPlatform({ host, project, read, manifests, jobs: unfolded, accounting, sink });
  return {
    project,
    rules,
    policies,
    read,
    manifests,
    jobs,
    podDefaults: merged.podDefaults,
    accounting,
    calledFiles: called.files,
    ...(dedup === undefined ? {} : { dedup: dedup.dedup }),
  };
}

/** The jobs that a person named, and those that run from one CronWorkflow with them. */
function chosenAmong(names: readonly string[] | undefined, dedup: Dedup | undefined): (job: string) => boolean {
  if (names === undefined) return () => true;
  const groups = (dedup?.joined ?? []).map(({ members }) => members.map(({ job }) => job));
  const chosen = new Set([...names, ...groups.filter((group) => group.some((job) => names.includes(job))).flat()]);
  return (job) => chosen.has(job);
}

export function sourceOf(host: Host, path: string): SourceFile | undefined {
  const text = host.read(path);
  return text === undefined ? undefined : { path: repoPath(path), text };
}

/** Rules of the package, of the project, of `--rules`: a later one replaces one of the same id. */
function inLayers(given: readonly SourceFile[], project: readonly SourceFile[]): readonly SourceFile[] {
  const own = given.filter(({ path }) => isOfPackage(path));
  return [...own, ...project, ...given.filter((file) => !own.includes(file))];
}

/** Rules in the legacy tree itself, and in further folders that the configuration names. */
function projectRules(host: Host, config: Config): readonly SourceFile[] {
  const folders = ['rules', ...config.rules.map((folder) => repoPath(folder))];
  return host
    .list()
    .filter((path) => /\.ya?ml$/.test(path) && folders.some((folder) => path.startsWith(`${folder}/`)))
    .flatMap((path) => sourceOf(host, path) ?? []);
}

function chosenPolicies(config: Config): Parameters<typeof policiesOf>[1] {
  return new Map(Object.entries(config.policies).map(([name, value]) => [name, { value }]));
}

function selected(project: Project, options: ConvertOptions): Project {
  if (options.environments === undefined) return project;
  return {
    ...project,
    environments: project.environments.filter((environment) => options.environments?.includes(environment.name)),
  };
}
