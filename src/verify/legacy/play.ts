import { DiagnosticList } from '../../core/diagnose.ts';
import { messageOf } from '../../core/messages.ts';
import type { RepoPath } from '../../core/source.ts';
import { compileWorkflow } from '../../dig/compile-workflow.ts';
import { loadDig } from '../../dig/load.ts';
import type { DigWorkflow } from '../../dig/types.ts';
import { createEvaluator } from '../../expr/create-evaluator.ts';
import type { Evaluator } from '../../expr/evaluator.ts';
import { playSession } from '../../session/play-session.ts';
import { scheduleOf } from '../../session/schedule/workflow-schedule.ts';
import type { SessionProject } from '../../session/types.ts';
import { ManifestSource } from './manifests.ts';
import { SessionEffects, type SessionServices } from './session-effects.ts';
import { LegacyTree } from './tree.ts';
import type { LegacyEnvironment, LegacyPlatform, LegacyRequest, LegacyRun } from './types.ts';
import { workerEnvironment } from './worker.ts';

interface Project extends SessionProject {
  readonly environment: LegacyEnvironment;
  /** Files that Digdag refuses, and why. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Plays sessions of a legacy platform: what Digdag starts, what each script then does. */
export class LegacyPlayer {
  readonly #platform: LegacyPlatform;
  readonly #services: Omit<SessionServices, 'evaluator'>;
  readonly #projects = new Map<string, Project>();
  #evaluator: Evaluator | undefined;

  constructor(platform: LegacyPlatform) {
    const { host, config } = platform;
    this.#platform = platform;
    this.#services = {
      host,
      workerFiles: config.worker.files ?? {},
      manifests: new ManifestSource(host, config),
      tree: new LegacyTree(host),
      worker: workerEnvironment(config),
      launches: new Map(),
      runner: {
        shell: '/bin/sh',
        ...(config.worker.image === undefined ? {} : { image: config.worker.image }),
        ...(config.worker.service_account === undefined ? {} : { serviceAccount: config.worker.service_account }),
      },
    };
  }

  /** The workflow as Digdag compiles it; undefined where there is none that can be. */
  workflow(environment: string, name: string): DigWorkflow | undefined {
    return this.#project(environment)?.workflows.find((workflow) => workflow.name === name);
  }

  async play(request: LegacyRequest): Promise<LegacyRun> {
    const project = this.#project(request.environment);
    if (project === undefined) return { kind: 'not-playable', reason: `no environment ${request.environment}` };
    const workflow = this.workflow(request.environment, request.workflow);
    if (workflow === undefined) {
      const why = project.refused.get(request.workflow) ?? 'no such workflow';
      return { kind: 'not-playable', reason: `${request.workflow}: ${why}` };
    }
    this.#evaluator ??= await createEvaluator();
    await this.#services.manifests.prepare();
    const services = { ...this.#services, evaluator: this.#evaluator };
    const session = new SessionEffects(services, project, { ...firedAt(workflow, request), ...request });
    const trace = await playSession(project, request.workflow, {
      sessionTime: Date.parse(request.sessionTime),
      params: project.environment.params,
      evaluator: this.#evaluator,
      outcome: (call) => session.outcome(call),
    });
    return session.run(trace);
  }

  /** The names of the tasks that a session runs where all succeed, without what they do. */
  async tasks({ environment, workflow, sessionTime }: LegacyRequest): Promise<readonly string[]> {
    const project = this.#project(environment);
    if (project === undefined || this.workflow(environment, workflow) === undefined) return [];
    this.#evaluator ??= await createEvaluator();
    const { calls } = await playSession(project, workflow, {
      sessionTime: Date.parse(sessionTime),
      params: project.environment.params,
      evaluator: this.#evaluator,
    });
    return calls.map(({ task }) => task);
  }

  #project(name: string): Project | undefined {
    const known = this.#projects.get(name);
    if (known !== undefined) return known;
    const environment = this.#platform.environments.find((candidate) => candidate.name === name);
    if (environment === undefined) return undefined;
    const read = (path: RepoPath): string | undefined => this.#platform.host.read(path);
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
    const project = { environment, workflows, folder: environment.folder, plugIns: true, read, refused };
    this.#projects.set(name, project);
    return project;
  }
}

/** When the schedule, active or not, starts this session. */
function firedAt(workflow: DigWorkflow, { sessionTime }: LegacyRequest): Pick<LegacyRequest, 'firedAt'> {
  const schedule = scheduleOf(workflow, new DiagnosticList());
  return schedule === undefined ? {} : { firedAt: Date.parse(sessionTime) + schedule.delaySeconds * 1000 };
}
