import { describe, expect, test } from 'vitest';
import { convertDig } from '../pipeline/convert-tree.ts';

const py = (name: string, more = ''): string => `+${name}:\n  py>: tasks.${name}\n${more}`;
const say = (name: string, text: string): string => `+${name}:\n  sh>: echo ${text}\n`;
const store = (step: string): string => `fromJSON(steps['${step}'].outputs.parameters.store)`;

async function stepsOf(dig: string, files: Readonly<Record<string, string>> = {}) {
  const { templates, findings } = await convertDig(dig, files);
  const steps = (name: string) =>
    ((templates[name]?.['steps'] ?? []) as unknown as Step[][]).map((group) => group.map(describeStep).join(' | '));
  return { templates, findings: findings.filter((each) => !each.startsWith('OPERATOR_PROJECT_CODE')), steps };
}

interface Step {
  readonly name: string;
  readonly when?: string;
  readonly withParam?: string;
  readonly withSequence?: { readonly count: string };
  readonly arguments?: { readonly parameters: readonly { readonly name: string; readonly value: string }[] };
}

function describeStep(step: Step): string {
  const marks = [
    ...(step.when === undefined ? [] : [`when ${step.when}`]),
    ...(step.withParam === undefined ? [] : [`each of ${step.withParam}`]),
    ...(step.withSequence === undefined ? [] : [`times ${step.withSequence.count}`]),
    ...(step.arguments?.parameters ?? []).map(({ name, value }) => `${name}=${value}`),
  ];
  return [step.name, ...marks].join(' ');
}

describe('stored values', () => {
  test('a later step reads what a program stored', async () => {
    const { steps, templates, findings } = await stepsOf(`${py('a')}${say('b', '${x} ${o.k}')}`);
    expect(findings).toEqual([]);
    expect(steps('tasks')).toEqual(['a', `b x={{=${store('a')}.x}} o_k={{=${store('a')}.o.k}}`]);
    expect(templates['a']?.['outputs']).toEqual({
      parameters: [{ name: 'store', valueFrom: { path: '/tmp/digdag-store.json', default: '{}' } }],
    });
  });

  test('what nobody reads is not handed up', async () => {
    const { templates } = await stepsOf(`${py('a')}${say('b', 'b')}`);
    expect(templates['a']?.['outputs']).toBeUndefined();
  });

  test('groups hand up what is read outside of them', async () => {
    const { steps, templates } = await stepsOf(
      `+g:\n  +a:\n    py>: tasks.a\n  +n:\n    sh>: echo n\n${say('b', '${x}')}`,
    );
    expect(steps('tasks')).toEqual(['g', `b x={{=${store('g')}.x}}`]);
    expect(templates['g']?.['outputs']).toEqual({
      parameters: [{ name: 'store', valueFrom: { parameter: '{{steps.a.outputs.parameters.store}}', default: '{}' } }],
    });
  });

  test('a group gets what is stored before it as an input', async () => {
    const { steps } = await stepsOf(`${py('a')}+g:\n  +b:\n    sh>: echo \${x}\n  +c:\n    sh>: echo c\n`);
    expect(steps('tasks')).toEqual(['a', 'g a_store={{steps.a.outputs.parameters.store}}']);
    expect(steps('g')).toEqual(['b x={{=fromJSON(inputs.parameters.a_store).x}}', 'c']);
  });

  test('the latest that may have stored it comes first, the others behind', async () => {
    const { steps } = await stepsOf(`${py('a')}${py('b')}${say('c', '${x}')}`);
    expect(steps('tasks').at(-1)).toBe(`c x={{=${store('b')}.x ?? ${store('a')}.x}}`);
  });

  test('side by side, tasks do not see each other; what follows sees all', async () => {
    const { steps, findings } = await stepsOf(
      `+p:\n  _parallel: true\n  +a:\n    py>: tasks.a\n  +b:\n    sh>: echo \${x}\n${say('c', '${x}')}`,
    );
    expect(findings).toEqual(['FLOW_UNTRANSLATED digdag/prd/job.dig:6:10']);
    expect(steps('tasks').at(-1)).toBe(`c x={{=${store('p')}.x}}`);
  });

  test('an export that a source is known to overwrite gives way; one that is deeper does not', async () => {
    const files = { 'digdag/prd/tasks/__init__.py': "import digdag\ndef a():\n  digdag.env.store({'x': 1, 'y': 2})\n" };
    const { steps } = await stepsOf(
      `_export: {x: outer}\n${py('a')}${say('b', '${x}')}+g:\n  _export: {y: inner}\n  +c:\n    sh>: echo \${x} \${y}\n  +d:\n    sh>: echo d\n`,
      files,
    );
    expect(steps('tasks')).toEqual(['a', `b x={{=${store('a')}.x}}`, 'g a_store={{steps.a.outputs.parameters.store}}']);
    expect(steps('g')).toEqual(['c x={{=fromJSON(inputs.parameters.a_store).x}}', 'd']);
  });

  test('a program whose source stores nothing stores nothing', async () => {
    const files = { 'digdag/prd/tasks/__init__.py': 'def a():\n  print(1)\n' };
    const { findings } = await stepsOf(`${py('a')}${say('b', '${x}')}`, files);
    expect(findings).toEqual(['FLOW_UNTRANSLATED digdag/prd/job.dig:4:8']);
  });

  test('what is stored in a loop over a list of run time cannot be handed up', async () => {
    const { findings } = await stepsOf(
      `${py('a')}+w:\n  for_each>: {t: "\${l}"}\n  _do:\n    py>: tasks.b\n    x: \${t}\n${say('c', '${y}')}`,
    );
    expect(findings).toEqual([
      'OPERATOR_TYPE_UNKNOWN digdag/prd/job.dig:6:5',
      'FLOW_UNTRANSLATED digdag/prd/job.dig:9:8',
    ]);
  });

  test('of a step with items, the last one counts', async () => {
    const { steps } = await stepsOf(
      `+w:\n  for_each>: {t: [1, 2]}\n  _parallel: true\n  _do:\n    py>: tasks.b\n    v: \${t}\n${say('c', '${y}')}`,
    );
    const list = "fromJSON(steps['w'].outputs.parameters.store)";
    expect(steps('tasks').at(-1)).toBe(`c y={{=fromJSON(${list}[len(${list}) - 1]).y}}`);
  });

  test('an iteration reads what the one before it stored', async () => {
    const body = `_do:\n    +a:\n      sh>: echo \${x}\n    +b:\n      py>: tasks.keep\n`;
    const method = {
      'digdag/prd/tasks.py':
        "import digdag\ndef keep():\n  digdag.env.store({'x': 1})\ndef g():\n  digdag.env.store({'l': [1]})\n",
    };
    const known = await stepsOf(`_export: {x: 0}\n+w:\n  loop>: 2\n  ${body}`, method);
    expect(known.templates['a']?.['script']).toMatchObject({ source: 'echo 0' });
    expect(known.steps('w-0')).toEqual(['a', 'b']);
    expect(known.steps('w-1')).toEqual(['a x={{=fromJSON(inputs.parameters.b_store).x}}', 'b']);
    expect(known.findings).toEqual([]);
    const open = await stepsOf(`_export: {x: 0}\n${py('g')}+w:\n  for_each>: {t: "\${l}"}\n  ${body}`, method);
    expect(open.findings).toEqual(['FLOW_LOOP_HANDS_ON digdag/prd/job.dig:4:1']);
    const later = await stepsOf(
      `${py('g')}+w:\n  for_each>: {t: "\${l}"}\n  _do:\n    +b:\n      py>: tasks.keep\n    +c:\n      sh>: echo \${x}\n`,
      method,
    );
    expect(later.findings).toEqual([]);
  });

  test('_check reads what its task stored', async () => {
    const { steps } = await stepsOf(py('a', '  _check:\n    sh>: echo ${x}\n'));
    expect(steps('a-checked')).toEqual(['a', `a-check x={{=${store('a')}.x}}`]);
  });

  test('in a DAG the values are those of tasks', async () => {
    const { templates } = await stepsOf(`${py('a')}+b:\n  _background: true\n  sh>: echo b\n${say('c', '${x}')}`);
    expect(templates['tasks']?.['dag']).toMatchObject({
      failFast: false,
      tasks: [
        { name: 'a' },
        { name: 'b' },
        {
          name: 'c',
          depends: 'a && b',
          arguments: { parameters: [{ value: "{{=fromJSON(tasks['a'].outputs.parameters.store).x}}" }] },
        },
      ],
    });
  });
});

describe('conditions on stored values', () => {
  test.each([
    ["${x == 'a'}", `{{=string(${store('a')}.x) == 'a'}}`],
    ['${x > 0}', `{{=float(${store('a')}.x) > 0}}`],
    ['${x}', `{{=string(${store('a')}.x) == 'true'}}`],
    ["${x != 'a' && y.z == 1}", `{{=(string(${store('a')}.x) != 'a') && (float(${store('a')}.y.z) == 1)}}`],
    ["${!(x == 'a')}", `{{=!(string(${store('a')}.x) == 'a')}}`],
  ])('%s', async (written, when) => {
    const { steps, findings } = await stepsOf(`${py('a')}+c:\n  if>: "${written}"\n  _do:\n    sh>: echo yes\n`);
    expect(findings).toEqual([]);
    expect(steps('tasks').at(-1)).toBe(`c when ${when}`);
  });

  test('below, the store comes as an input', async () => {
    const { steps } = await stepsOf(
      `${py('a')}+g:\n  +c:\n    if>: \${x == 'a'}\n    _do:\n      sh>: echo yes\n  +d:\n    sh>: echo d\n`,
    );
    expect(steps('g')[0]).toBe("c when {{=string(fromJSON(inputs.parameters.a_store).x) == 'a'}}");
  });

  test.each(['${x.length > 0}', '${x < y}', '${typeof x}', '${x || y}'])('%s is left to a person', async (written) => {
    const { findings } = await stepsOf(`${py('a')}+c:\n  if>: "${written}"\n  _do:\n    sh>: echo yes\n`);
    expect(findings).toEqual(['FLOW_NOT_BOOLEAN digdag/prd/job.dig:3:1']);
  });
});

describe('loops over stored lists', () => {
  const loop = (more: string, list = 't: "${l}"'): string =>
    `${py('a')}+w:\n  for_each>: {${list}}\n${more}  _do:\n    sh>: echo \${t}\n`;

  test('side by side: withParam', async () => {
    const { steps, findings } = await stepsOf(loop('  _parallel: true\n'));
    expect(findings).toEqual([]);
    expect(steps('tasks').at(-1)).toBe(`w each of {{=${store('a')}.l}} t={{item}}`);
  });

  test('one after the other: the template takes the head and calls itself with the rest', async () => {
    const { steps, templates } = await stepsOf(loop(''));
    const list = 'fromJSON(inputs.parameters.list)';
    expect(steps('tasks').at(-1)).toBe(`w list={{=${store('a')}.l}}`);
    expect(templates['w-loop']?.['inputs']).toEqual({ parameters: [{ name: 'list' }] });
    expect(steps('w-loop')).toEqual([
      `w when {{=len(${list}) > 0}} t={{=len(${list}) > 0 ? ${list}[0] : ''}}`,
      `w-next when {{=len(${list}) > 1}} list={{=toJson(len(${list}) > 1 ? ${list}[1:] : [])}}`,
    ]);
  });

  test('in chunks: slices of the list', async () => {
    const { steps } = await stepsOf(loop('  _parallel: {limit: 2}\n'));
    const list = 'fromJSON(inputs.parameters.list)';
    expect(steps('w-loop')).toEqual([
      `w each of {{=toJson(take(${list}, 2))}} t={{item}}`,
      `w-next when {{=len(${list}) > 2}} list={{=toJson(len(${list}) > 2 ? ${list}[2:] : [])}}`,
    ]);
  });

  test('fields of an item are read from the whole item', async () => {
    const { steps } = await stepsOf(
      `${py('a')}+w:\n  for_each>: {t: "\${l}"}\n  _parallel: true\n  _do:\n    sh>: echo \${t.name}\n`,
    );
    expect(steps('tasks').at(-1)).toBe(`w each of {{=${store('a')}.l}} t={{item}}`);
    expect(steps('w-item')).toEqual(['w t_name={{=fromJSON(inputs.parameters.t).name}}']);
  });

  test('what the body needs besides goes along', async () => {
    const { steps } = await stepsOf(
      `${py('a')}+w:\n  for_each>: {t: "\${l}"}\n  _do:\n    sh>: echo \${t} \${x} \${session_date}\n`,
    );
    expect(steps('w-loop')[1]).toContain(
      'session_date={{inputs.parameters.session_date}} a_store={{inputs.parameters.a_store}}',
    );
  });

  test('two lists: the last varies fastest', async () => {
    const { steps } = await stepsOf(
      `${py('a')}+w:\n  for_each>: {t: "\${l}", u: [1, 2]}\n  _parallel: true\n  _do:\n    sh>: echo \${t}\${u}\n`,
    );
    expect(steps('tasks').at(-1)).toBe(`w each of {{=${store('a')}.l}} t={{item}}`);
    expect(steps('w-item')).toEqual(['w each of [1,2] t={{inputs.parameters.t}} u={{item}}']);
  });

  test.each([
    ['  _parallel: true\n', `w times {{=${store('a')}.n}} i={{item}}`],
    ['', `w index=0 count={{=${store('a')}.n}}`],
  ])('loop> of a stored number%s', async (more, step) => {
    const { steps, findings } = await stepsOf(`${py('a')}+w:\n  loop>: \${n}\n${more}  _do:\n    sh>: echo \${i}\n`);
    expect(findings).toEqual([]);
    expect(steps('tasks').at(-1)).toBe(step);
  });
});
