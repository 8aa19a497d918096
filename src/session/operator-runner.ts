import { type ConfigMap, type ConfigValue, mergeDeep } from '../expr/config-value.ts';
import type { Evaluated } from '../expr/evaluator.ts';
import type { Retry } from '../ir/graph.ts';
import type { Attempt } from './attempt-player.ts';
import { isBuiltIn } from './built-ins.ts';
import { callSubtask } from './call-operator.ts';
import { flowSubtask } from './flow-operators.ts';
import { configMap } from './node-config.ts';
import { configError, OperatorError } from './operator-error.ts';
import { operators, withoutOwnRetry } from './operators.ts';
import { readText, scalarText } from './read-config.ts';
import { requireSession } from './require-operator.ts';
import { retryOf } from './retry.ts';
import { checkSecretMarks, shellEnvironment } from './shell-environment.ts';
import type { TaskRun } from './task-run.ts';
import type { Failure, FinishedCall, OperatorCall, RequiredSession } from './types.ts';

export type OperatorResult =
  | { readonly kind: 'success'; readonly store: ConfigMap; readonly subtask: ConfigMap; readonly call?: FinishedCall }
  /** `retry`: how often the operator may start again by itself. Without a call nothing was started. */
  | { readonly kind: 'failure'; readonly failure: Failure; readonly retry?: Retry; readonly call?: FinishedCall };

interface Work {
  readonly store: ConfigMap;
  readonly subtask: ConfigMap;
}

const nothing: Work = { store: new Map(), subtask: new Map() };

/** Starts one operator: evaluates its parameters, runs it, and notes the call. */
export class OperatorRunner {
  readonly #attempt: Attempt;
  readonly #calls: FinishedCall[];
  readonly #required: RequiredSession[];
  readonly #starts = new Map<string, number>();

  constructor(attempt: Attempt, calls: FinishedCall[], required: RequiredSession[]) {
    this.#attempt = attempt;
    this.#calls = calls;
    this.#required = required;
  }

  async run(run: TaskRun, params: ConfigMap, after: readonly number[]): Promise<OperatorResult> {
    const evaluated = this.evaluate(run, params);
    if (evaluated.kind === 'failed')
      return { kind: 'failure', failure: { kind: 'config', message: evaluated.message } };
    const prepared = this.#prepare(run, evaluated.value, after);
    if ('failure' in prepared) return { kind: 'failure', failure: prepared.failure };
    const { call } = prepared;
    const done = await this.#work(call, run);
    const finished: FinishedCall = {
      ...call,
      store: done.store,
      ...(done.subtask.size === 0 ? {} : { subtask: done.subtask }),
      ...('failure' in done ? { failure: done.failure } : {}),
    };
    // A session that this call required has been played meanwhile, but in a trace of its own: the index still fits.
    this.#calls.push(finished);
    if (!('failure' in done)) return { kind: 'success', store: done.store, subtask: done.subtask, call: finished };
    const retry = withoutOwnRetry.has(call.type) || !this.#knows(call.type) ? undefined : ownRetry(call.config);
    return { kind: 'failure', failure: done.failure, call: finished, ...(retry === undefined ? {} : { retry }) };
  }

  /** All that the task sees, in Digdag's order: exports and stored values, built-ins, its own keys. */
  evaluate(run: TaskRun, params: ConfigMap): Evaluated<ConfigMap> {
    const visible = mergeDeep(
      without(params, '_check', '_error'),
      new Map([...this.#attempt.builtIns, ['task_name', run.task.fullName]]),
    );
    return this.#attempt.evaluator.evaluateMap(mergeDeep(visible, localConfig(run)), visible);
  }

  #prepare(
    run: TaskRun,
    evaluated: ConfigMap,
    after: readonly number[],
  ): { readonly call: OperatorCall } | { readonly failure: Failure } {
    const key = [...evaluated.keys()].find((name) => name.endsWith('>'));
    const written = evaluated.has('_type') ? scalarText(evaluated.get('_type') ?? null) : key?.slice(0, -1);
    if (written === undefined)
      return { failure: { kind: 'config', message: "Parameter '_type' is required but null" } };
    const command: ConfigValue =
      (evaluated.has('_type') || key === undefined ? evaluated.get('_command') : evaluated.get(key)) ?? null;
    const local = localConfig(run);
    const params = new Map(
      [...local.keys()]
        .filter((name) => name !== '_type' && name !== '_command')
        .map((name) => [name, evaluated.get(name) ?? null] as const),
    );
    const exports = new Map([...evaluated].filter(([name]) => !local.has(name) && !isBuiltIn(name)));
    const attempt = this.#starts.get(run.task.fullName) ?? 0;
    this.#starts.set(run.task.fullName, attempt + 1);
    const workdir = evaluated.get('_workdir');
    const config = new Map([
      ...without(evaluated, '_secrets'),
      ['_type', written] as const,
      ['_command', command] as const,
    ]);
    const base = {
      index: this.#calls.length,
      task: run.task.fullName,
      type: written,
      command,
      params,
      exports,
      config,
      workdir: typeof workdir === 'string' ? workdir : '',
      source: run.task,
      attempt,
      after,
    };
    try {
      return {
        call: { ...base, env: written === 'sh' ? shellEnvironment(without(config, '_type', '_command')) : new Map() },
      };
    } catch (error) {
      // What `sh>` cannot put into the environment fails the task, but the operator has been started.
      if (error instanceof OperatorError) return { call: { ...base, env: new Map() } };
      throw error;
    }
  }

  async #work(call: OperatorCall, run: TaskRun): Promise<Work | (Work & { readonly failure: Failure })> {
    try {
      return await this.#operator(call, run);
    } catch (error) {
      if (error instanceof OperatorError) return { ...nothing, failure: error.failure };
      throw error;
    }
  }

  #knows(type: string): boolean {
    return operators.has(type) || this.#attempt.project.plugIns === true;
  }

  async #operator(call: OperatorCall, run: TaskRun): Promise<Work> {
    if (!this.#knows(call.type)) configError(`Unknown task type: ${call.type}`);
    const subtask = flowSubtask(call.type, call.config);
    if (subtask !== undefined) return { ...nothing, subtask };
    switch (call.type) {
      case 'call':
        return { ...nothing, subtask: callSubtask(call.config, call.workdir, this.#attempt.project) };
      case 'require':
        await requireSession(call, localConfig(run), this.#attempt, this.#required);
        return nothing;
      case 'echo':
        readText(call.config, '_command');
        return nothing;
      case 'fail':
        throw new OperatorError({
          kind: 'plain',
          message: call.command === null ? '' : readText(call.config, '_command'),
        });
      case 'sh':
        checkSecretMarks(readText(call.config, '_command'));
        shellEnvironment(without(call.config, '_type', '_command'));
        return this.#outside(call);
      default:
        return this.#outside(call);
    }
  }

  /** An operator whose work is outside Digdag: the caller says how it ends. */
  async #outside(call: OperatorCall): Promise<Work> {
    const outcome = await this.#attempt.outcome(call);
    if (outcome.kind === 'failure')
      throw new OperatorError({ kind: 'runtime', message: outcome.message ?? 'Command failed with code 1' });
    return { store: outcome.store ?? new Map(), subtask: outcome.subtask ?? new Map() };
  }
}

/** The task's own keys as Digdag hands them to the operator. */
function localConfig(run: TaskRun): ConfigMap {
  return without(configMap(run.task.config), '_export', '_check', '_error');
}

function ownRetry(config: ConfigMap): Retry | undefined {
  try {
    return retryOf(config);
  } catch (error) {
    if (error instanceof OperatorError) return undefined;
    throw error;
  }
}

function without(config: ConfigMap, ...keys: readonly string[]): ConfigMap {
  return new Map([...config].filter(([key]) => !keys.includes(key)));
}
