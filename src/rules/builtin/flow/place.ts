import { assertNever } from '../../../core/assert-never.ts';
import type { Task, TaskId } from '../../../ir/graph.ts';
import { k8sName } from '../../../k8s/names.ts';
import { placeBranch } from './branch.ts';
import { dagTasks } from './dag.ts';
import { wrapWithHandlers } from './handlers.ts';
import { asOneStep, layoutCall, type Placed, stepsCall, type TemplateCall, uniqueNames } from './layout.ts';
import { placeLoop } from './loop.ts';
import { placeOperator } from './operator.ts';
import { placeRequire } from './require.ts';
import type { FlowContext, Step } from './types.ts';

type GroupTask = Extract<Task, { kind: 'group' }>;

/** The steps that run a task, as its parent template has to write them. */
export function placeTask(id: TaskId, context: FlowContext): Placed {
  const task = taskOf(id, context);
  const placed = placeByKind(task, context);
  return ofTask(wrapWithHandlers(task, placed, context), task);
}

/** Steps come from the innermost task that they are for. */
function ofTask(placed: Placed, { span }: Task): Placed {
  return placed.map((group) => group.map((step) => (step.span === undefined ? { ...step, span } : step)));
}

export function taskOf(id: TaskId, context: FlowContext): Task {
  const task = context.graph.tasks.get(id);
  if (task === undefined) throw new Error(`no task ${id} in the graph`);
  return task;
}

/** The last name of a task's path, as steps and templates are called. */
export function shortName(task: Task): string {
  return k8sName(task.path.at(-1) ?? task.id);
}

function placeByKind(task: Task, context: FlowContext): Placed {
  switch (task.kind) {
    case 'operator':
      return placeOperator(task, context);
    case 'group':
      return placeGroup(task, context);
    case 'call':
      return task.body === undefined ? [] : renamed(placeTask(task.body, context), shortName(task));
    case 'branch':
      return placeBranch(task, context);
    case 'loop':
      return placeLoop(task, context);
    case 'require':
      return placeRequire(task, context);
    default:
      return assertNever(task);
  }
}

/** A group of several steps becomes a template of its own; a group around one step is that step. */
function placeGroup(task: GroupTask, context: FlowContext): Placed {
  // The group's place in the order comes before its children's.
  const slot = context.book.reserve();
  const filled = placeChildren(task, context);
  const only = filled[0]?.placed;
  const plain = task.retry === undefined && task.onError === undefined && task.onCheck === undefined;
  if (filled.length === 0) return [];
  if (filled.length === 1 && only?.length === 1 && only[0]?.length === 1 && plain) return only;
  return [[{ name: shortName(task), ...groupTemplate(task, filled, context, slot) }]];
}

/** What a child of a group became, and the child's name for the step that wraps it where it takes several. */
export interface PlacedChild {
  readonly id: TaskId;
  readonly name: string;
  readonly placed: Placed;
  /** Its place among all children of the group, also those without effect: Digdag counts them in a chunk. */
  readonly at: number;
}

/** The children that have an effect. */
export function placeChildren(task: GroupTask, context: FlowContext): readonly PlacedChild[] {
  return task.children
    .map((id, at) => ({ id, at, name: shortName(taskOf(id, context)), placed: placeTask(id, context) }))
    .filter((child) => child.placed.length > 0);
}

/** Steps of children in the order that is asked for: one after the other, side by side, or in chunks with a barrier. */
export function arrange(
  order: Exclude<GroupTask['order'], { kind: 'dag' }>,
  children: readonly Pick<PlacedChild, 'placed' | 'at'>[],
  wrap: (child: Placed, index: number) => Step,
): Placed {
  if (order.kind === 'serial') return children.flatMap((child) => child.placed);
  const size = order.limit !== undefined && order.limit > 0 ? order.limit : Number.POSITIVE_INFINITY;
  const chunks = new Map<number, Step[]>();
  children.forEach(({ placed, at }, index) => {
    const chunk = Math.floor(at / size);
    chunks.set(chunk, [...(chunks.get(chunk) ?? []), wrap(placed, index)]);
  });
  return [...chunks.values()];
}

/** The template of a group, and the call that runs it. */
export function groupTemplate(
  task: GroupTask,
  children: readonly PlacedChild[],
  context: FlowContext,
  slot: number,
): TemplateCall {
  const wrap = ({ name, placed }: PlacedChild): Step => asOneStep(placed, name, task, context);
  const options = { retry: task.retry, slot };
  if (task.order.kind === 'dag')
    return layoutCall(shortName(task), { kind: 'dag', tasks: dagTasks(task, children, wrap) }, task, context, options);
  const groups = arrange(task.order, children, (placed, index) =>
    wrap(children[index] ?? { id: task.id, at: index, name: shortName(task), placed }),
  );
  return stepsCall(shortName(task), uniqueNames(groups), task, context, options);
}

function renamed(placed: Placed, name: string): Placed {
  const only = placed[0]?.[0];
  return placed.length === 1 && placed[0]?.length === 1 && only !== undefined ? [[{ ...only, name }]] : placed;
}
