import { DiagnosticList } from '../core/diagnose.ts';
import { messageOf } from '../core/messages.ts';
import { compileSubtask } from '../dig/compile-workflow.ts';
import type { DigTask, DigWorkflow } from '../dig/types.ts';
import { type ConfigMap, isMap, mergeDeep } from '../expr/config-value.ts';
import type { Evaluator } from '../expr/evaluator.ts';
import { configMap, nodeOf } from './node-config.ts';
import { configError, errorParameter, loggedMessage, OperatorError } from './operator-error.ts';
import { OperatorRunner } from './operator-runner.ts';
import { retryOf } from './retry.ts';
import { collectParams, TaskRun } from './task-run.ts';
import type {
  CallOutcome,
  FailedTask,
  Failure,
  FinishedCall,
  OperatorCall,
  RequiredSession,
  SessionProject,
  Trace,
} from './types.ts';

/** Everything one attempt needs from outside. */
export interface Attempt {
  readonly project: SessionProject;
  readonly workflow: DigWorkflow;
  readonly sessionTime: number;
  readonly params: ConfigMap;
  readonly builtIns: ConfigMap;
  readonly evaluator: Evaluator;
  readonly outcome: (call: OperatorCall) => CallOutcome | Promise<CallOutcome>;
  /** The session of another workflow; `fresh` where this very request started it. */
  readonly require: (
    workflow: string,
    sessionTime: number,
    params: ConfigMap,
    rerunOn: string,
  ) => Promise<{ readonly trace: Trace; readonly fresh: boolean } | undefined>;
}

type OperatorEnd =
  | { readonly kind: 'success'; readonly subtask: ConfigMap }
  | { readonly kind: 'failure'; readonly failure: Failure };

/**
 * Runs the tasks of one attempt by Digdag's rules. Tasks that may run at the same time run in the order of the file;
 * `after` of each call says what it really waited for.
 * @see digdag-core `WorkflowExecutor`
 */
export class AttemptPlayer {
  readonly #attempt: Attempt;
  readonly #start: ConfigMap;
  readonly #calls: FinishedCall[] = [];
  readonly #failed: FailedTask[] = [];
  readonly #required: RequiredSession[] = [];
  readonly #operators: OperatorRunner;
  #failureAlert = false;

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
    const times = [...attempt.builtIns].filter(
      ([name]) => name === 'last_session_time' || name === 'next_session_time',
    );
    this.#start = new Map([...attempt.params, ...times]);
    this.#operators = new OperatorRunner(attempt, this.#calls, this.#required);
  }

  async play(): Promise<Trace> {
    const { workflow, sessionTime, builtIns } = this.#attempt;
    const root = new TaskRun(workflow.root, undefined);
    await this.#run(root, []);
    return {
      workflow: workflow.name,
      sessionTime,
      timezone: workflow.timezone,
      status: root.state === 'success' ? 'success' : 'error',
      calls: this.#calls,
      failed: this.#failed,
      failureAlert: this.#failureAlert,
      builtIns,
      required: this.#required,
    };
  }

  /** Runs a task to its end, retries and `_error` tasks included. */
  async #run(run: TaskRun, start: readonly number[]): Promise<void> {
    let from = start;
    for (;;) {
      run.children = [];
      run.store = new Map();
      run.end = from;
      if (run.task.kind === 'operator') {
        const end = await this.#operator(run, from);
        if (end.kind === 'failure') return this.#fail(run, end.failure);
        try {
          this.#addGenerated(run, end.subtask);
        } catch (error) {
          if (error instanceof OperatorError) return this.#fail(run, error.failure);
          throw error;
        }
      } else
        run.addChildren(run.task.children, (task, siblings) =>
          task.upstreams.flatMap((index) => siblings.get(index) ?? []),
        );
      await this.#runChildren(run, run.children, run.end);
      if (!run.children.some((child) => child.state === 'error' || child.state === 'group-error')) {
        run.state = 'success';
        return;
      }
      if (!this.#retriesGroup(run)) return this.#failGroup(run);
      run.retries += 1;
      from = run.end;
    }
  }

  /** Children start when all their upstreams have succeeded; what is not held back by a failure still runs. */
  async #runChildren(parent: TaskRun, children: readonly TaskRun[], start: readonly number[]): Promise<void> {
    for (const child of children) {
      if (child.upstreams.some((upstream) => upstream.state !== 'success')) continue;
      await this.#run(
        child,
        child.upstreams.length === 0 ? start : union(child.upstreams.map((upstream) => upstream.end)),
      );
    }
    const waitedFor = new Set(
      children.filter((child) => child.state !== 'blocked').flatMap((child) => child.upstreams),
    );
    const last = children.filter((child) => child.state !== 'blocked' && !waitedFor.has(child));
    parent.end = last.length === 0 ? start : union(last.map((child) => child.end));
  }

  /** The operator itself, with the retries it makes on its own. */
  async #operator(run: TaskRun, start: readonly number[]): Promise<OperatorEnd> {
    for (;;) {
      const done = await this.#operators.run(run, collectParams(run, this.#start), run.end);
      if (done.call !== undefined) run.end = [done.call.index];
      if (done.kind === 'success') {
        run.store = done.store;
        return { kind: 'success', subtask: done.subtask };
      }
      if (done.retry === undefined || done.retry.limit <= run.retries)
        return { kind: 'failure', failure: done.failure };
      run.retries += 1;
      if (run.end.length === 0) run.end = start;
    }
  }

  #addGenerated(run: TaskRun, subtask: ConfigMap): void {
    const sub = this.#compile(run.task, '^sub', subtask);
    const check =
      run.task.check === undefined ? undefined : this.#compile(run.task, '^check', configMap(run.task.check.entries));
    if (sub !== undefined) run.addChildren([sub], () => []);
    const upstreams = [...run.children];
    if (check !== undefined) run.addChildren([check], () => upstreams);
  }

  /** A generated task; undefined where there is nothing in it. */
  #compile(task: DigTask, name: string, config: ConfigMap): DigTask | undefined {
    if (config.size === 0) return undefined;
    const sink = new DiagnosticList();
    const compiled = compileSubtask(nodeOf(config, task.span), task.fullName, name, sink);
    if (compiled !== undefined) return compiled;
    const error = sink.items.find((item) => item.severity === 'error');
    return configError(
      error === undefined ? 'Validating workflow failed' : `Validating workflow failed: ${messageOf(error)}`,
    );
  }

  #retriesGroup(run: TaskRun): boolean {
    const { task } = run;
    const merged = new Map([...run.exports, ...configMap(task.config)]);
    try {
      return (retryOf(merged)?.limit ?? 0) > run.retries;
    } catch (error) {
      // Digdag ignores what is no valid `_retry` here; the operator itself has already failed on it.
      if (error instanceof OperatorError) return false;
      throw error;
    }
  }

  /** An operator that failed for good: its `_error` task, then the end. */
  async #fail(run: TaskRun, failure: Failure): Promise<void> {
    run.failure = failure;
    this.#failed.push({ task: run.task.fullName, message: loggedMessage(failure) });
    await this.#runErrorTask(run, new Map([['error', errorParameter(failure)]]));
    run.state = 'error';
  }

  /** A task whose children failed. */
  async #failGroup(run: TaskRun): Promise<void> {
    const below = run.descendants();
    let exports: ConfigMap = new Map();
    let error: ConfigMap = new Map();
    for (const task of below) {
      exports = mergeDeep(exports, task.store);
      if (task.failure !== undefined) error = mergeDeep(error, errorParameter(task.failure));
    }
    if (run.parent === undefined) await this.#alert(run);
    await this.#runErrorTask(run, new Map([...exports, ['error', error]]));
    run.state = 'group-error';
  }

  async #runErrorTask(run: TaskRun, given: ConfigMap): Promise<void> {
    const own = run.task.error === undefined ? new Map() : configMap(run.task.error.entries);
    if (own.size === 0) return;
    const exports = own.get('_export');
    const merged = new Map([...mergeDeep(isMap(exports) ? exports : new Map(), given)]);
    const errorValue = given.get('error');
    if (errorValue !== undefined) merged.set('error', errorValue);
    let task: DigTask | undefined;
    try {
      task = this.#compile(run.task, '^error', new Map([...own, ['_export', merged]]));
    } catch (error) {
      // Digdag leaves out an `_error` task that it cannot compile.
      if (!(error instanceof OperatorError)) throw error;
    }
    if (task === undefined) return;
    const end = run.end;
    run.addChildren([task], () => []);
    await this.#runChildren(run, run.children.slice(-1), end);
  }

  /** Digdag's own notice of a failed attempt; it sees the root's exports, and fails if one of them cannot be evaluated. */
  async #alert(root: TaskRun): Promise<void> {
    const notify = this.#compile(
      root.task,
      '^failure-alert',
      new Map([
        ['_type', 'notify'],
        ['_command', 'Workflow session attempt failed'],
      ]),
    );
    if (notify === undefined) return;
    root.addChildren([notify], () => []);
    const alert = root.children.at(-1);
    if (alert === undefined) return;
    const config = this.#operators.evaluate(alert, collectParams(alert, this.#start));
    this.#failureAlert = config.kind === 'value';
    if (config.kind === 'value') alert.state = 'success';
    else await this.#fail(alert, { kind: 'config', message: config.message });
  }
}

function union(sets: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(sets.flat())].sort((a, b) => a - b);
}
