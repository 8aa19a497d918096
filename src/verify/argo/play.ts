import { ExpressionError } from '../../argo-expr/outcome.ts';
import type { Plain, SessionEffect, Start } from '../effect.ts';
import { asList, asMap, asText, named, type PlainMap } from './data.ts';
import { workflowGlobals } from './globals.ts';
import type { NodeEnd, Outcome, Run } from './run-types.ts';
import { PlayError, PlayHang, PlayRefusal, substitute } from './substitute.ts';
import { runTemplate } from './template-run.ts';
import { asGoTime } from './times.ts';
import { invalidSpec } from './validate.ts';
import { workflowFrom } from './workflow.ts';

export interface ArgoRun {
  readonly effects: readonly SessionEffect[];
  readonly status: 'Succeeded' | 'Failed' | 'Error';
  /** Namespace and name of the Workflow, once it is known. */
  readonly workflow?: string;
  /** Why the run ended without success, in our words. */
  readonly message?: string;
  /** What the simulation cannot say; the effects then mean nothing. */
  readonly refused?: string;
}

export interface PlayOptions {
  /** Name of the CronWorkflow or WorkflowTemplate to run, where the objects hold several. */
  readonly job?: string;
  /** Cache and key → outputs: what earlier runs left for memoized templates; this run adds its own. */
  readonly memo?: Map<string, ReadonlyMap<string, string>>;
  /** The cluster that the controller makes pods in. */
  readonly cluster?: string;
  /** Name of the Workflow; default: what the cron controller would call it. */
  readonly name?: string;
}

/**
 * One run of a workflow as the controller would do it: the effects of its pods in an order that could be, each with the
 * effects that must have ended before it.
 * @param objects built objects of the overlay and of the shared templates of its namespace
 * @param workflowDefaults the controller's `workflowDefaults`, or null
 */
export function playArgo(
  objects: readonly Plain[],
  workflowDefaults: Plain,
  start: Start,
  outcome: Outcome,
  options: PlayOptions = {},
): ArgoRun {
  const effects: SessionEffect[] = [];
  try {
    return play(objects, workflowDefaults, start, { outcome, options, effects });
  } catch (error) {
    if (error instanceof PlayHang) return { effects, status: 'Error', message: `never ends: ${error.message}` };
    if (error instanceof PlayRefusal) return { effects, status: 'Error', refused: error.message };
    if (error instanceof ExpressionError || error instanceof PlayError)
      return { effects, status: 'Error', message: error.message };
    throw error;
  }
}

interface Request {
  readonly outcome: Outcome;
  readonly options: PlayOptions;
  readonly effects: SessionEffect[];
}

function play(
  objects: readonly Plain[],
  workflowDefaults: Plain,
  start: Start,
  { outcome, options, effects }: Request,
): ArgoRun {
  const seconds = asGoTime(start.scheduledTime ?? start.creationTime).nanos / 1_000_000_000n;
  const found = workflowFrom(objects, workflowDefaults, options.job, String(seconds));
  const workflow = {
    ...found,
    identity: { ...found.identity, ...(options.name === undefined ? {} : { name: options.name }) },
  };
  const { spec } = workflow;
  if (spec['hooks'] !== undefined) throw new PlayRefusal('hooks of the workflow');
  const globals = workflowGlobals(workflow.identity, spec, start);
  const problem = invalidSpec(workflow, globals);
  if (problem !== undefined) return { effects, status: 'Failed', message: `invalid spec: ${problem}` };
  const run: Run = {
    workflow: { ...workflow, spec: withGlobals(spec, globals) },
    outcome,
    cluster: options.cluster ?? '',
    now: start.creationTime,
    effects,
    failures: [],
    memo: options.memo ?? new Map(),
  };
  const main = runEntry(asText(spec['entrypoint']), '', globals, run);
  const exit = runExitHandler(main, globals, run);
  const status =
    main.status === 'Succeeded' || main.status === 'Skipped'
      ? exit === undefined || exit.status === 'Succeeded'
        ? 'Succeeded'
        : 'Failed'
      : main.status === 'Error'
        ? 'Error'
        : 'Failed';
  const message = main.message ?? exit?.message;
  const { namespace, name } = workflow.identity;
  return {
    effects,
    status,
    workflow: `${namespace}/${name}`,
    ...(message === undefined || status === 'Succeeded' ? {} : { message }),
  };
}

/** Fields of the workflow itself may hold parameters; templates are substituted when they run. */
function withGlobals(spec: PlainMap, globals: ReadonlyMap<string, string>): PlainMap {
  const own = new Set(['templates', 'arguments', 'templateDefaults', 'entrypoint', 'onExit']);
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => [
      key,
      own.has(key) ? value : substitute(value, globals, { allowUnresolved: true }),
    ]),
  );
}

function runEntry(name: string, path: string, globals: ReadonlyMap<string, string>, run: Run): NodeEnd {
  const { spec } = run.workflow;
  const template = named(spec['templates'], name);
  if (template === undefined) throw new PlayError(`template ${name} undefined`);
  // A leaf as entrypoint has no step name; the template's stands for it.
  const isGroup = template['steps'] !== undefined || template['dag'] !== undefined;
  const before = run.effects.map((effect) => effect.task);
  return runTemplate(
    template,
    workflowArguments(spec, globals),
    {
      owner: spec,
      path: isGroup ? path : path || name,
      before,
      globals,
      locals: new Map([['node.name', run.workflow.identity.name]]),
    },
    run,
  );
}

function workflowArguments(spec: PlainMap, globals: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const names = asList(asMap(spec['arguments'])['parameters']).map((parameter) => asText(asMap(parameter)['name']));
  return new Map(
    names.flatMap((name) => {
      const value = globals.get(`workflow.parameters.${name}`);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Runs whatever `main` did, and knows how it ended. */
function runExitHandler(main: NodeEnd, globals: ReadonlyMap<string, string>, run: Run): NodeEnd | undefined {
  const name = asText(run.workflow.spec['onExit']);
  if (name === '') return undefined;
  const status = main.status === 'Skipped' ? 'Succeeded' : main.status;
  // Attempts that failed count in a run that succeeded, too.
  const failures = run.failures.length === 0 ? 'null' : JSON.stringify(run.failures);
  const known = new Map(globals);
  known.set('workflow.status', status);
  known.set('workflow.failures', JSON.stringify(failures));
  known.set('workflow.duration', '1.000000');
  return runEntry(name, 'exit-handler', known, run);
}
