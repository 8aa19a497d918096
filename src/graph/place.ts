import { map } from '../ir/build-value.ts';
import type { Task } from '../ir/graph.ts';
import type { Value } from '../ir/value.ts';
import type { Scope } from './scope.ts';
import type { OperatorStep } from './types.ts';

/** Where in the tree a task is built. */
export interface Place {
  readonly scope: Scope;
  /** Names for people: no generated ones. */
  readonly path: readonly string[];
  /** Digdag's full name, with its generated parts. */
  readonly fullName: string;
  readonly workdir: string;
  /** Files being called, against cycles. */
  readonly calls: readonly string[];
  /** The nearest operator that connects to a cluster for the commands below it. */
  readonly around?: Around;
}

/** An operator around tasks, without them. */
export interface Around {
  readonly operator: string;
  readonly command: Value;
  readonly options: ReadonlyMap<string, Value>;
}

/** A command below an operator, as that operator would hold it itself: `gke>: {cluster: …, sh: …}`. */
export function commandAround(
  { operator, command, options }: Around,
  inner: Value,
  own: ReadonlyMap<string, Value>,
): Pick<OperatorStep, 'operator' | 'command' | 'options'> {
  const given = command.kind === 'map' ? command.entries : [];
  return { operator, command: map([...given, ['sh', inner]], inner.from), options: new Map([...options, ...own]) };
}

/** What tasks of all kinds have. */
export type TaskParts = Pick<Task, 'id' | 'path' | 'span' | 'exports' | 'background'> &
  Partial<Pick<Task, 'retry' | 'onError' | 'comment'>>;
