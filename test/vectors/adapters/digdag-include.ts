import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { loadDig } from '../../../src/dig/load.ts';
import { compare, type VectorAdapter } from '../adapter.ts';
import { refused } from '../refused.ts';
import { yamlJson } from '../yaml-json.ts';

export const adapter: VectorAdapter = {
  check(vector) {
    const { files, entry, expect } = vector as {
      files: Record<string, string>;
      entry: string;
      expect: { value?: unknown; error?: unknown };
    };
    const sink = new DiagnosticList();
    const loaded = loadDig(repoPath(entry), (path) => files[path], sink);
    if (expect.error !== undefined)
      return compare('refused', loaded === undefined ? refused(sink) : yamlJson(loaded.root));
    const got: unknown =
      loaded === undefined
        ? refused(sink)
        : JSON.parse(JSON.stringify(yamlJson(loaded.root)).replaceAll(/"!include:\d+"/g, '"!include:<uuid>"'));
    return compare(expect.value, got);
  },
};
