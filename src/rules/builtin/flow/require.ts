import { diagnose } from '../../../core/diagnose.ts';
import { constantOffset } from '../../../core/zoned-time.ts';
import { byRule, list, map, runtimeText, text } from '../../../ir/build-value.ts';
import type { Task } from '../../../ir/graph.ts';
import { staticText } from '../../../ir/read-value.ts';
import type { SessionExpr, SessionInstant } from '../../../ir/session-expr.ts';
import type { MapValue, Provenance } from '../../../ir/value.ts';
import { asOneStep, asPlainStep, type Placed, stepsCall } from './layout.ts';
import { manualStep } from './manual-step.ts';
import { groupTemplate, placeChildren, placeTask, shortName, taskOf } from './place.ts';
import { StepScope } from './scope.ts';
import { sessionIdentity, sessionInputFor } from './session.ts';
import { flowBody } from './steps-body.ts';
import { StoreReaders } from './store-readers.ts';
import type { Argument, Call, FlowContext, RequiredWorkflow, Step } from './types.ts';

type RequireTask = Extract<Task, { kind: 'require' }>;

const RULE = 'flow-require';
/** Digdag never forgets a session; entries of the cache end some time. */
const MAX_AGE = '720h';
const UNIXTIME = 'session_unixtime';

/**
 * `require>`: the tasks of the other workflow, run once per session time whoever asks for it: its own schedule and every
 * workflow that requires it enter through a template with the same cache and the same lock.
 */
export function placeRequire(task: RequireTask, context: FlowContext): Placed {
  const name = staticText(task.workflow);
  const at = { span: task.span, job: context.graph.job, environment: context.environment };
  const required = name === undefined || task.elsewhere !== undefined ? undefined : context.required(name, task.params);
  const instant = instantOf(task, context.graph.timezone);
  if (name === undefined || required === undefined || instant === undefined || context.requiring.includes(name)) {
    const why =
      task.elsewhere !== undefined
        ? `it belongs to project ${task.elsewhere}`
        : instant === undefined
          ? 'its session time is no time of this session'
          : context.requiring.includes(name ?? '')
            ? 'it requires this workflow'
            : 'no such workflow is known, or its parameters are known only at run time';
    context.sink.add(diagnose('FLOW_REQUIRE_UNKNOWN', { task: task.id, workflow: name ?? '?', why }, at));
    const remedy = 'start the other workflow, or wait for its result';
    return [[manualStep(task, 'require', remedy, task.workflow, context).step]];
  }
  context.sink.add(diagnose('FLOW_REQUIRE', { task: task.id, workflow: name, rerun: task.rerunOn }, at));
  const call = sessionCall(required, instant, task.rerunOn === 'all', context);
  return [[{ name: shortName(task), call, ...(task.ignoreFailure ? { mayFail: true } : {}) }]];
}

/** The session that is asked for; undefined where it is not arithmetic on this one. */
function instantOf(task: RequireTask, timezone: string): SessionInstant | undefined {
  if (task.session === undefined) return { kind: 'session', which: 'this' };
  const [part, rest, ...others] = task.session.kind === 'text' ? task.session.parts : [];
  if (others.length > 0 || part?.kind !== 'runtime' || part.expr.kind !== 'session') return undefined;
  const { ast } = part.expr;
  if (ast.kind !== 'format') return undefined;
  if (rest !== undefined) return rest.kind === 'literal' ? timeOfDay(ast, rest.text, timezone) : undefined;
  const precise = ast.pattern.some((token) => token.kind === 'token' && /^[HX]/.test(token.token));
  return precise ? ast.at : undefined;
}

type Format = Extract<SessionExpr, { kind: 'format' }>;

/** `${session_date}T06:00:00+09:00`: a time of a day of the session, in a zone whose offset is always the one that is written. */
function timeOfDay({ at, pattern }: Format, written: string, timezone: string): SessionInstant | undefined {
  const day = pattern.map((piece) => (piece.kind === 'token' ? piece.token : piece.text)).join('');
  const [, hours = '', minutes = '', seconds = '', offset = ''] =
    /^T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/.exec(written) ?? [];
  if (day !== 'YYYY-MM-DD' || hours === '' || leavesZone(at)) return undefined;
  if (constantOffset(timezone) !== (offset === 'Z' ? '+00:00' : offset)) return undefined;
  const start: SessionInstant = { kind: 'startOf', of: at, unit: 'day' };
  const amount = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return amount === 0 ? start : { kind: 'shift', of: start, amount, unit: 'second' };
}

function leavesZone(at: SessionInstant): boolean {
  return at.kind === 'zone' || (at.kind !== 'session' && leavesZone(at.of));
}

/** Adds the templates of the other workflow, once, and calls them for a session. */
function sessionCall(required: RequiredWorkflow, at: SessionInstant, again: boolean, context: FlowContext): Call {
  const session = sessionInputFor(required.graph, true);
  const inner: FlowContext = {
    ...context,
    graph: required.graph,
    session,
    convertEffect: required.convertEffect,
    readers: new StoreReaders(required.graph),
    stored: new Map(),
    requiring: [...context.requiring, required.graph.job],
  };
  const slot = context.book.reserve();
  const run = requiredTasks(required, inner);
  const joined = !again && context.requireOnce;
  const usesSession = run.call.args.length > 0;
  const body = onceBody(required.name, run, joined, inner);
  const name = context.book.add(
    joined ? `${required.name}-once` : required.name,
    body,
    required.graph.root,
    RULE,
    slot,
  );
  const zone: SessionInstant =
    required.graph.timezone === context.graph.timezone ? at : { kind: 'zone', of: at, zone: required.graph.timezone };
  const identity = sessionIdentity(session);
  const args = [
    ...(usesSession ? [argument(session.name, identity.kind === 'format' ? { ...identity, at: zone } : identity)] : []),
    ...(joined ? [argument(UNIXTIME, unixtime(at))] : []),
  ];
  return { target: { kind: 'template', name }, args };
}

/** All tasks of the other workflow as one step; what its `_error` says runs here, as its exit handler does not. */
function requiredTasks(required: RequiredWorkflow, inner: FlowContext): Step {
  const root = taskOf(required.graph.root, inner);
  if (root.kind !== 'group') throw new Error('the root of a workflow is a group');
  const slot = inner.book.reserve();
  const children = placeChildren(root, inner);
  const template = groupTemplate({ ...root, path: [required.name] }, children, inner, slot);
  const step: Step = { name: 'run', ...template };
  if (root.onError === undefined) return step;
  const handler = placeTask(root.onError, inner);
  if (handler.length === 0) return step;
  const name = `${required.name}-error`;
  return { ...step, onError: asPlainStep(asOneStep(handler, name, root, inner), name, root, inner).call };
}

/** A template whose success is remembered by session time; a second one at the same time waits, and then has nothing to do. */
function onceBody(name: string, run: Step, joined: boolean, inner: FlowContext): MapValue {
  const origin: Provenance = { via: 'literal', span: inner.graph.span };
  const scope = new StepScope(inner, joined ? [UNIXTIME] : []);
  const body = flowBody({ kind: 'steps', groups: [[run]] }, scope, undefined, new Map(), origin);
  return joined ? withOnce(body, name, origin) : body;
}

function withOnce(body: MapValue, name: string, origin: Provenance): MapValue {
  const from = byRule(RULE, [origin]);
  const key = text(`${name}-{{inputs.parameters.${UNIXTIME}}}`, from);
  const cache = map([['configMap', map([['name', text(`require-${name}`, from)]], from)]], from);
  const memoize = map(
    [
      ['key', key],
      ['maxAge', text(MAX_AGE, from)],
      ['cache', cache],
    ],
    from,
  );
  const locks = map([['mutexes', list([map([['name', key]], from)], from)]], from);
  const [steps, ...rest] = [...body.entries].reverse();
  const entries = [...rest.reverse(), ['memoize', memoize] as const, ['synchronization', locks] as const];
  return { ...body, entries: new Map(steps === undefined ? entries : [...entries, steps]) };
}

/** A workflow that others require enters through the same lock: the call of `enter`, which hands the session and its key to `once`. */
export function enterOnce(
  name: string,
  run: Step,
  root: Task,
  slots: { readonly enter: number; readonly once: number },
  context: FlowContext,
): Call {
  const once = context.book.add('once', onceBody(name, run, true, context), root.id, RULE, slots.once);
  const args = [
    ...(run.call.args.length > 0 ? [argument(context.session.name, sessionIdentity(context.session))] : []),
    argument(UNIXTIME, unixtime({ kind: 'session', which: 'this' })),
  ];
  const step: Step = { name: 'once', call: { target: { kind: 'template', name: once }, args } };
  return stepsCall('enter', [[step]], root, context, { slot: slots.enter }).call;
}

function unixtime(at: SessionInstant): SessionExpr {
  return { kind: 'number-text', of: { kind: 'unix', at, unit: 'second' } };
}

function argument(name: string, ast: SessionExpr): Argument {
  return { name, value: runtimeText({ kind: 'session', ast }, byRule(RULE)) };
}
