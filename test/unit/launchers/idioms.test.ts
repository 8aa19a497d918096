import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition } from '../../../src/core/source.ts';
import { taskId } from '../../../src/ir/graph.ts';
import { entryOf } from '../../../src/ir/read-value.ts';
import {
  exported,
  mixed,
  onlyJob,
  readStep,
  runtime,
  type StepProject,
  type StepReading,
  toPlain,
  toValue,
} from './project.ts';

const session = (name: string) =>
  runtime(
    {
      kind: 'session',
      ast: {
        kind: 'format',
        at: { kind: 'session', which: 'this' },
        pattern: [{ kind: 'token', token: 'YYYY-MM-DD' }],
      },
    },
    name,
  );
const url = 'https://example.test/build/{env}/{job}.yaml';
const job = (args: string, name = 'a'): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: ${name}\nspec:\n  activeDeadlineSeconds: __LIMIT__\n  template:\n    spec:\n      containers:\n        - name: main\n          args: [${args}]\n`;
const run =
  'set -eu\nSUFFIX=$(date +%s)\ncurl -sf "https://example.test/build/$2/$1.yaml" -o j.yaml\nsed -i "s/__SUFFIX__/$SUFFIX/g; s/__DATE__/$3/g; s/__LIMIT__/60/" j.yaml\ngcloud container clusters get-credentials "$2-batch"\nkubectl -n batch apply -f j.yaml\nkubectl -n batch wait --for=condition=complete --timeout=60s job/$1\n';

const script = (body: string, project: Partial<StepProject> = {}): StepReading =>
  readStep({
    command: './run.sh',
    config: { clusters: { prd: 'c' } },
    ...project,
    files: { 'digdag/run.sh': body, ...project.files },
  });

/** Findings with position and text, in order. */
function kinds(reading: StepReading): readonly string[] | undefined {
  return reading.result?.effects.map(({ kind }) => kind);
}

function findings(reading: StepReading, ...codes: readonly string[]): readonly string[] {
  return reading.diagnostics
    .sorted()
    .flatMap((found) =>
      codes.includes(found.code)
        ? [`${found.code} ${found.span === undefined ? '' : formatPosition(found.span)} ${messageOf(found)}`]
        : [],
    );
}

test('a script that gives kubectl other objects alone stays a command, with its text', () => {
  const { result } = script('kubectl apply -f settings.yaml\necho applied\n', {
    files: { 'digdag/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n' },
  });
  expect(result?.effects).toMatchObject([{ kind: 'command', shell: ['/bin/sh'] }]);
  expect(result?.effects.map((effect) => (effect.kind === 'command' ? toPlain(effect.source) : ''))).toEqual([
    'kubectl apply -f settings.yaml\necho applied\n',
  ]);
});

describe('a script that fetches, replaces and applies', () => {
  const reading = readStep({
    command: mixed('./run.sh a ', exported('env', 'prd'), ' ', session('session_date')),
    files: { 'digdag/run.sh': run },
    manifests: { [url]: job('"--date=__DATE__"', 'a-__SUFFIX__') },
  });

  test('macros become parts of the values, numbers become numbers', () => {
    const { manifest } = onlyJob(reading);
    expect(entryOf(manifest, 'spec', 'template', 'spec', 'containers', 0, 'args', 0)).toMatchObject({
      parts: [
        { kind: 'literal', text: '--date=' },
        { kind: 'runtime', name: 'DATE', expr: { kind: 'session' } },
      ],
    });
    expect(entryOf(manifest, 'metadata', 'name')).toMatchObject({
      parts: [{ text: 'a-' }, { kind: 'runtime', expr: { kind: 'unique', source: 'date +%s' } }],
    });
    expect(entryOf(manifest, 'spec', 'activeDeadlineSeconds')).toMatchObject({ kind: 'scalar', value: 60 });
  });

  test('cluster and namespace come from the script, the cluster with the export in it', () => {
    const { cluster, namespace } = onlyJob(reading);
    expect(cluster).toMatchObject({
      parts: [
        { kind: 'variable', variable: 'env', text: 'prd' },
        { kind: 'literal', text: '-batch' },
      ],
    });
    expect(toPlain(namespace)).toBe('batch');
  });

  test('the record names rule, script and manifest, and what became of each deed', () => {
    expect(reading.result?.launch).toMatchObject({
      rule: 'launcher-kubectl-script',
      script: 'digdag/run.sh',
      manifest: 'rendered/0.yaml',
    });
    expect(reading.result?.launch?.deeds.map((deed) => [deed.what, deed.fate.kind, deed.span.start.line])).toEqual([
      ['fetches https://example.test/build/prd/a.yaml', 'unnecessary', 3],
      ['connects to the cluster prd-batch', 'kept', 5],
      ['waits for completion, at most 60 s', 'lost', 7],
    ]);
  });

  test('every simple command of the script is accounted for once, at its place', () => {
    const commands = reading.result?.commands ?? [];
    expect(commands.map(({ unit, fate }) => [unit.span.start.line, unit.label.slice(0, 12), fate.kind]).sort()).toEqual(
      [
        [1, 'set -eu', 'dropped'],
        [2, 'SUFFIX=$(dat', 'consumed'],
        [2, 'date +%s', 'consumed'],
        [3, 'curl -sf "ht', 'consumed'],
        [4, 'sed -i "s/__', 'consumed'],
        [5, 'gcloud conta', 'consumed'],
        [6, 'kubectl -n b', 'consumed'],
        [7, 'kubectl -n b', 'consumed'],
      ],
    );
  });

  test('nothing but the late sight of a failure is reported', () =>
    expect(reading.codes).toEqual(['LAUNCHER_FAILURE_SEEN_LATE']));
});

describe('envsubst', () => {
  const read = (export_: string, args: string) =>
    script(
      `${export_}\nenvsubst < t.yaml | kubectl -n n apply -f -\nkubectl wait --for=condition=complete --timeout=1m job/a`,
      {
        files: { 'digdag/t.yaml': `# values: $COMMENT\napiVersion: batch/v1\nkind: Job\nargs: [${args}]\n` },
        scope: { env: mixed(exported('env', 'prd')) },
      },
    );
  const argsOf = (reading: StepReading): unknown =>
    toPlain(entryOf(onlyJob(reading).manifest, 'args') ?? toValue(null));

  test('exports of the script, parameters of Digdag, and nothing else', () => {
    const reading = read('export DATE=1\nLOCAL=2', '"$DATE ${env} $LOCAL."');
    expect(argsOf(reading)).toEqual(['1 prd .']);
    expect(findings(reading, 'LAUNCHER_MACRO_UNDEFINED')).toEqual([
      'LAUNCHER_MACRO_UNDEFINED digdag/run.sh:3:1 nothing sets $LOCAL: envsubst replaces it by an empty text (envsubst < t.yaml)',
    ]);
  });

  test('substitutions of the container itself stay', () =>
    expect(argsOf(read('export DATE=1', '"$(date +%F) $DATE"'))).toEqual(['$(date +%F) 1']));

  test('only the names it is told', () => {
    const reading = script("export A=1 B=2\nenvsubst '$A' < t.yaml > o.yaml\nkubectl apply -f o.yaml", {
      files: { 'digdag/t.yaml': 'apiVersion: batch/v1\nkind: Job\nargs: ["$A $B $AB"]\n' },
    });
    expect(argsOf(reading)).toEqual(['1 $B $AB']);
  });
});

describe('here-document', () => {
  test('types follow the text that stands there in the end', () => {
    const reading = script(
      'n=5\nm=1Gi\nkubectl apply -f - <<X\napiVersion: batch/v1\nkind: Job\na: $n\nb: "$n"\nc: $m\nd: x$n\ne: yes\nX\n',
    );
    const { manifest } = onlyJob(reading);
    expect(toPlain(manifest)).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      a: 5,
      b: '5',
      c: '1Gi',
      d: 'x5',
      e: true,
    });
  });

  test('broken YAML is reported where it is applied', () => {
    expect(findings(script('kubectl apply -f - <<X\nkind: Job\n a: [\nX\n'), 'LAUNCHER_MANIFEST_INVALID')[0]).toMatch(
      /^LAUNCHER_MANIFEST_INVALID digdag\/run\.sh:1:1 the manifest in the script is no valid YAML: /,
    );
  });
});

describe('what a person must know', () => {
  const apply = 'kubectl apply -f j.yaml\nkubectl wait --for=condition=complete --timeout=1m job/a';
  const manifest = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a, namespace: other}\nargs: ["__LEFT__"]\n';
  const cases: readonly (readonly [string, StepReading, string, readonly string[]])[] = [
    [
      'nothing makes the manifest',
      script(`curl -s https://x.test/a.yaml -o j.yaml\n${apply}`),
      'LAUNCHER_MANIFEST_UNKNOWN',
      ['LAUNCHER_MANIFEST_UNKNOWN digdag/run.sh:2:1 nothing says what makes the manifest https://x.test/a.yaml'],
    ],
    [
      'a file that is not there',
      script(apply),
      'LAUNCHER_MANIFEST_UNKNOWN',
      ['LAUNCHER_MANIFEST_UNKNOWN digdag/run.sh:1:1 nothing says what makes the manifest digdag/j.yaml'],
    ],
    [
      'the template is missing',
      script('curl -s https://x.test/a.yaml | kubectl apply -f -', {
        config: { manifests: [{ from: 'https://x.test/{job}.yaml', template: 't/{job}.j2' }] },
      }),
      'LAUNCHER_MANIFEST_MISSING',
      [
        'LAUNCHER_MANIFEST_MISSING digdag/run.sh:1:1 the manifest t/a.j2 is missing; the launcher names it https://x.test/a.yaml',
      ],
    ],
    [
      'a macro is left over',
      script(apply, { files: { 'digdag/j.yaml': manifest } }),
      'LAUNCHER_MACRO_LEFT',
      [
        'LAUNCHER_MACRO_LEFT digdag/j.yaml:4:8 __LEFT__ is replaced by nobody and reaches the container as it is (args[0])',
      ],
    ],
    [
      'two namespaces',
      script('kubectl -n batch apply -f j.yaml', { files: { 'digdag/j.yaml': manifest } }),
      'LAUNCHER_NAMESPACE_CONFLICT',
      [
        'LAUNCHER_NAMESPACE_CONFLICT digdag/run.sh:1:1 the launcher applies to namespace batch, the manifest says other; kubectl refuses that',
      ],
    ],
    [
      'a unique text outside the name',
      script('D=$(date +%s)\nsed "s/__LEFT__/$D/" j.yaml | kubectl apply -f -', {
        files: { 'digdag/j.yaml': manifest },
      }),
      'LAUNCHER_CLOCK',
      ["LAUNCHER_CLOCK digdag/run.sh:1:5 the launcher asks the worker's clock: date +%s"],
    ],
    [
      'a variable nobody sets',
      script('sed "s/__LEFT__/$WHO/" j.yaml | kubectl apply -f -', { files: { 'digdag/j.yaml': manifest } }),
      'WORKER_ENV_UNKNOWN',
      [
        'WORKER_ENV_UNKNOWN digdag/run.sh:1:17 WHO is read from the environment, but nothing in the tree or the configuration sets it',
      ],
    ],
    [
      'a variable that does not matter',
      script(`curl -H "T: $TOKEN" -s ${url.replace('{env}', 'prd').replace('{job}', 'a')} | kubectl apply -f -`, {
        manifests: { [url]: manifest },
      }),
      'LAUNCHER_ENV_UNDESCRIBED',
      [
        'LAUNCHER_ENV_UNDESCRIBED digdag/run.sh:1:13 the launcher reads TOKEN, which nothing in the tree sets; the workflow does not need it',
      ],
    ],
    [
      'another command',
      script(`bq query "x"\n${apply}`, { files: { 'digdag/j.yaml': manifest } }),
      'LAUNCHER_COMMAND_LOST',
      ['LAUNCHER_COMMAND_LOST digdag/run.sh:1:1 the launcher also runs `bq query x`; the workflow does not'],
    ],
    [
      'a condition of the day',
      script(`if [ "$(date +%u)" = 1 ]; then\n${apply}\nfi`, { files: { 'digdag/j.yaml': manifest } }),
      'LAUNCHER_CONDITIONAL',
      [
        'LAUNCHER_CONDITIONAL digdag/run.sh:2:1 whether the Job is started depends on [ "$(date +%u)" = 1 ], which is known only at run time',
      ],
    ],
    [
      'a way out before the start',
      script(`if [ "$(date +%u)" = 1 ]; then exit 0; fi\n${apply}`, { files: { 'digdag/j.yaml': manifest } }),
      'LAUNCHER_CONDITIONAL',
      [
        'LAUNCHER_CONDITIONAL digdag/run.sh:2:1 whether the Job is started depends on [ "$(date +%u)" = 1 ], which is known only at run time',
      ],
    ],
    [
      'an object beside the Job',
      script(apply, { files: { 'digdag/j.yaml': `${manifest}---\nkind: Service\nmetadata: {name: c}\n` } }),
      'LAUNCHER_OBJECT_BESIDE',
      ['LAUNCHER_OBJECT_BESIDE digdag/run.sh:1:1 the launcher applies Service c beside the Job; the workflow does not'],
    ],
    [
      'no Job at all',
      script(apply, { files: { 'digdag/j.yaml': 'kind: Pod\nmetadata: {name: p}\n' } }),
      'LAUNCHER_STAYS_COMMAND',
      [
        'LAUNCHER_STAYS_COMMAND digdag/job.dig:1:5 the step gives Pod p to kubectl and starts no Job; it stays a command',
      ],
    ],
    [
      'no Job in one of two manifests',
      script(`kubectl apply -f p.yaml\n${apply}`, {
        files: { 'digdag/p.yaml': 'kind: Pod\nmetadata: {name: p}\n', 'digdag/j.yaml': manifest },
      }),
      'LAUNCHER_NOT_A_JOB',
      ['LAUNCHER_NOT_A_JOB digdag/run.sh:1:1 the launcher starts Pod p, which is no Job; it is not converted'],
    ],
    [
      'an empty manifest',
      script(apply, { files: { 'digdag/j.yaml': '# nothing\n' } }),
      'LAUNCHER_MANIFEST_EMPTY',
      ['LAUNCHER_MANIFEST_EMPTY digdag/run.sh:1:1 digdag/j.yaml holds no Job'],
    ],
    [
      'a renderer at run time',
      script('helm template . | kubectl apply -f -', { files: { 'digdag/j.yaml': manifest } }),
      'LAUNCHER_NOT_UNDERSTOOD',
      ['LAUNCHER_NOT_UNDERSTOOD digdag/run.sh:1:1 the launcher cannot be read: helm renders the manifest at run time'],
    ],
    [
      'a sed command that breaks',
      script('sed "s/__LEFT__/$D/" j.yaml | kubectl apply -f -', {
        scope: { D: mixed(exported('D', 'a/b')) },
        files: { 'digdag/j.yaml': manifest },
      }),
      'LAUNCHER_MACRO_BREAKS',
      ['LAUNCHER_MACRO_BREAKS digdag/run.sh:1:1 the value of LEFT holds "/", which ends or changes the sed command'],
    ],
    [
      'the cluster is guessed',
      script(apply, { files: { 'digdag/j.yaml': manifest } }),
      'LAUNCHER_CLUSTER_GUESSED',
      [
        'LAUNCHER_CLUSTER_GUESSED digdag/run.sh:1:1 the launcher does not say which cluster it starts the Job in; taken as c from the configuration',
      ],
    ],
    [
      'the cluster is unknown',
      script(apply, { files: { 'digdag/j.yaml': manifest }, config: {} }),
      'LAUNCHER_CLUSTER_UNKNOWN',
      [
        'LAUNCHER_CLUSTER_UNKNOWN digdag/run.sh:1:1 which cluster the Job runs in is known neither from the launcher nor from the configuration for prd',
      ],
    ],
  ];
  test.each(cases)('%s', (_, reading, code, want) => expect(findings(reading, code)).toEqual(want));
});

describe('what depends on a condition at run time is never taken for certain', () => {
  const files = { 'digdag/j.yaml': 'apiVersion: batch/v1\nkind: Job\nargs: ["__A__"]\n' };
  const monday = '[ "$(date +%u)" = 1 ]';

  test('an edit of the manifest', () => {
    const reading = script(
      `cp j.yaml k.yaml\nif ${monday}; then sed -i s/__A__/x/ k.yaml; fi\nkubectl apply -f k.yaml`,
      { files },
    );
    expect(kinds(reading)).toEqual(['manual']);
    expect(findings(reading, 'LAUNCHER_NOT_UNDERSTOOD')).toEqual([
      'LAUNCHER_NOT_UNDERSTOOD digdag/run.sh:3:1 the launcher cannot be read: the manifest is a file that depends on [ "$(date +%u)" = 1 ]',
    ]);
  });

  test('a value in it', () => {
    const reading = script(`A=1\nif ${monday}; then A=2; fi\nsed s/__A__/$A/ j.yaml | kubectl apply -f -`, { files });
    expect(findings(reading, 'LAUNCHER_NOT_UNDERSTOOD')).toEqual([
      'LAUNCHER_NOT_UNDERSTOOD digdag/run.sh:2:34 the launcher cannot be read: $A reaches the manifest ([ "$(date +%u)" = 1 ])',
    ]);
  });

  test('the cluster', () => {
    const reading = script(
      `if ${monday}; then gcloud container clusters get-credentials a; else gcloud container clusters get-credentials b; fi\nkubectl apply -f j.yaml`,
      { files },
    );
    expect(findings(reading, 'LAUNCHER_NOT_UNDERSTOOD')).toEqual([
      'LAUNCHER_NOT_UNDERSTOOD digdag/run.sh:2:1 the launcher cannot be read: the cluster is known only at run time',
    ]);
  });

  test('a launcher that starts nothing with these arguments', () => {
    const reading = script('case $1 in a) kubectl apply -f j.yaml;; *) exit 2;; esac', {
      files,
      command: './run.sh b',
    });
    expect(findings(reading, 'LAUNCHER_STARTS_NOTHING')).toEqual([
      'LAUNCHER_STARTS_NOTHING digdag/job.dig:1:5 with the arguments of this step the launcher starts no Job',
    ]);
  });
});

describe('a loop that chooses the manifest', () => {
  const item = (loop: string) => runtime({ kind: 'item', loop: taskId(loop), key: 'table' });
  test('is named, and nothing is started', () => {
    const reading = readStep({
      command: mixed('./run.sh export-', item('+job+each'), ' prd 1'),
      files: { 'digdag/run.sh': run },
      manifests: { [url]: job('"x"') },
    });
    expect(reading.result).toMatchObject({ effects: [], unroll: ['+job+each'] });
    expect(findings(reading, 'LAUNCHER_MANIFEST_PER_ITEM')).toEqual([
      'LAUNCHER_MANIFEST_PER_ITEM digdag/job.dig:1:5 which manifest is started differs per loop item: https://example.test/build/prd/export-${table}.yaml',
    ]);
  });

  test('an item that is only a value inside the manifest is none', () => {
    const reading = readStep({
      command: mixed('./run.sh a prd ', item('+job+each')),
      files: { 'digdag/run.sh': run },
      manifests: { [url]: job('"__DATE__"') },
    });
    expect(reading.result?.unroll).toEqual([]);
    expect(toPlain(onlyJob(reading).manifest)).toMatchObject({
      spec: { template: { spec: { containers: [{ args: ['${table}'] }] } } },
    });
  });

  test('a case over the item is one too', () => {
    const reading = readStep({
      command: mixed('./run.sh ', item('+job+each')),
      files: { 'digdag/run.sh': 'case $1 in a) f=a;; *) f=b;; esac\nkubectl apply -f $f.yaml' },
    });
    expect(reading.result?.unroll).toEqual(['+job+each']);
  });
});

describe('kube-job', () => {
  const manifests = {
    'https://x.test/{env}/{job}.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a, namespace: batch}\nspec: {template: {spec: {containers: [{name: main, args: [x]}, {name: side}]}}}\n',
  };
  const line = (flags: string): StepReading =>
    readStep({
      command: `kube-job run --config=/etc/k/batch-prd --template-file=https://x.test/prd/a.yaml ${flags}`,
      manifests,
    });

  test('arguments go to the named container, the name gets a suffix', () => {
    const { manifest, wait } = onlyJob(line('--container=main --args="run \'--at=1 2\' y" --image=i:2 -t 0'));
    expect(toPlain(manifest)).toMatchObject({
      metadata: { name: 'a-suffix of kube-job' },
      spec: {
        template: {
          spec: { containers: [{ name: 'main', image: 'i:2', args: ['run', '--at=1 2', 'y'] }, { name: 'side' }] },
        },
      },
    });
    expect(wait).toEqual({ seesFailure: 'at-once' });
  });

  test('several containers and none named', () => {
    expect(findings(line('--args=x'), 'LAUNCHER_NOT_UNDERSTOOD')).toEqual([
      'LAUNCHER_NOT_UNDERSTOOD digdag/job.dig:1:5 the launcher cannot be read: the manifest has several containers and none is named',
    ]);
  });

  test('a flag the rule does not know', () => {
    expect(findings(line('--container=main --dry-run'), 'LAUNCHER_FLAG_UNKNOWN')).toEqual([
      'LAUNCHER_FLAG_UNKNOWN digdag/job.dig:1:5 kube-job is given --dry-run, which the rule does not know',
    ]);
  });

  test('its namespace flag is written into the Job', () => {
    const { manifest, namespace } = onlyJob(line('--container=main --namespace=reporting'));
    expect([toPlain(namespace), toPlain(entryOf(manifest, 'metadata', 'namespace') ?? toValue(null))]).toEqual([
      'reporting',
      'reporting',
    ]);
  });

  test('inside a script of the project', () => {
    const reading = readStep({
      command: './k.sh a',
      manifests,
      files: {
        'digdag/k.sh': 'kube-job run --config=/k/c --template-file="https://x.test/prd/$1.yaml" --container=main',
      },
    });
    expect(reading.result?.launch?.rule).toBe('launcher-kube-job');
    expect(toPlain(onlyJob(reading).cluster)).toBe('c');
  });
});

describe('an operator plug-in', () => {
  test('macros of Digdag in its file; several Jobs are several effects', () => {
    const file = (name: string): string =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nargs: ["\${env} \${session_time}"]\n`;
    const reading = readStep({
      operator: 'k8s_job',
      command: 'k8s/two.yaml',
      options: { cluster: 'c', timeout: toValue(60) },
      scope: { env: mixed(exported('env', 'prd')) },
      files: { 'digdag/k8s/two.yaml': `${file('a')}---\n${file('b')}` },
    });
    expect(reading.result?.effects.map((effect) => effect.kind === 'job' && toPlain(effect.manifest))).toMatchObject([
      { metadata: { name: 'a' }, args: ['prd ${session_time}'] },
      { metadata: { name: 'b' } },
    ]);
    expect(reading.result?.launch).toMatchObject({
      rule: 'launcher-k8s-job-operator',
      manifest: 'digdag/k8s/two.yaml',
    });
  });

  test('its file is missing', () => {
    const reading = readStep({ operator: 'k8s_job', command: 'k8s/none.yaml' });
    expect(findings(reading, 'LAUNCHER_MANIFEST_UNKNOWN')).toEqual([
      'LAUNCHER_MANIFEST_UNKNOWN digdag/job.dig:1:5 nothing says what makes the manifest digdag/k8s/none.yaml',
    ]);
  });
});

test('two rules that take one step are an error that names both', () => {
  const reading = readStep({
    operator: 'k8s_job',
    command: toValue({ apiVersion: 'batch/v1', kind: 'Job' }),
    scope: {},
  });
  expect(reading.codes).toEqual(['LAUNCHER_CLUSTER_UNKNOWN']);
  const both = readStep({
    command: './run.sh',
    files: { 'digdag/run.sh': 'kube-job run --config=c --template-file=a.yaml\nkubectl apply -f a.yaml' },
  });
  expect(kinds(both)).toEqual(['manual']);
  expect(findings(both, 'RULE_SEVERAL')).toEqual([
    'RULE_SEVERAL digdag/job.dig:1:5 sh> of +job+step is matched by 2 rules: launcher-kube-job, launcher-kubectl-script',
  ]);
});

test('an operator that nothing knows, and one that a person converts', () => {
  expect(findings(readStep({ operator: 'magic', command: 'x' }), 'OPERATOR_UNKNOWN')).toEqual([
    'OPERATOR_UNKNOWN digdag/job.dig:1:5 no rule takes magic> of +job+step',
  ]);
  expect(findings(readStep({ operator: 'td', command: 'q.sql' }), 'OPERATOR_MANUAL')).toEqual([
    'OPERATOR_MANUAL digdag/job.dig:1:5 td> is not converted',
  ]);
});
