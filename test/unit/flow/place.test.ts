import { describe, expect, test } from 'vitest';
import { convertDig } from '../pipeline/convert-tree.ts';

/** One row: a .dig file, what runs from `main` down (see `flowOf`), and findings with their positions. */
interface Row {
  readonly name: string;
  readonly dig: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly flow: readonly string[];
  readonly findings?: readonly string[];
}

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    test.each(rows)('$name', async ({ dig, files, flow, findings }) => {
      const converted = await convertDig(dig, files);
      expect(converted.findings).toEqual(findings ?? []);
      expect(converted.flow).toEqual(flow);
    });
  });
}

const ab = '  +a:\n    sh>: echo a\n  +b:\n    sh>: echo b\n';
/** The script of a step that a person has to write. */
function skeleton(what: string, remedy: string): string {
  return `# To be written by hand: ${what}\n# ${remedy}\necho 'not converted: ${what}' >&2\nexit 64\n`;
}

const monday = "${moment(session_time).format('E') == '1'}";

table('order', [
  {
    name: 'tasks run one after the other, a group in its place',
    dig: `+g:\n${ab}+c:\n  sh>: echo c\n`,
    flow: ['run', '  g', '    a: echo a', '    b: echo b', '  c: echo c'],
  },
  {
    name: '_parallel runs the children side by side',
    dig: `+p:\n  _parallel: true\n${ab}+c:\n  sh>: echo c\n`,
    flow: ['run', '  p', '    a: echo a | b: echo b', '  c: echo c'],
  },
  {
    name: '_parallel at the root',
    dig: '_parallel: true\n+a:\n  sh>: echo a\n+b:\n  sh>: echo b\n',
    flow: ['run', '  a: echo a | b: echo b'],
  },
  {
    name: 'a limit makes chunks with a barrier',
    dig: `+p:\n  _parallel: {limit: 2}\n${ab}  +c:\n    sh>: echo c\n  +d:\n    sh>: echo d\n  +e:\n    sh>: echo e\n`,
    flow: ['run', '  p', '    a: echo a | b: echo b', '    c: echo c | d: echo d', '    e: echo e'],
  },
  {
    name: 'a child without effect has its place in a chunk',
    dig: '+p:\n  _parallel: {limit: 2}\n  +none:\n    for_each>: {v: []}\n    _do:\n      sh>: echo ${v}\n  +b:\n    sh>: echo b\n  +c:\n    sh>: echo c\n',
    flow: ['run', '  p', '    b: echo b', '    c: echo c'],
  },
  {
    name: 'a limit beyond the children is one chunk',
    dig: `+p:\n  _parallel: {limit: 9}\n${ab}`,
    flow: ['run', '  p', '    a: echo a | b: echo b'],
  },
  {
    name: 'only direct children are parallel',
    dig: '+p:\n  _parallel: true\n  +x:\n    +a:\n      sh>: echo a\n    +b:\n      sh>: echo b\n  +c:\n    sh>: echo c\n',
    flow: ['run', '  p', '    x | c: echo c', '      a: echo a', '      b: echo b'],
  },
  {
    name: 'a group around one task is that task',
    dig: '+g:\n  +h:\n    +a:\n      sh>: echo a\n',
    flow: ['run', '  a: echo a'],
  },
  {
    name: 'equal names in one template get numbers',
    dig: '+g:\n  +a:\n    sh>: echo 1\n+h:\n  +a:\n    sh>: echo 2\n',
    flow: ['run', '  a: echo 1', '  a-2: echo 2'],
  },
  {
    name: 'a disabled task and an echo are nothing',
    dig: '+a:\n  sh>: echo a\n+b:\n  _disable: true\n  sh>: echo b\n+c:\n  echo>: hello\n',
    flow: ['run', '  a: echo a'],
  },
  {
    name: '_background starts with the group; what follows waits for it and for the one before',
    dig: '+a:\n  sh>: echo a\n+b:\n  _background: true\n  sh>: echo b\n+c:\n  sh>: echo c\n+d:\n  sh>: echo d\n',
    flow: ['run', '  a: echo a', '  b: echo b', '  c: echo c (after a && b)', '  d: echo d (after c)'],
  },
  {
    name: '_after waits for the siblings it names alone',
    dig: '+p:\n  _parallel: true\n  +a:\n    sh>: echo a\n  +b:\n    sh>: echo b\n  +c:\n    _after: [+a, +b]\n    sh>: echo c\n  +d:\n    _after: [+a]\n    sh>: echo d\n+e:\n  sh>: echo e\n',
    flow: [
      'run',
      '  p',
      '    a: echo a',
      '    b: echo b',
      '    c: echo c (after a && b)',
      '    d: echo d (after a)',
      '  e: echo e',
    ],
  },
  {
    name: 'a task without effect hands on what it waits for',
    dig: '+p:\n  _parallel: true\n  +a:\n    sh>: echo a\n  +b:\n    _after: [+a]\n    echo>: b\n  +c:\n    _after: [+b]\n    sh>: echo c\n',
    flow: ['run', '  p', '    a: echo a', '    c: echo c (after a)'],
  },
  {
    name: 'a name that begins with a digit, where `depends` names it',
    dig: '+p:\n  _parallel: true\n  +1a:\n    sh>: echo a\n  +2b:\n    _after: [+1a]\n    sh>: echo b\n',
    flow: ['run', '  p', '    t-1a: echo a', '    t-2b: echo b (after t-1a)'],
  },
  {
    name: 'require> of a workflow that is not there: a step that fails',
    dig: '+a:\n  sh>: echo a\n+r:\n  require>: other\n',
    flow: [
      'run',
      '  a: echo a',
      `  r-require: ${skeleton('require of +job+r', 'start the other workflow, or wait for its result')}`,
    ],
    findings: ['FLOW_REQUIRE_UNKNOWN digdag/prd/job.dig:3:1'],
  },
]);

table('_retry', [
  { name: 'on a task', dig: '+a:\n  _retry: 2\n  sh>: echo a\n', flow: ['run', '  a: echo a (retry 2)'] },
  {
    name: 'on a group, times that of a task',
    dig: '+g:\n  _retry: 3\n  +a:\n    _retry: 1\n    sh>: echo a\n  +b:\n    sh>: echo b\n',
    flow: ['run', '  g (retry 3)', '    a: echo a (retry 1)', '    b: echo b'],
  },
  {
    name: 'on a group around one task',
    dig: '+g:\n  _retry: 2\n  +a:\n    sh>: echo a\n',
    flow: ['run', '  g (retry 2)', '    a: echo a'],
  },
  { name: 'at the root', dig: '_retry: 1\n+a:\n  sh>: echo a\n', flow: ['run (retry 1)', '  a: echo a'] },
  {
    name: 'on a loop',
    dig: '+l:\n  _retry: 2\n  for_each>: {t: [u, v]}\n  _do:\n    sh>: echo ${t}\n',
    flow: ['run', '  l (retry 2)', '    l-u: echo {{inputs.parameters.t}}', '    l-v: echo {{inputs.parameters.t}}'],
  },
  {
    name: 'on a call',
    dig: '+c:\n  _retry: 2\n  call>: sub/x\n',
    files: { 'digdag/prd/sub/x.dig': '+s:\n  sh>: echo s\n' },
    flow: ['run', '  c (retry 2)', '    c: echo s'],
  },
  {
    name: 'at the root of a called file',
    dig: '+c:\n  call>: sub/x\n',
    files: { 'digdag/prd/sub/x.dig': '_retry: 1\n+s:\n  sh>: echo s\n' },
    flow: ['run', '  c (retry 1)', '    s: echo s'],
  },
  {
    name: 'on an if>',
    dig: `+c:\n  _retry: 2\n  if>: ${monday}\n  _do:\n    sh>: echo s\n`,
    flow: ['run (when)', '  c (retry 2)', '    c: echo s (when)'],
  },
  {
    name: 'of a parallel group is not repeated on the template around a child of several steps',
    dig: '+p:\n  _parallel: true\n  _retry: 2\n  +l:\n    for_each>: {t: [u, v]}\n    _do:\n      sh>: echo ${t}\n  +m:\n    sh>: echo m\n',
    flow: [
      'run',
      '  p (retry 2)',
      '    l | m: echo m',
      '      l-u: echo {{inputs.parameters.t}}',
      '      l-v: echo {{inputs.parameters.t}}',
    ],
  },
  {
    name: 'that is no number',
    dig: '+a:\n  _retry: ${n}\n  sh>: echo a\n',
    flow: ['run', '  a: echo a'],
    findings: ['GRAPH_NOT_STATIC digdag/prd/job.dig:2:11'],
  },
]);

test('fail> is not repeated, whatever its _retry says', async () => {
  const { templates, findings } = await convertDig('+f:\n  _retry: 3\n  fail>: stop\n');
  expect(findings).toEqual([]);
  expect(templates['f']).toEqual({
    script: { image: 'worker:1', command: ['/bin/sh'], source: "cat >&2 <<'END'\nstop\nEND\nexit 1" },
  });
});

test('retry with interval, growth and cap', async () => {
  const { templates } = await convertDig(
    '+a:\n  _retry: {limit: 3, interval: 10, interval_type: exponential, max_interval: 60}\n  sh>: echo a\n',
  );
  expect(templates['a']?.['retryStrategy']).toEqual({
    limit: 3,
    retryPolicy: 'Always',
    backoff: { duration: '10', factor: 2, cap: '60s' },
  });
});

table('_error and _check', [
  {
    name: '_error of a task is a hook on its step',
    dig: '+a:\n  sh>: echo a\n  _error:\n    sh>: echo bad\n',
    flow: ['run', '  a: echo a (hook a-error)'],
  },
  {
    name: '_error of a group',
    dig: `+g:\n${ab}  _error:\n    sh>: echo bad\n`,
    flow: ['run', '  g (hook g-error)', '    a: echo a', '    b: echo b'],
  },
  {
    name: '_error of a parallel loop sits on a step around the loop',
    dig: '+l:\n  for_each>: {t: [u, v]}\n  _parallel: true\n  _do:\n    sh>: echo ${t}\n  _error:\n    sh>: echo bad\n',
    flow: ['run', '  l (hook l-error)', '    l: echo {{inputs.parameters.t}} (items ["u","v"])'],
  },
  {
    name: '_error inside a parallel loop sits on a step inside the item',
    dig: '+l:\n  for_each>: {t: [u, v]}\n  _parallel: true\n  _do:\n    sh>: echo ${t}\n    _error:\n      sh>: echo bad ${t}\n',
    flow: ['run', '  l (items ["u","v"])', '    l: echo {{inputs.parameters.t}} (hook l-error)'],
  },
  {
    name: '_error of a serial loop',
    dig: '+l:\n  for_each>: {t: [u, v]}\n  _do:\n    sh>: echo ${t}\n  _error:\n    sh>: echo bad\n',
    flow: [
      'run',
      '  l (hook l-error)',
      '    l-u: echo {{inputs.parameters.t}}',
      '    l-v: echo {{inputs.parameters.t}}',
    ],
  },
  {
    name: 'an _error with a condition keeps it',
    dig: `+a:\n  sh>: echo a\n  _error:\n    if>: ${monday}\n    _do:\n      sh>: echo bad\n`,
    flow: ['run (when)', '  a: echo a (hook a-error-steps)'],
  },
  {
    name: '_check runs behind the task, and is repeated with it',
    dig: '+a:\n  _retry: 1\n  sh>: echo a\n  _check:\n    sh>: echo check\n',
    flow: ['run', '  a (retry 1)', '    a: echo a', '    a-check: echo check'],
  },
  {
    name: '_check of a task without effect',
    dig: '+a:\n  echo>: a\n  _check:\n    sh>: echo check\n+b:\n  sh>: echo b\n',
    flow: ['run', '  a', '    a-check: echo check', '  b: echo b'],
  },
  {
    name: 'retry, then check, then error',
    dig: '+c:\n  call>: sub/x\n  _retry: 2\n  _check:\n    sh>: echo check\n  _error:\n    sh>: echo bad\n',
    files: { 'digdag/prd/sub/x.dig': '+s:\n  sh>: echo s\n' },
    flow: ['run', '  c (retry 2, hook c-error)', '    c: echo s', '    c-check: echo check'],
  },
  {
    name: '_check of a group is ignored, as Digdag does',
    dig: `+g:\n${ab}  _check:\n    sh>: echo check\n`,
    flow: ['run', '  g', '    a: echo a', '    b: echo b'],
  },
]);

test('a hook fires for a failure and for an error, and tells the step by its quoted name', async () => {
  const { templates } = await convertDig(
    '+my-task:\n  sh>: echo a\n  _error:\n    sh>: echo ${task_name} ${session_date}\n',
  );
  expect(templates['tasks']).toEqual({
    inputs: { parameters: [{ name: 'session_date' }] },
    steps: [
      [
        {
          name: 'my-task',
          template: 'my-task',
          hooks: {
            exit: {
              expression: "steps['my-task'].status in ['Failed', 'Error']",
              template: 'my-task-error',
              arguments: { parameters: [{ name: 'date', value: '{{inputs.parameters.session_date}}' }] },
            },
          },
        },
      ],
    ],
  });
  expect(templates['my-task-error']?.['script']).toMatchObject({
    source: 'echo +job+my-task^error {{inputs.parameters.date}}',
  });
});

test('the message of an error is not known to Argo: a fixed text, and a note', async () => {
  const { templates, diagnostics } = await convertDig(
    '+a:\n  sh>: echo a\n  _error:\n    sh>: echo ${error.message}\n',
  );
  expect(templates['tasks']?.['steps']).toMatchObject([
    [{ hooks: { exit: { arguments: { parameters: [{ value: 'failed, see the log of the step' }] } } } }],
  ]);
  expect(diagnostics.filter((each) => each.code === 'FLOW_ERROR_MESSAGE').map((each) => each.severity)).toEqual([
    'info',
  ]);
});

table('if>', [
  {
    name: 'decided by the environment: the branch alone',
    dig: "_export: {env: prd}\n+x:\n  if>: ${env == 'prd'}\n  _do:\n    sh>: echo yes\n  _else_do:\n    sh>: echo no\n",
    flow: ['run', '  x: echo yes'],
  },
  {
    name: 'decided for the else branch',
    dig: "_export: {env: dev}\n+x:\n  if>: ${env == 'prd'}\n  _do:\n    sh>: echo yes\n  _else_do:\n    sh>: echo no\n",
    flow: ['run', '  x: echo no'],
  },
  {
    name: 'the empty text is false',
    dig: '_export: {flag: ""}\n+x:\n  if>: ${flag}\n  _do:\n    sh>: echo yes\n',
    flow: [],
    findings: ['FLOW_NOTHING_TO_RUN digdag/prd/job.dig:1:1'],
  },
  {
    name: 'by session: both branches, each with its when',
    dig: `+x:\n  if>: ${monday}\n  _do:\n    sh>: echo yes\n  _else_do:\n    sh>: echo no\n`,
    flow: ['run (when)', '  x: echo yes (when) | x-else: echo no (when)'],
  },
  {
    name: 'inside if>: both conditions hold',
    dig: `+x:\n  if>: \${session_date.slice(8) == '01'}\n  _do:\n    if>: ${monday}\n    _do:\n      sh>: echo both\n`,
    flow: ['run (when)', '  x (when)', '    x: echo both (when)'],
  },
  {
    name: 'beside another task',
    dig: `+p:\n  _parallel: true\n  +x:\n    if>: ${monday}\n    _do:\n      sh>: echo yes\n    _else_do:\n      sh>: echo no\n  +y:\n    sh>: echo y\n`,
    flow: ['run (when)', '  p', '    x | y: echo y', '      x: echo yes (when) | x-else: echo no (when)'],
  },
  {
    name: 'undecidable: a step that a person writes decides',
    dig: '+x:\n  if>: ${nope.x}\n  _do:\n    sh>: echo yes\n',
    flow: [
      'run',
      `  x-decision: ${skeleton('decision of +job+x', 'write {"decision": "true"} or {"decision": "false"} to the store file')}`,
      '  x: echo yes (when)',
    ],
    findings: ['FLOW_NOT_BOOLEAN digdag/prd/job.dig:1:1'],
  },
]);

test('the two branches have opposite conditions', async () => {
  const { templates } = await convertDig(
    `+x:\n  if>: ${monday}\n  _do:\n    sh>: echo yes\n  _else_do:\n    sh>: echo no\n`,
  );
  const steps = templates['tasks']?.['steps'] as { when: string }[][];
  const [yes, no] = (steps[0] ?? []).map((step) => step.when);
  expect(yes).toBe(
    "{{=string((int(date(inputs.parameters.session_date, '2006-01-02', 'UTC').Weekday()) + 6) % 7 + 1) == '1'}}",
  );
  expect(no).toBe(`{{=!(${yes?.slice(3, -2)})}}`);
});

const t = '{{inputs.parameters.t}}';

table('loops', [
  {
    name: 'one after the other: a step for each item',
    dig: '+l:\n  for_each>: {t: [u, v]}\n  _do:\n    sh>: echo ${t}\n',
    flow: ['run', `  l-u: echo ${t}`, `  l-v: echo ${t}`],
  },
  {
    name: 'side by side: one step with items',
    dig: '+l:\n  for_each>: {t: [u, v]}\n  _parallel: true\n  _do:\n    sh>: echo ${t}\n',
    flow: ['run', `  l: echo ${t} (items ["u","v"])`],
  },
  {
    name: 'two lists: items are maps, the last key fastest',
    dig: '+l:\n  for_each>: {t: [u, v], n: [1, 2]}\n  _parallel: true\n  _do:\n    sh>: echo ${t} ${n}\n',
    flow: [
      'run',
      `  l: echo ${t} {{inputs.parameters.n}} (items [{"t":"u","n":"1"},{"t":"u","n":"2"},{"t":"v","n":"1"},{"t":"v","n":"2"}])`,
    ],
  },
  {
    name: 'quotes and line ends in the values of one list arrive as they are',
    dig: `+l:\n  for_each>: {t: ['a"b', "c\\nd"]}\n  _parallel: true\n  _do:\n    sh>: echo \${t}\n`,
    flow: ['run', `  l: echo ${t} (items ["a\\"b","c\\nd"])`],
  },
  {
    name: 'quotes in the values of two lists: a step for each item, side by side',
    dig: `+l:\n  for_each>: {t: ['a"b', v], n: [1]}\n  _parallel: true\n  _do:\n    sh>: echo \${t} \${n}\n`,
    flow: ['run', `  l-0: echo ${t} {{inputs.parameters.n}} | l-v-1: echo ${t} {{inputs.parameters.n}}`],
  },
  {
    name: 'with a limit: chunks',
    dig: '+l:\n  for_each>: {t: [a, b, c]}\n  _parallel: {limit: 2}\n  _do:\n    sh>: echo ${t}\n',
    flow: ['run', `  l-a: echo ${t} | l-b: echo ${t}`, `  l-c: echo ${t}`],
  },
  {
    name: 'loop> N',
    dig: '+l:\n  loop>: 2\n  _do:\n    sh>: echo ${i}\n',
    flow: ['run', '  l-0: echo {{inputs.parameters.i}}', '  l-1: echo {{inputs.parameters.i}}'],
  },
  {
    name: 'loop> 0 and an empty list are nothing',
    dig: '+l:\n  loop>: 0\n  _do:\n    sh>: echo ${i}\n+m:\n  for_each>: {t: []}\n  _parallel: true\n  _do:\n    sh>: echo ${t}\n+a:\n  sh>: echo a\n',
    flow: ['run', '  a: echo a'],
  },
  {
    name: 'for_range> in slices, the last cut at the end',
    dig: '+l:\n  for_range>: {from: 0, to: 10, slices: 3}\n  _parallel: true\n  _do:\n    sh>: echo ${range.from} ${range.to}\n',
    flow: [
      'run',
      '  l: echo {{inputs.parameters.range_from}} {{inputs.parameters.range_to}} (items [{"range_from":"0","range_to":"4","range_index":"0"},{"range_from":"4","range_to":"8","range_index":"1"},{"range_from":"8","range_to":"10","range_index":"2"}])',
    ],
  },
  {
    name: 'a list as JSON text',
    dig: `_export:\n  list: '["a","b"]'\n+l:\n  for_each>: {t: "\${list}"}\n  _do:\n    sh>: echo \${t}\n`,
    flow: ['run', `  l-a: echo ${t}`, `  l-b: echo ${t}`],
  },
  {
    name: 'a sum with the counter is computed for each item',
    dig: '+l:\n  loop>: 2\n  _do:\n    sh>: echo ${i + 1}\n',
    flow: ['run', '  l', '    l-0: echo 1', '    l-1: echo 2'],
  },
  {
    name: 'a sum in an export from outside, too',
    dig: '_export: {w: "${typeof i == \'undefined\' ? 0 : i + 1}"}\n+l:\n  loop>: 2\n  _do:\n    sh>: echo ${w}\n',
    flow: ['run', '  l', '    l-0: echo 1', '    l-1: echo 2'],
  },
  {
    name: 'joined texts stay with the open item',
    dig: "+l:\n  for_each>: {t: [a, b]}\n  _do:\n    sh>: echo ${t + '_x'}\n",
    flow: ['run', `  l-a: echo ${t}_x`, `  l-b: echo ${t}_x`],
  },
  {
    name: 'arithmetic with the fields of a range',
    dig: '+l:\n  for_range>: {from: 0, to: 4, step: 2}\n  _do:\n    sh>: echo ${range.from + 1} ${range.to}\n',
    flow: ['run', '  l', '    l-0-2-0: echo 1 2', '    l-2-4-1: echo 3 4'],
  },
  {
    name: 'an if> by item is decided for each item',
    dig: "+l:\n  for_each>: {t: [u, v]}\n  _do:\n    +x:\n      if>: ${t == 'u'}\n      _do:\n        sh>: echo ${t}\n",
    flow: ['run', '  x: echo u'],
  },
  {
    name: 'a loop directly in a loop',
    dig: '+l:\n  for_each>: {t: [u, v]}\n  _do:\n    for_each>: {w: [1, 2]}\n    _do:\n      sh>: echo ${t} ${w}\n',
    flow: [
      'run',
      '  l-u',
      ...['1', '2'].map((w) => `    l-${w}: echo ${t} {{inputs.parameters.w}}`),
      '  l-v',
      ...['1', '2'].map((w) => `    l-${w}: echo ${t} {{inputs.parameters.w}}`),
    ],
  },
  {
    name: 'an if> with two branches in a loop',
    dig: `+l:\n  for_each>: {t: [u, v]}\n  _do:\n    if>: ${monday}\n    _do:\n      sh>: echo \${t}\n    _else_do:\n      sh>: echo no \${t}\n`,
    flow: [
      'run (when)',
      ...['u', 'v'].flatMap((v) => [`  l-${v}`, `    l: echo ${t} (when) | l-else: echo no ${t} (when)`]),
    ],
  },
  {
    name: 'a list that nothing gives: a step that a person writes stores it',
    dig: '+l:\n  for_each>: {t: "${nope}"}\n  _parallel: true\n  _do:\n    sh>: echo ${t}\n',
    flow: [
      'run',
      `  l-t: ${skeleton('t of +job+l', 'write {"t": […]} to the store file')}`,
      `  l: echo ${t} (list {{=fromJSON(steps['l-t'].outputs.parameters.store).t}})`,
    ],
    findings: ['FLOW_DYNAMIC_LOOP digdag/prd/job.dig:1:1'],
  },
  {
    name: 'a loop without _do',
    dig: '+l:\n  loop>: 2\n+a:\n  sh>: echo a\n',
    flow: ['run', '  a: echo a'],
    findings: ['GRAPH_BAD_LOOP digdag/prd/job.dig:1:1'],
  },
]);

test('items arrive as Digdag writes them: numbers, booleans, JSON for maps, fields of maps', async () => {
  const whole = await convertDig('+l:\n  for_each>: {t: [1, 2.50, true, {a: 1}]}\n  _do:\n    sh>: echo ${t}\n');
  expect(argumentsOf(whole.templates)).toEqual([{ t: '1' }, { t: '2.5' }, { t: 'true' }, { t: '{"a":1}' }]);
  const field = await convertDig(
    '+l:\n  for_each>: {t: [{a: x}, {a: z}]}\n  _parallel: true\n  _do:\n    sh>: echo ${t.a}\n',
  );
  expect(argumentsOf(field.templates)).toEqual([{ t_a: 'x' }, { t_a: 'z' }]);
  expect([...whole.findings, ...field.findings]).toEqual([]);
});

test('the variable of an outer loop is handed down, the inner one read from the item', async () => {
  const { templates } = await convertDig(
    '+l:\n  for_each>: {a: [x, y]}\n  _parallel: true\n  _do:\n    +m:\n      for_each>: {b: [p, q]}\n      _parallel: true\n      _do:\n        sh>: echo ${a} ${b}\n',
  );
  expect(templates['tasks']?.['steps']).toEqual([
    [
      {
        name: 'l',
        template: 'l-item',
        arguments: { parameters: [{ name: 'a', value: '{{item}}' }] },
        withItems: ['x', 'y'],
      },
    ],
  ]);
  expect(templates['l-item']).toEqual({
    inputs: { parameters: [{ name: 'a' }] },
    steps: [
      [
        {
          name: 'l',
          template: 'm',
          arguments: {
            parameters: [
              { name: 'a', value: '{{inputs.parameters.a}}' },
              { name: 'b', value: '{{item}}' },
            ],
          },
          withItems: ['p', 'q'],
        },
      ],
    ],
  });
});

function argumentsOf(templates: Awaited<ReturnType<typeof convertDig>>['templates']): Record<string, string>[] {
  const steps = (
    (templates['tasks']?.['steps'] ?? []) as { arguments: { parameters: { name: string; value: string }[] } }[][]
  ).flat();
  return steps.map((step) => Object.fromEntries(step.arguments.parameters.map(({ name, value }) => [name, value])));
}
