import { compareText } from '../core/order.ts';
import type { MergedJob } from '../merge/types.ts';
import type { EmitInput } from './emit-input.ts';
import { jobFolder } from './job-files.ts';
import { kustomization } from './kustomization.ts';
import { templateRefsOf } from './shared-templates.ts';
import { yamlFile } from './text-file.ts';
import type { OutputFile } from './types.ts';

/** What CI and Argo CD apply: everything of one environment. Jobs that Digdag still runs are suspended, so that applying starts nothing twice. */
export function environmentFiles(input: EmitInput): readonly OutputFile[] {
  return input.environments.flatMap((environment) => {
    const jobs = input.jobs.filter((job) => job.overlays.has(environment));
    const namespaces = templateNamespaces(jobs, environment);
    const templates = namespaces.map((namespace) =>
      yamlFile(
        `environments/${environment}/templates-${namespace}/kustomization.yaml`,
        kustomization({ namespace, resources: ['../../../templates'] }),
      ),
    );
    return [environmentFile(environment, jobs, namespaces, input), ...templates];
  });
}

function environmentFile(
  environment: string,
  jobs: readonly MergedJob[],
  namespaces: readonly string[],
  input: EmitInput,
): OutputFile {
  const resources = [
    `../../platform/overlays/${environment}`,
    ...namespaces.map((namespace) => `templates-${namespace}`),
    ...jobs.map((job) => `../../${jobFolder(job)}/overlays/${environment}`),
  ];
  const waiting = jobs
    .filter((job) => job.kind === 'CronWorkflow' && input.cutover[job.job]?.[environment] !== 'argo')
    .map((job) => job.name);
  const patch = {
    target: { kind: 'CronWorkflow', name: waiting.join('|') },
    patch: '- op: add\n  path: /spec/suspend\n  value: true\n',
  };
  const header = [
    `Everything of ${environment}. The patch is the cut-over list: the jobs that Digdag still runs.`,
    'Call a job `argo` under `cutover` in dig2argo.yaml, and convert again, to take it off the list.',
  ];
  return yamlFile(
    `environments/${environment}/kustomization.yaml`,
    kustomization({ resources, patches: waiting.length === 0 ? [] : [patch] }),
    header,
  );
}

/** The namespaces of an environment whose jobs refer to shared templates. */
function templateNamespaces(jobs: readonly MergedJob[], environment: string): readonly string[] {
  const namespaces = jobs.flatMap((job) =>
    templateRefsOf(job, environment).size === 0 ? [] : [job.overlays.get(environment)?.namespace ?? job.baseNamespace],
  );
  return [...new Set(namespaces)].sort(compareText);
}
