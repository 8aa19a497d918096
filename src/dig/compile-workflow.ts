import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode, DiagnosticSink } from '../core/diagnostic.ts';
import type { RepoPath, SourceSpan } from '../core/source.ts';
import { nameOf } from '../yaml/merge-keys.ts';
import { entryNamed } from '../yaml/node.ts';
import { compileTasks } from './compile-tasks.ts';
import { loadDig } from './load.ts';
import { taskNameProblem, workflowNameProblem } from './names.ts';
import { similarTo } from './similar.ts';
import { warnOfRunTimeFailures } from './task-node.ts';
import type { DigTask, DigWorkflow, LoadedDig, YamlEntry, YamlMap } from './types.ts';
import { javaZone } from './zone-ids.ts';

/** Keys of a workflow in the order in which Digdag hands them on. */
const topLevelKeys = ['schedule', 'sla', '_error', '_check', '_retry', '_parallel'] as const;

/** A workflow file as Digdag accepts it; undefined (and diagnostics) where it does not. */
export function compileWorkflow(loaded: LoadedDig, name: string, sink: DiagnosticSink): DigWorkflow | undefined {
  const file = new WorkflowFile(loaded, sink);
  const timezone = file.timezone();
  file.checkKeys();
  file.checkName(name);
  if (file.failed) return undefined;
  const node = file.rootNode();
  const root = compileTasks({ name: `+${name}`, parentFullName: '', keySpan: file.start, node }, sink);
  if (root === undefined) return undefined;
  warnOfRunTimeFailures(root, sink);
  const [own] = loaded.parts;
  const optional = {
    timezoneSpan: entryNamed(loaded.root, 'timezone')?.keySpan,
    headComment: own?.headComment,
    exports: root.exports,
    schedule: entryNamed(node, 'schedule'),
    sla: entryNamed(node, 'sla'),
    commentedSchedule: own?.commentedSchedule,
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, field]) => field !== undefined));
  return { name, timezone, file: loaded.file, files: loaded.files, root, node, ...present };
}

/** All workflows of a project: the .dig files right in its folder, by name. Files that Digdag refuses are left out. */
export function compileProject(
  folder: string,
  files: readonly RepoPath[],
  read: (path: RepoPath) => string | undefined,
  sink: DiagnosticSink,
): readonly DigWorkflow[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const own = files.filter(
    (file) => file.startsWith(prefix) && /^[^./][^/]*\.dig$|^\.dig$/.test(file.slice(prefix.length)),
  );
  const workflows: DigWorkflow[] = [];
  for (const file of own) {
    const loaded = loadDig(file, read, sink);
    const workflow =
      loaded === undefined ? undefined : compileWorkflow(loaded, file.slice(prefix.length, -'.dig'.length), sink);
    if (workflow !== undefined) workflows.push(workflow);
  }
  return workflows.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * A generated task: the body of `_do`, `_error`, `_check`, or a called file.
 * `name` is `^sub`, `^error` or `^check`; indexes count from 0 at this task.
 */
export function compileSubtask(
  node: YamlMap,
  parentFullName: string,
  name: string,
  sink: DiagnosticSink,
): DigTask | undefined {
  return compileTasks({ name, parentFullName, keySpan: node.span, node }, sink);
}

/** The rules for the file itself, before anything is compiled. */
class WorkflowFile {
  failed = false;
  readonly start: SourceSpan;
  readonly #root: YamlMap;
  readonly #sink: DiagnosticSink;

  constructor(loaded: LoadedDig, sink: DiagnosticSink) {
    this.#root = loaded.root;
    this.#sink = sink;
    this.start = { ...loaded.root.span, end: loaded.root.span.start };
  }

  timezone(): string {
    const entry = entryNamed(this.#root, 'timezone');
    if (entry === undefined || entry.value.kind === 'null') return 'UTC';
    const { value } = entry;
    if (value.kind === 'string' && value.value.trim() === '') return 'UTC';
    const zone = value.kind === 'string' ? javaZone(value.value) : undefined;
    if (zone === undefined)
      this.#refuse('DIG_TIMEZONE', { written: value.kind === 'string' ? value.value : nameOf(value) }, value.span);
    return zone ?? 'UTC';
  }

  checkKeys(): void {
    const allowed = ['timezone', '_export', ...topLevelKeys];
    for (const { key, value, keySpan } of this.#root.entries) {
      if (key.startsWith('+')) {
        const problem = taskNameProblem(key, true);
        if (problem !== undefined) this.#refuse('DIG_TASK_NAME', { task: key, problem }, keySpan);
      } else if (!allowed.includes(key))
        this.#refuse('DIG_TOP_LEVEL_KEY', { key, similar: similarTo(key, allowed) }, keySpan);
      else if (key === '_export' && value.kind !== 'map' && value.kind !== 'null')
        this.#refuse('DIG_NOT_MAPPING', { key, found: nameOf(value) }, value.span);
      if (value.kind === 'null' && key !== 'timezone' && key !== '_export') this.#refuse('DIG_NULL', { key }, keySpan);
    }
  }

  checkName(name: string): void {
    const problem = workflowNameProblem(name);
    if (problem !== undefined) this.#refuse('DIG_WORKFLOW_NAME', { name, problem }, this.start);
  }

  /** The root task's mapping: exports, top-level keys in Digdag's order, tasks. */
  rootNode(): YamlMap {
    const exports = entryNamed(this.#root, '_export');
    const others = topLevelKeys
      .map((key) => entryNamed(this.#root, key))
      .filter((entry): entry is YamlEntry => entry !== undefined);
    const tasks = this.#root.entries.filter((entry) => entry.key.startsWith('+'));
    const kept = exports?.value.kind === 'map' && exports.value.entries.length > 0 ? [exports] : [];
    return { ...this.#root, entries: [...kept, ...others, ...tasks] };
  }

  #refuse<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C], span: SourceSpan): void {
    this.failed = true;
    this.#sink.add(diagnose(code, args, { span }));
  }
}
