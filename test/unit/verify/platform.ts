import { loadConfig } from '../../../src/config/load.ts';
import { emptyConfig } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { folderHost } from '../../../src/pipeline/host.ts';
import type { LegacyPlatform } from '../../../src/verify/legacy/types.ts';

/** A sample's legacy tree, laid out as one folder per environment below `digdag`. */
export function samplePlatform(sample: string): LegacyPlatform {
  const host = folderHost(new URL(`../../../samples/${sample}/legacy`, import.meta.url).pathname);
  const text = host.read('dig2argo.yaml');
  const sink = new DiagnosticList();
  const config = loadConfig(text === undefined ? undefined : { path: repoPath('dig2argo.yaml'), text }, sink);
  if (config === undefined) throw new Error('the sample has a broken configuration');
  const names = Array.isArray(config.environments) ? config.environments : Object.keys(config.environments ?? {});
  const environments = names.map((name) => {
    const folder = `digdag/${name}`;
    const workflows = host
      .list()
      .filter((path) => path.endsWith('.dig') && path.slice(0, path.lastIndexOf('/')) === folder)
      .map(repoPath);
    return { name, folder, params: new Map<string, string>(), workflows };
  });
  return { host, config: config ?? emptyConfig, environments };
}
