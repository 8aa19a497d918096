import { describe, expect, it } from 'vitest';
import { launch } from '../../../src/verify/legacy/shell/launch.ts';
import { mailOf } from '../../../src/verify/legacy/shell/mail.ts';
import { runScript } from '../../../src/verify/legacy/shell/run-script.ts';
import type { ShellRun, World } from '../../../src/verify/legacy/shell/world.ts';
import { scripts } from './scripts.ts';

const job = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: j-__S__\nspec: {}\n';

function world(over: Partial<World> = {}): World {
  return {
    now: 1_700_000_000,
    download: (url) => (url === 'https://example/job.yaml' ? job : undefined),
    file: (path) => files[path],
    outcome: () => 'complete',
    ...over,
  };
}

const files: Readonly<Record<string, string>> = {
  'lib/common.sh': 'greet() { show "hello $1"; }\n',
  'lib/args.sh': '#!/bin/bash\nset -eu\nshow "$0" "$#" "$2"\nexit 7\n',
  'lib/words.txt': 'a 1\nb 2\n',
};

function run(script: string, over: Partial<World> = {}): ShellRun {
  const environment = new Map([
    ['env', 'prd'],
    ['EMPTY', ''],
    ['OPTIND', '1'],
  ]);
  return runScript({ script, environment, folder: 'digdag/prd' }, world(over));
}

function calls(result: ShellRun): readonly (readonly string[])[] {
  if (result.kind !== 'ran') throw new Error(`not interpretable: ${result.construct}`);
  return result.events.flatMap((event) => (event.kind === 'call' ? [event.words.slice(1)] : []));
}

describe('scripts do what bash does', () => {
  it.each(scripts)('$name', ({ script, want, exit }) => {
    const result = run(script);
    expect(calls(result)).toEqual(want);
    expect(result.kind === 'ran' ? result.exitCode : undefined).toBe(exit ?? 0);
  });
});

describe('mails', () => {
  const send = (head: string): string =>
    `{ printf '${head}\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n'; printf 'a\\nb' | base64 | awk '{ printf "%s\\r\\n", $0 }'; } > /tmp/m
curl -sS --url smtps://mail.example.test --mail-from a@example.test --mail-rcpt c@example.test --mail-rcpt b@example.test -T /tmp/m`;

  it('are read from their headers and envelope', () => {
    const result = run(send('Subject: =?UTF-8?B?5aOy5LiK?= 1\\r\\nFrom: A <a@example.test>'));
    expect(result).toMatchObject({ kind: 'ran', events: [{ kind: 'mail', sender: 'a@example.test' }] });
    const [event] = result.kind === 'ran' ? result.events : [];
    expect(event?.kind === 'mail' ? mailOf(event) : undefined).toEqual({
      kind: 'notify',
      via: 'mail',
      to: 'b@example.test, c@example.test',
      body: 'a\nb',
      url: 'smtps://mail.example.test',
      request: { from: 'A <a@example.test>', to: '', cc: '', subject: '売上 1', type: 'text/plain' },
    });
  });

  it('need somebody who gets them', () => {
    expect(run('curl -T x smtps://mail.example.test').kind).toBe('not-interpretable');
  });
});

describe('clusters of other clouds', () => {
  const make = "; printf 'kind: Job\\nmetadata: {name: j}\\n' | kubectl apply -f -";
  it.each([
    ['aws eks update-kubeconfig --region ap-northeast-1 --name shop-prd', 'shop-prd'],
    ['az aks get-credentials -g rg --name shop-prd --overwrite-existing', 'shop-prd'],
  ])('%s', (script, cluster) => {
    expect(run(script + make)).toMatchObject({ events: [{ kind: 'job', cluster }] });
  });
});

describe('Jobs by their labels', () => {
  const make = `cat > /tmp/j.yaml <<'END'
apiVersion: batch/v1
kind: Job
metadata: {name: j-1, namespace: b, labels: {run: j, team: x}}
spec: {}
END
kubectl apply -f /tmp/j.yaml
`;
  it.each([
    [`show "$(kubectl get job -n b -l run=j -o jsonpath='{.items[0].metadata.name}')"`, [['j-1']]],
    [`show "$(kubectl get jobs -n b -l run=j,team==x -o name)"`, [['job.batch/j-1']]],
    [`show "$(kubectl get jobs -n b -l run=other -o name)"`, [['']]],
    [`show "$(kubectl get jobs -l run=j -o name)"`, [['']]],
    ['kubectl wait job -n b -l run=j --for=condition=complete --timeout=60s && show ended', [['ended']]],
    [
      'kubectl delete job -n b -l run=j; kubectl wait job -n b -l run=j --for=condition=complete || show gone',
      [['gone']],
    ],
    ['show "$(kubectl get -f /tmp/j.yaml -o name)"', [['job.batch/j-1']]],
    ['kubectl wait -n b -f /tmp/j.yaml --for=condition=complete --timeout=60s && show ended', [['ended']]],
  ])('%s', (script, want) => {
    expect(calls(run(make + script))).toEqual(want);
  });

  it('are replaced by force', () => {
    const result = run(`${make}kubectl replace --force -f /tmp/j.yaml && kubectl create -f /tmp/j.yaml || show there`);
    expect(result.kind === 'ran' ? result.events.map(({ kind }) => kind) : result).toEqual(['job', 'job', 'call']);
  });

  it.each([
    ['kubectl wait --for=condition=complete --timeout=60s -f /tmp/j.yaml && show ended', [['ended']]],
    [`show "$(kubectl get -f /tmp/j.yaml -o jsonpath='{.metadata.name}')"`, [['j-1']]],
    ['kubectl delete -f /tmp/j.yaml; kubectl wait --for=condition=complete -f /tmp/j.yaml || show gone', [['gone']]],
  ])('by the file: %s', (script, want) => {
    expect(calls(run(make + script))).toEqual(want);
  });

  it('does not guess how long kubectl waits for what is no Job', () => {
    const beside = "printf '%s\n' --- 'kind: ConfigMap' 'metadata: {name: c, namespace: b}' >> /tmp/j.yaml\n";
    const result = run(`${make}${beside}kubectl wait --for=condition=complete -f /tmp/j.yaml`);
    expect(result).toMatchObject({ kind: 'not-interpretable' });
  });

  it('does not guess at selectors that are more than equalities', () => {
    expect(run(`${make}kubectl get jobs -n b -l 'run in (j)' -o name`)).toMatchObject({ kind: 'not-interpretable' });
  });
});

describe('manifests in buckets', () => {
  const buckets = {
    download: (url: string) => (url === 'gs://m/prd/job.yaml' || url === 's3://m/j.yaml' ? 'k: v\n' : undefined),
  };
  it.each([
    ['gsutil -q cp gs://m/prd/job.yaml /tmp/a.yaml; show "$(cat /tmp/a.yaml)"', [['k: v']]],
    ['cd /tmp; gsutil cp gs://m/prd/job.yaml .; show "$(cat job.yaml)"', [['k: v']]],
    ['show "$(gsutil cat gs://m/prd/job.yaml)"', [['k: v']]],
    ['show "$(aws s3 cp s3://m/j.yaml - --region ap-northeast-1)"', [['k: v']]],
    ['gcloud storage cp gs://m/prd/job.yaml job.yaml; show "$(cat job.yaml)"', [['k: v']]],
    // What is no manifest is a command of its own.
    ['gsutil cp gs://m/other.csv /tmp/x', [['cp', 'gs://m/other.csv', '/tmp/x']]],
    ['gsutil cp /tmp/x gs://m/prd/job.yaml', [['cp', '/tmp/x', 'gs://m/prd/job.yaml']]],
  ])('%s', (script, want) => {
    expect(calls(run(script, buckets))).toEqual(want);
  });
});

describe('files of the tree', () => {
  it('runs scripts, sources files and reads them', () => {
    expect(calls(run('../../lib/args.sh a b || show failed $?'))).toEqual([
      ['../../lib/args.sh', '2', 'b'],
      ['failed', '7'],
    ]);
    expect(calls(run('. ../../lib/common.sh; greet you'))).toEqual([['hello you']]);
    expect(calls(run('while read -r a b; do show "$b$a"; done < ../../lib/words.txt'))).toEqual([['1a'], ['2b']]);
  });

  it('is no program where the file is missing', () => {
    expect(run('../../lib/none.sh a')).toMatchObject({
      kind: 'ran',
      events: [{ kind: 'call', words: ['../../lib/none.sh', 'a'] }],
    });
  });
});

describe('what it cannot know ends the run, with the place', () => {
  it.each<[name: string, script: string, construct: string, line: number]>([
    ['the output of a program', 'set -e\nx=$(aws s3 ls)\nshow "$x"', 'the output of aws', 2],
    ['a program behind a pipe', 'aws s3 ls | grep x', 'the output of aws', 1],
    ['a status that decides', '\n\nif aws s3 ls; then show yes; fi', 'the exit status of aws', 3],
    ['a status kept for later', 'aws s3 ls\nrc=$?', 'the exit status of aws', 2],
    ['a function that asks its name', 'show a\nshow $FUNCNAME', '$FUNCNAME', 2],
    ['a signal by its name', 'true &\nkill -s TERM $!', 'kill -s TERM 1001', 2],
    [
      'a random number in a pod',
      'echo "{kind: Job, metadata: {name: j}, spec: {template: {spec: {containers: [{image: \'$RANDOM\'}]}}}}" | kubectl apply -f -',
      'a random value in a Job',
      1,
    ],
    [
      'a process that does more than keep text',
      'echo a > >(kubectl apply -f -)',
      '>(…) that does more than keep text',
      1,
    ],
    [
      'a Job that something in the background deletes later',
      'curl -sf https://example/job.yaml | kubectl apply -f -\n(sleep 60; kubectl delete job j-__S__) &\nwait',
      'a background command that later changes the Job of another',
      2,
    ],
    ['a pattern of files', 'cat *.yaml', 'the file pattern *.yaml', 1],
    ['nested braces', 'show {a,{b,c}}', 'braces that make several words', 1],
    ['alternatives of sed', "echo a | sed -E 's/a|ab/x/'", 'the alternatives of the expression a|ab', 1],
    ['an unknown flag', 'curl --proxy x https://example/job.yaml', 'curl --proxy', 1],
    [
      'a kind that is no Job',
      "printf 'kind: Deployment\\nmetadata: {name: c}\\n' | kubectl apply -f -",
      'kubectl of a Deployment',
      1,
    ],
    ['an open quote', 'show "a', 'an open quote', 1],
    ['an if without end', 'if true; then show a', 'syntax without "elif" or "else" or "fi"', 1],
  ])('%s', (_, script, construct, line) => {
    expect(run(script)).toMatchObject({ kind: 'not-interpretable', construct, line });
  });

  it('an endless loop that changes something is cut off', () => {
    expect(run('i=0\nwhile :; do i=$((i + 1)); done')).toMatchObject({
      kind: 'not-interpretable',
      construct: expect.stringMatching(/^more than \d+ commands$/),
    });
  });
});

describe('Jobs', () => {
  const create =
    'curl -sf https://example/job.yaml | sed s/__S__/$(date +%s)/ | kubectl --context c1 -n ns apply -f -\n';

  it.each<[name: string, script: string, wait: object]>([
    [
      'waits for success alone',
      `${create}kubectl -n ns wait --for=condition=complete --timeout=90m job/j-1700000000`,
      { timeoutSeconds: 5400, seesFailure: 'at-timeout' },
    ],
    [
      'ignores the end',
      `${create}kubectl -n ns wait --for=condition=complete --timeout=1h job/j-1700000000 || true`,
      { timeoutSeconds: 3600, seesFailure: 'never' },
    ],
    ['does not wait', create, { timeoutSeconds: 0, seesFailure: 'never' }],
    [
      'polls for ever, and sees a failure',
      `${create}until [ "$(kubectl -n ns get job j-1700000000 -o 'jsonpath={.status.succeeded}')" = 1 ]; do
         if [ "$(kubectl -n ns get job j-1700000000 -o 'jsonpath={.status.failed}')" = 1 ]; then exit 1; fi
         sleep 20
       done`,
      { seesFailure: 'at-once' },
    ],
    [
      'polls a number of times',
      `${create}for i in 1 2 3 4 5 6; do
         if kubectl -n ns wait --for=condition=failed --timeout=1s job/j-1700000000; then exit 1; fi
         if kubectl -n ns wait --for=condition=complete --timeout=9s job/j-1700000000; then exit 0; fi
       done
       exit 1`,
      { timeoutSeconds: 60, seesFailure: 'at-once' },
    ],
  ])('%s', (_, script, wait) => {
    const done = launch({ script, environment: new Map(), folder: '' }, world());
    if (done.kind !== 'ran') throw new Error(done.construct);
    expect(done.events).toMatchObject([
      {
        kind: 'job',
        cluster: 'c1',
        namespace: 'ns',
        name: 'j-1700000000',
        manifest: { kind: 'Job', metadata: { name: 'j-1700000000' } },
      },
    ]);
    expect([...done.waits.values()]).toEqual([wait]);
  });

  it('refuses another namespace than the manifest says, and a name that is taken', () => {
    const manifest = 'cat <<E > j.yaml\nkind: Job\nmetadata: {name: j, namespace: a}\nE\n';
    expect(run(`${manifest}kubectl -n b create -f j.yaml`)).toMatchObject({ kind: 'ran', exitCode: 1, events: [] });
    expect(run(`${manifest}kubectl -n a create -f j.yaml\nkubectl create -f j.yaml`)).toMatchObject({
      exitCode: 1,
      events: [{ namespace: 'a' }],
    });
  });

  it('is not found where a download is missing', () => {
    expect(run('set -e\ncurl -sf https://example/other.yaml -o j.yaml\nkubectl apply -f j.yaml')).toMatchObject({
      exitCode: 22,
      events: [],
    });
  });
});
