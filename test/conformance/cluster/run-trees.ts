import { parse } from 'yaml';
import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import type { tally } from '../check.ts';
import { type Case, casesOf } from './cases.ts';
import type { Cluster } from './cluster.ts';
import { entrypointOfImages } from './comparable-pod.ts';
import { inParallel } from './in-parallel.ts';
import { isolated } from './isolated.ts';
import type { ProvedRun } from './prove-run.ts';
import { type DeployedJob, runCase } from './run-case.ts';
import { type Pattern, runPatterns } from './run-patterns.ts';
import { untilTemplatesAreKnown } from './settled.ts';
import { type Environment, imagesIn, objectsOf, workflowDefaultsIn } from './trees.ts';
import type { WorkflowRunner } from './workflow-run.ts';

/** Workflows that are under way at one time. */
const atOnce = 8;

/** What is counted while workflows run. */
export interface Session {
  readonly running: Cluster;
  readonly runner: WorkflowRunner;
  readonly cases: ReturnType<typeof tally>;
  /** For names of Workflows. */
  started: number;
  workflows: number;
  pods: number;
  readonly unknownKinds: Set<string>;
}

export interface Tree {
  readonly name: string;
  readonly environments: readonly Environment[];
  /** All ways to start a job, not the first two alone. */
  readonly isThorough: boolean;
}

/**
 * Deploys and runs everything: a sample's environments one after the other, as they are applied, since their objects have
 * the same names; all that is not thorough side by side, in namespaces of its own.
 */
export async function runTrees(session: Session, trees: readonly Tree[], patterns: readonly Pattern[]): Promise<void> {
  const images = [
    ...trees.flatMap(({ environments }) => environments.flatMap(objectsOf)),
    ...patterns.flatMap(({ file }) => [...file.workflows, ...file.others]),
  ].flatMap(imagesIn);
  const entrypoints = Object.fromEntries([...new Set(images)].map((image) => [image, entrypointOfImages]));
  let configured: string | null | undefined = null;
  for (const { workflowDefaults, places } of batchesOf(trees)) {
    if (configured !== workflowDefaults)
      await session.running.startController(entrypoints, workflowDefaults === undefined ? {} : { workflowDefaults });
    configured = workflowDefaults;
    const defaults = (parse(workflowDefaults ?? '') ?? null) as Plain;
    const work: Work[] = [];
    await inParallel(places, atOnce, async ({ where, environment, isThorough }) => {
      const jobs = await deploy(session, where, environment, defaults);
      for (const [at, job] of jobs.entries())
        for (const one of casesOf(job.built, at, isThorough)) work.push({ where, job, one });
    });
    await untilTemplatesAreKnown(session.running, session.runner);
    const [alone, beside] = [work.filter(remembers), work.filter((one) => !remembers(one))];
    await inParallel(beside, atOnce, (one) => runOne(session, one));
    for (const one of alone) {
      for (const cache of cachesOf(one.job)) await session.running.forget(cache);
      await runOne(session, one);
    }
  }
  const workflowDefaults = (parse(configured ?? '') ?? null) as Plain;
  await runPatterns(session.running, session.runner, patterns, workflowDefaults, (what, proved) =>
    judge(session, what, proved),
  );
}

/** Applies everything of an environment, and then each overlay alone. */
async function deploy(
  { running, cases, unknownKinds }: Session,
  where: string,
  environment: Environment,
  workflowDefaults: Plain,
): Promise<readonly DeployedJob[]> {
  const apply = async (what: string, some: readonly PlainMap[]): Promise<void> => {
    try {
      for (const kind of await running.apply(some)) unknownKinds.add(kind);
      cases.pass();
    } catch (error) {
      cases.fail(`${what}: apply\n${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await apply(where, environment.objects);
  for (const overlay of environment.overlays) await apply(`${where} ${overlay.folder}`, overlay.objects);
  const templates = objectsOf(environment).filter(({ kind }) => kind === 'WorkflowTemplate');
  const jobs: DeployedJob[] = [];
  for (const built of environment.overlays.flatMap((overlay) => overlay.jobs)) {
    const stored = await running.find(built);
    const shared = templates.filter((template) => nameOf(template) !== nameOf(built));
    if (stored !== undefined) jobs.push({ built, stored, shared, workflowDefaults });
  }
  return jobs;
}

interface Work {
  readonly where: string;
  readonly job: DeployedJob;
  readonly one: Case;
}

interface Place {
  readonly where: string;
  readonly environment: Environment;
  readonly isThorough: boolean;
}

interface Batch {
  readonly workflowDefaults: string | undefined;
  /** Environments that stand side by side. */
  readonly places: readonly Place[];
}

function batchesOf(trees: readonly Tree[]): readonly Batch[] {
  const apart: Batch[] = [];
  const together = new Map<string | undefined, Place[]>();
  for (const [at, { name, environments, isThorough }] of trees.entries()) {
    const workflowDefaults = workflowDefaultsIn(environments.flatMap(objectsOf));
    for (const environment of environments) {
      const where = `${name} ${environment.name}`;
      if (isThorough) {
        apart.push({ workflowDefaults, places: [{ where, environment, isThorough }] });
        continue;
      }
      const own = { where, environment: isolated(environment, `${at}-${environment.name}`), isThorough };
      together.set(workflowDefaults, [...(together.get(workflowDefaults) ?? []), own]);
    }
  }
  return [...apart, ...[...together].map(([workflowDefaults, places]) => ({ workflowDefaults, places }))];
}

/** Runs of a job with memoized templates see what earlier ones did. */
function remembers({ job }: Work): boolean {
  return cachesOf(job).length > 0;
}

function cachesOf({ built, shared }: DeployedJob): readonly string[] {
  const text = JSON.stringify([built, ...shared]);
  return [...text.matchAll(/"memoize":\{.*?"cache":\{"configMap":\{[^}]*"name":"([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
}

async function runOne(session: Session, { where, job, one }: Work): Promise<void> {
  const source = nameOf(job.built);
  session.started += 1;
  const access = { api: session.running.api, runner: session.runner };
  const proved = await runCase(access, job, one, `${source}-${session.started}`);
  judge(session, `${where} ${source}, ${one.what}`, proved);
}

function judge(session: Session, what: string, { comparison }: ProvedRun): void {
  session.workflows += 1;
  session.pods += comparison.podsCompared;
  if (comparison.differences.length === 0) session.cases.pass();
  else session.cases.fail([what, ...comparison.differences].join('\n'));
}

function nameOf({ metadata }: PlainMap): string {
  return asText(asMap(metadata)['name']);
}
