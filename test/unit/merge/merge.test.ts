import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { hoistCommon } from '../../../src/merge/hoist/hoist.ts';
import { mergeEnvironments } from '../../../src/merge/merge.ts';
import { mayHoldParameter } from '../../../src/merge/parameter-places.ts';
import { type Json, toJson } from '../../helpers/plain.ts';
import { asValue, type Shape, type WorkflowShape, workflow } from './workflow.ts';

type Body = { readonly [key: string]: Shape };

interface MergedPlain {
  readonly parameters: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly base: Readonly<Record<string, Json>>;
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly codes: readonly string[];
  readonly kinds: readonly string[];
}

function merge(environments: Readonly<Record<string, WorkflowShape>>): MergedPlain {
  const sink = new DiagnosticList();
  const merged = mergeEnvironments(
    new Map(Object.entries(environments).map(([name, shape]) => [name, workflow(name, shape)])),
    'prd',
    sink,
  );
  if (merged === undefined) throw new Error('nothing was merged');
  const overlays = [...merged.overlays];
  const document = (merged.base === undefined
    ? { spec: { workflowSpec: { templates: [] } } }
    : toJson(merged.base)) as unknown as { spec: { workflowSpec: { templates: { name: string }[] } } };
  return {
    parameters: Object.fromEntries(
      overlays.map(([name, overlay]) => [
        name,
        Object.fromEntries(
          [...overlay.parameters].filter(([key]) => key !== 'target_date').map(([key, value]) => [key, toJson(value)]),
        ),
      ]),
    ),
    base: Object.fromEntries(
      document.spec.workflowSpec.templates.map(({ name, ...body }) => [name, body as unknown as Json]),
    ),
    operations: Object.fromEntries(
      overlays.map(([name, overlay]) => [
        name,
        overlay.kind === 'own'
          ? []
          : overlay.operations.map(
              (each) =>
                `${each.op} ${each.path}${each.value === undefined ? '' : ` ${JSON.stringify(toJson(each.value))}`}`,
            ),
      ]),
    ),
    codes: sink.items.map((each) => each.code),
    kinds: overlays.map(([, overlay]) => overlay.kind),
  };
}

/** One template `a` in dev and in prd. */
function pair(dev: Body, prd: Body): MergedPlain {
  return merge({ dev: { templates: { a: dev } }, prd: { templates: { a: prd } } });
}

const args = (...written: string[]): Body => ({ script: { image: 'worker', args: written } });

describe('parameters', () => {
  test('a variable gives its name and the rest of the text stays', () => {
    const { parameters, base, operations } = pair(args('db-<db.host=d>.test'), args('db-<db.host=p>.test'));
    expect(base['a']).toEqual({ script: { image: 'worker', args: ['db-{{workflow.parameters.db_host}}.test'] } });
    expect(parameters).toEqual({ dev: { db_host: 'd' }, prd: { db_host: 'p' } });
    expect(operations).toEqual({ dev: [], prd: [] });
  });

  test('fields share a parameter where the variable and all values agree', () => {
    const { parameters } = pair(args('<env=dev>', 'x-<env=dev>'), args('<env=prd>', 'x-<env=prd>'));
    expect(parameters['dev']).toEqual({ env: 'dev' });
  });

  test('one variable with other values in another template: the name of the template tells them apart', () => {
    const tag = (tag: string): Body => ({ container: { image: `app:<tag=${tag}>` } });
    const { parameters, base } = merge({
      dev: { templates: { a: tag('1'), b: tag('2') } },
      prd: { templates: { a: tag('3'), b: tag('4') } },
    });
    expect(parameters).toEqual({ dev: { tag: '1', b_tag: '2' }, prd: { tag: '3', b_tag: '4' } });
    expect(JSON.stringify(base)).toContain('app:{{workflow.parameters.b_tag}}');
  });

  test('a variable with one value everywhere is written out, except for the tag of an image', () => {
    const { parameters, base } = pair(
      { container: { image: 'app:<tag=1>', args: ['<region=eu>'] } },
      { container: { image: 'app:<tag=1>', args: ['<region=eu>'] } },
    );
    expect(parameters['dev']).toEqual({ tag: '1' });
    expect(base['a']).toEqual({ container: { image: 'app:{{workflow.parameters.tag}}', args: ['eu'] } });
  });

  test('a flag without a variable is named by the flag', () => {
    const { parameters, base } = pair(args('--max-rows=10'), args('--max-rows=99'));
    expect(parameters).toEqual({ dev: { max_rows: '10' }, prd: { max_rows: '99' } });
    expect(base['a']).toEqual({ script: { image: 'worker', args: ['--max-rows={{workflow.parameters.max_rows}}'] } });
  });

  test('what a variable only chooses is named by its field', () => {
    const policy = (value: string): Body => ({ container: { image: 'app', imagePullPolicy: value } });
    expect(pair(policy('<env?Always>'), policy('<env?IfNotPresent>')).parameters).toEqual({
      dev: { image_pull_policy: 'Always' },
      prd: { image_pull_policy: 'IfNotPresent' },
    });
  });

  test('an environment variable gives its own name', () => {
    const env = (value: string): Body => ({ script: { env: [{ name: 'LOG_LEVEL', value }] } });
    expect(pair(env('debug'), env('info')).parameters).toEqual({
      dev: { log_level: 'debug' },
      prd: { log_level: 'info' },
    });
  });

  test('the channel of notifications is one parameter for the whole text', () => {
    const notify = (env: string): Body => ({
      steps: [[{ name: 'n', arguments: { parameters: [{ name: 'channel', value: `#batch-<env=${env}>` }] } }]],
    });
    expect(pair(notify('dev'), notify('prd')).parameters).toEqual({
      dev: { slack_channel: '#batch-dev' },
      prd: { slack_channel: '#batch-prd' },
    });
  });

  test('a text with a tag never becomes the value of a parameter: it would be substituted twice', () => {
    const { parameters, operations } = pair(args('{{inputs.parameters.date}}-x'), args('{{inputs.parameters.date}}-y'));
    expect(parameters).toEqual({ dev: {}, prd: {} });
    expect(operations['dev']).toEqual([
      'test /spec/workflowSpec/templates/0/name "a"',
      'test /spec/workflowSpec/templates/0/script/args/0 "{{inputs.parameters.date}}-y"',
      'replace /spec/workflowSpec/templates/0/script/args/0 "{{inputs.parameters.date}}-x"',
    ]);
  });

  test('a variable called target_date does not take the name of the session that is asked for', () => {
    expect(Object.keys(pair(args('<target_date=x>'), args('<target_date=y>')).parameters['dev'] ?? {})).not.toContain(
      'target_date',
    );
  });
});

describe('places that may hold a parameter', () => {
  const place = (...keys: string[]): boolean =>
    mayHoldParameter(keys.map((key) => ({ key: key.replace('*', ''), item: key.startsWith('*') })));
  test.each([
    [['spec', 'workflowSpec', 'templates', '*a', 'container', 'args', '*0'], true],
    [['spec', 'workflowSpec', 'templates', '*a', 'container', 'image'], true],
    [['spec', 'workflowSpec', 'templates', '*a', 'container', 'env', '*A', 'valueFrom', 'secretKeyRef', 'name'], true],
    [['spec', 'workflowSpec', 'templates', '*a', 'metadata', 'labels', 'env'], true],
    [['spec', 'workflowSpec', 'serviceAccountName'], true],
    [['spec', 'schedules', '*0'], false],
    [['spec', 'timezone'], false],
    [['spec', 'workflowSpec', 'templates', '*a', 'name'], false],
    [['spec', 'workflowSpec', 'templates', '*a', 'container', 'resources', 'limits', 'memory'], false],
    [['spec', 'workflowSpec', 'templates', '*a', 'steps', '*b', '*b', 'template'], false],
    [['spec', 'workflowSpec', 'templates', '*a', 'container', 'volumeMounts', '*tmp', 'name'], false],
    [['metadata', 'annotations', 'x'], false],
  ])('%s: %s', (keys, want) => expect(place(...keys)).toBe(want));
});

describe('patches', () => {
  const memory = (limit: string): Body => ({ container: { image: 'app', resources: { limits: { memory: limit } } } });

  test('the base has the value of most environments', () => {
    const { base, operations } = merge({
      dev: { templates: { a: memory('1Gi') } },
      stg: { templates: { a: memory('1Gi') } },
      prd: { templates: { a: memory('8Gi') } },
    });
    expect(base['a']).toEqual({ container: { image: 'app', resources: { limits: { memory: '1Gi' } } } });
    expect(operations).toEqual({
      dev: [],
      stg: [],
      prd: [
        'test /spec/workflowSpec/templates/0/name "a"',
        'test /spec/workflowSpec/templates/0/container/resources/limits/memory "1Gi"',
        'replace /spec/workflowSpec/templates/0/container/resources/limits/memory "8Gi"',
      ],
    });
  });

  test('a tie is decided by the reference, and each difference is reported as possible drift', () => {
    const { base, codes } = pair(memory('1Gi'), memory('8Gi'));
    expect(base['a']).toEqual({ container: { image: 'app', resources: { limits: { memory: '8Gi' } } } });
    expect(codes).toEqual(['ENVIRONMENT_DRIFT']);
  });

  test('a step that only prd has is removed from dev, guarded by its name', () => {
    const steps = (...names: string[]): Body => ({ steps: names.map((name) => [{ name, template: name }]) });
    const leaf: Body = { script: { source: 'x' } };
    const { operations } = merge({
      dev: { templates: { main: steps('a'), a: leaf } },
      prd: { templates: { main: steps('a', 'b'), a: leaf, b: { script: { source: 'y' } } } },
    });
    expect(operations['dev']).toEqual([
      'test /spec/workflowSpec/templates/2/name "b"',
      'remove /spec/workflowSpec/templates/2',
      'test /spec/workflowSpec/templates/0/name "main"',
      'test /spec/workflowSpec/templates/0/steps/1/0/name "b"',
      'remove /spec/workflowSpec/templates/0/steps/1',
    ]);
  });

  test.each([
    [12, 'patched', 'ENVIRONMENT_DRIFT'],
    [13, 'own', 'ENVIRONMENTS_DIFFER'],
  ] as const)('%i changes: %s', (count, kind, code) => {
    const shape = (seconds: number): WorkflowShape => ({
      templates: Object.fromEntries(
        Array.from({ length: count }, (_, n) => [
          `t${n}`,
          { activeDeadlineSeconds: seconds, script: { source: `s${n}` } },
        ]),
      ),
    });
    const { kinds, codes } = merge({ dev: { templates: shape(1).templates }, prd: { templates: shape(2).templates } });
    expect(kinds).toEqual([kind, 'patched']);
    expect(new Set(codes)).toEqual(new Set([code]));
  });
});

describe('hoisting', () => {
  const hoist = (
    environments: Readonly<Record<string, Readonly<Record<string, Body>>>>,
  ): Record<string, { spec: Json; templates: Json }> =>
    Object.fromEntries(
      [
        ...hoistCommon(
          new Map(Object.entries(environments).map(([name, templates]) => [name, workflow(name, { templates })])),
        ),
      ].map(([name, made]) => {
        const { entrypoint: _, ...spec } = toJson(made.spec) as { [key: string]: Json };
        return [
          name,
          {
            spec,
            templates: Object.fromEntries(made.templates.map((template) => [template.name, toJson(template.body)])),
          },
        ];
      }),
    );
  const pod = (more: Body = {}, container: Body = {}): Body => ({ ...more, container: { image: 'app', ...container } });

  test('a field on which all pods agree goes to the workflow', () => {
    expect(
      hoist({ prd: { a: pod({ nodeSelector: { pool: 'x' } }), b: pod({ nodeSelector: { pool: 'x' } }) } })['prd'],
    ).toEqual({ spec: { nodeSelector: { pool: 'x' } }, templates: { a: pod(), b: pod() } });
  });

  test('one that differs stays', () => {
    const templates = { a: pod({ nodeSelector: { pool: 'x' } }), b: pod({ nodeSelector: { pool: 'y' } }) };
    expect(hoist({ prd: templates })['prd']).toEqual({ spec: {}, templates });
  });

  test('the environments move together: what one cannot lift, none lifts', () => {
    const same = { a: pod({ nodeSelector: { pool: 'x' } }), b: pod({ nodeSelector: { pool: 'x' } }) };
    const mixed = { a: pod({ nodeSelector: { pool: 'x' } }), b: pod() };
    expect(hoist({ dev: mixed, prd: same })['prd']).toEqual({ spec: {}, templates: same });
  });

  test('a security context of the Jobs does not reach the image of a plain command', () => {
    const context = { runAsUser: 1 };
    const { spec, templates } =
      hoist({
        prd: {
          a: pod({ securityContext: context }),
          b: pod({ securityContext: context }),
          c: { script: { source: 'x' } },
        },
      })['prd'] ?? {};
    expect(spec).toEqual({ securityContext: context });
    expect(templates).toEqual({ a: pod(), b: pod(), c: { script: { source: 'x' }, securityContext: {} } });
  });

  test('labels entry by entry', () => {
    const labels = (app: string): Body => pod({ metadata: { labels: { team: 't', app } } });
    expect(hoist({ prd: { a: labels('a'), b: labels('b') } })['prd']).toEqual({
      spec: { podMetadata: { labels: { team: 't' } } },
      templates: { a: pod({ metadata: { labels: { app: 'a' } } }), b: pod({ metadata: { labels: { app: 'b' } } }) },
    });
  });

  test('volumes that all who declare them mount; one that is not mounted stays', () => {
    const volumes = [{ name: 'tmp', emptyDir: {} }];
    const mounts = { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] };
    const lifted = hoist({ prd: { a: pod({ volumes }, mounts), b: pod({ volumes }, { ...mounts, args: ['x'] }) } })[
      'prd'
    ];
    expect(lifted?.spec).toMatchObject({ volumes });
    expect(JSON.stringify(lifted?.templates)).not.toContain('emptyDir');
    const kept = hoist({ prd: { a: pod({ volumes }, mounts), b: pod({ volumes }) } })['prd'];
    expect(JSON.stringify(kept?.spec)).not.toContain('emptyDir');
  });

  test('defaults of containers: whole fields, and entries of keyed lists; nothing that names an input', () => {
    const env = (name: string): Body =>
      pod(
        {},
        {
          workingDir: '/app',
          env: [
            { name: 'A', value: '1' },
            { name, value: '{{inputs.parameters.x}}' },
          ],
        },
      );
    expect(hoist({ prd: { a: env('B'), b: env('B') } })['prd']).toEqual({
      spec: { templateDefaults: { container: { workingDir: '/app', env: [{ name: 'A', value: '1' }] } } },
      templates: {
        a: pod({}, { env: [{ name: 'B', value: '{{inputs.parameters.x}}' }] }),
        b: pod({}, { env: [{ name: 'B', value: '{{inputs.parameters.x}}' }] }),
      },
    });
  });

  test('a variable that another one refers to stays before it', () => {
    const env = [
      { name: 'HOST', value: 'h' },
      { name: 'URL', value: 'http://$(HOST)/<env=prd>' },
    ];
    const templates = hoist({ prd: { a: pod({}, { env }), b: pod({}, { env, args: ['x'] }) } })['prd']
      ?.templates as Record<string, Json>;
    expect(JSON.stringify(templates['a'])).toContain('HOST');
  });
});

test('texts with variables in these tests are read as such', () => {
  expect(asValue('a-<env=prd>').kind === 'text' && toJson(asValue('a-<env=prd>'))).toBe('a-prd');
});
