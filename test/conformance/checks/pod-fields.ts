import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import { fieldTable } from '../../../src/k8s/field-table.ts';
import { canonicalQuantity } from '../../../src/k8s/quantity.ts';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { playArgo } from '../../../src/verify/argo/play.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import { packageRules } from '../../generated.ts';
import { ask, lintManifests } from '../argo-oracle.ts';
import { type Check, type Context, tally } from '../check.ts';
import { jobsWithEveryField, jobsWithFormsOfTheirOwn, jobWithoutPlaces, type SampleJob } from '../field-jobs.ts';
import { parseObjects } from '../kubernetes-object.ts';
import { runOrThrow } from '../run-program.ts';
import { buildArguments } from '../tools/kustomize.ts';
import { leavesOf, rowPath, valueAt } from '../value-paths.ts';

type Cases = ReturnType<typeof tally>;

const environments = ['dev', 'prd'] as const;

/**
 * Every field of a Job goes through convert, kustomize, the linter, Argo's substitution and podSpecPatch, and comes back as the same
 * field of the pod, also in our own model of Argo; as its documented form; or as a diagnostic.
 */
export const podFields: Check = {
  name: 'pod-fields',
  needs: ['kustomize', 'argo 4.0.7'],
  async run(context) {
    const cases = tally();
    const covered = new Set<string>();
    const platform = await convertJobs();
    const folder = await mkdtemp(join(tmpdir(), 'dig2argo-fields-'));
    try {
      for (const file of platform.files) {
        await mkdir(dirname(join(folder, file.path)), { recursive: true });
        await writeFile(join(folder, file.path), file.text);
      }
      for (const environment of environments) {
        const built = await buildAll(context, folder, environment);
        await lintAll(context, built, environment, cases);
        await checkPods(context, built, environment, covered, cases);
        checkForms(built, covered, cases);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    checkLosses(platform.diagnostics, covered, cases);
    const rows = fieldTable().map((row) => row.path);
    const missing = rows.filter(
      (path) => !covered.has(path) && ![...covered].some((other) => other.startsWith(`${path}.`)),
    );
    for (const path of missing) cases.fail(`${path}: no manifest of this check holds the field`);
    return cases.result(
      `${rows.length - missing.length} of ${rows.length} fields, in ${environments.length} environments`,
    );
  },
};

async function convertJobs(): Promise<Awaited<ReturnType<typeof convert>>> {
  const files: Record<string, string> = {
    'dig2argo.yaml': `environments: [dev, prd]
reference: prd
clusters: {dev: batch-dev, prd: batch-prd}
manifests: [{from: "https://example.test/build/{env}/{job}.yaml", rendered: "manifests/{env}/{job}.yaml"}]
`,
    'digdag/scripts/run_job.sh': `#!/bin/bash
set -euo pipefail
curl -sf "https://example.test/build/$2/$1.yaml" -o job.yaml
gcloud container clusters get-credentials "batch-$2" --project "acme-$2"
kubectl -n batch apply -f job.yaml
kubectl -n batch wait --for=condition=complete --timeout=3600s "job/$1"
`,
  };
  for (const environment of environments)
    for (const job of allJobs(environment)) {
      files[`digdag/${environment}/${job.name}.dig`] =
        `timezone: UTC\n\n+load:\n  sh>: ../scripts/run_job.sh ${job.name} ${environment}\n`;
      files[`manifests/${environment}/${job.name}.yaml`] = JSON.stringify(job.manifest);
    }
  return convert(memoryHost(files), { rules: packageRules() });
}

function allJobs(environment: string): readonly SampleJob[] {
  return [...jobsWithEveryField(environment), ...jobsWithFormsOfTheirOwn(), jobWithoutPlaces()];
}

/** Job → its object as kustomize builds it. */
type Built = ReadonlyMap<string, { readonly text: string; readonly value: unknown }>;

async function buildAll(context: Context, folder: string, environment: string): Promise<Built> {
  const kustomize = await context.tools.program('kustomize');
  const built = new Map<string, { text: string; value: unknown }>();
  for (const { name } of allJobs(environment)) {
    const overlay = join(folder, 'workflows', name, 'overlays', environment);
    const { stdout } = await runOrThrow(kustomize, buildArguments(kustomize, overlay));
    const object = parseObjects(stdout).find(({ kind }) => kind === 'WorkflowTemplate');
    if (object === undefined) throw new Error(`${overlay} holds no WorkflowTemplate`);
    built.set(name, object);
  }
  return built;
}

async function lintAll(context: Context, built: Built, environment: string, cases: Cases): Promise<void> {
  const oracle = await context.tools.program('argo 4.0.7');
  const answers = await lintManifests(
    oracle,
    [...built.values()].map(({ text }) => ({ manifest: text, namespace: '' })),
  );
  for (const [at, name] of [...built.keys()].entries()) {
    const answer = answers[at];
    const lost = answer?.deep.map(({ path, reason }) => `${path}: ${reason}`) ?? [];
    if (answer?.ok === true && lost.length === 0) cases.pass();
    else cases.fail(`${environment} ${name}: lint\n${[...(answer?.errors ?? []), ...lost].join('\n')}`);
  }
}

const podAnswer = z.object({ pod: z.unknown().optional(), error: z.string().optional() });

/** The pods that Argo's own code and our model make of the templates, field by field against the Job's. */
async function checkPods(
  context: Context,
  built: Built,
  environment: string,
  covered: Set<string>,
  cases: Cases,
): Promise<void> {
  const jobs = jobsWithEveryField(environment);
  const requests = jobs.map(({ name }) => ({
    manifest: built.get(name)?.text ?? '',
    template: 'load',
    globals: {},
    args: {},
  }));
  const answers = await ask(await context.tools.program('argo 4.0.7'), ['pod'], requests);
  for (const [at, job] of jobs.entries()) {
    const { pod, error } = podAnswer.parse(answers[at]);
    if (error !== undefined) cases.fail(`${environment} ${job.name}: ${error}`);
    else compare(job, pod, `${environment} ${job.name} in Argo`, covered, cases);
    const run = playArgo([asPlain(built.get(job.name)?.value)], null, start(environment), () => ({
      status: 'Succeeded',
    }));
    const [effect] = run.effects;
    if (effect?.kind !== 'job') cases.fail(`${environment} ${job.name}: ${run.refused ?? run.message ?? 'no pod'}`);
    else compare(job, effect.manifest, `${environment} ${job.name} in our model`, covered, cases);
  }
}

function asPlain(value: unknown): Plain {
  return JSON.parse(JSON.stringify(value ?? null)) as Plain;
}

function start(environment: string): Parameters<typeof playArgo>[2] {
  const time = '2024-03-30T00:00:00+00:00';
  return { environment, sessionTime: time, creationTime: time };
}

/** Each leaf of the Job's pod template must be in the pod, with its value; the main container's name is main. */
function compare(job: SampleJob, pod: unknown, where: string, covered: Set<string>, cases: Cases): void {
  for (const { path, value } of leavesOf(job.manifest.spec.template)) {
    const row = rowPath(`spec.template.${path}`);
    const at = path.replace(/containers\[load\]/, 'containers[main]');
    const want = value === 'load' && /(?:containerName|\.name)$/.test(path) ? 'main' : value;
    const got = valueAt(pod, at);
    covered.add(row);
    if (isDeepStrictEqual(got, want) || sameAmount(got, want) || isDefaultOf(path, want, got)) cases.pass();
    else cases.fail(`${where}: ${path} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
  }
}

/** Our model writes quantities in one unit. */
function sameAmount(got: unknown, want: unknown): boolean {
  return typeof got === 'string' && typeof want === 'string' && /^\d/.test(want) && canonicalQuantity(want) === got;
}

/** What our model leaves out because Kubernetes fills it in. */
function isDefaultOf(path: string, want: unknown, got: unknown): boolean {
  const defaults: Readonly<Record<string, unknown>> = {
    'spec.enableServiceLinks': true,
    'spec.restartPolicy': 'Never',
    'spec.volumes[data].emptyDir': {},
  };
  return got === undefined && path in defaults && isDeepStrictEqual(defaults[path], want);
}

function checkForms(built: Built, covered: Set<string>, cases: Cases): void {
  for (const { name, field } of jobsWithFormsOfTheirOwn()) {
    const object = built.get(name)?.value;
    const templates = valueAt(object, 'spec.templates');
    const named = (wish: string): unknown =>
      Array.isArray(templates) ? templates.find((template) => valueAt(template, 'name') === wish) : undefined;
    const seen = { template: named('load'), caller: named('load-job'), object }[field.in];
    for (const path of field.paths) covered.add(path);
    for (const [path, want] of Object.entries(field.want)) {
      const got = valueAt(seen, path);
      if (isDeepStrictEqual(got, want)) cases.pass();
      else cases.fail(`${name}: ${field.paths[0]}: ${path} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
    }
  }
}

/** Every field without a place is told to the operator, under the code of its row. */
function checkLosses(diagnostics: readonly Diagnostic[], covered: Set<string>, cases: Cases): void {
  const told = new Set(
    diagnostics.flatMap((found) => {
      const { path, field } = found.args as { readonly path?: string; readonly field?: string };
      return [found.code, `${found.code} ${path ?? field ?? ''}`];
    }),
  );
  const none = fieldTable().filter((row) => row.kind === 'none');
  for (const row of none) {
    covered.add(row.path);
    // A field below one without a place goes with it.
    const above = ancestors(row.path).some((path) => told.has(`${row.report} ${path}`));
    const ownStep = row.own === true || row.report === 'POD_TTL_REPLACED' || row.report === 'POD_FAILURE_POLICY';
    if (above || (ownStep && told.has(row.report ?? ''))) cases.pass();
    else cases.fail(`${row.path} is lost without ${row.report}`);
  }
}

function ancestors(path: string): readonly string[] {
  const parts = path.split('.');
  return parts.map((_, at) =>
    parts
      .slice(0, at + 1)
      .join('.')
      .replace(/\[\]$/, ''),
  );
}
