import type { Config } from '../config/schema.ts';
import { findDuplicates, withFamilies } from '../dedup/dedup.ts';
import type { ConvertedJobs } from '../dedup/members.ts';
import { type Decisions, type Dedup, defaultThresholds, type Thresholds } from '../dedup/types.ts';
import { printYaml } from '../emit/yaml-print.ts';
import { k8sNames } from '../k8s/names.ts';

/** Jobs whose near-identical parts call shared templates, and those templates. */
export interface Deduplicated {
  readonly dedup: Dedup;
  readonly converted: ConvertedJobs;
}

/** Finds the families of a converted platform, hoisted (`whole`: before that), and lets the jobs call them. */
export function deduplicate(converted: ConvertedJobs, whole: ConvertedJobs, config: Config): Deduplicated {
  const taken = new Set(
    [...converted.values()].flatMap((environments) =>
      [...environments.values()].flatMap((workflow) => (workflow.kind === 'WorkflowTemplate' ? [workflow.name] : [])),
    ),
  );
  const dedup = findDuplicates(converted, whole, {
    thresholds: thresholdsOf(config),
    decisions: decisionsOf(config),
    lines: (body) => printYaml(body).text.split('\n').length - 1,
    names: (wishes) => k8sNames(wishes, undefined, new Set([...taken, 'slack-notify'])),
  });
  return {
    dedup,
    converted: withFamilies(converted, dedup.families),
  };
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
