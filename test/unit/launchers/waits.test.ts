import { describe, expect, test } from 'vitest';
import { onlyJob, readStep } from './project.ts';

const manifest = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n';

function read(script: string): { readonly wait: unknown; readonly codes: readonly string[] } {
  const reading = readStep({
    command: './run.sh',
    files: { 'digdag/run.sh': script, 'digdag/job.yaml': manifest },
    config: { clusters: { prd: 'c' } },
  });
  return { wait: onlyJob(reading).wait, codes: reading.codes.filter((code) => code !== 'LAUNCHER_CLUSTER_GUESSED') };
}

describe('how a launcher waits', () => {
  const start = 'kubectl apply -f job.yaml\n';
  const late = ['LAUNCHER_FAILURE_SEEN_LATE'];
  const ignored = ['LAUNCHER_FAILURE_IGNORED'];
  const poll = (body: string, before = ''): string => `set -e\n${before}\n${start}${body}`;
  const cases: readonly (readonly [string, string, unknown, readonly string[]])[] = [
    ['not at all', start, { seesFailure: 'never' }, ignored],
    [
      'kubectl wait under set -e',
      `set -e\n${start}kubectl wait --for=condition=complete --timeout=3600s job/a\necho done`,
      { timeoutSeconds: 3600, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'its default timeout',
      `set -e\n${start}kubectl wait --for=condition=complete job/a`,
      { timeoutSeconds: 30, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'units of Go',
      `set -e\n${start}kubectl wait job/a --for condition=complete --timeout 1h30m`,
      { timeoutSeconds: 5400, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'as the last command',
      `${start}kubectl wait --for=condition=complete --timeout=60s job/a`,
      { timeoutSeconds: 60, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'its status is lost',
      `${start}kubectl wait --for=condition=complete --timeout=60s job/a\nkubectl logs job/a`,
      { timeoutSeconds: 60, seesFailure: 'never' },
      ignored,
    ],
    [
      'its status is kept',
      `${start}kubectl wait --for=condition=complete --timeout=60s job/a\nrc=$?\nkubectl logs job/a\nexit $rc`,
      { timeoutSeconds: 60, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'its failure is swallowed',
      `set -e\n${start}kubectl wait --for=condition=complete --timeout=60s job/a || true`,
      { timeoutSeconds: 60, seesFailure: 'never' },
      ignored,
    ],
    [
      'in the background, with a wait for all',
      `set -e\n${start}kubectl wait --for=condition=complete --timeout=60s job/a &\nwait`,
      { timeoutSeconds: 60, seesFailure: 'never' },
      ignored,
    ],
    [
      'in the background, with a wait for this process',
      `set -e\n${start}kubectl wait --for=condition=complete --timeout=60s job/a &\nwait $!`,
      { timeoutSeconds: 60, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'its failure ends the script',
      `${start}kubectl wait --for=condition=complete --timeout=60s job/a || exit 1\nkubectl logs job/a`,
      { timeoutSeconds: 60, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'if not',
      `${start}if ! kubectl wait --for=condition=complete --timeout=60s job/a; then\n  kubectl logs job/a\n  exit 1\nfi\necho`,
      { timeoutSeconds: 60, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'if, and then nothing',
      `${start}if kubectl wait --for=condition=complete --timeout=60s job/a; then echo ok; else echo bad; fi\necho`,
      { timeoutSeconds: 60, seesFailure: 'never' },
      ignored,
    ],
    [
      'beside one for failure',
      `${start}kubectl wait --for=condition=complete --timeout=600s job/a &\nkubectl wait --for=condition=failed --timeout=600s job/a && exit 1 &\nwait -n`,
      { timeoutSeconds: 600, seesFailure: 'at-once' },
      [],
    ],
    [
      'until wait, with a look at failure',
      poll(
        'until kubectl wait --for=condition=complete --timeout=30s job/a; do\n  if [ "$(kubectl get job a -o jsonpath={.status.failed})" = 1 ]; then exit 1; fi\ndone',
      ),
      { seesFailure: 'at-once' },
      [],
    ],
    [
      'polling by case',
      poll(
        'while :; do\n  s=$(kubectl get job a -o jsonpath={.status.conditions[0].type})\n  case "$s" in Complete) break;; Failed) exit 1;; esac\n  sleep 15\ndone',
      ),
      { seesFailure: 'at-once' },
      [],
    ],
    [
      'polling for completion alone',
      poll('until kubectl get job a -o jsonpath={.status.succeeded} | grep 1; do sleep 5; done'),
      { seesFailure: 'at-timeout' },
      late,
    ],
    [
      'polling a number of times',
      poll(
        'for i in $(seq 1 360); do\n  s=$(kubectl get job a -o jsonpath={.status.succeeded})\n  [ "$s" = 1 ] && break\n  sleep 10\ndone',
      ),
      { timeoutSeconds: 3600, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'counting turns',
      poll(
        'n=0\nwhile [ "$(kubectl get job a -o jsonpath={.status.succeeded})" != 1 ]; do\n  n=$((n + 1))\n  if [ $n -ge 120 ]; then exit 1; fi\n  sleep 5\ndone',
      ),
      { timeoutSeconds: 600, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'counting seconds by a variable',
      poll(
        't=0\nwhile [ "$(kubectl get job a -o jsonpath={.status.succeeded})" != 1 ] && [ $t -lt $LIMIT ]; do\n  sleep 20\n  t=$((t + 20))\ndone',
        'LIMIT=1800',
      ),
      { timeoutSeconds: 1800, seesFailure: 'at-timeout' },
      late,
    ],
    [
      'the end is looked at behind the loop',
      poll(
        'while true; do\n  s=$(kubectl get job a -o jsonpath={.status.conditions[0].type})\n  if [ "$s" = Complete ] || [ "$s" = Failed ]; then break; fi\n  sleep 5\ndone\nif [ "$s" = Failed ]; then exit 1; fi',
      ),
      { seesFailure: 'at-once' },
      [],
    ],
    [
      'the end is looked at by no one',
      poll(
        'while true; do\n  s=$(kubectl get job a -o jsonpath={.status.conditions[0].type})\n  if [ "$s" = Complete ] || [ "$s" = Failed ]; then break; fi\n  sleep 5\ndone\necho $s',
      ),
      { seesFailure: 'never' },
      ignored,
    ],
    [
      'following the log, then the status',
      `set -e\n${start}kubectl logs -f job/a\n[ "$(kubectl get job a -o jsonpath={.status.succeeded})" = 1 ]`,
      { seesFailure: 'at-once' },
      [],
    ],
    ['following the log alone', `set -e\n${start}kubectl logs -f job/a`, { seesFailure: 'never' }, ignored],
    [
      'within timeout(1)',
      `set -e\n${start}timeout 900 kubectl wait --for=condition=complete --timeout=1h job/a`,
      { timeoutSeconds: 900, seesFailure: 'at-timeout' },
      late,
    ],
  ];
  test.each(cases)('%s', (_, script, wait, codes) => expect(read(script)).toEqual({ wait, codes }));
});

test('each of two Jobs has the wait behind it', () => {
  const script =
    'set -e\nkubectl apply -f job.yaml\nkubectl wait --for=condition=complete --timeout=60s job/a\nkubectl apply -f b.yaml\nkubectl wait --for=condition=complete --timeout=90s job/b\n';
  const reading = readStep({
    command: './run.sh',
    files: {
      'digdag/run.sh': script,
      'digdag/job.yaml': manifest,
      'digdag/b.yaml': manifest.replace('name: a', 'name: b'),
    },
  });
  expect(
    reading.result?.effects.map((effect) => (effect.kind === 'job' ? effect.wait.timeoutSeconds : effect.kind)),
  ).toEqual([60, 90]);
});
