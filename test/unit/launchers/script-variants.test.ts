import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition } from '../../../src/core/source.ts';
import type { Effect } from '../../../src/ir/graph.ts';
import { entryOf } from '../../../src/ir/read-value.ts';
import { exported, mixed, readStep, runtime, type StepReading, toPlain } from './project.ts';

/** Ways of writing a launcher script that are seen in the wild. The step is `./run.sh a prd ${session_date}`. */

const sessionDate = runtime(
  {
    kind: 'session',
    ast: {
      kind: 'format',
      at: { kind: 'session', which: 'this' },
      pattern: ['YYYY', '-', 'MM', '-', 'DD'].map((text) =>
        text === '-' ? { kind: 'literal' as const, text } : { kind: 'token' as const, token: text },
      ),
    },
  },
  'session_date',
);

const job = (name: string, args = '"--date=__DATE__"'): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, namespace: batch}\nspec: {template: {spec: {containers: [{name: main, image: "x:1", args: [${args}]}]}}}\n`;

function read(script: string, files: Readonly<Record<string, string>> = {}, command = './run.sh a prd '): StepReading {
  return readStep({
    command: mixed(command, ...(command.endsWith(' ') ? [sessionDate] : [])),
    scope: { env: mixed(exported('env', 'prd')) },
    files: {
      'digdag/run.sh': script,
      'digdag/job.yaml': job('a'),
      'digdag/plain.yaml': job('a', '--all'),
      'k8s/prd/a.yaml': job('a-prd'),
      ...files,
    },
  });
}

const jobsOf = (reading: StepReading): readonly Extract<Effect, { kind: 'job' }>[] =>
  (reading.result?.effects ?? []).flatMap((effect) => (effect.kind === 'job' ? [effect] : []));

/** `name args | cluster namespace | timeout failure` of each Job. */
const summary = (reading: StepReading): readonly string[] =>
  jobsOf(reading).map((found) => {
    const at = (...path: readonly (string | number)[]): unknown => {
      const value = entryOf(found.manifest, ...path);
      return value === undefined ? undefined : toPlain(value);
    };
    const args =
      at('spec', 'template', 'spec', 'containers', 0, 'args') ??
      at('spec', 'template', 'spec', 'containers', 0, 'command');
    return `${String(at('metadata', 'name'))} ${JSON.stringify(args)} | ${String(toPlain(found.cluster))} ${String(toPlain(found.namespace))} | ${found.wait.timeoutSeconds} ${found.wait.seesFailure}`;
  });

const errors = (reading: StepReading): readonly string[] =>
  reading.diagnostics
    .sorted()
    .filter((found) => found.severity === 'error')
    .map((found) => `${found.code} ${found.span === undefined ? '' : formatPosition(found.span)} ${messageOf(found)}`);

const date = '["--date=${DATE}"]';

describe('read without a guess', () => {
  const cases: readonly (readonly [string, string, readonly string[], Readonly<Record<string, string>>?, string?])[] = [
    [
      'getopts, functions and a case over the letters',
      `set -euo pipefail
usage() { echo "usage" >&2; exit 1; }
while getopts "j:e:d:h" opt; do
  case "$opt" in
    j) JOB="$OPTARG" ;;
    e) TARGET="$OPTARG" ;;
    d) DATE="$OPTARG" ;;
    h|*) usage ;;
  esac
done
shift $((OPTIND - 1))
[[ -z "\${JOB:-}" ]] && usage
render() { sed -e "s|__DATE__|\${DATE}|g" "$1"; }
main() {
  local context="gke_acme_asia_\${TARGET}-batch"
  render "../k8s/$TARGET/$JOB.yaml" | kubectl --context "$context" -n batch create -f -
  kubectl --context "$context" -n batch wait --for=condition=complete --timeout=30m "job/$JOB"
}
main "$@"`,
      [`a-prd ${date} | prd-batch batch | 1800 at-timeout`],
      {},
      './run.sh -j a -e prd -d ',
    ],
    [
      'long options',
      `while [[ $# -gt 0 ]]; do
  case $1 in
    --job) JOB="$2"; shift 2;;
    --env=*) TARGET="\${1#*=}"; shift;;
    --date) DATE=$2; shift 2;;
    *) echo "unknown $1"; exit 1;;
  esac
done
sed "s/__DATE__/$DATE/" ../k8s/$TARGET/$JOB.yaml | kubectl --context c apply -f -`,
      [`a-prd ${date} | c batch | undefined never`],
      {},
      './run.sh --job a --env=prd --date ',
    ],
    [
      'a library, and a file of settings per environment',
      `set -e
DIR=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)
source "$DIR/lib.sh"
. \${DIR}/env/$2.sh
launch "$3"`,
      [`a ${date} | prd-batch batch | 3600 at-timeout`],
      {
        'digdag/lib.sh': `launch() {
  gcloud container clusters get-credentials "$CLUSTER" --zone "$ZONE"
  tmp=$(mktemp)
  trap 'rm -f "$tmp"' EXIT
  sed "s/__DATE__/$1/g" job.yaml > "$tmp"
  kubectl apply -f "$tmp" -n "$NAMESPACE"
  kubectl wait --for=condition=complete --timeout=1h -n "$NAMESPACE" -f "$tmp"
}
`,
        'digdag/env/prd.sh': 'CLUSTER=prd-batch\nZONE=asia-northeast1-a\nNAMESPACE=batch\n',
      },
    ],
    [
      'bash -c with cd',
      '',
      ['a ["--all"] | c batch | 300 at-timeout'],
      {},
      'bash -c "set -e; cd . && kubectl --context c apply -f plain.yaml && kubectl --context c wait --for=condition=complete --timeout=5m job/a"',
    ],
    [
      'arrays of names and of arguments',
      `ARGS=(-n batch --context "ctx-$2")
JOBS=(a
  b # the second
)
for j in "\${JOBS[@]}"; do
  sed "s/__DATE__/$3/; s/name: a/name: $j/" job.yaml | kubectl "\${ARGS[@]}" apply -f -
done`,
      [`a ${date} | ctx-prd batch | undefined never`, `b ${date} | ctx-prd batch | undefined never`],
    ],
    [
      'an associative array of contexts',
      `declare -A CTX=([prd]=prd-ctx [dev]=dev-ctx)
kubectl --context "\${CTX[$2]}" apply -f plain.yaml`,
      ['a ["--all"] | prd-ctx batch | undefined never'],
    ],
    [
      'several Jobs, each waited for by its name',
      `set -e
for j in a b; do sed "s/name: a/name: $j/" plain.yaml | kubectl --context c apply -f -; done
for j in a b; do kubectl wait --for=condition=complete --timeout=10m job/$j; done`,
      ['a ["--all"] | c batch | 600 at-timeout', 'b ["--all"] | c batch | 600 at-timeout'],
    ],
    [
      'a retry around the start counts once',
      `n=0
until [ "$n" -ge 3 ]; do
  kubectl --context c apply -f plain.yaml && break
  ((n++))
  sleep 15
done`,
      ['a ["--all"] | c batch | undefined never'],
    ],
    [
      'a counting loop of bash',
      'for ((i = 0; i < 2; i++)); do sed "s/name: a/name: a$i/" plain.yaml | kubectl --context c apply -f -; done',
      ['a0 ["--all"] | c batch | undefined never', 'a1 ["--all"] | c batch | undefined never'],
    ],
    [
      'polling with a counting loop',
      `kubectl --context c apply -f plain.yaml
for ((i = 0; i < 60; i++)); do
  [ "$(kubectl get job a -o jsonpath='{.status.succeeded}')" = 1 ] && exit 0
  [ -n "$(kubectl get job a -o jsonpath='{.status.failed}')" ] && exit 1
  sleep 10
done
exit 1`,
      ['a ["--all"] | c batch | 600 at-once'],
    ],
    [
      'the namespace of the context gives way to the manifest',
      'kubectl config use-context c\nkubectl config set-context --current --namespace=other\nkubectl apply -f plain.yaml',
      ['a ["--all"] | c batch | undefined never'],
    ],
    [
      'the namespace of the context holds where the manifest has none',
      'kubectl config use-context c\nkubectl config set-context --current --namespace=other\nsed "s/, namespace: batch//" plain.yaml | kubectl apply -f -',
      ['a ["--all"] | c other | undefined never'],
    ],
    [
      'a variable of a function is gone behind it',
      'T=c\nf() { local T=other; }\nf\nkubectl --context $T apply -f plain.yaml',
      ['a ["--all"] | c batch | undefined never'],
    ],
    [
      'kubectl in a variable, over several lines',
      'KUBECTL="kubectl --context c"\n${KUBECTL} \\\n  -n batch \\\n  apply -f plain.yaml',
      ['a ["--all"] | c batch | undefined never'],
    ],
    [
      'replacement by the shell itself',
      'T=$(cat job.yaml)\necho "${T//__DATE__/$3}" | kubectl --context c apply -f -',
      [`a ${date} | c batch | undefined never`],
    ],
    [
      'perl',
      'perl -pe "s/__DATE__/$3/g" job.yaml | kubectl --context c apply -f -',
      [`a ${date} | c batch | undefined never`],
    ],
    [
      'gomplate',
      'DATE=$3 gomplate -f t.tmpl | kubectl --context c apply -f -',
      ['a ["--date=${DATE}","${DATE}"] | c batch | undefined never'],
      { 'digdag/t.tmpl': job('a', `"--date={{ .Env.DATE }}", '{{ getenv "DATE" }}'`) },
    ],
    [
      'erb',
      'erb day=$3 t.erb > /tmp/j.yaml\nkubectl --context c apply -f /tmp/j.yaml',
      ['a ["--date=${day}"] | c batch | undefined never'],
      { 'digdag/t.erb': job('a', '"--date=<%= day %>"') },
    ],
    [
      'one value of a JSON file',
      `CLUSTER=$(jq -r ".$2.cluster" clusters.json)\nNAME=$(echo "MY_JOB" | tr '[:upper:]_' '[:lower:]-' | cut -d- -f1)\nsed "s/name: a/name: $NAME/" plain.yaml | kubectl --context "$CLUSTER" apply -f -`,
      ['my ["--all"] | c-prd batch | undefined never'],
      { 'digdag/clusters.json': '{"prd": {"cluster": "c-prd"}}' },
    ],
    [
      'kubectl create job with an image',
      'kubectl --context c create job sales --image=x:2 -n batch -- /app/run --date=$3\nkubectl -n batch wait --for=condition=complete --timeout=600s job/sales || exit 1',
      ['sales ["/app/run","--date=${session_date}"] | c batch | 600 at-timeout'],
    ],
    [
      'kubectl create job from a CronJob of the tree',
      'kubectl --context c create job --from=cronjob/sales sales-now',
      ['sales-now ["--all"] | c reports | undefined never'],
      {
        'k8s/cron.yaml':
          'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: sales, namespace: reports}\nspec: {schedule: "0 0 * * *", jobTemplate: {spec: {template: {spec: {containers: [{name: main, args: [--all]}]}}}}}\n',
      },
    ],
    [
      'kubectl run, attached',
      'kubectl --context c run sales --image=x:2 --restart=Never -n batch --env="E=$2" --attach --rm -- --date=$3',
      ['sales ["--date=${session_date}"] | c batch | undefined at-once'],
    ],
  ];
  for (const [title, script, want, files, command] of cases)
    test(title, () => {
      const reading = read(script, files, command);
      expect(summary(reading)).toEqual(want);
      expect(errors(reading)).toEqual([]);
    });
});

describe('dates that the script works out', () => {
  const day = (expression: string): unknown => {
    const reading = read(`D=${expression}\nsed "s/__DATE__/$D/" job.yaml | kubectl --context c apply -f -`);
    expect(errors(reading)).toEqual([]);
    const [found] = jobsOf(reading);
    const arg = found && entryOf(found.manifest, 'spec', 'template', 'spec', 'containers', 0, 'args', 0);
    return arg?.kind === 'text' ? arg.parts.map((part) => (part.kind === 'runtime' ? part.expr : part.text)) : arg;
  };
  const at = { kind: 'session', which: 'this' };
  const ymd = [
    { kind: 'token', token: 'YYYY' },
    { kind: 'token', token: 'MM' },
    { kind: 'token', token: 'DD' },
  ];

  test.each([
    ['$(date -d "$3 1 day ago" +%Y%m%d)', { kind: 'shift', of: at, amount: -1, unit: 'day' }],
    ['$(date --date="$3 -7days" +%Y%m%d)', { kind: 'shift', of: at, amount: -7, unit: 'day' }],
    ['`date -d "$3 yesterday" +%Y%m%d`', { kind: 'shift', of: at, amount: -1, unit: 'day' }],
    ['$(date -d "$3" +%Y%m%d)', at],
    ['$(date -j -v-1d -f %Y-%m-%d "$3" +%Y%m%d)', { kind: 'shift', of: at, amount: -1, unit: 'day' }],
    [
      '$(date -d "$(date -d "$3" +%Y-%m-01) -1 month" +%Y%m%d)',
      { kind: 'shift', of: { kind: 'startOf', of: at, unit: 'month' }, amount: -1, unit: 'month' },
    ],
  ])('%s', (expression, instant) => {
    expect(day(expression)).toEqual([
      '--date=',
      { kind: 'session', ast: { kind: 'format', at: instant, pattern: ymd } },
    ]);
  });

  test.each([
    ['months overflow in GNU where the session clamps them', '$(date -d "$3 1 month ago" +%Y%m%d)'],
    ['seconds depend on the zone of the worker', '$(date -d "$3" +%s)'],
  ])('not %s', (_, expression) => {
    const reading = read(`D=${expression}\nsed "s/__DATE__/$D/" job.yaml | kubectl --context c apply -f -`);
    expect(errors(reading)).toEqual([
      `LAUNCHER_NOT_UNDERSTOOD digdag/run.sh:1:5 the launcher cannot be read: ${expression.slice(2, -1)} reaches the manifest (arithmetic on a date by the shell)`,
    ]);
  });
});

describe('what cannot be read is an error with its place, never a guess', () => {
  const cases: readonly (readonly [string, string, readonly string[], Readonly<Record<string, string>>?])[] = [
    [
      'kustomize',
      'kubectl apply -k ../k8s/overlays/prd',
      [
        'digdag/run.sh:1:1 the launcher cannot be read: kubectl apply -k ../k8s/overlays/prd builds the manifest with kustomize at run time; apply its rendered output instead',
      ],
    ],
    [
      'helm',
      'helm template ./chart --set date=$3 | kubectl apply -f -',
      ['digdag/run.sh:1:1 the launcher cannot be read: helm renders the manifest at run time'],
    ],
    [
      'yq in place',
      'cp plain.yaml /tmp/j.yaml\nyq -i ".metadata.name = \\"a-$3\\"" /tmp/j.yaml\nkubectl apply -f /tmp/j.yaml',
      ['digdag/run.sh:3:1 the launcher cannot be read: the manifest is what yq makes of it'],
    ],
    [
      'an unknown program that is given the file',
      'cp plain.yaml /tmp/j.yaml\npython patch.py --file=/tmp/j.yaml\nkubectl apply -f /tmp/j.yaml',
      ['digdag/run.sh:3:1 the launcher cannot be read: the manifest is what python makes of it'],
    ],
    [
      'a file of the tree that a program changes',
      'ruby patch.rb plain.yaml\nkubectl apply -f plain.yaml',
      ['digdag/run.sh:2:1 the launcher cannot be read: the manifest is what ruby makes of it'],
    ],
    [
      'jq of what the cluster says',
      'kubectl get cronjob a -o json | jq .spec.jobTemplate | kubectl apply -f -',
      ['digdag/run.sh:1:56 the launcher cannot be read: the manifest is the output of jq'],
    ],
    [
      'a CronJob that is only in the cluster',
      'kubectl create job --from=cronjob/sales sales-now',
      [
        'digdag/run.sh:1:1 the launcher cannot be read: the Job is made from cronjob/sales, which lives in the cluster; put its manifest into the legacy folder',
      ],
    ],
    [
      'a script from the network',
      'curl -s https://example.test/run.sh | bash\nkubectl apply -f plain.yaml',
      ['digdag/run.sh:1:39 the launcher cannot be read: bash runs the download of https://example.test/run.sh'],
    ],
    [
      'more than names in a gomplate template',
      'gomplate -f t.tmpl | kubectl apply -f -',
      [
        'digdag/run.sh:1:1 the launcher cannot be read: gomplate is given more than the name of a variable: {{ (ds "x").y }}',
      ],
      { 'digdag/t.tmpl': job('a', '"{{ (ds "x").y }}"') },
    ],
  ];
  for (const [title, script, want, files] of cases)
    test(title, () => {
      expect(errors(read(script, files))).toEqual(want.map((text) => `LAUNCHER_NOT_UNDERSTOOD ${text}`));
    });

  test('a script that only mentions kubectl in a comment is no launcher', () => {
    expect(read('# then kubectl apply -f plain.yaml\necho done').result?.launch).toBeUndefined();
  });
});
