import { describe, expect, test } from 'vitest';
import { textOf } from '../../../src/ir/build-value.ts';
import { oneLine, unwrapPolling } from '../../../src/rules/builtin/pod/polling.ts';
import { from, plain, textParts } from './fixture.ts';
import { convert } from './job.ts';

const proxy =
  '[{name: proxy, image: "gcr.io/cloudsql-docker/gce-proxy:1.33.2", command: [/cloud_sql_proxy, -instances=p:r:i]}]';

/** Converts a pod whose main container runs `text` in a shell, beside the Cloud SQL proxy and with one process namespace. */
function withProxy(text: string, shell: readonly string[] = ['sh', '-c']): ReturnType<typeof convert> {
  return convert({
    main: JSON.stringify({ command: shell, args: [text] }),
    others: proxy,
    pod: 'shareProcessNamespace: true',
  });
}

describe('stops that go, with the shell', () => {
  test.each([
    ['/app/run --a=b; rc=$?; pkill cloud_sql_proxy; exit $rc', ['/app/run', '--a=b']],
    [
      '/app/run "a b" c\\ d; RC=$?; pkill -TERM -f cloud_sql_proxy >/dev/null 2>&1; exit "${RC}"',
      ['/app/run', 'a b', 'c d'],
    ],
    ['set -eu\n/app/run a\nrc=$?\nkillall cloud_sql_proxy || true\nexit $rc\n', ['/app/run', 'a']],
    ["trap 'pkill cloud_sql_proxy' EXIT\nexec /app/run 'a;b'", ['/app/run', 'a;b']],
    ['/app/run && pkill cloud_sql_proxy', ['/app/run']],
    ['/app/run; rc=$?; kill $(pidof cloud_sql_proxy); exit $rc', ['/app/run']],
    [
      '/app/run --date=__TARGET_DATE__ "--env=<<env>>"; rc=$?; pkill cloud_sql_proxy; exit $rc',
      ['/app/run', '--date=<TARGET_DATE>', '--env=ENV'],
    ],
  ])('%s', (text, words) => {
    const { body, codes, template } = withProxy(text);
    expect([...body.container.command, ...(body.container.args ?? [])]).toEqual(words);
    expect(body.podSpecPatch).toBeUndefined();
    expect(codes).toEqual([]);
    expect(template?.accepted.map((it) => it.path)).toEqual([
      'containers[proxy]',
      'containers[main].command',
      'shareProcessNamespace',
    ]);
  });
});

describe('stops that go from text that still needs a shell', () => {
  test.each([
    ['cd /app && ./run; rc=$?; pkill cloud_sql_proxy; exit $rc', 'cd /app && ./run'],
    ['/app/run $MODE; rc=$?; pkill cloud_sql_proxy; exit $rc', '/app/run $MODE'],
    ['/app/run | tee log; rc=$?; pkill cloud_sql_proxy; exit $rc', '/app/run | tee log'],
    [
      '/app/run; rc=$?; pkill cloud_sql_proxy; echo "done: $rc"; exit $rc',
      '/app/run; rc=$?; echo "done: $rc"; exit $rc',
    ],
    ['/app/run __OPAQUE__; rc=$?; pkill cloud_sql_proxy; exit $rc', '/app/run <OPAQUE>'],
    ['/app/run & P=$!; wait $P; rc=$?; pkill cloud_sql_proxy; exit $rc', '/app/run & P=$!; wait $P'],
    ['A=1 /app/run; rc=$?; pkill cloud_sql_proxy; exit $rc', 'A=1 /app/run'],
  ])('%s', (text, left) => {
    const { body, codes } = withProxy(text);
    expect(body.container).toMatchObject({ command: ['sh', '-c'], args: [left] });
    expect(codes).toEqual([]);
    expect(body.podSpecPatch).toBeUndefined();
  });
});

describe('stops that stay', () => {
  test.each([
    ['/app/run; pkill cloud_sql_proxy', "the exit status of the pod is that of the stop, not the program's"],
    ['/app/run; pkill cloud_sql_proxy || true', "the exit status of the pod is that of the stop, not the program's"],
    ['/app/run; pkill cloud_sql_proxy; rc=$?; exit $rc', 'the exit status that is read afterwards is that of the stop'],
    ['/app/run || pkill cloud_sql_proxy; echo x', 'it is part of a pipeline or of an alternative'],
    ['/app/run; pkill cloud_sql_proxy && echo stopped; echo x', 'another command depends on it'],
    ['if /app/run; then pkill cloud_sql_proxy; fi', "the main container's shell text holds more than simple commands"],
  ])('%s', (text, reason) => {
    const { body, codes, messages, positions } = withProxy(text);
    expect(body.container.args).toEqual([text]);
    expect(codes).toEqual(['SIDECAR_STOP_KEPT']);
    expect(messages).toEqual([`the way the pod stops proxy is kept: ${reason}`]);
    expect(positions).toEqual(['manifests/job.yaml:1:1']);
    expect(body.podSpecPatch).toBe('{"shareProcessNamespace":true}');
  });
});

test('the namespace stays where something else looks at processes', () => {
  const { body } = withProxy('ps aux; /app/run; rc=$?; pkill cloud_sql_proxy; exit $rc');
  expect(body.container.args).toEqual(['ps aux; /app/run']);
  expect(body.podSpecPatch).toBe('{"shareProcessNamespace":true}');
});

test('a login shell stays a login shell', () => {
  const { body } = withProxy('/app/run; rc=$?; pkill cloud_sql_proxy; exit $rc', ['bash', '-lc']);
  expect(body.container).toMatchObject({ command: ['bash', '-lc'], args: ['/app/run'] });
});

const waiting = (text: string): string =>
  JSON.stringify([
    {
      name: 'proxy',
      image: 'gcr.io/cloudsql-docker/gce-proxy:1.33.2',
      command: ['sh', '-c', text],
      volumeMounts: [{ name: 'life', mountPath: '/life' }],
    },
  ]);
const shared = 'volumes: [{name: life, emptyDir: {}}, {name: tmp, emptyDir: {}}]';
const mounts = [
  { name: 'life', mountPath: '/life' },
  { name: 'tmp', mountPath: '/tmp' },
];

describe('a file that the proxy waits for', () => {
  test.each([
    ['while', '/cloud_sql_proxy -dir=/tmp &\nwhile [ ! -f /life/done ]; do sleep 2; done\nkill $!'],
    ['while, on one line', '/cloud_sql_proxy -dir=/tmp & while ! test -e /life/done; do sleep 1; done; kill -TERM $!'],
    ['until', '/cloud_sql_proxy -dir=/tmp & PID=$!\nuntil [ -f "/life/done" ]\ndo\n  sleep 1\ndone\nkill $PID'],
    [
      'a loop in the background',
      '/cloud_sql_proxy -dir=/tmp & CHILD_PID=$!\n(while true; do if [[ -f "/life/done" ]]; then kill $CHILD_PID; fi; sleep 1; done) &\nwait $CHILD_PID\nif [[ -f "/life/done" ]]; then exit 0; fi',
    ],
  ])('%s', (_, text) => {
    const { body, codes } = convert({
      main: JSON.stringify({
        command: ['sh', '-c'],
        args: ["trap 'touch /life/done' EXIT; /app/run"],
        volumeMounts: mounts,
      }),
      others: waiting(text),
      pod: shared,
    });
    expect(codes).toEqual([]);
    expect(body.container).toMatchObject({ command: ['/app/run'], volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] });
    expect(body.sidecars).toEqual([
      {
        name: 'proxy',
        image: 'gcr.io/cloudsql-docker/gce-proxy:1.33.2',
        command: ['/cloud_sql_proxy'],
        args: ['-dir=/tmp'],
      },
    ]);
    expect(body.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
  });

  test('a file written by a redirection', () => {
    const { body, codes } = convert({
      main: JSON.stringify({
        command: ['sh', '-c'],
        args: ['/app/run; rc=$?; echo done > /life/done; exit $rc'],
        volumeMounts: mounts,
      }),
      others: waiting('/cloud_sql_proxy & while [ ! -f /life/done ]; do sleep 2; done; kill $!'),
      pod: shared,
    });
    expect(codes).toEqual([]);
    expect(body.container.command).toEqual(['/app/run']);
  });

  test('the volume stays where something else lies in it', () => {
    const { body } = convert({
      main: JSON.stringify({
        command: ['sh', '-c'],
        args: ["trap 'touch /life/done' EXIT; /app/run --cache=/life/cache"],
        volumeMounts: mounts,
      }),
      others: waiting('/cloud_sql_proxy & while [ ! -f /life/done ]; do sleep 2; done; kill $!'),
      pod: shared,
    });
    expect(body.container.volumeMounts).toEqual(mounts);
    expect(body.volumes).toHaveLength(2);
  });

  test('the volume stays where an init container writes into it', () => {
    const { body } = convert({
      main: JSON.stringify({
        command: ['sh', '-c'],
        args: ["trap 'touch /life/done' EXIT; /app/run"],
        volumeMounts: mounts,
      }),
      others: waiting('/cloud_sql_proxy & while [ ! -f /life/done ]; do sleep 2; done; kill $!'),
      pod: `{${shared}, initContainers: [{name: a, image: "example.test/a:1", command: [a], volumeMounts: [{name: life, mountPath: /x}]}]}`,
    });
    expect(body.container.command).toEqual(['/app/run']);
    expect(body.container.volumeMounts).toEqual(mounts);
    expect(body.volumes).toHaveLength(2);
  });

  test('another file than the proxy waits for is no stop', () => {
    const { body, codes } = convert({
      main: JSON.stringify({
        command: ['sh', '-c'],
        args: ["trap 'touch /life/other' EXIT; /app/run"],
        volumeMounts: mounts,
      }),
      others: waiting('/cloud_sql_proxy & while [ ! -f /life/done ]; do sleep 2; done; kill $!'),
      pod: shared,
    });
    expect(body.container.command).toEqual(['sh', '-c']);
    expect(codes).toEqual(['SIDECAR_STOP_KEPT']);
  });

  test('a wrapper that no rule knows stays', () => {
    const { body, codes } = convert({
      main: JSON.stringify({
        command: ['sh', '-c'],
        args: ["trap 'touch /life/done' EXIT; /app/run"],
        volumeMounts: mounts,
      }),
      others: waiting('/cloud_sql_proxy & inotifywait /life; kill $!'),
      pod: shared,
    });
    expect(body.sidecars[0].command).toEqual(['sh', '-c', '/cloud_sql_proxy & inotifywait /life; kill $!']);
    expect(codes).toEqual(['SIDECAR_STOP_KEPT']);
  });
});

test('a sidecar that nothing stops means that the Job never completed', () => {
  const { codes, messages } = convert({ others: proxy, job: 'activeDeadlineSeconds: 900' });
  expect(codes).toEqual(['JOB_NEVER_COMPLETES']);
  expect(messages).toEqual([
    'nothing stops proxy, so that the Job never completed: it always ended at its deadline of 900 s',
  ]);
  expect(convert({ others: proxy }).messages[0]).toContain('it always ended by hand');
});

test('processes that are shared with a program may be ended inside it', () => {
  expect(convert({ others: proxy, pod: 'shareProcessNamespace: true' }).codes).toEqual(['SIDECAR_STOP_KEPT']);
});

test('nor is shared process namespace with shell text that runs scripts of its own', () => {
  const helper = '{name: ender, image: "bash:5", command: [bash, -c, ". /scripts/end.sh load cloud_sql_proxy"]}';
  const { codes } = convert({
    main: '{command: [bash, -c, ". /scripts/load.sh"]}',
    others: `[${helper}, ${proxy.slice(1, -1)}]`,
    pod: 'shareProcessNamespace: true',
  });
  expect(codes).toEqual(['POD_SECOND_CONTAINER', 'SIDECAR_STOP_KEPT']);
});

test('of two sidecars each loses its own stop', () => {
  const others =
    '[{name: proxy, image: "gcr.io/cloudsql-docker/gce-proxy:1.33.2", command: [/cloud_sql_proxy]}, {name: envoy, image: "envoyproxy/envoy:v1.22.2", command: [envoy]}]';
  const text = '/app/run; rc=$?; pkill cloud_sql_proxy; curl -s -X POST http://localhost:15000/quitquitquit; exit $rc';
  const { body, codes } = convert({
    main: JSON.stringify({ command: ['sh', '-c'], args: [text] }),
    others,
    pod: 'shareProcessNamespace: true',
  });
  expect(body.container.command).toEqual(['/app/run']);
  expect(body.podSpecPatch).toBeUndefined();
  expect(codes).toEqual([]);
});

test('a script on one line keeps what the shell reads', () => {
  expect(oneLine('a \\\n  b # c\n\nif x; then\n  y\nfi\n').text).toBe('a b ; if x; then y; fi');
  expect(oneLine('while z; do\n  sleep 1\ndone &\nq').text).toBe('while z; do sleep 1; done & q');
});

test('values in the program of a wrapper stay values', () => {
  const wrapper = unwrapPolling(
    textParts('/proxy --db=<<db.name>> --on=__TARGET_DATE__ & stop'),
    /^(?<program>[^&]+) & stop$/u,
  );
  expect(wrapper?.words.map((word) => plain(textOf(word, from)))).toEqual([
    '/proxy',
    '--db=DB.NAME',
    '--on=<TARGET_DATE>',
  ]);
});

test('the namespace stays as long as one sidecar is stopped the legacy way', () => {
  const others =
    '[{name: proxy, image: "gcr.io/cloudsql-docker/gce-proxy:1.33.2", command: [/cloud_sql_proxy]}, {name: envoy, image: "envoyproxy/envoy:v1.22.2", command: [sh, -c, "envoy & wait"]}]';
  const { body, codes } = convert({
    main: JSON.stringify({ command: ['sh', '-c'], args: ['/app/run; rc=$?; pkill cloud_sql_proxy; exit $rc'] }),
    others,
    pod: 'shareProcessNamespace: true',
  });
  expect(codes).toEqual(['SIDECAR_STOP_KEPT']);
  expect(body.container.command).toEqual(['/app/run']);
  expect(body.podSpecPatch).toBe('{"shareProcessNamespace":true}');
});

/** Converts a pod beside one further container of an image of the company's own. */
function beside(command: readonly string[], extra: Parameters<typeof convert>[0] = {}): ReturnType<typeof convert> {
  return convert({ others: JSON.stringify([{ name: 'keeper', image: 'example.test/keeper:1', command }]), ...extra });
}

describe('a further container that no image tells', () => {
  test.each([
    [['sleep', 'infinity']],
    [['tail', '-f', '/dev/null']],
    [['sh', '-c', 'while true; do\n  date\n  sleep 30\ndone']],
    [['/cloud_sql_proxy', '-instances=p:r:i']],
    [['pilot-agent']],
    [['sh', '-c', 'exec vault agent -config=/etc/agent.hcl']],
  ])('%j never ends: the Job never completed, and Argo stops it', (command) => {
    const { body, codes } = beside(command, { job: 'activeDeadlineSeconds: 60' });
    const mayEndInside = command[0] === 'pilot-agent';
    expect(codes).toEqual([mayEndInside ? 'SIDECAR_STOP_KEPT' : 'JOB_NEVER_COMPLETES']);
    expect(body.sidecars[0].name).toBe('keeper');
    expect(body.containerSet).toBeUndefined();
  });

  test.each([
    [['sleep', '60']],
    [['sh', '-c', 'while true; do if [ -f /life/done ]; then exit 0; fi; sleep 1; done']],
    [['sh', '-c', '/cloud_sql_proxy -a=b && /app/other']],
    [['vault', 'agent', '-exit-after-auth']],
    [['tail', '--pid=1', '-f', '/dev/null']],
  ])('%j may end: the step waits for it, and says so', (command) => {
    const { body, codes } = beside(command);
    expect(codes).toEqual(['POD_SECOND_CONTAINER']);
    expect(body.containerSet.containers).toHaveLength(2);
  });
});

describe('what may stop a proxy and cannot be read is no verdict on the Job', () => {
  const v2 = (...args: readonly string[]): string =>
    JSON.stringify([
      {
        name: 'proxy',
        image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.8.0',
        command: ['/cloud-sql-proxy', ...args],
      },
    ]);
  test.each([
    ['a port that the program may call', v2('--quitquitquit', 'p:r:i'), '{}', 'SIDECAR_STOP_KEPT'],
    ['no such port', v2('p:r:i'), '{}', 'JOB_NEVER_COMPLETES'],
    ['the port switched off', v2('--quitquitquit=false', 'p:r:i'), '{}', 'JOB_NEVER_COMPLETES'],
    [
      'a request that nothing answers',
      v2('p:r:i'),
      '{command: [sh, -c], args: ["/app/run; rc=$?; curl -X POST localhost:9091/quitquitquit; exit $rc"]}',
      'SIDECAR_STOP_KEPT',
    ],
    [
      'a time limit',
      '[{name: proxy, image: "gcr.io/cloudsql-docker/gce-proxy:1.33.2", command: [timeout, "600", /cloud_sql_proxy]}]',
      '{}',
      'SIDECAR_STOP_KEPT',
    ],
    [
      'a request from a third container',
      `[${proxy.slice(1, -1)}, {name: ender, image: "curlimages/curl:8", command: [sh, -c, "while pgrep load; do sleep 1; done; curl -X POST localhost:9091/quitquitquit"]}]`,
      '{}',
      ['SIDECAR_STOP_KEPT', 'POD_SECOND_CONTAINER'],
    ],
    [
      'a wait in a shell named by a relative path',
      '[{name: proxy, image: "gcr.io/cloudsql-docker/gce-proxy:1.33.2", command: [bin/bash, -c, "/cloud_sql_proxy & P=$!; while true; do if [ -f /life/end ]; then kill $P; exit; fi; sleep 1; done"]}]',
      '{}',
      'SIDECAR_STOP_KEPT',
    ],
    [
      'a signal in a form that is not known',
      proxy,
      '{command: [sh, -c], args: ["/app/run; kill 7"]}',
      'SIDECAR_STOP_KEPT',
    ],
  ])('%s', (_, others, main, code) => {
    expect(convert({ others, main }).codes).toEqual([code].flat());
  });
});

test.each([
  ['exit 3', ['SIDECAR_STOP_KEPT', 'SIDECAR_EXIT_CODE']],
  ['exit 0', ['SIDECAR_STOP_KEPT']],
  ['exit 143', ['SIDECAR_STOP_KEPT']],
])('a trap of a sidecar with %s', (end, expected) => {
  const text = `trap 'kill $P; ${end}' INT TERM; /cloud_sql_proxy & P=$!; wait $P`;
  const others = JSON.stringify([
    { name: 'proxy', image: 'gcr.io/cloudsql-docker/gce-proxy:1.33.2', command: ['sh', '-c', text] },
  ]);
  expect(convert({ others }).codes).toEqual(expected);
});
