import type { Task, TaskId } from '../ir/graph.ts';

/** True where both hold the same tasks with the same values. */
export function sameTasks(a: ReadonlyMap<TaskId, Task>, b: ReadonlyMap<TaskId, Task>): boolean {
  return JSON.stringify([...a], plain) === JSON.stringify([...b], plain);
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return [...value];
  return typeof value === 'bigint' ? `${value}n` : value;
}
