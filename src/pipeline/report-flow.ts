import { assertNever } from '../core/assert-never.ts';
import type { Task, TaskGraph, TaskId } from '../ir/graph.ts';
import type { JobFlow } from '../report/types.ts';

/** A step that others follow, and what stands on the arrow. */
interface Exit {
  readonly task: string;
  readonly label: string;
}

/** The steps of a workflow and their order, for a picture: groups are what their arrows say. */
export function flowOf(graph: TaskGraph): JobFlow {
  const drawing: Drawing = { graph, nodes: [], edges: [] };
  draw(graph.root, [], drawing);
  return { nodes: drawing.nodes, edges: drawing.edges };
}

interface Drawing {
  readonly graph: TaskGraph;
  readonly nodes: JobFlow['nodes'][number][];
  readonly edges: JobFlow['edges'][number][];
}

/** Draws a task behind the given exits; its own exits are what follows has to wait for. */
function draw(id: TaskId | undefined, before: readonly Exit[], drawing: Drawing): readonly Exit[] {
  const task = id === undefined ? undefined : drawing.graph.tasks.get(id);
  if (task === undefined) return before;
  const from = drawing.nodes.length;
  const done = drawKind(task, before, drawing);
  const after = draw(task.onCheck, done, drawing);
  if (task.onError !== undefined) drawError(task.onError, drawing.nodes.slice(from), drawing);
  return after;
}

function drawKind(task: Task, before: readonly Exit[], drawing: Drawing): readonly Exit[] {
  switch (task.kind) {
    case 'operator':
      return drawNode(task, labelOf(task), before, drawing);
    case 'require':
      return drawNode(task, `${labelOf(task)} (require)`, before, drawing);
    case 'call':
      return draw(task.body, before, drawing);
    case 'loop':
      return draw(task.body, labelled(before, 'for each'), drawing);
    case 'branch':
      return [
        ...draw(task.then, labelled(before, 'if'), drawing),
        ...(task.otherwise === undefined ? before : draw(task.otherwise, labelled(before, 'else'), drawing)),
      ];
    case 'group':
      return drawGroup(task, before, drawing);
    default:
      return assertNever(task);
  }
}

function drawGroup(task: Extract<Task, { kind: 'group' }>, before: readonly Exit[], drawing: Drawing): readonly Exit[] {
  const { order, children } = task;
  if (order.kind === 'serial') return children.reduce((exits, child) => draw(child, exits, drawing), before);
  if (order.kind === 'parallel') {
    const size = order.limit !== undefined && order.limit > 0 ? order.limit : children.length;
    let exits = before;
    for (let at = 0; at < children.length; at += size)
      exits = children.slice(at, at + size).flatMap((child) => draw(child, exits, drawing));
    return exits;
  }
  const ends = new Map<TaskId, readonly Exit[]>();
  for (const child of children) {
    const waits = order.after.get(child) ?? [];
    ends.set(child, draw(child, waits.length === 0 ? before : waits.flatMap((id) => ends.get(id) ?? []), drawing));
  }
  const waitedFor = new Set([...order.after.values()].flat());
  return [...ends].flatMap(([child, exits]) => (waitedFor.has(child) ? [] : exits));
}

function drawNode(task: Task, label: string, before: readonly Exit[], drawing: Drawing): readonly Exit[] {
  drawing.nodes.push({ task: task.id, label });
  for (const exit of before) drawing.edges.push({ from: exit.task, to: task.id, kind: 'next', label: exit.label });
  return [{ task: task.id, label: '' }];
}

/** `_error` hangs on the last step it watches: one arrow says enough. */
function drawError(id: TaskId, watched: JobFlow['nodes'], drawing: Drawing): void {
  const last = watched.at(-1);
  const first = drawing.nodes.length;
  draw(id, [], drawing);
  const handler = drawing.nodes[first];
  if (last !== undefined && handler !== undefined)
    drawing.edges.push({ from: last.task, to: handler.task, kind: 'error', label: 'on failure' });
}

/** A generated task below its own step has the step's name again: said once. */
function labelOf(task: Task): string {
  const names = task.path.length > 1 ? task.path.slice(1) : task.path;
  return names.filter((name, at) => name !== names[at - 1]).join(' / ');
}

function labelled(exits: readonly Exit[], label: string): readonly Exit[] {
  return exits.map((exit) => ({ ...exit, label }));
}
