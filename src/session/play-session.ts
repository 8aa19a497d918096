import { DiagnosticList } from '../core/diagnose.ts';
import type { DigWorkflow } from '../dig/types.ts';
import type { ConfigMap } from '../expr/config-value.ts';
import { createEvaluator } from '../expr/create-evaluator.ts';
import type { Evaluator } from '../expr/evaluator.ts';
import { type Attempt, AttemptPlayer } from './attempt-player.ts';
import { builtInParams, type SessionTimes } from './built-ins.ts';
import { OperatorError } from './operator-error.ts';
import { lastSession, nextSession } from './schedule/fires.ts';
import { scheduleOf } from './schedule/workflow-schedule.ts';
import type { SessionOptions, SessionProject, Trace } from './types.ts';

/**
 * What Digdag does in one session of a workflow: every operator it starts, in order, with what it gives it.
 * @throws RangeError where the project has no such workflow
 */
export async function playSession(
  project: SessionProject,
  workflowName: string,
  options: SessionOptions,
): Promise<Trace> {
  const player = new SessionPlayer(
    project,
    options.evaluator ?? (await createEvaluator()),
    options.outcome ?? (() => ({ kind: 'success' })),
  );
  const trace = await player.play(workflowName, options.sessionTime, options.params ?? new Map());
  if (trace === undefined) throw new RangeError(`no workflow ${workflowName}`);
  return trace;
}

/** Plays a session and those it requires; the same workflow and session time run once. */
class SessionPlayer {
  readonly #project: SessionProject;
  readonly #evaluator: Evaluator;
  readonly #outcome: Attempt['outcome'];
  readonly #sessions = new Map<string, Promise<Trace>>();
  readonly #running = new Set<string>();

  constructor(project: SessionProject, evaluator: Evaluator, outcome: Attempt['outcome']) {
    this.#project = project;
    this.#evaluator = evaluator;
    this.#outcome = outcome;
  }

  async play(name: string, sessionTime: number, params: ConfigMap): Promise<Trace | undefined> {
    const workflow = this.#project.workflows.find((candidate) => candidate.name === name);
    if (workflow === undefined) return undefined;
    const key = `${sessionTime} ${name}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    this.#running.add(key);
    const started = this.#attempt(workflow, sessionTime, params).finally(() => this.#running.delete(key));
    this.#sessions.set(key, started);
    return started;
  }

  #attempt(workflow: DigWorkflow, sessionTime: number, params: ConfigMap): Promise<Trace> {
    const attempt: Attempt = {
      project: this.#project,
      workflow,
      sessionTime,
      params,
      builtIns: builtInParams(timesOf(workflow, sessionTime)),
      evaluator: this.#evaluator,
      outcome: this.#outcome,
      require: async (name, time, given, rerunOn) => {
        const key = `${time} ${name}`;
        if (this.#running.has(key))
          throw new OperatorError({ kind: 'plain', message: `${name} waits for its own session and never ends` });
        const before = await this.#sessions.get(key);
        if (rerunOn === 'all' || (rerunOn === 'failed' && before?.status === 'error')) this.#sessions.delete(key);
        const seen = this.#sessions.has(key);
        const trace = await this.play(name, time, given);
        return trace === undefined ? undefined : { trace, fresh: !seen };
      },
    };
    return new AttemptPlayer(attempt).play();
  }
}

function timesOf(workflow: DigWorkflow, session: number): SessionTimes {
  const schedule = workflow.schedule === undefined ? undefined : scheduleOf(workflow, new DiagnosticList());
  const last = schedule === undefined ? undefined : lastSession(schedule, session);
  const next = schedule === undefined ? undefined : nextSession(schedule, session);
  return {
    zone: workflow.timezone,
    session,
    ...(last === undefined ? {} : { last }),
    ...(next === undefined ? {} : { next }),
  };
}
