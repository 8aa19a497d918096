import type { Config } from '../config/schema.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { sortedBy } from '../core/order.ts';
import type { ConvertedJobs } from '../dedup/members.ts';
import type { Project } from '../discover/project.ts';
import { byDefault, text } from '../ir/build-value.ts';
import type { Schedule } from '../ir/graph.ts';
import { keptNames, MAX_CRON_WORKFLOW_NAME } from '../k8s/names.ts';
import type { WorkerFacts } from '../rules/builtin/effects/command-template.ts';
import { effectConverter } from '../rules/builtin/effects/effect-converter.ts';
import { convertFlow } from '../rules/builtin/flow/convert.ts';
import { flowPolicies } from '../rules/builtin/flow/flow-policies.ts';
import type { EffectConverter } from '../rules/builtin/flow/types.ts';
import { disputedFields } from '../rules/builtin/pod/disputed-fields.ts';
import type { Policies } from '../rules/builtin/pod/policies.ts';
import { SecretBook } from '../rules/builtin/pod/secret-book.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { ConvertedWorkflow } from '../rules/types.ts';
import type { ReadWorkflow } from './read-graphs.ts';
import { RequiredWorkflows } from './required-workflows.ts';
import { scopedSink } from './scoped-sink.ts';
import { webhookSecret } from './webhook-secret.ts';

export interface JobConversion {
  readonly project: Project;
  readonly rules: RuleSet;
  readonly policies: Policies;
  /** Names that earlier runs gave. */
  readonly names?: Readonly<Record<string, string>>;
  readonly argoVersion?: '3.6' | '3.7' | '4';
  readonly sink: DiagnosticSink;
  readonly progress?: (what: string, done: number, total: number) => void;
}

/** Each workflow of each environment as Argo objects: job → environment → workflow, in the order of jobs and environments. */
export function convertWorkflows(read: readonly ReadWorkflow[], conversion: JobConversion): ConvertedJobs {
  const names = keptNames(
    read.map((each) => each.graph.job),
    conversion.names ?? {},
    MAX_CRON_WORKFLOW_NAME,
  );
  const required = new RequiredWorkflows(read, (each, sink) => effectsOf(each, undefined, conversion, sink), names);
  const jobs = sortedBy(new Set(read.map((each) => each.graph.job)), (job) => job);
  const converted = jobs.map((job, at): [string, ReadonlyMap<string, ConvertedWorkflow>] => {
    conversion.progress?.('converting jobs', at + 1, jobs.length);
    const environments = inOrder(
      read.filter((each) => each.graph.job === job),
      conversion.project,
    );
    const schedule = scheduleFor(environments, conversion.project.reference);
    const name = names.get(job) ?? job;
    return [
      job,
      new Map(environments.map((each) => [each.environment, convertOne(each, name, schedule, conversion, required)])),
    ];
  });
  return new Map(converted);
}

function inOrder(read: readonly ReadWorkflow[], project: Project): readonly ReadWorkflow[] {
  return project.environments.flatMap((environment) => read.filter((each) => each.environment === environment.name));
}

/** What Argo's schedule says where an environment has none: that of the reference, or of any environment that has one. */
function scheduleFor(environments: readonly ReadWorkflow[], reference: string): Schedule | undefined {
  const active = environments.filter((each) => each.graph.schedule?.state === 'active');
  const chosen =
    active.find((each) => each.environment === reference) ??
    active.at(-1) ??
    environments.find((each) => each.graph.schedule !== undefined);
  return chosen?.graph.schedule;
}

function convertOne(
  read: ReadWorkflow,
  name: string,
  fallback: Schedule | undefined,
  conversion: JobConversion,
  required: RequiredWorkflows,
): ConvertedWorkflow {
  const sink = scopedSink(conversion.sink, read.graph.job, read.environment);
  const schedule =
    read.graph.schedule ?? (fallback === undefined ? undefined : { ...fallback, state: 'commented-out' as const });
  const { config } = conversion.project;
  const commented = read.workflow.commentedSchedule;
  if (read.graph.schedule?.state === 'commented-out' && commented !== undefined)
    sink.add(
      diagnose(
        'SCHEDULE_COMMENTED_OUT',
        { written: `${commented.operator}>: ${commented.written}`, environment: read.environment },
        { span: commented.span },
      ),
    );
  const cluster = config.clusters[read.environment];
  return convertFlow({
    graph: read.graph,
    name,
    ...(schedule === undefined ? {} : { schedule }),
    defaultNamespace: text('default', byDefault('no pod says where it runs')),
    namespaces: config.namespaces,
    ...(cluster === undefined ? {} : { cluster }),
    ...(config.links.runbooks === undefined ? {} : { runbooks: config.links.runbooks }),
    policies: flowPolicies(conversion.policies),
    convertEffect: effectsOf(read, schedule, conversion, sink),
    required: (workflow, params) => required.find(workflow, params, read.environment, sink),
    isRequired: required.isRequired(read),
    worker: workerFacts(config),
    sink,
  });
}

function effectsOf(
  read: ReadWorkflow,
  schedule: Schedule | undefined,
  conversion: JobConversion,
  sink: DiagnosticSink,
): EffectConverter {
  const own = schedule ?? read.graph.schedule;
  return effectConverter({
    rules: conversion.rules,
    policies: conversion.policies,
    worker: workerFacts(conversion.project.config),
    timezone: read.graph.timezone,
    secrets: new SecretBook(read.graph.job),
    disputed: disputedFields(read.graph),
    ...(own === undefined ? {} : { schedule: own }),
    ...(conversion.argoVersion === undefined ? {} : { argoVersion: conversion.argoVersion }),
    sink,
  });
}

function workerFacts({ worker }: Config): WorkerFacts {
  const zone = Object.hasOwn(worker.env, 'TZ') ? worker.env['TZ'] : undefined;
  return {
    ...(worker.image === undefined ? {} : { image: worker.image }),
    ...(worker.service_account === undefined ? {} : { serviceAccount: worker.service_account }),
    ...(zone !== undefined && 'literal' in zone ? { zone: zone.literal } : {}),
    webhook: webhookSecret(worker),
  };
}
