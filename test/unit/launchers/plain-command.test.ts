import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../src/core/messages.ts';
import { formatPosition } from '../../../src/core/source.ts';
import type { Effect } from '../../../src/ir/graph.ts';
import { staticText } from '../../../src/ir/read-value.ts';
import {
  exported,
  mixed,
  onlyEffect,
  readStep,
  runtime,
  type StepProject,
  type StepReading,
  toPlain,
  toValue,
} from './project.ts';

const session = runtime(
  {
    kind: 'session',
    ast: { kind: 'format', at: { kind: 'session', which: 'this' }, pattern: [{ kind: 'token', token: 'YYYY' }] },
  },
  'session_date',
);

function commandOf(reading: StepReading): Extract<Effect, { kind: 'command' }> {
  const effect = onlyEffect(reading);
  if (effect.kind !== 'command') throw new Error(effect.kind);
  return effect;
}

function read(project: StepProject): {
  readonly shell: readonly string[];
  readonly source: unknown;
  readonly env: unknown;
} {
  const effect = commandOf(readStep(project));
  return {
    shell: effect.shell,
    source: toPlain(effect.source),
    env: Object.fromEntries([...effect.env].map(([name, value]) => [name, toPlain(value)])),
  };
}

describe('a command that starts no Job', () => {
  test('its text stays, with exports and session values as parts', () => {
    const effect = commandOf(
      readStep({ command: mixed('echo "', session, '" | gsutil cp - "gs://', exported('lake', 'l'), '/x"') }),
    );
    expect(effect.source).toMatchObject({
      parts: [
        { text: 'echo "' },
        { kind: 'runtime' },
        { text: '" | gsutil cp - "gs://' },
        { kind: 'variable', variable: 'lake' },
        { text: '/x"' },
      ],
    });
    expect(effect.shell).toEqual(['/bin/sh']);
  });

  test('it gets the parameters it or a shell it starts may read, and no others', () => {
    expect(
      read({
        command: 'echo $env ${limit:-5} "$other" \'$no\' \\$neither',
        scope: { env: 'prd', limit: '3', other: mixed(session), no: 'x', neither: 'y', unread: 'z' },
      }).env,
    ).toEqual({ env: 'prd', limit: '3', other: '${session_date}', no: 'x', neither: 'y' });
  });

  test('variables of the worker as the configuration says', () => {
    const config = {
      worker: {
        env: {
          A: { literal: '1' },
          B: { secret: 's', key: 'k' },
          C: { config_map: 'c', key: 'k' },
          D: { unneeded: 'x' },
        },
      },
    };
    expect(read({ command: 'echo $A $B $C $D $HOME', config }).env).toEqual({
      A: '1',
      B: { secretKeyRef: { name: 's', key: 'k' } },
      C: { configMapKeyRef: { name: 'c', key: 'k' } },
    });
  });

  test('an apostrophe between double quotes hides nothing', () => {
    expect(read({ command: `echo "it's $env" 'x'`, scope: { env: 'prd' } }).env).toEqual({ env: 'prd' });
  });

  test('built-in parameters are there as well', () => {
    expect(read({ command: 'echo $session_time' }).env).toEqual({ session_time: '${session_time}' });
  });

  test('a text between single quotes is asked for only where it is known', () => {
    expect(readStep({ command: `awk '{print $NF}' file` }).codes).toEqual([]);
  });

  test('names that the text sets itself are not asked for', () => {
    expect(readStep({ command: 'X=1; for f in a b; do echo $f $X; done; read -r line; echo $line' }).codes).toEqual([]);
  });

  test('a name that nothing sets', () => {
    const reading = readStep({ command: 'echo $BUCKET' });
    expect(
      reading.diagnostics.items.map((found) => `${found.code} ${formatPosition(found.span!)} ${messageOf(found)}`),
    ).toEqual([
      'WORKER_ENV_UNKNOWN digdag/job.dig:1:5 BUCKET is read from the environment, but nothing in the tree or the configuration sets it',
    ]);
  });

  test('the shell option', () =>
    expect(read({ command: 'echo x', options: { shell: toValue(['bash', '-e']) } }).shell).toEqual(['bash', '-e']));
});

describe('a script of the project', () => {
  const files = { 'scripts/x.sh': '#!/bin/bash -e\necho "$1" $env\n' };

  test('its text becomes the command, its arguments are set in front', () => {
    expect(read({ command: mixed("../scripts/x.sh 'a b' ", session), files, scope: { env: 'prd' } })).toEqual({
      shell: ['bash', '-e'],
      source: "set -- 'a b' '${session_date}'\necho \"$1\" $env\n",
      env: { env: 'prd' },
    });
  });

  test('every command of it is accounted for', () => {
    const reading = readStep({ command: '../scripts/x.sh', files, scope: { env: 'prd' } });
    expect(reading.codes).toEqual(['LAUNCHER_SCRIPT_INLINED']);
    expect(reading.result?.commands.map(({ unit, fate }) => [unit.label, unit.span.start.line, fate.kind])).toEqual([
      ['echo "$1" $env', 2, 'consumed'],
    ]);
  });

  test('a quote in an argument', () =>
    expect(read({ command: '../scripts/x.sh "it\'s"', files, scope: { env: 'prd' } }).source).toContain(
      "set -- 'it'\\''s'\n",
    ));

  test('a file of the project that a command names is not in the image', () => {
    const reading = readStep({
      command: 'bq query < queries/a.sql; python ../scripts/x.py',
      files: { 'digdag/queries/a.sql': 'SELECT 1', 'scripts/x.py': 'pass' },
    });
    expect(
      reading.diagnostics.items.map((found) => `${found.code} ${formatPosition(found.span!)} ${messageOf(found)}`),
    ).toEqual([
      'LAUNCHER_FILE_NOT_SHIPPED digdag/job.dig:1:5 the command reads digdag/queries/a.sql of the project; the workflow does not bring it',
      'LAUNCHER_FILE_NOT_SHIPPED digdag/job.dig:1:5 the command reads scripts/x.py of the project; the workflow does not bring it',
    ]);
  });

  test('it is missing', () => {
    const reading = readStep({ command: '../scripts/none.sh a' });
    // The shell would have failed as well; the steps behind it must not run.
    expect(reading.result?.effects.map(({ kind }) => kind)).toEqual(['manual']);
    expect(
      reading.diagnostics.items.map((found) => `${found.code} ${formatPosition(found.span!)} ${messageOf(found)}`),
    ).toEqual(['LAUNCHER_SCRIPT_MISSING digdag/job.dig:1:5 the script scripts/none.sh is missing']);
  });

  test('one on the worker is where the configuration says', () => {
    const config = { worker: { env: {}, files: { '/opt/x.sh': 'scripts/x.sh' } } };
    expect(read({ command: '/opt/x.sh a', files, config, scope: { env: 'prd' } }).source).toBe(
      'set -- \'a\'\necho "$1" $env\n',
    );
    expect(read({ command: '/opt/other.sh a' }).source).toBe('/opt/other.sh a');
  });
});

describe('programs of the project in other languages', () => {
  const run = (command: string, files: Readonly<Record<string, string>>): ReturnType<typeof readStep> =>
    readStep({ command, files, config: { worker: { image: 'w', env: {} } } });

  test.each([
    ['#!/usr/bin/env python3\nprint(1)\n', "import sys; sys.argv[1:] = [ 'it\\'s', '-x' ]\nprint(1)\n"],
    ['#!/usr/bin/ruby\nputs 1\n', "ARGV.replace([ 'it\\'s', '-x' ])\nputs 1\n"],
    ['#!/usr/bin/env node\nf()\n', "process['argv'].splice(2, 0, 'it\\'s', '-x' );\nf()\n"],
    ['#!/bin/sh\necho\n', "set -- 'it'\\''s' '-x'\necho\n"],
  ])('arguments of %s', (text, source) => {
    const { result } = run('./tool "it\'s" -x', { 'digdag/tool': text });
    const [effect] = result?.effects ?? [];
    expect(effect?.kind === 'command' ? staticText(effect.source) : effect).toBe(source);
  });

  test.each(['./start.py d', 'python3 ./start.py --job d'])(
    '%s that makes Jobs is not kept as a command',
    (command) => {
      const { result, codes } = run(command, {
        'digdag/start.py':
          '#!/usr/bin/env python3\nclient.BatchV1Api().create_namespaced_job(namespace="b", body=body)\n',
      });
      expect(codes).toEqual(['LAUNCHER_UNSUPPORTED']);
      expect(result?.effects.map(({ kind }) => kind)).toEqual(['manual']);
    },
  );

  test.each([
    ['ruby ./start', '.rb', 'K8s::Client.config(c).api("batch/v1")\n'],
    ['python3 ./start', '.py', 'utils.create_from_yaml(api, "job.yaml")\n'],
    ['python3 ./start', '.py', 'utils.create_from_dict(api, job)\n'],
    ['python3 ./start', '.py', 'subprocess.run([\n    "kubectl",\n    "apply",\n    "-f", path,\n])\n'],
  ])('%s%s with %j is not kept as a command', (command, suffix, text) => {
    const { result, codes } = run(`${command}${suffix}`, { [`digdag/start${suffix}`]: text });
    expect(codes).toEqual(['LAUNCHER_UNSUPPORTED']);
    expect(result?.effects.map(({ kind }) => kind)).toEqual(['manual']);
  });

  test.each([
    ['python3 ./start.py', 'import x\nx.create_namespaced_job("b", body)\n', true],
    ['ruby ./start.rb', 'require "x"\nKubeclient::Client.new(url).create_job({})\n', false],
    ['node ./start.js', 'f()\napi.createNamespacedJob("b", body)\n', false],
  ])('the refusal of %s names the line, and py> only where Python can call it', (command, text, method) => {
    const path = `digdag/${command.replace(/^.*\//, '')}`;
    const [refusal] = run(command, { [path]: text }).diagnostics.items;
    expect(refusal?.related?.map(({ span }) => formatPosition(span).replace(/:\d+$/, ''))).toEqual([`${path}:2`]);
    expect(refusal?.code === 'LAUNCHER_UNSUPPORTED' && refusal.args.remedy.includes('py>')).toBe(method);
  });

  test.each([
    ['python3 -m jobs.start --job d', 'digdag/jobs/start.py'],
    ['python3 -m jobs --job d', 'digdag/jobs/__main__.py'],
    ['./wrap.sh', 'digdag/start.py'],
  ])('%s that reaches a program that makes Jobs', (command, path) => {
    const { result, codes } = run(command, {
      [path]: 'api.create_namespaced_job("b", body)\n',
      'digdag/wrap.sh': '#!/bin/bash\npython3 ./start.py\n',
    });
    expect(codes).toEqual(['LAUNCHER_UNSUPPORTED']);
    expect(result?.effects.map(({ kind }) => kind)).toEqual(['manual']);
  });
});
