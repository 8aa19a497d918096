import type { Config } from '../../config/schema.ts';
import type { Host } from '../../core/host.ts';
import { repoPath, resolveRepoPath } from '../../core/source.ts';
import { isZone } from '../../core/zoned-time.ts';
import { type ConfigMap, isMap } from '../../expr/config-value.ts';
import type { Evaluator } from '../../expr/evaluator.ts';
import { operators } from '../../session/operators.ts';
import { shellEnvironment } from '../../session/shell-environment.ts';
import type { CallOutcome, OperatorCall, Trace } from '../../session/types.ts';
import { type ContextOperator, contextOperator } from './context-operator.ts';
import { httpEffect } from './http-effect.ts';
import { mailEffect } from './mail-effect.ts';
import type { Download, ManifestSource } from './manifests.ts';
import { operatorOptions } from './operator-options.ts';
import { plugInEffects } from './plug-in-effects.ts';
import { type EffectBody, type ShOutcome, shEffects } from './sh-effects.ts';
import { isObject } from './shell/manifest.ts';
import type { Context, JobOutcome, ShellRequest, World } from './shell/world.ts';
import type { LegacyTree } from './tree.ts';
import type { LegacyEffect, LegacyRequest, LegacyRun } from './types.ts';

/** What all sessions of a platform share. */
export interface SessionServices {
  readonly host: Host;
  readonly evaluator: Evaluator;
  readonly manifests: ManifestSource;
  readonly tree: LegacyTree;
  readonly worker: ReadonlyMap<string, string>;
  readonly workerFiles: NonNullable<Config['worker']['files']>;
  /** What plain commands run in, as far as the configuration says. */
  readonly runner: { readonly shell: string; readonly image?: string; readonly serviceAccount?: string };
  /** What scripts were seen to do; those that took a manifest with a date in it did it at their time alone. */
  readonly launches: Map<string, Launch>;
}

interface Launch {
  readonly outcome: ShOutcome;
  readonly assumptions: readonly string[];
  /** The start of the session whose date was in a manifest. */
  readonly renderedAt?: number;
}

/** The effects of one session, task by task. */
export class SessionEffects {
  readonly #services: SessionServices;
  readonly #project: { readonly folder: string };
  readonly #request: LegacyRequest;
  readonly #bodies = new Map<
    OperatorCall['index'],
    { readonly call: OperatorCall; readonly effects: readonly EffectBody[] }
  >();
  /** Epoch seconds at which the session started. */
  readonly #fired: number;
  readonly #problems: string[] = [];
  readonly #assumptions = new Set<string>();
  /** The clusters that tasks around others connect to, by their full names. */
  readonly #contexts = new Map<string, Context>();

  constructor(services: SessionServices, project: { readonly folder: string }, request: LegacyRequest) {
    this.#services = services;
    this.#project = project;
    this.#request = request;
    this.#fired = Math.floor((request.firedAt ?? Date.parse(request.sessionTime)) / 1000);
  }

  outcome(call: OperatorCall): CallOutcome {
    const around = contextOperator(call);
    if (around !== undefined && around.tasks.size > 0) {
      this.#contexts.set(call.task, around.context);
      return { kind: 'success', subtask: around.tasks };
    }
    const fails = this.#request.fails?.(call.task, call.attempt + 1) === true;
    const done = this.#effects(call, around, fails ? 'failed' : 'complete');
    if (done.kind === 'not-playable') {
      this.#problems.push(`${call.task}: ${done.reason}`);
      return { kind: 'success' };
    }
    this.#bodies.set(call.index, { call, effects: done.effects });
    // What starts no Job fails as it is told to; what starts one sees its Job fail, or does not.
    const launches = done.effects.some((effect) => effect.kind === 'job');
    const failed = launches ? done.exitCode !== 0 : fails || done.exitCode !== 0;
    return failed ? { kind: 'failure' } : { kind: 'success' };
  }

  run(trace: Trace): LegacyRun {
    const [problem] = this.#problems;
    if (problem !== undefined) return { kind: 'not-playable', reason: problem };
    if (trace.required.length > 0) return { kind: 'not-playable', reason: 'require> starts a session of its own' };
    const calls = new Map(trace.calls.map((call) => [call.index, call]));
    for (const call of trace.calls)
      if (call.type === 'fail' && call.failure?.kind === 'plain')
        this.#bodies.set(call.index, { call, effects: [{ kind: 'fail', message: call.failure.message }] });
    const inOrder = [...this.#bodies.values()].sort((a, b) => a.call.index - b.call.index);
    const repeated = new Set(
      inOrder.flatMap(({ call }, at) =>
        inOrder.findIndex((other) => other.call.task === call.task) < at ? [call.task] : [],
      ),
    );
    const idOf = (call: OperatorCall, place: number): string => `${call.task}#${call.index}#${place}`;
    // A task that ran several times is waited for by its attempts; operators without effects pass on what they waited for.
    const before = (indexes: readonly number[]): readonly string[] =>
      indexes.flatMap((index) => {
        const body = this.#bodies.get(index);
        if (body === undefined) return before(calls.get(index)?.after ?? []);
        const { call, effects } = body;
        return repeated.has(call.task) ? effects.map((_, place) => idOf(call, place)) : [call.task];
      });
    const effects = inOrder.flatMap(({ call, effects: bodies }) => {
      const errorMessage = errorMessageOf(call);
      return bodies.map(({ follows = [], ...body }, at): LegacyEffect => {
        const id = (place: number): string => idOf(call, place);
        return {
          task: call.task,
          ...(errorMessage === undefined ? {} : { errorMessage }),
          ...(bodies.length > 1 || repeated.has(call.task) ? { id: id(at) } : {}),
          after: [...new Set([...before(call.after), ...follows.map(id)])],
          attempt: call.attempt + 1,
          ...body,
        };
      });
    });
    const [failed] = trace.status === 'success' ? [] : trace.failed;
    return {
      kind: 'played',
      effects,
      succeeded: trace.status === 'success',
      ...(failed === undefined ? {} : { failure: `${failed.task}: ${failed.message}` }),
      assumptions: [...this.#assumptions],
    };
  }

  #effects(call: OperatorCall, around: ContextOperator | undefined, job: JobOutcome): ShOutcome {
    const folder = repoPath(`${this.#project.folder}/${call.workdir}`);
    if (around?.script !== undefined)
      return this.#shell(around.script, folder, shellEnvironment(parameters(call)), around.context, job);
    if (!operators.has(call.type))
      return plugInEffects(
        call,
        folder,
        (path) => this.#treeFile(path, this.#assumptions),
        this.#services.evaluator,
        job,
      );
    if (call.type === 'http') return httpEffect(call);
    if (call.type === 'mail')
      return mailEffect(call, folder, (path) => this.#treeFile(path, this.#assumptions), this.#services.evaluator);
    if (call.type !== 'sh') return { kind: 'not-playable', reason: `the operator ${call.type}>` };
    if (operatorOptions(call, ['shell']).size > 0)
      return { kind: 'not-playable', reason: 'sh> with a shell of its own' };
    const script = typeof call.command === 'string' ? call.command : '';
    return this.#shell(script, folder, call.env, this.#contextOf(call.task), job);
  }

  /** The cluster that a task around this one connected to, the nearest first. */
  #contextOf(task: string): Context | undefined {
    const around = [...this.#contexts.keys()].filter((name) => task.startsWith(`${name}^sub`));
    return this.#contexts.get(around.reduce((nearest, name) => (name.length > nearest.length ? name : nearest), ''));
  }

  #shell(
    script: string,
    folder: string,
    env: ReadonlyMap<string, string>,
    context: Context | undefined,
    job: JobOutcome,
  ): ShOutcome {
    // The same script in the same environment does the same again, in this session or another.
    const key = JSON.stringify([script, folder, [...env], context, job]);
    const known = this.#services.launches.get(key);
    if (known !== undefined && (known.renderedAt ?? this.#fired) === this.#fired) {
      for (const assumption of known.assumptions) this.#assumptions.add(assumption);
      return known.outcome;
    }
    const [problems, assumptions]: [string[], Set<string>] = [[], new Set()];
    const environment = new Map([...this.#services.worker, ...env]);
    const clock = { asked: false };
    const world = this.#world(job, problems, assumptions, clock);
    const request = { script, environment, folder, ...(context === undefined ? {} : { context }) };
    const done = shEffects(request, environment, world);
    const [problem] = problems;
    const outcome: ShOutcome =
      problem === undefined || (done.kind === 'not-playable' ? done.ended !== true : done.plain === true)
        ? withRunner(done, this.#services.runner)
        : { kind: 'not-playable', reason: problem };
    if (clock.asked && outcome.kind === 'effects' && this.#zoneMatters(request, outcome.effects, job))
      assumptions.add('the clock of the Digdag worker is in UTC');
    const asked = clock.asked ? { renderedAt: this.#fired } : {};
    this.#services.launches.set(key, { outcome, assumptions: [...assumptions], ...asked });
    for (const assumption of assumptions) this.#assumptions.add(assumption);
    return outcome;
  }

  /** Whether a worker whose clock is in the workflow's zone would start other pods, where nothing says in which it is. */
  #zoneMatters(request: ShellRequest, effects: readonly EffectBody[], job: JobOutcome): boolean {
    const zone = request.environment.get('timezone');
    if (request.environment.has('TZ') || zone === undefined) return false;
    const environment = new Map([...request.environment, ['TZ', zone]]);
    const world = this.#world(job, [], new Set(), { asked: false });
    const there = shEffects({ ...request, environment }, request.environment, world);
    return there.kind === 'effects' && podsText(there.effects) !== podsText(effects);
  }

  /** A file of the tree, or a manifest that the configuration knows by its path. */
  #treeFile(path: string, assumptions: Set<string>): string | undefined {
    const file = this.#services.tree.read(path);
    if (file?.elsewhere !== undefined) assumptions.add(`${path} on the worker is ${file.elsewhere} of the tree`);
    if (file !== undefined) return file.text;
    const manifest = this.#download(path, assumptions);
    return manifest.kind === 'text' ? manifest.text : undefined;
  }

  #download(name: string, assumptions: Set<string>): Download {
    const zone = this.#services.worker.get('TZ') ?? 'UTC';
    const found = this.#services.manifests.download(name, { seconds: this.#fired, zone: isZone(zone) ? zone : 'UTC' });
    if (found.kind === 'text' && found.askedClock !== undefined)
      assumptions.add(
        `${found.askedClock}, which prints the date of its rendering, was rendered when the session started`,
      );
    return found;
  }

  #world(job: JobOutcome, problems: string[], assumptions: Set<string>, clock: { asked: boolean }): World {
    const { host, workerFiles } = this.#services;
    const now = this.#request.now ?? this.#fired;
    return {
      get now() {
        clock.asked = true;
        return now;
      },
      outcome: () => job,
      file: (path) => {
        if (!path.startsWith('/')) {
          const assumed = assumptions.size;
          const text = this.#treeFile(path, assumptions);
          if (assumptions.size > assumed) clock.asked = true;
          return text;
        }
        const described = workerFiles[path];
        return typeof described === 'string' ? host.read(resolveRepoPath('', described) ?? '') : undefined;
      },
      download: (url) => {
        const found = this.#download(url, assumptions);
        if (found.kind === 'text' && found.askedClock !== undefined) clock.asked = true;
        if (found.kind === 'text') return found.text;
        if (found.kind === 'unknown') problems.push(`nothing is known about ${url}`);
        if (found.kind === 'broken') problems.push(found.problem);
        return undefined;
      },
    };
  }
}

/** `${error.message}` of a task below an `_error`. */
function errorMessageOf(call: OperatorCall): string | undefined {
  const error = call.exports.get('error');
  const message = isMap(error) ? error.get('message') : undefined;
  return typeof message === 'string' ? message : undefined;
}

/** What is started and sent, without the names of Jobs, which no pod sees; a plain command asks the clock of its own pod. */
function podsText(effects: readonly EffectBody[]): string {
  const others = effects.filter(({ kind }) => kind !== 'command');
  return JSON.stringify(
    others.map((effect) =>
      effect.kind === 'job' && isObject(effect.manifest)
        ? { ...effect, name: '', manifest: { ...effect.manifest, metadata: null } }
        : effect,
    ),
  );
}

/** All parameters that a task sees, without what says which operator it is. */
function parameters(call: OperatorCall): ConfigMap {
  return new Map([...call.config].filter(([name]) => name !== '_type' && name !== '_command'));
}

function withRunner(done: ShOutcome, runner: SessionServices['runner']): ShOutcome {
  if (done.kind === 'not-playable') return done;
  return { ...done, effects: done.effects.map((body) => (body.kind === 'command' ? { ...runner, ...body } : body)) };
}
