import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { folderHost, memoryHost } from '../../src/pipeline/host.ts';
import { convert } from '../../src/pipeline/run.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import { packageRules, proofFrom } from '../generated.ts';

test('no verdict shows the value of a secret', async () => {
  const input = 'test/golden/pod/secret-arguments/input';
  expect(readFileSync(`${input}/manifests/load.yaml`, 'utf8')).toContain('not-a-real-one');
  const legacy = folderHost(input);
  const { files } = await convert(legacy, { rules: packageRules() });
  // Without the maps nothing accepts what became of the secrets: the differences show both texts.
  const out = memoryHost(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const proof = await verifyOutput(legacy, out, { fromMs: proofFrom, times: 1 }, new DiagnosticList());
  const text = JSON.stringify(proof);
  expect(text).toContain('--db-password=***');
  expect(text).not.toContain('not-a-real-one');
});
