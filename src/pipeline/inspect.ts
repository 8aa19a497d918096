import { loadConfig } from '../config/load.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { repoPath } from '../core/source.ts';
import { discover } from '../discover/discover.ts';
import type { Project } from '../discover/project.ts';
import { proposeConfig } from '../discover/propose-config.ts';

const CONFIG_PATH = 'dig2argo.yaml';

/** What lies in a legacy folder, and the configuration to confirm for it. */
export interface Inspection {
  /** Absent where the configuration is broken. */
  readonly project?: Project;
  readonly proposal: string;
}

/** Looks at a legacy folder as `convert` does. With `afresh`, what an existing configuration says is not used. */
export function inspectProject(host: Host, sink: DiagnosticSink, afresh = false): Inspection {
  const text = afresh ? undefined : host.read(CONFIG_PATH);
  const config = loadConfig(text === undefined ? undefined : { path: repoPath(CONFIG_PATH), text }, sink);
  if (config === undefined) return { proposal: '' };
  const project = discover(host, config, sink);
  return { project, proposal: proposeConfig(project, host) };
}
