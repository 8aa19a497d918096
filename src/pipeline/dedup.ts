import type { Config } from '../config/schema.ts';
import { findDuplicates, withFamilies } from '../dedup/dedup.ts';
import { type JoinedJobs, joinSchedules } from '../dedup/join-schedules.ts';
import type { ConvertedJobs } from '../dedup/members.ts';
import { type SharedFiles, withSharedFiles } from '../dedup/shared-files.ts';
import { type Decisions, type Dedup, defaultThresholds, type Thresholds } from '../dedup/types.ts';
import type { Project } from '../discover/project.ts';
import { printYaml } from '../emit/yaml-print.ts';
import { staticText } from '../ir/read-value.ts';
import type { MapValue } from '../ir/value.ts';
import { k8sName, k8sNames } from '../k8s/names.ts';

/** Jobs whose near-identical parts call shared templates, and those templates. */
export interface Deduplicated {
  readonly dedup: Dedup;
  readonly converted: ConvertedJobs;
}

/** Lets workflows that are the same but for their schedules run from one CronWorkflow. `given`: names of earlier runs. */
export function joinAlike(
  converted: ConvertedJobs,
  config: Config,
  given: Readonly<Record<string, string>> = {},
): JoinedJobs {
  const manual = Object.entries(config.jobs).filter(([, settings]) => settings.manual === true);
  return joinSchedules(converted, {
    decisions: decisionsOf(config),
    cutover: config.cutover,
    apart: new Map([
      ...requiredJobs(converted).map((job): [string, string] => [job, 'another workflow requires its sessions']),
      ...manual.map(([job]): [string, string] => [job, 'a person converts it (`manual` in dig2argo.yaml)']),
    ]),
    known: new Set(Object.keys(given)),
    lines: linesOf,
  });
}

/** Workflows whose sessions a `require>` waits for. */
function requiredJobs(converted: ConvertedJobs): readonly string[] {
  return [...converted.values()].flatMap((environments) =>
    [...environments.values()].flatMap(({ facts }) =>
      [...facts.graph.tasks.values()].flatMap((task) =>
        task.kind === 'require' ? (staticText(task.workflow) ?? []) : [],
      ),
    ),
  );
}

/** Finds the families of a converted platform, hoisted (`called`: before that), and lets the jobs call them. */
export function deduplicate(
  converted: ConvertedJobs,
  called: SharedFiles,
  { joined, nearMisses }: JoinedJobs,
  config: Config,
): Deduplicated {
  const taken = new Set([...takenNames(converted), ...called.files.map(({ name }) => name)]);
  const found = findDuplicates(converted, called.jobs, {
    thresholds: thresholdsOf(config),
    decisions: decisionsOf(config),
    lines: linesOf,
    names: (wishes) => k8sNames(wishes, undefined, taken),
  });
  return {
    dedup: { families: found.families, joined, nearMisses: [...nearMisses, ...found.nearMisses] },
    converted: withFamilies(converted, found.families),
  };
}

function linesOf(body: MapValue): number {
  return printYaml(body).text.split('\n').length - 1;
}

/** Lets the jobs call the files that several of them call. */
export function shareCalledFiles(
  converted: ConvertedJobs,
  { config, reference }: Pick<Project, 'config' | 'reference'>,
): SharedFiles {
  const workflows = takenNames(converted);
  return withSharedFiles(converted, {
    thresholds: thresholdsOf(config),
    decisions: decisionsOf(config),
    reference,
    // A file in the project's folder is a workflow too, and a WorkflowTemplate of that name where it has no schedule.
    name: (wish) => k8sName(workflows.has(k8sName(wish)) ? `${wish}-called` : wish),
  });
}

/** Names of WorkflowTemplates that stand beside the shared ones. */
function takenNames(converted: ConvertedJobs): ReadonlySet<string> {
  const workflows = [...converted.values()].flatMap((environments) =>
    [...environments.values()].flatMap((workflow) => (workflow.kind === 'WorkflowTemplate' ? [workflow.name] : [])),
  );
  return new Set([...workflows, 'slack-notify']);
}

/** What decides whether a family is worth it: the configuration, else the defaults. */
export function thresholdsOf({ dedup }: Config): Thresholds {
  return {
    similarity: dedup.similarity ?? defaultThresholds.similarity,
    parameters: dedup.parameters ?? defaultThresholds.parameters,
    lines: dedup.lines ?? defaultThresholds.lines,
    members: dedup.members ?? defaultThresholds.members,
  };
}

/** What a person decided about families, from the configuration. */
export function decisionsOf({ dedup }: Config): Decisions {
  return {
    accept: new Set(dedup.accept),
    reject: new Set(dedup.reject),
    rename: new Map(Object.entries(dedup.rename)),
    representative: new Map(Object.entries(dedup.representative)),
    secrets: dedup.secrets,
  };
}
