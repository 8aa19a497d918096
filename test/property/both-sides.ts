import { DiagnosticList } from '../../src/core/diagnose.ts';
import { repoPath } from '../../src/core/source.ts';
import { compileProject, compileWorkflow } from '../../src/dig/compile-workflow.ts';
import { loadDig } from '../../src/dig/load.ts';
import { analyseText } from '../../src/expr/analyse-text.ts';
import type { ConfigMap, ConfigValue } from '../../src/expr/config-value.ts';
import { createEvaluator } from '../../src/expr/create-evaluator.ts';
import type { Evaluator } from '../../src/expr/evaluator.ts';
import { resolveStatic } from '../../src/expr/resolve-static.ts';
import { buildGraph } from '../../src/graph/build.ts';
import type { OperatorStep, StepReading } from '../../src/graph/types.ts';
import { byDefault, text } from '../../src/ir/build-value.ts';
import type { TaskGraph } from '../../src/ir/graph.ts';
import { entriesOf, staticScalar } from '../../src/ir/read-value.ts';
import type { Value } from '../../src/ir/value.ts';
import { effectConverter } from '../../src/rules/builtin/effects/effect-converter.ts';
import { convertFlow } from '../../src/rules/builtin/flow/convert.ts';
import type { EffectConverter } from '../../src/rules/builtin/flow/types.ts';
import { disputedFields } from '../../src/rules/builtin/pod/disputed-fields.ts';
import { type Policies, policiesOf } from '../../src/rules/builtin/pod/policies.ts';
import { SecretBook } from '../../src/rules/builtin/pod/secret-book.ts';
import { loadRules } from '../../src/rules/load.ts';
import type { RuleSet } from '../../src/rules/rule-set.ts';
import { playSession } from '../../src/session/play-session.ts';
import type { Trace } from '../../src/session/types.ts';
import { playArgo } from '../../src/verify/argo/play.ts';
import type { LeafAttempt } from '../../src/verify/argo/run-types.ts';
import type { Plain, SessionEffect } from '../../src/verify/effect.ts';
import { packageRules } from '../generated.ts';
import { toJson } from '../helpers/plain.ts';
import type { Rendered } from './render-dig.ts';

/** What a side of the play did: each start of a command, and the starts that must have ended before it. */
export interface Played {
  readonly status: 'success' | 'error';
  /** `run-3 a2#1`: the second start of that command. */
  readonly starts: ReadonlyMap<string, ReadonlySet<string>>;
  /** What stopped the play itself, where something did. */
  readonly refused?: string;
}

/** Tuesday, 7 December 2021. */
const SESSION = Date.UTC(2021, 11, 7);

/** Plays trees on Digdag's side and on Argo's; one sandbox and one rule set serve all. */
export class BothSides {
  readonly #evaluator: Evaluator;
  readonly #rules: RuleSet;

  private constructor(evaluator: Evaluator, rules: RuleSet) {
    this.#evaluator = evaluator;
    this.#rules = rules;
  }

  static async start(): Promise<BothSides> {
    return new BothSides(await createEvaluator(), loadRules(packageRules(), new DiagnosticList()));
  }

  async digdag({ files, fails, stores }: Rendered): Promise<Played & { readonly required: number }> {
    const read = (path: string): string | undefined => files[path];
    const sink = new DiagnosticList();
    const workflows = compileProject('', ['job.dig', ...Object.keys(files)].filter(unique).map(repoPath), read, sink);
    const ends = new Ends(fails);
    const trace = await playSession({ workflows, folder: '', read }, 'job', {
      sessionTime: SESSION,
      evaluator: this.#evaluator,
      outcome: (call) => {
        if (call.type === 'py') return { kind: 'success', store: storeOf(stores.get(String(call.command)) ?? {}) };
        return ends.next(String(call.command)) ? { kind: 'success' } : { kind: 'failure' };
      },
    });
    const log = new StartLog();
    logTrace(trace, [], log);
    return { status: trace.status, starts: log.closed(), required: callsOf(trace, 'require') };
  }

  /** The flow as it is emitted; its leaves are told how to end by what they run. */
  argo(rendered: Rendered): Played {
    const workflow = this.emitted(rendered);
    const ends = new Ends(rendered.fails);
    const run = playArgo(
      [workflow],
      null,
      { environment: 'prd', sessionTime: '2021-12-07T00:00:00Z', creationTime: '2021-12-07T00:00:00Z' },
      (attempt) => {
        const method = methodOf(attempt);
        if (method !== undefined)
          return { status: 'Succeeded', outputs: { store: JSON.stringify(rendered.stores.get(method) ?? {}) } };
        return { status: ends.next(commandIn(`sh ${sourceOf(attempt)}`) ?? '') ? 'Succeeded' : 'Failed' };
      },
    );
    const log = new StartLog();
    const names = new Map<string, string>();
    for (const effect of run.effects) {
      const before = effect.after.flatMap((node) => names.get(node) ?? []);
      names.set(effect.task, log.add(startedBy(effect), before));
    }
    return {
      status: run.status === 'Succeeded' ? 'success' : 'error',
      starts: log.closed(),
      ...(run.refused === undefined ? {} : { refused: run.refused }),
    };
  }

  emitted(rendered: Rendered): Plain {
    const sink = new DiagnosticList();
    const graph = this.#graph('job', new Map(), rendered, sink);
    const policies = policiesOf(this.#rules, new Map(), sink);
    const converted = convertFlow({
      graph,
      name: 'job',
      defaultNamespace: text('default', byDefault('test')),
      namespaces: {},
      policies: {
        concurrency: 'Allow',
        startingDeadlineSeconds: 60,
        successfulJobsHistoryLimit: 5,
        failedJobsHistoryLimit: 5,
        require: 'once',
      },
      convertEffect: this.#effects(graph, policies, sink),
      required: (name, params) => {
        const required = this.#graph(name, givenIn(params), rendered, sink);
        return { name, graph: required, convertEffect: this.#effects(required, policies, sink) };
      },
      isRequired: false,
      worker: { image: 'worker:1', webhook: { secret: 'slack', key: 'webhook_url' } },
      sink,
    });
    const errors = sink.items.filter((item) => item.severity === 'error');
    if (errors.length > 0) throw new Error(`not converted: ${errors.map((error) => error.code).join(', ')}`);
    return {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTemplate',
      metadata: { name: 'job', namespace: 'default' },
      spec: {
        ...(toJson(converted.spec) as Record<string, Plain>),
        arguments: { parameters: [...converted.parameters].map(([name, value]) => ({ name, value: toJson(value) })) },
        templates: converted.templates.map((template) => ({
          name: template.name,
          ...(toJson(template.body) as Record<string, Plain>),
        })),
      },
    };
  }

  #effects(graph: TaskGraph, policies: Policies, sink: DiagnosticList): EffectConverter {
    return effectConverter({
      rules: this.#rules,
      policies,
      worker: { image: 'worker:1', webhook: { secret: 'slack', key: 'webhook_url' } },
      timezone: graph.timezone,
      secrets: new SecretBook(graph.job),
      disputed: disputedFields(graph),
      sink,
    });
  }

  #graph(
    job: string,
    parameters: ReadonlyMap<string, string>,
    { files, stores }: Rendered,
    sink: DiagnosticList,
  ): TaskGraph {
    const read = (path: string): string | undefined => files[path];
    const compiled = (path: string) => {
      const loaded = loadDig(repoPath(path), read, sink);
      return loaded === undefined ? undefined : compileWorkflow(loaded, path.replace(/\.dig$/, ''), sink);
    };
    const workflow = compiled(`${job}.dig`);
    if (workflow === undefined) throw new Error(`the tree is no workflow: ${sink.items.map((item) => item.code)}`);
    return buildGraph({
      workflow,
      environment: 'prd',
      parameters,
      sink,
      services: {
        loadCallee: (path) => compiled(path),
        isContext: () => false,
        readFile: (path) => programOf(path, stores),
        readStep,
        readText: (written, from, scope, timezone) =>
          resolveStatic(analyseText(written, from, scope), scope, timezone, this.#evaluator),
      },
    });
  }
}

/** The calls of a session with those of the sessions it requires, which the requiring call waits for; the names of all. */
function logTrace(trace: Trace, start: readonly string[], log: StartLog): readonly string[] {
  const names = new Map<number, string>();
  for (const call of trace.calls) {
    const waitedFor = call.after.flatMap((index) => names.get(index) ?? []);
    const before = call.after.length === 0 ? start : waitedFor;
    const inner = trace.required
      .filter((required) => required.call === call.index)
      .flatMap((required) => logTrace(required.trace, before, log));
    const command = commandIn(`${call.type} ${String(call.command)}`);
    names.set(call.index, log.add(command, [...before, ...inner]));
  }
  return [...names.values()];
}

function callsOf(trace: Trace, type: string): number {
  const inner = trace.required.reduce((sum, required) => sum + callsOf(required.trace, type), 0);
  return trace.calls.filter((call) => call.type === type).length + inner;
}

function givenIn(params: Value | undefined): ReadonlyMap<string, string> {
  return new Map(entriesOf(params).map(([name, value]) => [name, staticScalar(value) ?? '']));
}

/** The source of a method that stores: `m/s5.py` for `m.s5`. */
function programOf(path: string, stores: Rendered['stores']): string | undefined {
  const values = stores.get(path.replace(/\.py$/, '').replace('/', '.'));
  return values === undefined
    ? undefined
    : `def run():\n  digdag.env.store({${Object.keys(values).map((key) => `'${key}': 1`)}})\n`;
}

function readStep(step: OperatorStep): StepReading {
  if (step.operator === 'py') return { effects: [{ kind: 'operator', use: 'method', parameters: new Map() }] };
  return { effects: [{ kind: 'command', shell: ['/bin/sh'], source: step.command, env: new Map() }] };
}

function unique<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}

function methodOf({ effect }: LeafAttempt): string | undefined {
  return effect.kind === 'command' ? effect.env['DIGDAG_METHOD'] : undefined;
}

function startedBy(effect: SessionEffect): string | undefined {
  if (effect.kind === 'fail') return commandIn(`fail ${effect.message}`);
  return commandIn(effect.kind === 'command' ? `sh ${effect.source}` : '');
}

function sourceOf({ effect }: LeafAttempt): string {
  return effect.kind === 'command' ? effect.source : '';
}

/** The command a start is known by; what stores values and what only makes tasks is none. */
function commandIn(written: string): string | undefined {
  if (!/^(?:sh|fail) /.test(written)) return undefined;
  return /run-\d+[^\n]*/.exec(written)?.[0].trim();
}

/** How each start of a command ends, by how many were before it. */
class Ends {
  readonly #fails: ReadonlyMap<string, number>;
  readonly #starts = new Map<string, number>();

  constructor(fails: ReadonlyMap<string, number>) {
    this.#fails = fails;
  }

  next(command: string): boolean {
    const before = this.#starts.get(command) ?? 0;
    this.#starts.set(command, before + 1);
    return before >= (this.#fails.get(command.split(' ')[0] ?? '') ?? 0);
  }
}

/** Starts with what came before them. A call that is no command hands on what it waited for. */
class StartLog {
  readonly #before = new Map<string, ReadonlySet<string>>();
  readonly #counts = new Map<string, number>();
  #silent = 0;

  /** The name of the start, for what waits for it. */
  add(command: string | undefined, before: readonly string[]): string {
    const count = this.#counts.get(command ?? '') ?? 0;
    this.#counts.set(command ?? '', count + 1);
    this.#silent += command === undefined ? 1 : 0;
    const name = command === undefined ? `silent ${this.#silent}` : `${command}#${count}`;
    this.#before.set(name, new Set(before.flatMap((other) => [other, ...(this.#before.get(other) ?? [])])));
    return name;
  }

  closed(): ReadonlyMap<string, ReadonlySet<string>> {
    const loud = [...this.#before].filter(([name]) => !name.startsWith('silent'));
    return new Map(
      loud.map(([name, before]) => [name, new Set([...before].filter((other) => !other.startsWith('silent')))]),
    );
  }
}

function storeOf(values: Readonly<Record<string, unknown>>): ConfigMap {
  return new Map(Object.entries(values).map(([key, value]) => [key, value as ConfigValue]));
}
