import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { playArgo } from '../../../src/verify/argo/play.ts';
import type { Outcome } from '../../../src/verify/argo/run-types.ts';
import { argoFires } from '../../../src/verify/argo/schedule.ts';
import type { Plain } from '../../../src/verify/effect.ts';

const leaf =
  '{name: leaf, inputs: {parameters: [{name: v, default: ""}]}, container: {image: i, command: [c], args: ["{{inputs.parameters.v}}"]}}';
const retried = '{name: retried, retryStrategy: {limit: 1, retryPolicy: Always}, container: {image: i, command: [c]}}';

/** A workflow whose `main` is the given YAML; `leaf` and `retried` are templates for it. */
function workflow(
  main: string,
  more: readonly string[] = [],
  spec: Readonly<Record<string, Plain>> = {},
): readonly Plain[] {
  const templates = [`{name: main, ${main}}`, leaf, retried, ...more].map((text) => parse(text) as Plain);
  return [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTemplate',
      metadata: { name: 'w', namespace: 'n' },
      spec: { entrypoint: 'main', templates, ...spec },
    },
  ];
}

const start = { environment: 'prd', sessionTime: '2021-12-07T00:00:00Z', creationTime: '2021-12-07T00:00:00Z' };
const failing =
  (...nodes: readonly string[]): Outcome =>
  (attempt) => ({ status: nodes.includes(attempt.node) ? 'Failed' : 'Succeeded' });

function play(objects: readonly Plain[], outcome: Outcome = failing()) {
  const run = playArgo(objects, null, start, outcome);
  return { status: run.status, tasks: run.effects.map((effect) => effect.task), refused: run.refused };
}

/** What each effect waits for. */
function order(objects: readonly Plain[], outcome: Outcome = failing()): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    playArgo(objects, null, start, outcome).effects.map((effect) => [effect.task, effect.after]),
  );
}

const step = (name: string, more = ''): string => `{name: ${name}, template: leaf${more}}`;

describe('the patterns proved on the real controller', () => {
  test('a failing step stops what follows it, not its neighbours', () => {
    const main = workflow(`steps: [[${step('p1')}, ${step('p2')}], [${step('after')}]]`);
    expect(order(main)).toEqual({ p1: [], p2: [], after: ['p1', 'p2'] });
    expect(play(main, failing('p1'))).toMatchObject({ status: 'Failed', tasks: ['p1', 'p2'] });
  });

  test('nested retries multiply, and run again what had succeeded', () => {
    const main = workflow('steps: [[{name: g, template: group}]]', [
      `{name: group, retryStrategy: {limit: 1}, steps: [[${step('a')}], [{name: b, template: retried}]]}`,
    ]);
    expect(play(main, failing('g(0)/b', 'g(1)/b')).tasks).toEqual([
      'g(0)/a',
      'g(0)/b(0)',
      'g(0)/b(1)',
      'g(1)/a',
      'g(1)/b(0)',
      'g(1)/b(1)',
    ]);
  });

  test('error hooks run from the inside out, once for each level that failed, then onExit', () => {
    const hook = (name: string): string =>
      `hooks: {exit: {expression: 'steps.${name}.status in ["Failed", "Error"]', template: leaf}}`;
    const main = workflow(
      `steps: [[{name: g, template: group, ${hook('g')}}]]`,
      [
        `{name: group, steps: [[{name: b, template: retried, ${hook('b')}}], [${step('c')}]]}`,
        '{name: bye, container: {image: i, command: [c]}}',
      ],
      { onExit: 'bye' },
    );
    expect(play(main, failing('g/b'))).toEqual({
      status: 'Failed',
      tasks: ['g/b(0)', 'g/b(1)', 'g/b.onExit', 'g.onExit', 'exit-handler'],
      refused: undefined,
    });
    expect(play(main).tasks).toEqual(['g/b(0)', 'g/c', 'exit-handler']);
  });

  test('the exit handler hears of attempts that failed, in a run that succeeded, too', () => {
    const bye = `{name: bye, container: {image: i, command: [c], args: ["{{workflow.status}} {{workflow.failures}}"]}}`;
    const main = workflow('steps: [[{name: r, template: retried}]]', [bye], { onExit: 'bye' });
    const heard = (outcome: Outcome): unknown =>
      JSON.stringify(playArgo(main, null, start, outcome).effects.at(-1)).match(/"args":(\[.*?\])[,}]/)?.[1];
    const first: Outcome = ({ node, attempt }) => ({
      status: node === 'r' && attempt === 0 ? 'Failed' : 'Succeeded',
    });
    expect(JSON.parse(String(heard(failing())))).toEqual(['Succeeded "null"']);
    const failure = {
      displayName: 'r(0)',
      message: 'main: Error (exit code 1)',
      templateName: 'retried',
      phase: 'Failed',
    };
    expect(JSON.parse(String(heard(first)))).toEqual([`Succeeded ${JSON.stringify(JSON.stringify([failure]))}`]);
  });

  test('items run side by side, all of them', () => {
    const main = workflow(
      `steps: [[${step('w', ', withItems: [x, "y"], arguments: {parameters: [{name: v, value: "{{item}}"}]}')}], [${step('z')}]]`,
    );
    expect(order(main)).toEqual({ 'w(0:x)': [], 'w(1:y)': [], z: ['w(0:x)', 'w(1:y)'] });
    expect(play(main, failing('w(0:x)'))).toMatchObject({ status: 'Failed', tasks: ['w(0:x)', 'w(1:y)'] });
  });

  test('maps as items are named by their keys', () => {
    const main = workflow(
      `steps: [[${step('w', ', withItems: [{b: "1", a: x}], arguments: {parameters: [{name: v, value: "{{item.a}}{{item.b}}"}]}')}]]`,
    );
    expect(play(main).tasks).toEqual(['w(0:a:x,b:1)']);
  });

  test('an empty withItems runs the step once, an empty withParam skips it', () => {
    expect(play(workflow(`steps: [[${step('w', ', withItems: []')}]]`)).tasks).toEqual(['w']);
    expect(play(workflow(`steps: [[${step('w', ", withParam: '[]'")}], [${step('z')}]]`)).tasks).toEqual(['z']);
  });

  test('a loop over a list that is known only at run time, by recursion', () => {
    const loop = `{name: lp, inputs: {parameters: [{name: list}]}, steps: [
      [{name: body, template: leaf, when: "{{= len(fromJSON(inputs.parameters.list)) > 0}}", arguments: {parameters: [{name: v, value: "{{= len(fromJSON(inputs.parameters.list)) > 0 ? fromJSON(inputs.parameters.list)[0] : ''}}"}]}}],
      [{name: next, template: lp, when: "{{= len(fromJSON(inputs.parameters.list)) > 1}}", arguments: {parameters: [{name: list, value: "{{= toJson(len(fromJSON(inputs.parameters.list)) > 1 ? fromJSON(inputs.parameters.list)[1:] : [])}}"}]}}]]}`;
    const main = workflow(
      `steps: [[{name: l, template: lp, arguments: {parameters: [{name: list, value: '["p","q","r"]'}]}}]]`,
      [loop],
    );
    expect(play(main).tasks).toEqual(['l/body', 'l/next/body', 'l/next/next/body']);
    expect(play(main, failing('l/next/body')).tasks).toEqual(['l/body', 'l/next/body']);
  });

  test('a branch by date, and what follows it', () => {
    const when = "when: \"{{= int(date('2021-12-07', '2006-01-02').Weekday()) == 2}}\"";
    const not = "when: \"{{= !(int(date('2021-12-07', '2006-01-02').Weekday()) == 2)}}\"";
    expect(
      play(workflow(`steps: [[${step('x', `, ${when}`)}, ${step('x-else', `, ${not}`)}], [${step('z')}]]`)).tasks,
    ).toEqual(['x', 'z']);
  });

  test('background tasks as a DAG', () => {
    const dag =
      'dag: {tasks: [{name: a, template: leaf}, {name: b, template: leaf}, {name: c, template: leaf, depends: "a && b"}, {name: d, template: leaf, depends: c}, {name: a2, template: leaf, depends: a}]}';
    expect(order(workflow(dag))).toEqual({ a: [], b: [], c: ['a', 'b'], d: ['a', 'b', 'c'], a2: ['a'] });
    expect(play(workflow(dag), failing('b'))).toMatchObject({ status: 'Failed', tasks: ['a', 'b', 'a2'] });
  });

  const skippedGiver = (fallback: string): string =>
    `{name: giver, container: {image: i, command: [c]}, outputs: {parameters: [{name: p, valueFrom: {path: /p${fallback}}}]}}`;
  const taker = (value: string, template = 'leaf'): string =>
    `steps: [[{name: g, template: giver, when: "false"}], [{name: t, template: ${template}, arguments: {parameters: [{name: v, value: "${value}"}]}}]]`;
  const strict = '{name: strict, inputs: {parameters: [{name: v}]}, container: {image: i, command: [c]}}';

  test.each<[string, string, string, string, Record<string, unknown>]>([
    ['its default', ', default: d', '{{steps.g.outputs.parameters.p}}', 'leaf', { status: 'Succeeded', tasks: ['t'] }],
    [
      'the default of the input, where it has none',
      '',
      '{{steps.g.outputs.parameters.p}}',
      'leaf',
      { status: 'Succeeded', tasks: ['t'] },
    ],
    [
      'an error, where neither has one',
      '',
      '{{steps.g.outputs.parameters.p}}',
      'strict',
      { status: 'Failed', tasks: [] },
    ],
    [
      'waited for without end, where it is the result',
      '',
      '{{steps.g.outputs.result}}',
      'leaf',
      { status: 'Error', tasks: [] },
    ],
  ])('an output of a skipped step is %s', (_, fallback, value, template, want) => {
    expect(play(workflow(taker(value, template), [skippedGiver(fallback), strict]))).toMatchObject(want);
  });

  test('a nil-safe expression takes its fallback too early', () => {
    const group = (value: string): string =>
      `{name: group, steps: [[{name: t, template: s}], [{name: u, template: leaf, arguments: {parameters: [{name: v, value: "${value}"}]}}]]}`;
    const main = (value: string) =>
      workflow('steps: [[{name: g, template: group}]]', [
        group(value),
        '{name: s, container: {image: i, command: [c]}, outputs: {parameters: [{name: p, valueFrom: {path: /p}}]}}',
      ]);
    const written: Outcome = ({ node }) =>
      node === 'g/t' ? { status: 'Succeeded', outputs: { p: 'real' } } : { status: 'Succeeded' };
    const argument = (value: string): unknown =>
      JSON.stringify(playArgo(main(value), null, start, written).effects.at(-1)).match(/"args":\["(.*?)"\]/)?.[1];
    expect(argument("{{= steps.t?.outputs?.parameters?.p ?? 'D'}}")).toBe('D');
    expect(argument("{{= steps['t'].outputs?.parameters?.p ?? 'D'}}")).toBe('real');
    expect(argument('{{steps.t.outputs.parameters.p}}')).toBe('real');
  });

  test('foreign braces pass untouched, but not in a loop', () => {
    expect(
      play(workflow(`steps: [[${step('a', ", arguments: {parameters: [{name: v, value: '{{ ds }}'}]}")}]]`)).status,
    ).toBe('Succeeded');
    expect(
      play(
        workflow(
          `steps: [[${step('a', ", withItems: [x], arguments: {parameters: [{name: v, value: '{{ ds }}'}]}")}]]`,
        ),
      ),
    ).toMatchObject({ status: 'Failed', tasks: [] });
  });

  test("a called WorkflowTemplate resolves names in itself, and reads the caller's parameters", () => {
    const callee: Plain = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTemplate',
      metadata: { name: 'callee', namespace: 'n' },
      spec: {
        arguments: { parameters: [{ name: 'env', value: 'own' }] },
        templates: [
          parse(
            `{name: tasks, steps: [[{name: x, template: leaf, arguments: {parameters: [{name: v, value: "{{workflow.parameters.env}}"}]}}]]}`,
          ) as Plain,
          parse(leaf.replace('command: [c]', 'command: [other]')) as Plain,
        ],
      },
    };
    const run = playArgo(
      [
        ...workflow('steps: [[{name: call, templateRef: {name: callee, template: tasks}}]]', [], {
          arguments: { parameters: [{ name: 'env', value: 'prd' }] },
        }),
        callee,
      ],
      null,
      start,
      failing(),
      { job: 'w' },
    );
    expect(run.effects).toMatchObject([
      { task: 'call/x', manifest: { spec: { containers: [{ command: ['other'], args: ['prd'] }] } } },
    ]);
  });

  test.each([
    [
      'a missing parameter',
      `steps: [[${step('a', ', arguments: {parameters: [{name: v, value: "{{workflow.parameters.nope}}"}]}')}]]`,
      'failed to resolve {{workflow.parameters.nope}}',
    ],
    ['a missing template', 'steps: [[{name: a, template: nope}]]', 'template "nope" undefined'],
    [
      'a missing shared template',
      'steps: [[{name: a, templateRef: {name: x, template: y}}]]',
      'couldn\'t find workflow template "x"',
    ],
  ])('%s stops the run before anything, the exit handler too', (_, main, problem) => {
    const run = playArgo(
      workflow(main, ['{name: bye, container: {image: i, command: [c]}}'], { onExit: 'bye' }),
      null,
      start,
      failing(),
    );
    expect(run).toEqual({ effects: [], status: 'Failed', message: `invalid spec: ${problem}` });
  });

  test('a tag without a value in what all pods have: each pod is refused, and the exit handler runs and fails', () => {
    const run = playArgo(
      workflow(
        `steps: [[{name: a, template: retried}], [${step('b')}]]`,
        ['{name: bye, container: {image: i, command: [c]}}'],
        {
          nodeSelector: { pool: '{{workflow.parameters.pool}}' },
          onExit: 'bye',
        },
      ),
      null,
      start,
      failing(),
    );
    expect(run).toMatchObject({ effects: [], status: 'Failed' });
    expect(run.message).toMatch(/spec.nodeSelector: Invalid value: "\{\{workflow.parameters.pool\}\}"/);
  });

  test('containers of a set are one pod', () => {
    const set =
      'containerSet: {containers: [{name: main, image: "i:1", command: [a]}, {name: other, image: "i:1", command: [b]}]}';
    const [effect] = playArgo(workflow(set), null, start, failing()).effects;
    expect(effect?.kind === 'job' && effect.manifest).toEqual({
      spec: {
        containers: [
          { command: ['a'], image: 'i:1', name: 'main' },
          { command: ['b'], image: 'i:1', name: 'other' },
        ],
      },
    });
    expect(
      play(workflow('containerSet: {containers: [{name: main, image: i, dependencies: [x]}, {name: x, image: i}]}'))
        .refused,
    ).toBe('containers of a set that wait for each other');
    expect(
      play(workflow('containerSet: {retryStrategy: {retries: 2}, containers: [{name: main, image: i}]}')).refused,
    ).toBe('containerSet.retryStrategy');
  });

  test('a common deadline is what is left of it, the clock being that of the run', () => {
    const deadline = '{{=int(max(1, 600 - (now().Unix() - date(inputs.parameters.t0).Unix())))}}';
    const objects = workflow(
      'steps: [[{name: t0, template: t0}], [{name: job, template: job, arguments: {parameters: [{name: t0, value: "{{steps.t0.finishedAt}}"}]}}]]',
      [
        '{name: t0, suspend: {duration: "0"}}',
        `{name: job, inputs: {parameters: [{name: t0}]}, activeDeadlineSeconds: "${deadline}", container: {image: "i:1", command: [c]}}`,
      ],
    );
    const { effects } = playArgo(objects, null, start, failing());
    expect(effects.map((effect) => effect.kind === 'job' && effect.manifest)).toMatchObject([
      { spec: { activeDeadlineSeconds: 600 } },
    ]);
  });

  test('what it cannot say it refuses', () => {
    expect(
      play(workflow(`steps: [[${step('a', ', arguments: {parameters: [{name: v, value: "{{pod.name}}"}]}')}]]`))
        .refused,
    ).toBe('the name of a pod, which the controller makes up');
    expect(play(workflow('resource: {action: create}')).refused).toBe('a template of this kind: main');
    expect(play(workflow(`steps: [[${step('a', ', when: "{{=now().Hour() == 3}}"')}]]`)).refused).toMatch(
      /^now\(\), which reads the clock/,
    );
    expect(play(workflow(`steps: [[${step('a', ", when: \"{{=sprig.date('x', 1) == 'y'}}\"")}]]`)).refused).toMatch(
      /^sprig.date/,
    );
  });
});

describe('pods', () => {
  const podOf = (template: string, spec: Readonly<Record<string, Plain>> = {}): unknown => {
    const [effect] = playArgo(
      workflow('steps: [[{name: a, template: t}]]', [template], spec),
      null,
      start,
      failing(),
    ).effects;
    return effect?.kind === 'job' ? (effect.manifest as { spec: unknown }).spec : effect;
  };

  test('the template wins over the workflow; volumes only where mounted', () => {
    const spec = {
      serviceAccountName: 'w',
      volumes: [
        { name: 'used', emptyDir: {} },
        { name: 'unused', emptyDir: {} },
      ],
      imagePullSecrets: [{ name: 's' }],
    };
    expect(
      podOf(
        '{name: t, serviceAccountName: own, container: {image: i, command: [c], volumeMounts: [{name: used, mountPath: /u}]}}',
        spec,
      ),
    ).toEqual({
      containers: [{ command: ['c'], image: 'i', name: 'main', volumeMounts: [{ mountPath: '/u', name: 'used' }] }],
      imagePullSecrets: [{ name: 's' }],
      serviceAccountName: 'own',
      volumes: [{ emptyDir: {}, name: 'used' }],
    });
  });

  test("podSpecPatch: the workflow's, then the template's; new variables in front, changed ones in place", () => {
    const patch = `podSpecPatch: '{"terminationGracePeriodSeconds":5,"containers":[{"name":"main","env":[{"name":"NEW","value":"n"},{"name":"B","value":"2"}]}]}'`;
    expect(
      podOf(
        `{name: t, ${patch}, container: {image: i, command: [c], env: [{name: A, value: a}, {name: B, value: b}]}}`,
        { podSpecPatch: 'terminationGracePeriodSeconds: 9\nhostname: h' },
      ),
    ).toMatchObject({
      hostname: 'h',
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          env: [
            { name: 'NEW', value: 'n' },
            { name: 'A', value: 'a' },
            { name: 'B', value: '2' },
          ],
        },
      ],
    });
  });

  test('timeout gives a second less, and takes the place of the deadline', () => {
    expect(
      podOf('{name: t, timeout: 9s, activeDeadlineSeconds: 4, container: {image: i, command: [c]}}'),
    ).toMatchObject({ activeDeadlineSeconds: 8 });
  });

  test('scripts are commands', () => {
    expect(
      podOf(
        '{name: t, script: {image: i, command: [sh], source: "echo 1", env: [{name: A, value: a}, {name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}]}}',
      ),
    ).toMatchObject({
      kind: 'command',
      source: 'echo 1',
      env: { A: 'a', S: '<secret s/k>' },
    });
  });
});

describe('schedules', () => {
  const cron = (spec: Readonly<Record<string, Plain>>): Plain => ({ kind: 'CronWorkflow', spec });
  const iso = (fires: ReturnType<typeof argoFires>): unknown =>
    fires.kind === 'fires' ? fires.atMs.map((at) => new Date(at).toISOString()) : fires;

  test('day of month and weekday by `when`', () => {
    const spec = {
      schedules: ['0 9 13 * *'],
      timezone: 'Asia/Tokyo',
      when: "{{= int(now().In(timezone('Asia/Tokyo')).Weekday()) == 5}}",
    };
    expect(iso(argoFires(cron(spec), Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31)))).toEqual([
      '2026-02-13T00:00:00.000Z',
      '2026-03-13T00:00:00.000Z',
      '2026-11-13T00:00:00.000Z',
    ]);
  });

  test('a suspended one never fires, a malformed one says so', () => {
    expect(iso(argoFires(cron({ schedules: ['* * * * *'], suspend: true }), 0, Date.UTC(2026, 0, 1)))).toEqual([]);
    expect(argoFires(cron({ schedules: ['0 0 * * 7'] }), 0, 1)).toEqual({
      kind: 'malformed',
      reason: '7 is above 6: 7',
    });
  });
});
