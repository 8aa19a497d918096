import type { DigTask } from '../dig/types.ts';
import type { TaskId } from '../ir/graph.ts';

/** What each child waits for; in the place of one that does nothing, what it would have waited for. */
export function waits(task: DigTask, added: ReadonlyMap<number, TaskId>): ReadonlyMap<TaskId, readonly TaskId[]> {
  const resolved = new Map<number, readonly TaskId[]>();
  const after = new Map<TaskId, readonly TaskId[]>();
  for (const child of task.children) {
    const before = [...new Set(child.upstreams.flatMap((index) => added.get(index) ?? resolved.get(index) ?? []))];
    resolved.set(child.index, before);
    const id = added.get(child.index);
    if (id !== undefined) after.set(id, before);
  }
  return after;
}
