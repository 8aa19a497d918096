import type { Task, TaskGraph, TaskId } from '../../../ir/graph.ts';
import { partsOf } from '../../../ir/read-value.ts';
import type { SessionExpr, SessionTest } from '../../../ir/session-expr.ts';
import type { RuntimeExpr, Value } from '../../../ir/value.ts';

/** Which tasks read what a task has stored: only that is handed up. */
export class StoreReaders {
  readonly #readers = new Map<TaskId, Set<TaskId>>();

  constructor(graph: TaskGraph) {
    for (const task of graph.tasks.values())
      for (const expr of valuesOf(task)
        .flatMap(partsOf)
        .flatMap((part) => (part.kind === 'runtime' ? [part.expr] : [])))
        for (const producer of producersIn(expr)) {
          const readers = this.#readers.get(producer) ?? new Set();
          this.#readers.set(producer, readers.add(task.id));
        }
  }

  /** True where anything reads what the task stores. */
  isRead(producer: TaskId): boolean {
    return this.#readers.has(producer);
  }

  /** True where a task outside of `within` and of what it generates reads it. */
  isReadOutside(producer: TaskId, within: TaskId): boolean {
    const readers = this.#readers.get(producer) ?? new Set<TaskId>();
    return [...readers].some((reader) => !isBelow(reader, within));
  }
}

/** `_check` and `_error` tasks of a task stand beside what the task runs. */
function isBelow(task: TaskId, group: TaskId): boolean {
  return task.startsWith(`${group}+`) || task.startsWith(`${group}^sub`);
}

/** All values of a task that can end up in a template. */
export function valuesOf(task: Task): readonly Value[] {
  switch (task.kind) {
    case 'operator':
      return [
        task.command,
        ...task.options.values(),
        ...task.effects.flatMap((effect): readonly Value[] => {
          switch (effect.kind) {
            case 'job':
              return [effect.manifest, effect.namespace, effect.cluster];
            case 'command':
              return [effect.source, ...effect.env.values()];
            case 'notify':
              return [effect.to, effect.body];
            case 'wait':
              return [effect.seconds];
            case 'fail':
              return [effect.message];
            case 'operator':
              return [...effect.parameters.values(), ...(effect.text === undefined ? [] : [effect.text])];
            case 'manual':
              return [...effect.given.values()];
            case 'none':
              return [];
          }
        }),
      ];
    case 'branch':
      return [task.test];
    case 'loop':
      return loopValues(task.loop);
    case 'require':
      return [task.session, task.params].filter((value) => value !== undefined);
    case 'group':
    case 'call':
      return [];
  }
}

function loopValues(loop: Extract<Task, { kind: 'loop' }>['loop']): readonly Value[] {
  switch (loop.kind) {
    case 'times':
      return [loop.count];
    case 'product':
      return [loop.lists];
    case 'range':
      return [loop.from, loop.to, 'step' in loop.by ? loop.by.step : loop.by.slices];
  }
}

function producersIn(expr: RuntimeExpr): readonly TaskId[] {
  if (expr.kind === 'output') return expr.tasks;
  return expr.kind === 'session' ? givenIn(expr.ast).flatMap(producersIn) : [];
}

/** The loop variables and stored values in an expression. */
export function givenIn(ast: SessionExpr | SessionTest): readonly Extract<RuntimeExpr, { kind: 'item' | 'output' }>[] {
  switch (ast.kind) {
    case 'test-text':
      return givenIn(ast.of);
    case 'choose':
      return [...givenIn(ast.test), ...givenIn(ast.then), ...givenIn(ast.otherwise)];
    case 'concat':
      return ast.parts.flatMap(givenIn);
    case 'slice':
    case 'replace':
      return givenIn(ast.of);
    case 'and':
    case 'or':
      return [...givenIn(ast.left), ...givenIn(ast.right)];
    case 'not':
      return givenIn(ast.of);
    case 'given':
      return [ast.left, ast.right].flatMap((side) => (side.kind === 'run-time' ? [side.of] : []));
    default:
      return [];
  }
}
