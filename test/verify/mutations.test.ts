import { beforeAll, describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import type { Host } from '../../src/core/host.ts';
import { BuiltOutput } from '../../src/pipeline/built-output.ts';
import { folderHost } from '../../src/pipeline/host.ts';
import { createVerifier, type Verifier } from '../../src/pipeline/verify.ts';
import { workflowDefaultsOf } from '../../src/pipeline/workflow-defaults.ts';
import type { Plain } from '../../src/verify/effect.ts';
import { proofFrom, sampleOutput } from '../generated.ts';
import { type Mutation, mutationsOf, spread, withChange } from './mutations.ts';
import { survivors } from './survivors.ts';

const WANTED = 500;
const LEAST_OF_KIND = 16;

/** The jobs of the sample that have every kind of thing in their files. */
const jobs = ['daily_sales', 'partner_feed', 'inventory_sync', 'table_export', 'friday13_campaign', 'accounting_close'];

describe('one wrong character in the output of shop-batch', () => {
  let tree: Host;
  let verifier: Verifier;
  let defaults: Plain;
  let chosen: readonly Mutation[];

  beforeAll(async () => {
    tree = await sampleOutput('shop-batch');
    const sink = new DiagnosticList();
    const made = createVerifier(folderHost('samples/shop-batch/legacy'), { fromMs: proofFrom }, sink);
    const read = workflowDefaultsOf('prd', new BuiltOutput(tree), undefined, sink);
    if (made === undefined || read === undefined) throw new Error('the sample cannot be verified');
    [verifier, defaults] = [made, read];
    chosen = spread(
      [...jobFiles(tree), ...sharedFiles(tree)].flatMap((file) => mutationsOf(file, tree.read(file) ?? '')),
      WANTED,
      LEAST_OF_KIND,
    );
  }, 300_000);

  test(`at least ${WANTED} places, of every kind`, () => {
    expect(chosen.length).toBeGreaterThanOrEqual(500);
    expect(new Set(chosen.map(({ kind }) => kind)).size).toBe(8);
  });

  test('is caught, but where a survivor is argued', async () => {
    const counts = new Map<string, { places: number; caught: number }>();
    const unexpected: string[] = [];
    let argued = 0;
    for (const mutation of chosen) {
      const caught = await isCaught(mutation);
      const count = counts.get(mutation.kind) ?? { places: 0, caught: 0 };
      counts.set(mutation.kind, { places: count.places + 1, caught: count.caught + (caught ? 1 : 0) });
      if (caught) continue;
      if (survivors.some(({ place }) => place.test(`${mutation.file} ${mutation.path}`))) argued += 1;
      else
        unexpected.push(
          `${mutation.file} ${mutation.path}: ${mutation.from.slice(0, 60)} -> ${mutation.to.slice(0, 60)}`,
        );
    }
    const total = [...counts.values()].reduce((sum, { caught }) => sum + caught, 0);
    const lines = [...counts].sort().map(([kind, { places, caught }]) => `${kind} ${caught}/${places}`);
    console.info(`verify caught ${total} of ${chosen.length} (${argued} survivors are argued): ${lines.join(', ')}`);
    expect(unexpected).toEqual([]);
  }, 900_000);

  /** In the environments that the file is for, until one of them shows it. */
  async function isCaught(mutation: Mutation): Promise<boolean> {
    // The environment's own list is compared elsewhere; it would be built again for each place.
    const output = new BuiltOutput(
      withChange(tree, mutation, (path) => path.startsWith('environments/') && path.split('/').length === 3),
    );
    for (const [workflow, environment] of affected(mutation)) {
      const { rows, schedule, aids } = await verifier.verify(workflow, environment, output, defaults, true);
      if (aids.length > 0 || schedule.kind === 'differs' || rows.some((row) => row.verdict.kind === 'differs'))
        return true;
    }
    return false;
  }

  function affected({ file }: Mutation): readonly (readonly [string, string])[] {
    const job = /^(?:cron|workflows)\/([^/]+)\/(?:overlays\/([^/]+))?/.exec(file);
    // What the pods of several jobs have in common stands in a layer for each environment.
    const layer = /^templates\/components\/[^/]+\/overlays\/([^/]+)\//.exec(file)?.[1] ?? 'prd';
    if (job === null)
      return [
        ['daily_sales', layer],
        ['accounting_close', layer],
      ];
    const workflow = (job[1] ?? '').replaceAll('-', '_');
    const environments = job[2] === undefined ? ['prd', 'stg', 'dev'] : [job[2]];
    return environments
      .filter((each) => tree.list().includes(`${/^[^/]+\/[^/]+/.exec(file)?.[0]}/overlays/${each}/kustomization.yaml`))
      .map((each) => [workflow, each]);
  }
});

function jobFiles(tree: Host): readonly string[] {
  const folders = jobs.map((job) => `cron/${job.replaceAll('_', '-')}/`);
  return tree.list().filter((path) => path.endsWith('.yaml') && folders.some((folder) => path.startsWith(folder)));
}

function sharedFiles(tree: Host): readonly string[] {
  return tree.list().filter((path) => path.startsWith('templates/') && path.endsWith('.yaml'));
}
