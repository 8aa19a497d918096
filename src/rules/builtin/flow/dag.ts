import { freeName } from '../../../core/free-name.ts';
import type { Task, TaskId } from '../../../ir/graph.ts';
import type { PlacedChild } from './place.ts';
import type { DagTask } from './steps-body.ts';
import type { Step } from './types.ts';

/** A group with `_background` or `_after`: each child says what it waits for; one without effect hands on what it waits for. */
export function dagTasks(
  task: Extract<Task, { kind: 'group' }>,
  children: readonly PlacedChild[],
  wrap: (child: PlacedChild) => Step,
): readonly DagTask[] {
  const after = task.order.kind === 'dag' ? task.order.after : new Map<TaskId, readonly TaskId[]>();
  const steps = new Map(children.map((child) => [child.id, wrap(child)]));
  const names = taskNames([...steps].map(([id, step]) => [id, step.name]));
  const waits = new Map<TaskId, readonly string[]>();
  for (const id of task.children) {
    const before = (after.get(id) ?? []).flatMap((other) => {
      const name = names.get(other);
      return name === undefined ? (waits.get(other) ?? []) : [name];
    });
    waits.set(id, [...new Set(before)]);
  }
  return [...steps].map(([id, step]) => ({
    step: { ...step, name: names.get(id) ?? step.name },
    after: waits.get(id) ?? [],
  }));
}

/** Names of tasks in a DAG: all different, and none begins with a digit, which `depends` could not name. */
function taskNames(wishes: readonly (readonly [TaskId, string])[]): ReadonlyMap<TaskId, string> {
  const names = new Map<TaskId, string>();
  const taken = new Set<string>();
  for (const [id, wish] of wishes) {
    const name = freeName(/^\d/.test(wish) ? `t-${wish}` : wish, '-', taken);
    taken.add(name);
    names.set(id, name);
  }
  return names;
}
