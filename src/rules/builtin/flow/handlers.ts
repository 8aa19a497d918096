import type { Retry, Task, TaskId } from '../../../ir/graph.ts';
import { asOneStep, asPlainStep, type Placed, stepsCall, uniqueNames } from './layout.ts';
import { repeatsAsWhole } from './operator.ts';
import { placeTask, shortName } from './place.ts';
import type { Call, FlowContext } from './types.ts';

/** `_check` runs after the task inside a template of its own; `_error` is a hook on the step that failed. */
export function wrapWithHandlers(task: Task, placed: Placed, context: FlowContext): Placed {
  const checked =
    task.onCheck === undefined ? repeated(task, placed, context) : checkedSteps(task, placed, task.onCheck, context);
  if (checked.length === 0 || task.onError === undefined || task.id === context.graph.root) return checked;
  const handler = placeTask(task.onError, context);
  if (handler.length === 0) return checked;
  const step = asOneStep(checked, shortName(task), task, context);
  // A step with items has no status of its own, and one that has a hook, or may fail, keeps that to itself.
  const wrapped = step.items !== undefined || step.onError !== undefined || step.mayFail === true;
  const suffix = step.items === undefined ? 'steps' : 'loop';
  const carrier = wrapped ? { name: step.name, ...stepsCall(`${step.name}-${suffix}`, [[step]], task, context) } : step;
  return [[{ ...carrier, onError: handlerCall(task, handler, context) }]];
}

/** A hook holds a call and nothing else. */
function handlerCall(task: Task, handler: Placed, context: FlowContext): Call {
  const name = `${shortName(task)}-error`;
  return asPlainStep(asOneStep(handler, name, task, context), `${name}-steps`, task, context).call;
}

/** `_retry` of a loop, an `if>` or a `call>` runs all below it again; a pod and a group carry theirs themselves. */
function repeated(task: Task, placed: Placed, context: FlowContext): Placed {
  const below = task.kind === 'operator' ? repeatsAsWhole(task) : task.kind !== 'group';
  if (placed.length === 0 || task.retry === undefined || !below) return placed;
  return around(task, 'retried', placed, task.retry, context);
}

/** A task with a `_check` is repeated with it: an attempt fails also by its check. */
function checkedSteps(task: Task, placed: Placed, check: TaskId, context: FlowContext): Placed {
  const groups = [...placed, ...placeTask(check, context)];
  if (groups.length === 0) return [];
  return around(task, 'checked', groups, task.kind === 'group' ? undefined : task.retry, context);
}

function around(task: Task, suffix: string, groups: Placed, retry: Retry | undefined, context: FlowContext): Placed {
  const name = shortName(task);
  return [[{ name, ...stepsCall(`${name}-${suffix}`, uniqueNames(groups), task, context, { retry }) }]];
}
