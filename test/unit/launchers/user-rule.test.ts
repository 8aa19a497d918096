import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { entryOf } from '../../../src/ir/read-value.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { mixed, onlyJob, readStep, ruleFiles, runtime, toPlain } from './project.ts';

/** A launcher of one company, in the rules folder of its project: a program that is not in the tree. */
const rule = `kind: launcher
id: launcher-run-batch
title: run-batch starts the rendered manifest of a job
idioms: [1]
match: {operator: ^sh$, command: '^run-batch\\b'}
manifest:
  from: {positional: 1}
  path: build/{env}/{name}.yaml
macros:
  engine: script
  syntax: macro-double-at
  values:
    DATE: {flag: date}
  all_parameters: true
cluster: {parameter: cluster}
namespace: {flag: ns}
wait: {timeout: {seconds: 7200}, failure: at-once}
flags: {date: value, ns: value}
examples:
  - {step: {sh>: echo}, gives: nothing}
`;

const sessionDate = runtime({
  kind: 'session',
  ast: { kind: 'format', at: { kind: 'session', which: 'this' }, pattern: [{ kind: 'token', token: 'YYYY-MM-DD' }] },
});

test('a launcher rule of the user, without code, reads a project that uses it', () => {
  expect(rule.split('\n').length).toBeLessThanOrEqual(25);
  const diagnostics = new DiagnosticList();
  const rules = loadRules(
    [...ruleFiles(), { path: repoPath('team/rules/launchers/run-batch.yaml'), text: rule }],
    diagnostics,
  );
  expect(diagnostics.items).toEqual([]);
  const reading = readStep({
    command: mixed('/opt/bin/run-batch index --date=', sessionDate, ' --ns reporting'),
    scope: { cluster: 'c1', team: 'search' },
    manifests: {
      'build/{env}/{job}.yaml':
        'apiVersion: batch/v1\nkind: Job\nmetadata: {name: index}\nargs: ["--date=@@DATE@@", "--team=@@team@@", "@@TEAM@@"]\n',
    },
    rules,
  });
  const { manifest, cluster, namespace, wait } = onlyJob(reading);
  expect(reading.result?.launch).toMatchObject({ rule: 'launcher-run-batch', manifest: 'rendered/0.yaml' });
  expect([toPlain(cluster), toPlain(namespace), wait]).toEqual([
    'c1',
    'reporting',
    { timeoutSeconds: 7200, seesFailure: 'at-once' },
  ]);
  expect(entryOf(manifest, 'args', 0)).toMatchObject({
    parts: [{ text: '--date=' }, { kind: 'runtime', name: 'DATE', expr: { kind: 'session' } }],
  });
  expect(reading.codes).toEqual(['LAUNCHER_MACRO_LEFT']);
});

test('without that rule the step is a plain command', () => {
  expect(readStep({ command: '/opt/bin/run-batch index' }).result?.effects.map((effect) => effect.kind)).toEqual([
    'command',
  ]);
});
