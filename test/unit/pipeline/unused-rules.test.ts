import { expect, test } from 'vitest';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';

const launcher = (id: string, command: string): string => `kind: launcher
id: ${id}
title: A launcher of the team
idioms: [7]
match: {operator: ^sh$, command: '^${command}'}
manifest: {from: {positional: 1}, path: 'jobs/{name}.yaml'}
wait: {failure: at-once}
examples:
  - {step: {'sh>': echo}, gives: nothing}
`;

test('the summary names the rules of the user that took no part, and counts those of the package', async () => {
  const { report } = await convert(
    memoryHost({
      'dig2argo.yaml': 'clusters: {prd: c}\n',
      'digdag/prd/a.dig': '+a:\n  sh>: start-a a\n',
      'jobs/a.yaml':
        'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: i, command: [c]}]}}}\n',
      'rules/a.yaml': launcher('launcher-a', 'start-a'),
      'rules/b.yaml': launcher('launcher-b', 'start-b'),
    }),
    { rules: packageRules() },
  );
  expect(report.rules.unused).toEqual(['launcher-b']);
  expect(report.rules.unusedOfPackage).toBeGreaterThan(20);
});
