import type { Task, TaskId } from '../../../ir/graph.ts';
import { asOneStep, type Placed, placeTask, shortName, stepsCall, uniqueNames } from './place.ts';
import type { Call, FlowContext } from './types.ts';

/** `_check` runs after the task inside a template of its own; `_error` is a hook on the step that failed. */
export function wrapWithHandlers(task: Task, placed: Placed, context: FlowContext): Placed {
  if (placed.length === 0) return placed;
  const retried = repeatsBelow(task) ? retriedSteps(task, placed, context) : placed;
  const checked = task.onCheck === undefined ? retried : checkedSteps(task, retried, task.onCheck, context);
  if (task.onError === undefined || task.id === context.graph.root) return checked;
  const handler = placeTask(task.onError, context);
  if (handler.length === 0) return checked;
  const step = asOneStep(checked, shortName(task), task, context);
  // A step with items has no status of its own: the hook sits on a step that calls the loop's template.
  const carrier =
    step.withItems === undefined
      ? step
      : { name: step.name, call: stepsCall(`${step.name}-loop`, [[step]], task, context) };
  return [[{ ...carrier, onError: handlerCall(task, handler, context) }]];
}

/** A hook holds a call and nothing else: a condition, items or a hook of its own need a template around them. */
function handlerCall(task: Task, handler: Placed, context: FlowContext): Call {
  const name = `${shortName(task)}-error`;
  const step = asOneStep(handler, name, task, context);
  const plain = step.when === undefined && step.withItems === undefined && step.onError === undefined;
  return plain ? step.call : stepsCall(`${name}-steps`, [[step]], task, context);
}

/** `_retry` of a loop, an `if>` or a `call>` runs all below it again; a pod and a group carry theirs themselves. */
function repeatsBelow(task: Task): boolean {
  return task.retry !== undefined && (task.kind === 'loop' || task.kind === 'branch' || task.kind === 'call');
}

function retriedSteps(task: Task, placed: Placed, context: FlowContext): Placed {
  const name = shortName(task);
  return [[{ name, call: stepsCall(`${name}-retried`, uniqueNames(placed), task, context, { retry: task.retry }) }]];
}

function checkedSteps(task: Task, placed: Placed, check: TaskId, context: FlowContext): Placed {
  const groups = [...placed, ...placeTask(check, context)];
  return [
    [{ name: shortName(task), call: stepsCall(`${shortName(task)}-checked`, uniqueNames(groups), task, context) }],
  ];
}
