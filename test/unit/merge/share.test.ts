import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { jobFiles } from '../../../src/emit/job-files.ts';
import { podDefaultFiles } from '../../../src/emit/pod-defaults.ts';
import { buildKustomization } from '../../../src/kustomize/build.ts';
import { mergeJobs } from '../../../src/merge/merge-jobs.ts';
import type { ConvertedWorkflow } from '../../../src/rules/types.ts';
import { type Json, toJson } from '../../helpers/plain.ts';
import { emitInputOf } from '../emit/small-platform.ts';
import { type Shape, workflow } from './workflow.ts';

type Body = { readonly [key: string]: Shape };
type Jobs = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Body>>>>>>;

function converted(jobs: Jobs): ReadonlyMap<string, ReadonlyMap<string, ConvertedWorkflow>> {
  return new Map(
    Object.entries(jobs).map(([job, environments]) => [
      job,
      new Map(
        Object.entries(environments).map(([environment, templates]) => [
          environment,
          { ...workflow(environment, { templates }), name: job, job },
        ]),
      ),
    ]),
  );
}

/** The files of jobs and defaults, and what the overlay of a job builds to. */
function built(jobs: Jobs) {
  const merged = mergeJobs(converted(jobs), 'prd', new DiagnosticList());
  const input = emitInputOf(merged.jobs, { podDefaults: merged.podDefaults });
  const files = new Map(
    [...merged.jobs.flatMap(jobFiles), ...podDefaultFiles(input)].map((file) => [file.path, file.text]),
  );
  const build = (job: string, environment: string): Record<string, Json> => {
    const result = buildKustomization(`cron/${job}/overlays/${environment}`, (path) => files.get(path));
    if (result.kind !== 'built') throw new Error(JSON.stringify(result));
    const spec = (result.objects[0] as { spec: { workflowSpec: { [key: string]: Json } } }).spec.workflowSpec;
    return spec;
  };
  return { merged, files, build };
}

const fields = ['nodeSelector', 'tolerations', 'securityContext', 'affinity', 'serviceAccountName'] as const;

/** What Argo gives each pod: the template over its defaults, lists by name, and the workflow's own where the template has none. */
function pods(spec: { readonly [key: string]: Json }): Json {
  const text = JSON.stringify(spec['templates']);
  const parameters = new Map(
    ((spec['arguments'] as { parameters?: { name: string; value: string }[] } | undefined)?.parameters ?? []).map(
      ({ name, value }) => [name, value],
    ),
  );
  const resolved = (json: string): Json =>
    JSON.parse(json.replace(/\{\{workflow\.parameters\.(\w+)\}\}/g, (_, name: string) => parameters.get(name) ?? '?'));
  const own = resolved(text) as { [key: string]: Json }[];
  const common = resolved(JSON.stringify(spec)) as { [key: string]: Json };
  const metadata = common['podMetadata'] as { labels?: object } | undefined;
  const defaults = (common['templateDefaults'] as { container?: { [key: string]: Json } } | undefined)?.container ?? {};
  return own
    .filter((template) => template['container'] !== undefined)
    .map((template) => {
      const container = template['container'] as { [key: string]: Json };
      // The workflow's volumes reach only pods that mount them.
      const mounted = new Set([...list(container['volumeMounts']), ...list(defaults['volumeMounts'])].map(nameOf));
      return {
        name: template['name'] ?? '',
        labels: { ...metadata?.labels, ...(template['metadata'] as { labels?: object } | undefined)?.labels } as Json,
        fields: fields.map((field) => template[field] ?? common[field] ?? null),
        env: byName([...list(container['env']), ...list(defaults['env'])]),
        image: container['image'] ?? null,
        volumes: byName(
          [...list(template['volumes']), ...list(common['volumes'])].filter((volume) => mounted.has(nameOf(volume))),
        ),
        mounts: byName([...list(container['volumeMounts']), ...list(defaults['volumeMounts'])]),
      };
    });
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(item: Json): string {
  return String((item as { name: Json }).name);
}

function byName(items: readonly Json[]): Json {
  const named = new Map(items.map((item) => [nameOf(item), item]));
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

const pod = (more: Body = {}, env: readonly Body[] = []): Body => ({
  metadata: { labels: { team: 'data', env: '<env=prd>' } },
  nodeSelector: { pool: 'batch' },
  ...more,
  container: {
    image: 'app',
    env: [{ name: 'APP_ENV', value: '<env=prd>' }, { name: 'TZ', value: 'Asia/Tokyo' }, ...env],
  },
});
const two = (body: Body): Record<string, Body> => ({ a: body, b: body });

describe('what jobs share', () => {
  test('three jobs that say the same say it once', () => {
    const { files, merged, build } = built({ x: { prd: two(pod()) }, y: { prd: two(pod()) }, z: { prd: two(pod()) } });
    expect(merged.podDefaults.map(({ name, jobs }) => ({ name, jobs }))).toEqual([
      { name: 'pod-defaults', jobs: ['x', 'y', 'z'] },
    ]);
    expect(files.get('cron/x/overlays/prd/kustomization.yaml')).toContain(
      'components:\n  - ../../../../templates/components/pod-defaults/overlays/prd\n',
    );
    expect(files.get('cron/x/base/workflow.yaml')).not.toMatch(/APP_ENV|pool|team/);
    expect(build('x', 'prd')).toMatchObject({
      nodeSelector: { pool: 'batch' },
      podMetadata: { labels: { team: 'data', env: 'prd' } },
      templateDefaults: {
        container: {
          env: [
            { name: 'APP_ENV', value: 'prd' },
            { name: 'TZ', value: 'Asia/Tokyo' },
          ],
        },
      },
    });
  });

  test('two jobs keep their own', () => {
    expect(built({ x: { prd: two(pod()) }, y: { prd: two(pod()) } }).merged.podDefaults).toEqual([]);
  });

  test('three jobs on pools of their own have nothing to share', () => {
    const on = (pool: string): Record<string, Body> => two({ nodeSelector: { pool }, container: { image: 'app' } });
    const { merged, build } = built({ x: { prd: on('a') }, y: { prd: on('b') }, z: { prd: on('c') } });
    expect(merged.podDefaults).toEqual([]);
    expect(build('y', 'prd')).toMatchObject({ nodeSelector: { pool: 'b' } });
  });

  test('a job with a variable more keeps that in its templates, because a list is replaced as a whole', () => {
    const own = pod({}, [{ name: 'DB', value: 'shop' }]);
    const { files, build } = built({ x: { prd: two(own) }, y: { prd: two(pod()) }, z: { prd: two(pod()) } });
    const text = files.get('cron/x/base/workflow.yaml') ?? '';
    expect(text).not.toContain('templateDefaults');
    expect(text.match(/\{name: DB, value: shop\}/g)).toHaveLength(2);
    expect(pods(build('x', 'prd'))).toMatchObject([{ env: [{ name: 'APP_ENV' }, { name: 'DB' }, { name: 'TZ' }] }, {}]);
  });

  test('a job on another pool keeps that in its templates, where it wins', () => {
    const gpu = pod({ nodeSelector: { pool: 'gpu' } });
    const { merged, build } = built({ x: { prd: two(gpu) }, y: { prd: two(pod()) }, z: { prd: two(pod()) } });
    expect(merged.podDefaults[0]?.jobs).toEqual(['x', 'y', 'z']);
    expect(build('x', 'prd')).toMatchObject({ nodeSelector: { pool: 'batch' } });
    expect(pods(build('x', 'prd'))).toMatchObject([{ fields: [{ pool: 'gpu' }, null, null, null, null] }, {}]);
  });

  test('a job without a selector would get one, and shares nothing of that', () => {
    const { nodeSelector: _, ...none } = pod();
    const { merged, build } = built({ x: { prd: two(none) }, y: { prd: two(pod()) }, z: { prd: two(pod()) } });
    expect(merged.podDefaults[0]?.jobs).toEqual(['x', 'y', 'z']);
    expect(build('x', 'prd')).not.toHaveProperty('nodeSelector');
    expect(build('y', 'prd')).toMatchObject({ nodeSelector: { pool: 'batch' } });
  });

  test('what one environment lacks is shared in the others', () => {
    const taints = [{ key: 'dedicated', value: 'batch' }];
    const job = { dev: two(pod()), prd: two(pod({ tolerations: taints })) };
    const { build } = built({ x: job, y: job, z: job });
    expect(build('x', 'dev')).not.toHaveProperty('tolerations');
    expect(build('x', 'prd')).toMatchObject({ tolerations: taints });
  });
});

const label = fc.constantFrom('data', 'sales');
const body = (environment: string): fc.Arbitrary<Body> =>
  fc
    .record({
      team: label,
      pool: fc.option(fc.constantFrom('batch', 'gpu'), { nil: undefined, freq: 6 }),
      account: fc.constantFrom('runner', 'reporter'),
      taint: fc.option(fc.constant('batch'), { nil: undefined, freq: 4 }),
      env: fc.subarray(['APP_ENV', 'TZ', 'DB', 'LOG'], { minLength: 1 }),
      log: fc.constantFrom('info', environment),
      tmp: fc.boolean(),
    })
    .map(({ team, pool, account, taint, env, log, tmp }): Body => {
      const value: Readonly<Record<string, string>> = {
        APP_ENV: `<env=${environment}>`,
        TZ: 'UTC',
        DB: 'shop',
        LOG: log,
      };
      return {
        metadata: { labels: { team, stage: `<env=${environment}>` } },
        serviceAccountName: account,
        ...(pool === undefined ? {} : { nodeSelector: { pool } }),
        ...(taint === undefined ? {} : { tolerations: [{ key: 'dedicated', value: taint }] }),
        ...(tmp ? { volumes: [{ name: 'tmp', emptyDir: {} }] } : {}),
        container: {
          image: 'app',
          env: env.map((name) => ({ name, value: value[name] ?? '' })),
          ...(tmp ? { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] } : {}),
        },
      };
    });
const job = fc
  .record({ dev: fc.tuple(body('dev'), body('dev')), prd: fc.tuple(body('prd'), body('prd')), alike: fc.boolean() })
  .map(({ dev, prd, alike }) => ({
    dev: { a: dev[0], b: alike ? dev[0] : dev[1] },
    prd: { a: prd[0], b: alike ? prd[0] : prd[1] },
  }));

test('every pod is the pod of the environment converted alone', () => {
  let shared = 0;
  fc.assert(
    fc.property(fc.array(job, { minLength: 3, maxLength: 6 }), (made) => {
      const jobs: Jobs = Object.fromEntries(made.map((each, index) => [`job-${index}`, each]));
      const { merged, build } = built(jobs);
      shared += merged.podDefaults.length;
      for (const [name, environments] of converted(jobs))
        for (const [environment, { templates }] of environments) {
          const alone = { templates: templates.map((each) => ({ name: each.name, ...(toJson(each.body) as object) })) };
          expect(pods(build(name, environment))).toEqual(pods(alone as { [key: string]: Json }));
        }
    }),
    { numRuns: 40, seed: 3 },
  );
  expect(shared).toBeGreaterThan(15);
});
