import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { emitProject } from '../../../src/emit/emit.ts';
import { environmentFiles } from '../../../src/emit/environments.ts';
import { byDefault, text } from '../../../src/ir/build-value.ts';
import { taskId } from '../../../src/ir/graph.ts';
import { emitInputOf, mergedJob, spanIn } from './small-platform.ts';

const sales = mergedJob({ job: 'daily_sales', schedule: {}, notifies: true });
const stock = mergedJob({ job: 'stock', schedule: {}, environments: ['prd'], namespace: 'shop' });
const repair = mergedJob({ job: 'repair', notifies: true, namespace: 'shop' });

function files(...given: Parameters<typeof emitInputOf>): ReadonlyMap<string, string> {
  return new Map(environmentFiles(emitInputOf(...given)).map((file) => [file.path, file.text]));
}

describe('environment', () => {
  test('holds the platform, the shared templates where they are used, and the jobs that exist there', () => {
    const made = files([sales, stock, repair]);
    expect([...made.keys()].sort()).toEqual([
      'environments/dev/kustomization.yaml',
      'environments/dev/suspend.yaml',
      'environments/dev/templates-batch/kustomization.yaml',
      'environments/dev/templates-shop/kustomization.yaml',
      'environments/prd/kustomization.yaml',
      'environments/prd/suspend.yaml',
      'environments/prd/templates-batch/kustomization.yaml',
      'environments/prd/templates-shop/kustomization.yaml',
    ]);
    expect(parse(made.get('environments/dev/kustomization.yaml') ?? '').resources).toEqual([
      '../../platform/overlays/dev',
      'templates-batch',
      'templates-shop',
      '../../cron/daily-sales/overlays/dev',
      '../../workflows/repair/overlays/dev',
    ]);
    expect(parse(made.get('environments/prd/templates-shop/kustomization.yaml') ?? '')).toMatchObject({
      namespace: 'shop',
      resources: ['../../../templates'],
    });
  });

  test('suspends every scheduled job that Argo does not run yet, one entry each', () => {
    const cutover = { daily_sales: { prd: 'argo' }, stock: { prd: 'digdag' } } as const;
    const made = files([sales, stock, repair], { cutover });
    const patch = (name: string) => ({ path: 'suspend.yaml', target: { kind: 'CronWorkflow', name } });
    expect(parse(made.get('environments/dev/kustomization.yaml') ?? '').patches).toEqual([patch('daily-sales')]);
    expect(parse(made.get('environments/prd/kustomization.yaml') ?? '').patches).toEqual([patch('stock')]);
    expect(parse(made.get('environments/prd/suspend.yaml') ?? '')).toEqual([
      { op: 'add', path: '/spec/suspend', value: true },
    ]);
  });

  test('has no list where Argo runs everything', () => {
    const made = files([sales], { cutover: { daily_sales: { dev: 'argo', prd: 'argo' } } });
    expect(made.has('environments/prd/suspend.yaml')).toBe(false);
    expect(parse(made.get('environments/prd/kustomization.yaml') ?? '')).not.toHaveProperty('patches');
  });

  test('says which jobs move together', () => {
    const waiting = mergedJob({
      job: 'report',
      schedule: {},
      tasks: [
        {
          kind: 'require',
          id: taskId('+job+wait'),
          path: ['job', 'wait'],
          span: spanIn('digdag/prd/report.dig'),
          exports: new Map(),
          background: false,
          workflow: text('daily_sales', byDefault('test')),
          session: text('', byDefault('test')),
          ignoreFailure: false,
          rerunOn: 'none',
        },
      ],
    });
    expect(files([sales, waiting]).get('environments/prd/kustomization.yaml')).toContain(
      '\n# Move together: report, daily_sales (require>).\n',
    );
    expect(files([sales]).get('environments/prd/kustomization.yaml')).not.toContain('Move together');
  });
});

describe('the whole tree', () => {
  const tree = emitProject(emitInputOf([sales, stock, repair]));

  test('is sorted, has each path once, and its YAML parses', () => {
    const paths = tree.map((file) => file.path);
    expect(paths).toEqual([...new Set(paths)].sort());
    const documents = tree.filter((file) => file.path.endsWith('.yaml'));
    expect(documents.length).toBeGreaterThan(20);
    for (const file of documents)
      for (const document of parseAllDocuments(file.text))
        expect([file.path, document.errors]).toEqual([file.path, []]);
  });

  test('each resource and patch that a kustomization names exists', () => {
    const paths = new Set(tree.map((file) => file.path));
    const missing: string[] = [];
    for (const file of tree.filter(({ path }) => path.endsWith('kustomization.yaml'))) {
      const { resources, patches = [] } = parse(file.text) as { resources: string[]; patches?: { path: string }[] };
      for (const name of [...resources, ...patches.map((patch) => patch.path)]) {
        const path = new URL(name, `file:///${file.path}`).pathname.slice(1);
        if (!paths.has(path) && !paths.has(`${path}/kustomization.yaml`)) missing.push(`${file.path}: ${name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('does not depend on the order of the jobs', () => {
    expect(emitProject(emitInputOf([repair, sales, stock]))).toEqual(tree);
  });
});
