import { DiagnosticList } from '../../core/diagnose.ts';
import { messageOf } from '../../core/messages.ts';
import { type RepoPath, repoPath, resolveRepoPath } from '../../core/source.ts';
import { compileWorkflow } from '../../dig/compile-workflow.ts';
import { loadDig } from '../../dig/load.ts';
import type { DigWorkflow } from '../../dig/types.ts';
import { createEvaluator } from '../../expr/create-evaluator.ts';
import type { Evaluator } from '../../expr/evaluator.ts';
import { playSession } from '../../session/play-session.ts';
import type { CallOutcome, OperatorCall, SessionProject, Trace } from '../../session/types.ts';
import { ManifestSource } from './manifests.ts';
import { carryPlugIns, PLUG_IN_KEY } from './plug-in.ts';
import { plugInEffects } from './plug-in-effects.ts';
import { type EffectBody, type ShOutcome, shEffects } from './sh-effects.ts';
import type { JobOutcome, World } from './shell/world.ts';
import type { LegacyEffect, LegacyEnvironment, LegacyPlatform, LegacyRequest, LegacyRun } from './types.ts';
import { workerEnvironment } from './worker.ts';

/** The worker's clock while it plays; only names that must be unique ask for it. */
const NOW = 1_700_000_000;

interface Project extends SessionProject {
  readonly environment: LegacyEnvironment;
  /** Files that Digdag refuses, and why. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Plays sessions of a legacy platform: what Digdag starts, what each script then does. */
export class LegacyPlayer {
  readonly #platform: LegacyPlatform;
  readonly #manifests: ManifestSource;
  readonly #worker: ReadonlyMap<string, string>;
  readonly #projects = new Map<string, Project>();
  #evaluator: Evaluator | undefined;

  constructor(platform: LegacyPlatform) {
    this.#platform = platform;
    this.#manifests = new ManifestSource(platform.host, platform.config);
    this.#worker = workerEnvironment(platform.config);
  }

  /** The workflow as Digdag compiles it; undefined where there is none that can be. */
  workflow(environment: string, name: string): DigWorkflow | undefined {
    return this.#project(environment)?.workflows.find((workflow) => workflow.name === name);
  }

  async play(request: LegacyRequest): Promise<LegacyRun> {
    const project = this.#project(request.environment);
    if (project === undefined) return { kind: 'not-playable', reason: `no environment ${request.environment}` };
    if (this.workflow(request.environment, request.workflow) === undefined) {
      const why = project.refused.get(request.workflow) ?? 'no such workflow';
      return { kind: 'not-playable', reason: `${request.workflow}: ${why}` };
    }
    this.#evaluator ??= await createEvaluator();
    const session = new SessionEffects(
      this.#evaluator,
      this.#manifests,
      this.#worker,
      this.#platform,
      project,
      request,
    );
    const trace = await playSession(project, request.workflow, {
      sessionTime: Date.parse(request.sessionTime),
      params: project.environment.params,
      evaluator: this.#evaluator,
      outcome: (call) => session.outcome(call),
    });
    return session.run(trace);
  }

  #project(name: string): Project | undefined {
    const known = this.#projects.get(name);
    if (known !== undefined) return known;
    const environment = this.#platform.environments.find((candidate) => candidate.name === name);
    if (environment === undefined) return undefined;
    const read = (path: RepoPath): string | undefined => {
      const text = this.#platform.host.read(path);
      return text === undefined || !path.endsWith('.dig') ? text : carryPlugIns(text);
    };
    const refused = new Map<string, string>();
    const workflows = environment.workflows.flatMap((path): readonly DigWorkflow[] => {
      const workflow = path.slice(path.lastIndexOf('/') + 1).replace(/\.dig$/, '');
      const sink = new DiagnosticList();
      const loaded = loadDig(path, read, sink);
      const compiled = loaded === undefined ? undefined : compileWorkflow(loaded, workflow, sink);
      if (compiled !== undefined) return [compiled];
      const error = sink.items.find((item) => item.severity === 'error');
      refused.set(workflow, error === undefined ? 'Digdag refuses the file' : messageOf(error));
      return [];
    });
    const project = { environment, workflows, folder: environment.folder, read, refused };
    this.#projects.set(name, project);
    return project;
  }
}

/** The effects of one session, task by task. */
class SessionEffects {
  readonly #evaluator: Evaluator;
  readonly #manifests: ManifestSource;
  readonly #worker: ReadonlyMap<string, string>;
  readonly #platform: LegacyPlatform;
  readonly #project: Project;
  readonly #request: LegacyRequest;
  readonly #bodies = new Map<
    OperatorCall['index'],
    { readonly call: OperatorCall; readonly effects: readonly EffectBody[] }
  >();
  readonly #problems: string[] = [];

  constructor(
    evaluator: Evaluator,
    manifests: ManifestSource,
    worker: ReadonlyMap<string, string>,
    platform: LegacyPlatform,
    project: Project,
    request: LegacyRequest,
  ) {
    this.#evaluator = evaluator;
    this.#manifests = manifests;
    this.#worker = worker;
    this.#platform = platform;
    this.#project = project;
    this.#request = request;
  }

  outcome(call: OperatorCall): CallOutcome {
    const fails = this.#request.fails?.(call.task, call.attempt + 1) === true;
    const done = this.#effects(call, fails ? 'failed' : 'complete');
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
    // Operators without effects pass on what they waited for.
    const before = (indexes: readonly number[]): readonly string[] =>
      indexes.flatMap((index) => {
        const task = calls.get(index)?.task;
        return this.#bodies.has(index) && task !== undefined ? [task] : before(calls.get(index)?.after ?? []);
      });
    const effects = [...this.#bodies.values()].flatMap(({ call, effects: bodies }) =>
      bodies.map(
        (body): LegacyEffect => ({
          task: call.task,
          after: [...new Set(before(call.after))],
          attempt: call.attempt + 1,
          ...body,
        }),
      ),
    );
    return { kind: 'played', effects, succeeded: trace.status === 'success' };
  }

  #effects(call: OperatorCall, job: JobOutcome): ShOutcome {
    const plugIn = call.params.get(PLUG_IN_KEY);
    const folder = repoPath(`${this.#project.folder}/${call.workdir}`);
    if (plugIn !== undefined)
      return plugInEffects(call, folder, (path) => this.#platform.host.read(path), this.#evaluator, job);
    if (call.type !== 'sh') return { kind: 'not-playable', reason: `the operator ${call.type}>` };
    const shell = call.params.get('shell') ?? call.exports.get('shell');
    if (shell !== undefined) return { kind: 'not-playable', reason: 'sh> with a shell of its own' };
    const problems: string[] = [];
    const script = typeof call.command === 'string' ? call.command : '';
    const environment = new Map([...this.#worker, ...call.env]);
    const done = shEffects({ script, environment, folder }, call.env, this.#world(job, problems));
    const [problem] = problems;
    return problem === undefined || done.kind === 'not-playable' ? done : { kind: 'not-playable', reason: problem };
  }

  #world(job: JobOutcome, problems: string[]): World {
    const { host, config } = this.#platform;
    return {
      now: NOW,
      outcome: () => job,
      file: (path) => {
        if (!path.startsWith('/')) return host.read(path);
        const described = config.worker.files?.[path];
        return typeof described === 'string' ? host.read(resolveRepoPath('', described) ?? '') : undefined;
      },
      download: (url) => {
        const found = this.#manifests.download(url);
        if (found.kind === 'text') return found.text;
        if (found.kind === 'unknown') problems.push(`nothing is known about ${url}`);
        if (found.kind === 'broken') problems.push(found.problem);
        return undefined;
      },
    };
  }
}
