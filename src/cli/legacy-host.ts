import { resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { DiagnosticList } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { repoPath } from '../core/source.ts';
import { folderHost } from '../pipeline/host.ts';
import { existingFolder } from './folders.ts';

export const CONFIG_FILE = 'dig2argo.yaml';

/** The legacy folder with the further checkouts that its configuration names, as `<source>:<path>`; undefined, and a diagnostic, where one is missing. */
export function legacyHost(folder: string, sink: DiagnosticSink): Host | undefined {
  const main = folderHost(folder);
  const sources = Object.entries(configOf(main)?.sources ?? {});
  const hosts = new Map<string, Host>();
  for (const [name, given] of sources) {
    const path = existingFolder(folder, given, sink);
    if (path === undefined) return undefined;
    hosts.set(name, folderHost(resolve(path)));
  }
  return hosts.size === 0 ? main : combined(main, hosts);
}

/** The configuration, for what must be known before the pipeline starts; a broken one is reported there. */
function configOf(host: Host): Config | undefined {
  const text = host.read(CONFIG_FILE);
  return text === undefined ? undefined : loadConfig({ path: repoPath(CONFIG_FILE), text }, new DiagnosticList());
}

function combined(main: Host, sources: ReadonlyMap<string, Host>): Host {
  const files = [
    ...main.list(),
    ...[...sources].flatMap(([name, host]) => host.list().map((path) => `${name}:${path}`)),
  ];
  return {
    list: () => files,
    read: (path) => {
      const colon = path.indexOf(':');
      const source = colon < 0 ? undefined : sources.get(path.slice(0, colon));
      return source === undefined ? main.read(path) : source.read(path.slice(colon + 1));
    },
  };
}
