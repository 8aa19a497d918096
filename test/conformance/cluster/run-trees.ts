import { parse } from 'yaml';
import { asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import type { Plain } from '../../../src/verify/effect.ts';
import type { tally } from '../check.ts';
import { type Case, casesOf } from './cases.ts';
import type { Cluster } from './cluster.ts';
import { entrypointOfImages } from './comparable-pod.ts';
import { inParallel } from './in-parallel.ts';
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

/** Deploys and runs everything; one environment after the other, since their objects have the same names. */
export async function runTrees(session: Session, trees: readonly Tree[], patterns: readonly Pattern[]): Promise<void> {
  const images = [
    ...trees.flatMap(({ environments }) => environments.flatMap(objectsOf)),
    ...patterns.flatMap(({ file }) => [...file.workflows, ...file.others]),
  ].flatMap(imagesIn);
  const entrypoints = Object.fromEntries([...new Set(images)].map((image) => [image, entrypointOfImages]));
  let configured: string | null | undefined = null;
  for (const { name, environments, isThorough } of trees) {
    const workflowDefaults = workflowDefaultsIn(environments.flatMap(objectsOf));
    if (configured !== workflowDefaults)
      await session.running.startController(entrypoints, workflowDefaults === undefined ? {} : { workflowDefaults });
    configured = workflowDefaults;
    for (const environment of environments) {
      const where = `${name} ${environment.name}`;
      const jobs = await deploy(session, where, environment, (parse(workflowDefaults ?? '') ?? null) as Plain);
      await untilTemplatesAreKnown(session.running, session.runner);
      const work = jobs.flatMap((job, at) => casesOf(job.built, at, isThorough).map((one) => ({ job, one })));
      await inParallel(work, atOnce, ({ job, one }) => runOne(session, where, job, one));
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

async function runOne(session: Session, where: string, job: DeployedJob, one: Case): Promise<void> {
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
