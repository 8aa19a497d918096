import { compareText } from '../../core/order.ts';
import { map, text, withEntry } from '../../ir/build-value.ts';
import { asMap, entryOf, itemsOf, staticText } from '../../ir/read-value.ts';
import type { MergedJob } from '../../merge/types.ts';
import { loadTemplate } from '../../templates/load.ts';
import { objectFile, sharedObjects } from '../carried-objects.ts';
import type { EmitInput } from '../emit-input.ts';
import { kustomization } from '../kustomization.ts';
import { fromPlain } from '../plain-value.ts';
import { templateRefsOf } from '../shared-templates.ts';
import { textFile, yamlFile } from '../text-file.ts';
import type { OutputFile } from '../types.ts';
import { externalSecrets, type NeededSecret } from './external-secrets.ts';
import { neededObjects } from './needed-objects.ts';
import { rbacObjects } from './rbac.ts';
import { unusedSecrets } from './unused-secrets.ts';

const RULE = 'emit-platform';

/** What the jobs need around them: defaults for all workflows, permissions, secrets, deployment. */
export function platformFiles(input: EmitInput): readonly OutputFile[] {
  return [
    yamlFile('platform/base/kustomization.yaml', kustomization({ resources: ['workflow-defaults.yaml'] })),
    yamlFile('platform/base/workflow-defaults.yaml', workflowDefaults(input), [
      'Merged below every Workflow by the controller. Merge it into the ConfigMap that your installation of Argo Workflows already has.',
    ]),
    ...input.environments.flatMap((environment) => overlay(environment, input)),
    ...input.environments.map((environment) => application(environment, input.clusters[environment])),
    textFile(
      'platform/README.md',
      loadTemplate('platform.md.njk', {
        needed: neededObjects(input),
        unused: unusedSecrets(input),
        decisions: input.decisions,
        archiveLogs: input.policies.archiveLogs,
      }),
    ),
  ];
}

/** Pods of successful workflows go after a day, so that a failed night can be looked into in the morning. */
function workflowDefaults(input: EmitInput): ReturnType<typeof fromPlain> {
  const podGC =
    input.policies.podGC === 'none'
      ? ''
      : `  podGC:\n    strategy: ${input.policies.podGC}\n    deleteDelayDuration: 24h\n`;
  const archive = input.policies.archiveLogs
    ? '  archiveLogs: true\n'
    : '  # archiveLogs needs an artifact repository; see platform/README.md.\n  archiveLogs: false\n';
  return fromPlain(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'workflow-controller-configmap', namespace: 'argo' },
      data: { workflowDefaults: `spec:\n${podGC}${archive}` },
    },
    RULE,
  );
}

function overlay(environment: string, input: EmitInput): readonly OutputFile[] {
  const jobs = input.jobs.filter((job) => job.overlays.has(environment));
  const folder = `platform/overlays/${environment}`;
  const objects = [
    ...rbacFiles(folder, jobs, environment),
    ...secretFiles(folder, jobs, environment, input),
    ...sharedObjectFiles(folder, jobs, environment),
  ];
  const resources = ['../../base', ...objects.map((file) => file.path.slice(folder.length + 1))];
  return [yamlFile(`${folder}/kustomization.yaml`, kustomization({ resources })), ...objects];
}

function rbacFiles(folder: string, jobs: readonly MergedJob[], environment: string): readonly OutputFile[] {
  const accounts = new Map<string, Set<string>>();
  for (const job of jobs) {
    const namespace = job.overlays.get(environment)?.namespace ?? job.baseNamespace;
    const known = accounts.get(namespace) ?? new Set<string>();
    for (const account of job.converted.get(environment)?.facts.serviceAccounts ?? []) known.add(account);
    accounts.set(namespace, known);
  }
  return [...accounts]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([namespace, names]) =>
      rbacObjects(namespace, [...names].sort(compareText)).map((object) =>
        yamlFile(`${folder}/${object.file}`, object.value),
      ),
    );
}

function secretFiles(
  folder: string,
  jobs: readonly MergedJob[],
  environment: string,
  input: EmitInput,
): readonly OutputFile[] {
  const needed = jobs.flatMap((job): readonly NeededSecret[] => {
    const namespace = job.overlays.get(environment)?.namespace ?? job.baseNamespace;
    const converted = job.converted.get(environment);
    const logins = new Set(
      itemsOf(converted?.spec.entries.get('imagePullSecrets')).map((item) => staticText(entryOf(item, 'name'))),
    );
    const own = (converted?.needs ?? []).filter((need) => need.kind === 'Secret');
    const webhook = templateRefsOf(job, environment, input.shared).has('slack-notify')
      ? [{ namespace, name: input.webhook.secret, key: input.webhook.key }]
      : [];
    return [
      ...own.map(({ name, key }) => ({
        namespace,
        name,
        ...(key === undefined ? {} : { key }),
        registry: logins.has(name),
      })),
      ...webhook,
    ];
  });
  return externalSecrets(needed, environment).map((object) => yamlFile(`${folder}/${object.file}`, object.value));
}

/** Objects that several jobs carry, in the namespace of those jobs. */
function sharedObjectFiles(folder: string, jobs: readonly MergedJob[], environment: string): readonly OutputFile[] {
  return sharedObjects(jobs, environment).flatMap(({ namespace, contents: [object] }) => {
    if (object === undefined) return [];
    const metadata = asMap(entryOf(object, 'metadata')) ?? map([], object.from);
    const placed = withEntry(object, 'metadata', withEntry(metadata, 'namespace', text(namespace, object.from)));
    return [yamlFile(`${folder}/${namespace}-${objectFile(object)}`, placed)];
  });
}

/**
 * Argo CD applies what is committed, but does not undo what people switch by hand: a job that was moved or suspended in the
 * middle of the night stays so until the next commit.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications
 */
function application(environment: string, cluster: string | undefined): OutputFile {
  const value = fromPlain(
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: `batch-${environment}`, namespace: 'argocd' },
      spec: {
        project: 'default',
        source: {
          repoURL: 'https://git.example.com/batch.git',
          targetRevision: 'main',
          path: `environments/${environment}`,
        },
        destination: { name: cluster ?? 'in-cluster' },
        syncPolicy: { automated: { prune: false, selfHeal: false }, syncOptions: ['ServerSideApply=true'] },
      },
    },
    RULE,
  );
  return yamlFile(`platform/argocd/${environment}.yaml`, value, [
    'Set repoURL to where this tree is kept, and destination to the name that Argo CD has for the cluster of this environment.',
  ]);
}
