import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { entryOf } from '../../../src/ir/read-value.ts';
import { testRules } from '../../../src/pipeline/rule-tests/test-rules.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { packageRules } from '../../generated.ts';
import { mixed, onlyJob, readStep, ruleFiles, runtime, toPlain } from './project.ts';

/** The launcher of one company that the README shows: a program that is not in the tree. */
const rule =
  /```yaml\n(# legacy\/rules\/launchers\/run-batch\.yaml[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ??
  '';

const sessionDate = runtime({
  kind: 'session',
  ast: { kind: 'format', at: { kind: 'session', which: 'this' }, pattern: [{ kind: 'token', token: 'YYYY-MM-DD' }] },
});

test('a launcher rule of the user, without code, reads a project that uses it', () => {
  expect(rule.trim().split('\n').length).toBeLessThanOrEqual(25);
  expect(rule).not.toBe('');
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
        'apiVersion: batch/v1\nkind: Job\nmetadata: {name: index}\nargs: ["--date=@@DATE@@", "@@TEAM@@"]\n',
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

test('its own examples hold', async () => {
  const files = [...packageRules(), { path: repoPath('team/rules/launchers/run-batch.yaml'), text: rule }];
  const { results, diagnostics } = await testRules(files);
  expect(diagnostics).toEqual([]);
  const own = results.filter((result) => result.rule === 'launcher-run-batch');
  expect(own.map(({ accepts, problems }) => [accepts, problems])).toEqual([
    [true, []],
    [false, []],
  ]);
});

test('without that rule the step is a plain command', () => {
  expect(readStep({ command: '/opt/bin/run-batch index' }).result?.effects.map((effect) => effect.kind)).toEqual([
    'command',
  ]);
});
