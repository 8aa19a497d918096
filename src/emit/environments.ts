import { compareText } from '../core/order.ts';
import { staticText } from '../ir/read-value.ts';
import type { MergedJob } from '../merge/types.ts';
import type { EmitInput } from './emit-input.ts';
import { jobFolder } from './job-files.ts';
import { kustomization } from './kustomization.ts';
import { legacyNames } from './legacy-names.ts';
import { fromPlain } from './plain-value.ts';
import { templateRefsOf } from './shared-templates.ts';
import { yamlFile } from './text-file.ts';
import type { OutputFile } from './types.ts';

/** What CI and Argo CD apply: everything of one environment. Jobs that Digdag still runs are suspended, so that applying starts nothing twice. */
export function environmentFiles(input: EmitInput): readonly OutputFile[] {
  return input.environments.flatMap((environment) => {
    const jobs = input.jobs.filter((job) => job.overlays.has(environment));
    const namespaces = templateNamespaces({ ...input, jobs }, environment);
    const templates = namespaces.map((namespace) =>
      yamlFile(
        `environments/${environment}/templates-${namespace}/kustomization.yaml`,
        kustomization({ namespace, resources: ['../../../templates'] }),
      ),
    );
    return [...environmentFile(environment, jobs, namespaces, input), ...templates];
  });
}

function environmentFile(
  environment: string,
  jobs: readonly MergedJob[],
  namespaces: readonly string[],
  input: EmitInput,
): readonly OutputFile[] {
  const folder = `environments/${environment}`;
  const resources = [
    `../../platform/overlays/${environment}`,
    ...namespaces.map((namespace) => `templates-${namespace}`),
    ...jobs.map((job) => `../../${jobFolder(job)}/overlays/${environment}`),
  ];
  const waiting = jobs.filter((job) => job.kind === 'CronWorkflow' && input.cutover[job.job]?.[environment] !== 'argo');
  // One entry a job: a cut-over is one line in the history of this file.
  const patches = waiting.map(({ name }) => ({ path: 'suspend.yaml', target: { kind: 'CronWorkflow', name } }));
  const header = [
    `Everything of ${environment}. The patches are the cut-over list: the jobs that Digdag still runs.`,
    'Call a job `argo` under `cutover` in dig2argo.yaml, and convert again, to take it off the list.',
    ...requiredTogether(jobs, environment),
    ...jobs.flatMap((job) =>
      job.holds === undefined ? [] : [`Move together: ${legacyNames(job).join(', ')} (one CronWorkflow, ${job.name}).`],
    ),
  ];
  const suspend = fromPlain([{ op: 'add', path: '/spec/suspend', value: true }], 'emit-environment');
  return [
    yamlFile(`${folder}/kustomization.yaml`, kustomization({ resources, patches }), header),
    ...(patches.length === 0 ? [] : [yamlFile(`${folder}/suspend.yaml`, suspend)]),
  ];
}

/** A session that `require>` waits for must be in the same scheduler as the one that waits. */
function requiredTogether(jobs: readonly MergedJob[], environment: string): readonly string[] {
  return jobs.flatMap((job) => {
    const tasks = [...(job.converted.get(environment)?.facts.graph.tasks.values() ?? [])];
    const required = tasks.flatMap((task) => (task.kind === 'require' ? (staticText(task.workflow) ?? []) : []));
    return required.length === 0
      ? []
      : [`Move together: ${[job.job, ...[...new Set(required)].sort(compareText)].join(', ')} (require>).`];
  });
}

/** The namespaces of an environment whose jobs refer to shared templates. */
function templateNamespaces(
  { jobs, shared }: Pick<EmitInput, 'jobs' | 'shared'>,
  environment: string,
): readonly string[] {
  const namespaces = jobs.flatMap((job) =>
    templateRefsOf(job, environment, shared).size === 0
      ? []
      : [job.overlays.get(environment)?.namespace ?? job.baseNamespace],
  );
  return [...new Set(namespaces)].sort(compareText);
}
