import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import type { Host } from '../../../src/core/host.ts';
import { formatPosition, repoPath } from '../../../src/core/source.ts';
import { discover } from '../../../src/discover/discover.ts';
import type { Project } from '../../../src/discover/project.ts';
import { workerVariables } from '../../../src/discover/worker-variables.ts';
import { folderHost, memoryHost } from '../../../src/pipeline/host.ts';

interface Found {
  readonly project: Project;
  readonly diagnostics: readonly Diagnostic[];
}

function look(host: Host, configText = ''): Found {
  const sink = new DiagnosticList();
  const config = loadConfig({ path: repoPath('dig2argo.yaml'), text: configText }, sink);
  if (config === undefined) throw new Error('the configuration of the test is broken');
  return { project: discover(host, config, sink), diagnostics: sink.items };
}

function lookAt(files: Readonly<Record<string, string>>, configText = ''): Found {
  return look(memoryHost(files), configText);
}

/** `name: folder [workflows] {parameters}` of each environment. */
function environments({ project }: Found): readonly string[] {
  return project.environments.map((each) => {
    const params = [...each.params].map(([key, value]) => ` ${key}=${value}`).join('');
    return `${each.name}: ${each.folder} [${each.workflows.map((path) => path.slice(each.folder === '' ? 0 : each.folder.length + 1)).join(' ')}]${params}`;
  });
}

function guessed({ diagnostics }: Found): Readonly<Record<string, string>> {
  return Object.fromEntries(
    diagnostics.flatMap((each) => (each.code === 'PROJECT_GUESSED' ? [[each.args.what, each.args.guess]] : [])),
  );
}

const dig = '+a:\n  echo>: x\n';

describe('environments', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string, readonly string[]])[] = [
    [
      'a folder each below digdag',
      { 'digdag/prd/a.dig': dig, 'digdag/dev/a.dig': dig, 'digdag/stg/b.dig': dig },
      '',
      ['dev: digdag/dev [a.dig]', 'stg: digdag/stg [b.dig]', 'prd: digdag/prd [a.dig]'],
    ],
    [
      'a folder each above digdag',
      { 'staging/digdag/a.dig': dig, 'production/digdag/a.dig': dig },
      '',
      ['staging: staging/digdag [a.dig]', 'production: production/digdag [a.dig]'],
    ],
    [
      'a name that holds the environment',
      { 'digdag-dev/a.dig': dig, 'digdag-prod/a.dig': dig },
      '',
      ['dev: digdag-dev [a.dig]', 'prod: digdag-prod [a.dig]'],
    ],
    [
      'several projects in an environment',
      { 'digdag/dev/x/a.dig': dig, 'digdag/prd/x/a.dig': dig, 'digdag/prd/y/b.dig': dig },
      '',
      ['dev: digdag/dev/x [a.dig]', 'prd: digdag/prd [x/a.dig y/b.dig]'],
    ],
    [
      'files below a project are no workflows',
      { 'digdag/prd/a.dig': dig, 'digdag/prd/common/x.dig': dig, 'digdag/prd/.draft.dig': dig },
      '',
      ['prd: digdag/prd [a.dig]'],
    ],
    [
      'copies with names of their own',
      { 'batch/tokyo/a.dig': dig, 'batch/tokyo/b.dig': dig, 'batch/osaka/a.dig': dig, 'batch/osaka/b.dig': dig },
      '',
      ['osaka: batch/osaka [a.dig b.dig]', 'tokyo: batch/tokyo [a.dig b.dig]'],
    ],
    [
      'different projects are one environment',
      { 'jobs/sales/a.dig': dig, 'jobs/stock/b.dig': dig },
      '',
      ['prd: jobs [sales/a.dig stock/b.dig]'],
    ],
    ['one tree', { 'a.dig': dig }, '', ['prd:  [a.dig]']],
    [
      'one tree with a parameter',
      { 'digdag/a.dig': '+a:\n  sh>: run.sh ${env}\n', 'vars/prd.yaml': 'a: 1\n', 'vars/dev.yaml': 'a: 2\n' },
      '',
      ['dev: digdag [a.dig] env=dev', 'prd: digdag [a.dig] env=prd'],
    ],
    [
      'one tree with a parameter, and rendered manifests for each environment',
      {
        'digdag/a.dig': '+a:\n  sh>: run.sh ${env === "prd" ? "full" : "part"}\n',
        'digdag/b.dig': '+a:\n  http>: https://h/\n  headers: [{env: x}]\n',
        'out/prd/us/a.yaml': 'kind: Job\n',
        'out/stg/us/a.yaml': 'kind: Job\n',
        'test/x.py': '',
        'test/fixture.yaml': 'a: 1\n',
      },
      '',
      ['stg: digdag [a.dig b.dig] env=stg', 'prd: digdag [a.dig b.dig] env=prd'],
    ],
    [
      'a parameter that one workflow of several sets',
      {
        'digdag/a.dig': '+a:\n  sh>: run.sh ${env}\n',
        'digdag/manual.dig': '_export:\n  env: dev\n+a:\n  sh>: run.sh ${env}\n',
        'vars/prd.yaml': '',
        'vars/dev.yaml': '',
      },
      '',
      ['dev: digdag [a.dig manual.dig] env=dev', 'prd: digdag [a.dig manual.dig] env=prd'],
    ],
    [
      'a parameter that an included file sets is none',
      {
        'digdag/a.dig': '!include : config/env.dig\n+a:\n  sh>: run.sh ${env}\n',
        'digdag/config/env.dig': '_export:\n  env: prd\n',
        'vars/prd.yaml': '',
        'vars/dev.yaml': '',
      },
      '',
      ['prd: digdag [a.dig]'],
    ],
    [
      'a parameter that a workflow sets is none',
      { 'digdag/a.dig': '_export:\n  env: prd\n+a:\n  sh>: run.sh ${env}\n', 'vars/prd.yaml': '', 'vars/dev.yaml': '' },
      '',
      ['prd: digdag [a.dig]'],
    ],
    [
      'names from the configuration',
      { 'digdag/blue/a.dig': dig, 'digdag/green/a.dig': dig },
      'environments: [green, blue]',
      ['green: digdag/green [a.dig]', 'blue: digdag/blue [a.dig]'],
    ],
    [
      'a pattern from the configuration',
      { 'x/blue/p/a.dig': dig, 'x/green/p/a.dig': dig },
      'environments: [blue, green]\ndigdag: x/{env}/p',
      ['blue: x/blue/p [a.dig]', 'green: x/green/p [a.dig]'],
    ],
    [
      'folders and parameters from the configuration',
      { 'p/a.dig': dig },
      'environments: {dev: {digdag: p, params: {env: dev, n: 1}}, prd: {digdag: ./p}}',
      ['dev: p [a.dig] env=dev n=1', 'prd: p [a.dig]'],
    ],
    [
      'a configured folder inside a project',
      { 'a.dig': dig, 'sub/b.dig': dig },
      'environments: {prd: {digdag: sub}}',
      ['prd: sub [b.dig]'],
    ],
  ];
  test.each(cases)('%s', (_, files, config, want) => {
    const found = lookAt(files, config);
    expect(environments(found)).toEqual(want);
    expect(found.diagnostics.filter((each) => each.severity !== 'info')).toEqual([]);
  });

  test('what belongs to no environment is said, and not converted', () => {
    const found = lookAt({ 'digdag/dev/a.dig': dig, 'digdag/prd/a.dig': dig, 'old/b.dig': dig });
    expect(environments(found)).toEqual(['dev: digdag/dev [a.dig]', 'prd: digdag/prd [a.dig]']);
    const [warning] = found.diagnostics.filter((each) => each.code === 'PROJECT_OUTSIDE_ENVIRONMENTS');
    expect(warning).toMatchObject({ severity: 'warning', args: { folder: 'old' }, span: { file: 'old/b.dig' } });
  });

  test('a configured environment without workflows', () => {
    const { diagnostics } = lookAt({ 'digdag/prd/a.dig': dig }, 'environments: [prd, stg]');
    expect(diagnostics.filter((each) => each.severity === 'error')).toMatchObject([
      {
        code: 'PROJECT_ENVIRONMENT_EMPTY',
        args: { name: 'stg' },
        hint: expect.stringContaining('environments.stg.digdag'),
      },
    ]);
  });

  test('two workflows of one name: the first is converted, the second is an error at its place', () => {
    const found = lookAt(
      { 'digdag/prd/x/a.dig': dig, 'digdag/prd/y/a.dig': dig, 'digdag/prd/y/b.dig': dig },
      'reference: prd',
    );
    expect(environments(found)).toEqual(['prd: digdag/prd [x/a.dig y/b.dig]']);
    const [error] = found.diagnostics.filter((each) => each.code === 'PROJECT_TWO_JOBS');
    expect(error).toMatchObject({
      severity: 'error',
      args: { name: 'a', environment: 'prd' },
      job: 'a',
      related: [{ span: { file: 'digdag/prd/x/a.dig' } }],
    });
    expect(error?.span === undefined ? '' : formatPosition(error.span)).toBe('digdag/prd/y/a.dig:1:1');
  });
});

describe('the reference environment', () => {
  const files = (...names: readonly string[]): Readonly<Record<string, string>> =>
    Object.fromEntries(names.map((name) => [`digdag/${name}/a.dig`, dig]));
  test.each([
    [['dev', 'stg', 'prd'], '', 'prd', true],
    [['dev', 'stg'], '', 'stg', true],
    [['staging', 'production', 'development'], '', 'production', true],
    [['prd'], '', 'prd', false],
    [['dev', 'prd'], 'reference: dev', 'dev', false],
  ])('of %j with "%s" is %s', (names, config, want, isGuess) => {
    const found = lookAt(files(...names), config);
    expect(found.project.reference).toBe(want);
    expect(guessed(found)['reference environment']).toBe(isGuess ? want : undefined);
  });

  test('that does not exist', () => {
    const found = lookAt(files('dev', 'prd'), 'reference: prod');
    expect(found.diagnostics.filter((each) => each.severity === 'error')).toMatchObject([
      { code: 'PROJECT_ENVIRONMENT_UNKNOWN', args: { name: 'prod', known: ['dev', 'prd'] } },
    ]);
    expect(found.project.reference).toBe('prd');
  });
});

describe('files', () => {
  test('stand in one list each', () => {
    const { project } = lookAt(
      {
        'dig2argo.yaml': '',
        'digdag/prd/a.dig': dig,
        'digdag/prd/common/b.dig': dig,
        'manifests/a.yaml.j2': 'kind: Job\n',
        'manifests/b.yaml': '{% if a %}\nkind: Job\n{% endif %}\n',
        'manifests/macros/m.jinja2': '',
        'rendered/a.yaml': 'apiVersion: batch/v1\nkind: Job\n',
        'rendered/sql.yaml': "kind: Job\nargs: ['{{% of', '{%']\n",
        'rendered/a.json': '{\n  "kind": "CronJob"\n}\n',
        'scripts/run.sh': 'echo\n',
        'bin/run': '#!/usr/bin/env bash\necho\n',
        'bin/tool': '#!/usr/bin/env python3\n',
        'vars/prd.yaml': 'a: 1\n',
        'README.md': 'kind: Job\n',
      },
      'manifests: [{from: x, template: manifests/{job}.yaml.j2, variables: [./vars/{env}.yaml]}]',
    );
    const { environments: _, config: __, reference: ___, guesses: ____, ...lists } = project;
    expect(lists).toEqual({
      fragments: ['digdag/prd/common/b.dig'],
      templates: ['manifests/a.yaml.j2', 'manifests/b.yaml', 'manifests/macros/m.jinja2'],
      variableFiles: ['vars/prd.yaml'],
      rendered: ['rendered/a.json', 'rendered/a.yaml', 'rendered/sql.yaml'],
      scripts: ['bin/run', 'scripts/run.sh'],
      other: ['README.md', 'bin/tool'],
    });
  });

  test.each([
    ['<?xml version="1.0"?>\n<circuit/>', 'an XML document'],
    ['\uFEFF\n<circuit>\n</circuit>', 'an XML document'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:1\n', 'a Git LFS pointer'],
    ['a\u0000b', 'a binary file'],
  ])('a .dig file that is none is skipped: %j', (text, what) => {
    const { project, diagnostics } = lookAt({ 'p/a.dig': dig, 'p/gate.dig': text });
    const [notice] = diagnostics.filter((each) => each.code === 'PROJECT_NOT_DIGDAG');
    expect(notice).toMatchObject({
      severity: 'info',
      args: { path: 'p/gate.dig', what },
      span: { start: { line: 1, col: 1 } },
    });
    expect(project.environments[0]?.workflows).toEqual(['p/a.dig']);
    expect(project.other).toEqual(['p/gate.dig']);
  });

  test('an unreadable workflow is an error, the others are converted', () => {
    const host: Host = { list: () => ['p/a.dig', 'p/b.dig'], read: (path) => (path === 'p/a.dig' ? dig : undefined) };
    const { project, diagnostics } = look(host);
    expect(diagnostics.filter((each) => each.severity === 'error')).toMatchObject([
      { code: 'PROJECT_FILE_UNREADABLE', args: { path: 'p/b.dig' }, job: 'b' },
    ]);
    expect(project.environments[0]?.workflows).toEqual(['p/a.dig']);
  });

  test.each([[{}], [{ 'README.md': 'hello' }], [{ 'gate.dig': '<circuit/>' }]])(
    '%j holds no workflow',
    (files: Record<string, string>) => {
      const { project, diagnostics } = lookAt(files);
      expect(diagnostics.filter((each) => each.severity === 'error').map((each) => each.code)).toEqual([
        'PROJECT_EMPTY',
      ]);
      expect(project.environments).toEqual([]);
    },
  );
});

describe('clusters', () => {
  const tree = (script: string): Readonly<Record<string, string>> => ({
    'digdag/dev/a.dig': dig,
    'digdag/prd/a.dig': dig,
    'scripts/run.sh': script,
  });
  test.each([
    ['gcloud container clusters get-credentials "batch-$ENV" --zone a\n', { dev: 'batch-dev', prd: 'batch-prd' }],
    [
      'gcloud container clusters get-credentials --zone a --project=p ${env}-batch\n',
      { dev: 'dev-batch', prd: 'prd-batch' },
    ],
    ["gcloud container clusters get-credentials 'one' --zone a\n", { dev: 'one', prd: 'one' }],
    ['aws eks update-kubeconfig --region r --name batch-$STAGE\n', { dev: 'batch-dev', prd: 'batch-prd' }],
    ['az aks get-credentials -g group --name "k8s-${ENVIRONMENT}"\n', { dev: 'k8s-dev', prd: 'k8s-prd' }],
    ['gcloud container clusters get-credentials "$CLUSTER"\n', {}],
    ['gcloud container clusters get-credentials a\ngcloud container clusters get-credentials b\n', {}],
    ['# gcloud container clusters get-credentials a\n', {}],
  ])('%s', (script, want) => {
    expect(lookAt(tree(script)).project.config.clusters).toEqual(want);
  });

  test('a script of one environment says nothing about the others', () => {
    const found = lookAt({ ...tree(''), 'digdag/prd/run.sh': 'gcloud container clusters get-credentials main\n' });
    expect(found.project.config.clusters).toEqual({ prd: 'main' });
    const [guess] = found.diagnostics.filter(
      (each) => each.code === 'PROJECT_GUESSED' && each.args.what === 'cluster of prd',
    );
    expect(guess?.span === undefined ? '' : formatPosition(guess.span)).toBe('digdag/prd/run.sh:1:18');
  });

  test('a cluster that the script chooses by the environment', () => {
    const script =
      'case "$1" in\n  prd|production) cluster=shop-live ;;\n  *)\n    cluster="shop-$env" ;;\nesac\naws eks update-kubeconfig --name "$cluster"\n';
    expect(lookAt(tree(script)).project.config.clusters).toEqual({ dev: 'shop-dev', prd: 'shop-live' });
    const arms =
      'connect() {\n  case "$1" in\n    prd) gcloud container clusters get-credentials shop-live --zone a ;;\n    *)   gcloud container clusters get-credentials shop-test ;;\n  esac\n}\n';
    expect(lookAt(tree(arms)).project.config.clusters).toEqual({ dev: 'shop-test', prd: 'shop-live' });
    expect(lookAt(tree('C=a\nC=b\naz aks get-credentials -g r -n $C\n')).project.config.clusters).toEqual({});
  });

  test('the configuration wins', () => {
    expect(
      lookAt(tree('gcloud container clusters get-credentials "batch-$ENV"\n'), 'clusters: {dev: mine}').project.config
        .clusters,
    ).toEqual({ dev: 'mine', prd: 'batch-prd' });
  });
});

test('what one script sets for another is no variable of the worker', () => {
  const files = {
    'digdag/prd/a.dig': dig,
    'run.sh': 'CONTEXT=batch\n. ./lib.sh\n',
    'lib.sh': 'kubectl --context "$CONTEXT" apply -f "$MANIFEST"\n',
  };
  const { project } = lookAt(files);
  expect(workerVariables(project, memoryHost(files)).map(({ name, file }) => [name, file])).toEqual([
    ['MANIFEST', 'lib.sh'],
  ]);
});

test('what a step hands to its launcher is no variable of the worker', () => {
  const files = {
    'digdag/prd/a.dig': '+a:\n  sh>: DAY=1 bash run.sh job "SHOP_ID=${shop}" MONTH=${month}\n',
    'run.sh': 'export "$2"\nenvsubst \'$SHOP_ID $MONTH $DAY $REGION\' < job.yaml\n',
  };
  const { project } = lookAt(files);
  expect(workerVariables(project, memoryHost(files)).map(({ name }) => name)).toEqual(['REGION']);
  const read = { 'digdag/prd/a.dig': '+a:\n  sh>: \'A_DAY=1; curl "$HOOK/${ENV}?d=$A_DAY" # $PATH\'\n' };
  expect(workerVariables(lookAt(read).project, memoryHost(read)).map(({ name }) => name)).toEqual(['HOOK']);
});

describe('manifests', () => {
  const tree = {
    'digdag/dev/a.dig': dig,
    'digdag/prd/a.dig': dig,
    'm/t/sales.yaml.j2': 'kind: Job\n',
    'm/t/stock.yaml.j2': 'kind: Job\n',
    'm/macros/x.j2': '{% macro a() %}{% endmacro %}',
    'm/vars/dev.yaml': '',
    'm/vars/prd.yaml': '',
  };
  const template = { template: 'm/t/{job}.yaml.j2', variables: ['m/vars/{env}.yaml'] };
  test.each([
    [
      'curl "https://h/build/$ENV/$JOB.yaml" -o job.yaml\n',
      [{ from: 'https://h/build/{env}/{job}.yaml', ...template }],
    ],
    [
      'curl https://h/c/${env}/${JOB_NAME}.yaml?ref=master > x.yaml\n',
      [{ from: 'https://h/c/{env}/{job}.yaml?ref=master', ...template }],
    ],
    ['kube-job run --template-file=https://h/prd/stock.yaml\n', [{ from: 'https://h/{env}/{job}.yaml', ...template }]],
    ['curl "https://h/build/$2/$1.yaml" -o job.yaml\n', [{ from: 'https://h/build/{env}/{job}.yaml', ...template }]],
    ['curl "https://h/$3/$2/$1.yaml"\n', []],
    ['kubectl apply -f "$work/job.yaml"\n', []],
    ['# curl "https://h/build/$ENV/$JOB.yaml"\n', []],
    ['curl "https://h/$REVISION/$JOB.yaml"\n', []],
  ])('%s', (script, want) => {
    expect(lookAt({ ...tree, 'run.sh': script }).project.config.manifests).toEqual(want);
  });

  test('shared variable files come first, and only files for all environments count', () => {
    const files = { ...tree, 'm/vars/common.yaml': '', 'run.sh': 'curl https://h/$ENV/$JOB.yaml\n' };
    expect(lookAt(files).project.config.manifests[0]?.variables).toEqual(['m/vars/common.yaml', 'm/vars/{env}.yaml']);
    const above = { ...files, 'm/base.yaml': '' };
    expect(lookAt(above).project.config.manifests[0]?.variables).toEqual([
      'm/base.yaml',
      'm/vars/common.yaml',
      'm/vars/{env}.yaml',
    ]);
    const { 'm/vars/dev.yaml': _, ...partial } = files;
    expect(lookAt(partial).project.config.manifests[0]?.variables).toBeUndefined();
  });

  test('rendered files stand in where there is no template', () => {
    const found = lookAt({
      'digdag/dev/a.dig': dig,
      'digdag/prd/a.dig': dig,
      'build/dev/x.yaml': 'kind: Job\n',
      'build/prd/x.yaml': 'kind: Job\n',
      'run.sh': 'curl https://h/$ENV/$JOB.yaml\n',
    });
    expect(found.project.config.manifests).toEqual([
      { from: 'https://h/{env}/{job}.yaml', rendered: 'build/{env}/{job}.yaml' },
    ]);
  });

  test('a rendered file of the same path goes before the usual folder, and templates of a Python client are none', () => {
    const found = lookAt({
      'digdag/a.dig': '+a:\n  sh>: run.sh ${env}\n',
      'digdag/tasks/templates/ml.yaml.j2': 'kind: Job\n',
      'build/dev/x.yaml': 'kind: Job\n',
      'build/prd/x.yaml': 'kind: Job\n',
      'build/prd/z.yaml': 'kind: Job\n',
      'build/dev/us/y.yaml': 'kind: Job\n',
      'build/prd/us/y.yaml': 'kind: Job\n',
      'run.sh': 'gsutil cp "gs://b/$env/$JOB.yaml" a.yaml\naws s3 cp s3://c/$env/us/$JOB.yaml b.yaml\n',
    });
    expect(found.project.config.manifests).toEqual([
      { from: 'gs://b/{env}/{job}.yaml', rendered: 'build/{env}/{job}.yaml' },
      { from: 's3://c/{env}/us/{job}.yaml', rendered: 'build/{env}/us/{job}.yaml' },
    ]);
  });

  test('rendered files inside the only project stand behind what has an address', () => {
    const found = lookAt({
      'a.dig': '+a:\n  sh>: run.sh ${env}\n',
      'deploy/dev/x.yaml': 'kind: Job\n',
      'deploy/prd/x.yaml': 'kind: Job\n',
      'run.sh': 'BASE=https://h/batch\ncurl "$BASE/$env/$JOB.yaml"\nkubectl apply -f deploy/$env/$JOB.yaml\n',
    });
    expect(found.project.config.manifests).toEqual([
      { from: 'https://h/batch/{env}/{job}.yaml', rendered: 'deploy/{env}/{job}.yaml' },
    ]);
  });

  test('the configuration wins', () => {
    const found = lookAt({ ...tree, 'run.sh': 'curl https://h/$ENV/$JOB.yaml\n' }, 'manifests: [{from: "mine/{job}"}]');
    expect(found.project.config.manifests).toEqual([{ from: 'mine/{job}' }]);
  });
});

describe('the template engine', () => {
  const tree = { 'a.dig': dig, 'm/t/a.yaml.j2': "{% import 'macros/x.j2' as x %}\nkind: Job\n", 'm/macros/x.j2': '' };
  const build =
    'import jinja2\nenv = jinja2.Environment(\n  undefined=jinja2.StrictUndefined,\n  trim_blocks=True,\n  lstrip_blocks=False,\n  # keep_trailing_newline=True,\n)\n';

  test('is set up as the build script does, and includes are found', () => {
    const { jinja } = lookAt({ ...tree, 'm/build.py': build }).project.config;
    expect(jinja).toEqual({
      preset: 'library',
      trim_blocks: true,
      lstrip_blocks: false,
      undefined: 'strict',
      search_path: ['m'],
    });
  });

  test('an import of StrictUndefined that is not used says nothing', () => {
    const script = 'from jinja2 import Environment, StrictUndefined\nenv = Environment()\n';
    expect(lookAt({ ...tree, 'build.py': script }).project.config.jinja.undefined).toBeUndefined();
  });

  test('the configuration wins', () => {
    const { jinja } = lookAt(
      { ...tree, 'm/build.py': build },
      'jinja: {trim_blocks: false, undefined: debug, search_path: [x]}',
    ).project.config;
    expect(jinja).toMatchObject({ trim_blocks: false, undefined: 'debug', search_path: ['x'] });
  });
});

describe('the samples', () => {
  test.each([
    ['shop-batch', ['dev 16', 'stg 15', 'prd 16']],
    ['daily-sales', ['dev 1', 'prd 1']],
  ])('%s without its configuration is guessed as it is configured', (sample, want) => {
    const host = folderHost(`samples/${sample}/legacy`);
    const plain = look(host);
    const configured = look(host, host.read('dig2argo.yaml'));
    expect(plain.project.environments.map((each) => `${each.name} ${each.workflows.length}`)).toEqual(want);
    expect(plain.project.environments).toEqual(configured.project.environments);
    const sorted = ({ project }: Found): unknown =>
      [...project.config.manifests].sort((a, b) => (a.from < b.from ? -1 : 1));
    expect(sorted(plain)).toEqual(sorted(configured));
    expect(plain.project.config.clusters).toEqual(configured.project.config.clusters);
    expect(plain.project.config.jinja).toEqual(configured.project.config.jinja);
    expect(configured.diagnostics.filter((each) => each.severity !== 'info')).toEqual([]);
  });
});
