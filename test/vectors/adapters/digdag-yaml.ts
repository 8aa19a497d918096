import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { readDigdagYaml } from '../../../src/yaml/digdag.ts';
import { compare, type VectorAdapter } from '../adapter.ts';
import { refused } from '../refused.ts';
import { yamlJson } from '../yaml-json.ts';

export const adapter: VectorAdapter = {
  check(vector) {
    const { text, expect } = vector as { text: string; expect: { value?: unknown; error?: unknown } };
    const sink = new DiagnosticList();
    const node = readDigdagYaml({ path: repoPath('case.dig'), text }, sink);
    return compare(
      expect.error === undefined ? expect.value : 'refused',
      node === undefined ? refused(sink) : yamlJson(node),
    );
  },
};
