import { expect, test } from 'vitest';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { convert } from '../../../src/pipeline/run.ts';
import { packageRules } from '../../generated.ts';

test('a workflow that only writes to the log becomes a workflow that Argo accepts, and is reported', async () => {
  const host = memoryHost({ 'digdag/prd/hello.dig': 'timezone: UTC\n\n+hello:\n  echo>: hello\n' });
  const { files, diagnostics } = await convert(host, { rules: packageRules() });
  const workflow = files.find((file) => file.path.endsWith('base/workflow.yaml'))?.text ?? '';
  expect(workflow).toContain('entrypoint: main');
  expect(workflow).toMatch(/- name: main\n +suspend: {0,1}\n? *\{?duration: "0"/);
  expect(workflow).not.toContain('steps: []');
  expect(
    diagnostics
      .filter((finding) => finding.severity !== 'info')
      .map((finding) => [finding.code, finding.span?.file, finding.span?.start.line]),
  ).toEqual([['FLOW_NOTHING_TO_RUN', 'digdag/prd/hello.dig', 1]]);
});
