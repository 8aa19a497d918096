import type { Task, TaskId } from '../../../ir/graph.ts';
import type { TextValue } from '../../../ir/value.ts';
import { conditionOf, negated } from './condition.ts';
import { asOneStep, type Placed, stepsCall, uniqueNames } from './layout.ts';
import { placeTask, shortName, taskOf } from './place.ts';
import type { FlowContext, Step } from './types.ts';

/** `if>` as two steps side by side with opposite conditions; one that is skipped counts as success. */
export function placeBranch(task: Extract<Task, { kind: 'branch' }>, context: FlowContext): Placed {
  const condition = conditionOf(task, context);
  const branch = (id: TaskId | undefined, when: TextValue): readonly Step[] => {
    if (id === undefined) return [];
    const placed = placeTask(id, context);
    if (placed.length === 0) return [];
    const step = asOneStep(placed, shortName(taskOf(id, context)), task, context);
    // A step has one `when`: the one inside moves into a template of its own.
    const inner =
      step.when === undefined ? step : { name: step.name, ...stepsCall(`${step.name}-steps`, [[step]], task, context) };
    return [{ ...inner, when }];
  };
  const steps = [...branch(task.then, condition.test), ...branch(task.otherwise, negated(condition.test))];
  return steps.length === 0 ? [] : uniqueNames([...condition.before, steps]);
}
