import type { Task } from '../ir/graph.ts';
import type { Scope } from './scope.ts';

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
}

/** What tasks of all kinds have. */
export type TaskParts = Pick<Task, 'id' | 'path' | 'span' | 'exports' | 'background'> &
  Partial<Pick<Task, 'retry' | 'onError' | 'comment'>>;
