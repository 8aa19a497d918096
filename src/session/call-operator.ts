import { DiagnosticList } from '../core/diagnose.ts';
import { messageOf } from '../core/messages.ts';
import { folderOf, resolveRepoPath } from '../core/source.ts';
import { compileWorkflow } from '../dig/compile-workflow.ts';
import { loadDig } from '../dig/load.ts';
import { type ConfigMap, isMap } from '../expr/config-value.ts';
import { configMap } from './node-config.ts';
import { configError } from './operator-error.ts';
import { readText } from './read-config.ts';
import type { SessionProject } from './types.ts';

/** The called file's content as the subtask that `call>` runs: without time zone, and with the folder it works in. */
export function callSubtask(config: ConfigMap, workdir: string, project: SessionProject): ConfigMap {
  const written = readText(config, '_command');
  const name = written.endsWith('.dig') ? written : `${written}.dig`;
  const below = resolveRepoPath(workdir, name);
  const path = below === undefined ? undefined : resolveRepoPath(project.folder, below);
  if (below === undefined || path === undefined || project.read(path) === undefined)
    return configError(`File not found: ${name}`);
  const sink = new DiagnosticList();
  const loaded = loadDig(path, (file) => project.read(file), sink);
  const workflow =
    loaded === undefined
      ? undefined
      : compileWorkflow(loaded, below.slice(below.lastIndexOf('/') + 1, -'.dig'.length), sink);
  if (workflow !== undefined) return inFolder(configMap(workflow.node.entries), folderOf(below));
  if (loaded === undefined || sink.items.some((item) => ofFile.has(item.code))) return configError(firstError(sink));
  // What is wrong inside the tasks shows when they are compiled as the call's subtask.
  return inFolder(configMap(loaded.root.entries.filter(({ key }) => key !== 'timezone')), folderOf(below));
}

/** Mistakes for which Digdag refuses the file itself. */
const ofFile: ReadonlySet<string> = new Set(['DIG_TIMEZONE', 'DIG_TOP_LEVEL_KEY', 'DIG_WORKFLOW_NAME']);

/** The first thing that is wrong with the file. */
function firstError(sink: DiagnosticList): string {
  const error = sink.items.find((item) => item.severity === 'error');
  return error === undefined ? 'the file cannot be read' : messageOf(error);
}

/** A file in a folder works there; an exported `_workdir` counts from there. */
function inFolder(node: ConfigMap, folder: string): ConfigMap {
  if (folder === '') return node;
  const exports = node.get('_export');
  const own = isMap(exports) ? exports : new Map();
  const workdir = own.get('_workdir');
  const merged = new Map([
    ...own,
    ['_workdir', typeof workdir === 'string' ? `${folder}/${workdir}` : folder] as const,
  ]);
  return new Map([['_export', merged], ...[...node].filter(([key]) => key !== '_export')]);
}
