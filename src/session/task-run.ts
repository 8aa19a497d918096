import type { DigTask } from '../dig/types.ts';
import { type ConfigMap, mergeDeep } from '../expr/config-value.ts';
import { configMap } from './node-config.ts';
import type { Failure } from './types.ts';

export type RunState = 'blocked' | 'success' | 'error' | 'group-error';

/** A task of the running attempt; the generated ones are in the tree like all others. */
export class TaskRun {
  readonly task: DigTask;
  readonly parent: TaskRun | undefined;
  readonly exports: ConfigMap;
  /** Siblings that must succeed first. */
  upstreams: readonly TaskRun[] = [];
  /** In the order in which Digdag numbers them. */
  children: TaskRun[] = [];
  state: RunState = 'blocked';
  store: ConfigMap = new Map();
  failure: Failure | undefined;
  /** Retries used up, by the operator or by the group; Digdag has one counter for both. */
  retries = 0;
  /** The calls that end last in this task, for what comes after it. */
  end: readonly number[] = [];

  constructor(task: DigTask, parent: TaskRun | undefined) {
    this.task = task;
    this.parent = parent;
    this.exports = task.exports === undefined ? new Map() : configMap(task.exports.entries);
  }

  addChildren(
    tasks: readonly DigTask[],
    upstreams: (task: DigTask, runs: ReadonlyMap<number, TaskRun>) => readonly TaskRun[],
  ): void {
    const runs = new Map<number, TaskRun>();
    for (const task of tasks) {
      const run = new TaskRun(task, this);
      run.upstreams = upstreams(task, runs);
      runs.set(task.index, run);
      this.children.push(run);
    }
  }

  /** This task's parents from the root, then itself. */
  path(): readonly TaskRun[] {
    return this.parent === undefined ? [this] : [...this.parent.path(), this];
  }

  /** All tasks below, each before its children. */
  descendants(): readonly TaskRun[] {
    return this.children.flatMap((child) => [child, ...child.descendants()]);
  }
}

/**
 * The parameters a task starts with: along the way from the root, what earlier tasks stored, then what each parent exports.
 * @see digdag-core `WorkflowExecutor.collectParams`, `TaskTree`
 */
export function collectParams(run: TaskRun, start: ConfigMap): ConfigMap {
  let params = start;
  for (const step of run.path()) {
    for (const sibling of upstreamsFromFar(step, new Set())) {
      for (const finished of [sibling, ...sibling.descendants()]) params = mergeDeep(params, finished.store);
    }
    params = mergeDeep(params, step.exports);
    if (step !== run) params = mergeDeep(params, step.store);
  }
  return params;
}

function upstreamsFromFar(run: TaskRun, seen: Set<TaskRun>): readonly TaskRun[] {
  const siblings = run.parent?.children.filter((sibling) => run.upstreams.includes(sibling)) ?? [];
  return siblings.flatMap((sibling) => {
    if (seen.has(sibling)) return [];
    seen.add(sibling);
    return [...upstreamsFromFar(sibling, seen), sibling];
  });
}
