import { expect, test } from 'vitest';
import { formatPosition } from '../../../src/core/source.ts';
import { folderHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';

async function differences(input: string): Promise<readonly string[]> {
  const { diagnostics } = await convert(folderHost(input), { rules: packageRules() });
  return diagnostics.flatMap((found) => {
    if (found.code !== 'ENVIRONMENT_BRANCH' && found.code !== 'ENVIRONMENT_DRIFT') return [];
    const { environment, change, variables = 'no variable' } = found.args;
    const place = found.span === undefined ? '-' : formatPosition(found.span);
    return [`${place} ${found.code} ${environment} (${variables}) ${change}`];
  });
}

test('a shape that a tag decides names the tag and its variables, a typed value its variables', async () => {
  expect(await differences('test/golden/environments/branch-on-environment/input')).toEqual([
    'digdag/dev/export.dig:1:1 ENVIRONMENT_DRIFT dev (no variable) template export: serviceAccountName is missing',
    'manifests/export.yaml.j2:12:27 ENVIRONMENT_DRIFT dev (no variable) serviceAccountName is batch',
    'manifests/export.yaml.j2:18:1 ENVIRONMENT_BRANCH dev (exporters) template export: container is {image, command, args}',
    'manifests/export.yaml.j2:18:1 ENVIRONMENT_BRANCH dev (exporters) template export: containerSet is missing',
    'manifests/extract.yaml.j2:16:1 ENVIRONMENT_BRANCH dev (env) template extract: container.command also has --verbose',
    'manifests/extract.yaml.j2:25:1 ENVIRONMENT_BRANCH dev (debug) template extract: container.env is added',
    'manifests/extract.yaml.j2:30:30 ENVIRONMENT_DRIFT dev (memory) template extract: container.resources.limits.memory is 1Gi instead of 8Gi',
    'manifests/extract.yaml.j2:31:1 ENVIRONMENT_BRANCH dev (scratch.enabled) template extract: container.volumeMounts is missing',
    'manifests/extract.yaml.j2:36:1 ENVIRONMENT_BRANCH dev (scratch.enabled) template extract: volumes is missing',
  ]);
});
