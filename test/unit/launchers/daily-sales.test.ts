import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { discover } from '../../../src/discover/discover.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import type { OperatorTask } from '../../../src/ir/graph.ts';
import { entryOf, partsOf } from '../../../src/ir/read-value.ts';
import { folderHost } from '../../../src/pipeline/host.ts';
import { ManifestRenderer } from '../../../src/pipeline/manifests.ts';
import { readGraphs } from '../../../src/pipeline/read-graphs.ts';
import { builtInRules, toPlain } from './project.ts';

const diagnostics = new DiagnosticList();
const evaluator = await createEvaluator();

function operators(): ReadonlyMap<string, OperatorTask> {
  const host = folderHost('samples/daily-sales/legacy');
  const config = loadConfig({ path: repoPath('dig2argo.yaml'), text: host.read('dig2argo.yaml') ?? '' }, diagnostics);
  if (config === undefined) throw new Error('no configuration');
  const read = readGraphs({
    host,
    project: discover(host, config, diagnostics),
    rules: builtInRules(),
    manifests: new ManifestRenderer(host, config),
    evaluator,
    sink: diagnostics,
  });
  return new Map(
    read.flatMap(({ graph }) =>
      [...graph.tasks.values()].flatMap((task) =>
        task.kind === 'operator' ? [[`${graph.environment}${task.id}`, task] as const] : [],
      ),
    ),
  );
}

const tasks = operators();

function only(name: string) {
  const [effect, ...others] = tasks.get(name)?.effects ?? [];
  if (effect === undefined || others.length > 0) throw new Error(`not one effect of ${name}`);
  return effect;
}

describe.each([
  ['prd', 'prd-batch', 'v1.2.3', '#prd-batch-alert'],
  ['dev', 'dev-batch', 'latest', '#dev-batch-alert'],
])('daily_sales_report in %s', (environment, cluster, tag, channel) => {
  const place = (name: string): unknown => {
    const effect = only(name);
    return effect.kind === 'job' ? [toPlain(effect.cluster), toPlain(effect.namespace), effect.wait] : effect.kind;
  };

  test("both steps start a Job in the launcher's cluster and namespace, with its wait", () => {
    const want = [cluster, 'batch', { timeoutSeconds: 3600, seesFailure: 'at-timeout' }];
    expect(place(`${environment}+daily_sales_report+extract`)).toEqual(want);
    expect(place(`${environment}+daily_sales_report+report`)).toEqual(want);
  });

  test('extract: the session date stands in the shell text, the tag and the environment keep their variables', () => {
    const effect = only(`${environment}+daily_sales_report+extract`);
    if (effect.kind !== 'job') throw new Error(effect.kind);
    const container = entryOf(effect.manifest, 'spec', 'template', 'spec', 'containers', 0);
    expect(entryOf(container, 'image')).toMatchObject({
      parts: [{ text: 'asia.gcr.io/acme/sales-extract:' }, { kind: 'variable', variable: 'image_tag', text: tag }],
    });
    const args = entryOf(container, 'args');
    expect(args === undefined ? [] : partsOf(args)).toMatchObject([
      { kind: 'literal', text: '/app/run --env=' },
      { kind: 'variable', variable: 'env', text: environment },
      { kind: 'literal', text: ' --date=' },
      {
        kind: 'runtime',
        name: 'TARGET_DATE',
        expr: { kind: 'session', ast: { kind: 'format', at: { kind: 'session', which: 'this' } } },
      },
      { kind: 'literal', text: '; rc=$?; pkill cloud_sql_proxy; exit $rc' },
    ]);
    expect(entryOf(effect.manifest, 'spec', 'activeDeadlineSeconds')).toMatchObject({ kind: 'scalar', value: 3480 });
  });

  test('report: the day before the session', () => {
    const effect = only(`${environment}+daily_sales_report+report`);
    if (effect.kind !== 'job') throw new Error(effect.kind);
    expect(entryOf(effect.manifest, 'spec', 'template', 'spec', 'containers', 0, 'args', 1)).toMatchObject({
      parts: [
        { text: '--date=' },
        {
          kind: 'runtime',
          name: 'TARGET_DATE',
          expr: {
            kind: 'session',
            ast: { at: { kind: 'shift', amount: -1, unit: 'day', of: { kind: 'session', which: 'this' } } },
          },
        },
      ],
    });
  });

  test('the error task sends a message', () => {
    const effect = only(`${environment}+daily_sales_report^error`);
    if (effect.kind !== 'notify') throw new Error(effect.kind);
    expect([toPlain(effect.to), toPlain(effect.body)]).toEqual([channel, 'daily_sales_report failed']);
  });
});

test('what the launcher did is on record', () => {
  expect(tasks.get('prd+daily_sales_report+extract')?.launch).toMatchObject({
    rule: 'launcher-kubectl-script',
    script: 'scripts/run_k8s_job.sh',
    manifest: 'manifests/templates/sales-extract.yaml.j2',
  });
});

test('a failure seen late is reported at the line that applies the manifest; nothing graver is', () => {
  expect(
    diagnostics
      .sorted()
      .flatMap((found) =>
        found.code.startsWith('LAUNCHER')
          ? [`${found.environment} ${formatPosition(found.span!)} ${messageOf(found)}`]
          : [],
      ),
  ).toEqual([
    'dev scripts/run_k8s_job.sh:15:1 the launcher waits for completion alone: it notices a failed Job only after 3600 s and leaves it behind; Argo notices at once',
    'prd scripts/run_k8s_job.sh:15:1 the launcher waits for completion alone: it notices a failed Job only after 3600 s and leaves it behind; Argo notices at once',
  ]);
});
