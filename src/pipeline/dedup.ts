import type { Config } from '../config/schema.ts';
import { findDuplicates, withFamilies } from '../dedup/dedup.ts';
import type { ConvertedJobs } from '../dedup/members.ts';
import { type SharedFiles, withSharedFiles } from '../dedup/shared-files.ts';
import { type Decisions, type Dedup, defaultThresholds, type Thresholds } from '../dedup/types.ts';
import type { Project } from '../discover/project.ts';
import { printYaml } from '../emit/yaml-print.ts';
import { k8sName, k8sNames } from '../k8s/names.ts';

/** Jobs whose near-identical parts call shared templates, and those templates. */
export interface Deduplicated {
  readonly dedup: Dedup;
  readonly converted: ConvertedJobs;
}

/** Finds the families of a converted platform, hoisted (`called`: before that), and lets the jobs call them. */
export function deduplicate(converted: ConvertedJobs, called: SharedFiles, config: Config): Deduplicated {
  const taken = new Set([...takenNames(converted), ...called.files.map(({ name }) => name)]);
  const dedup = findDuplicates(converted, called.jobs, {
    thresholds: thresholdsOf(config),
    decisions: decisionsOf(config),
    lines: (body) => printYaml(body).text.split('\n').length - 1,
    names: (wishes) => k8sNames(wishes, undefined, taken),
  });
  return {
    dedup,
    converted: withFamilies(converted, dedup.families),
  };
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
