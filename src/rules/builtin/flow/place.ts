import { assertNever } from '../../../core/assert-never.ts';
import { diagnose } from '../../../core/diagnose.ts';
import { runtimeText, textOf } from '../../../ir/build-value.ts';
import type { Effect, OperatorTask, Retry, Task, TaskId } from '../../../ir/graph.ts';
import type { TextValue, Value } from '../../../ir/value.ts';
import { k8sName } from '../../../k8s/names.ts';
import { conditionOf, negated } from './condition.ts';
import { wrapWithHandlers } from './handlers.ts';
import { extractInputs } from './inputs.ts';
import { placeLoop } from './loop.ts';
import { StepScope } from './scope.ts';
import { sessionIdentity } from './session.ts';
import { needName, stepsBody } from './steps-body.ts';
import type { Argument, Call, FlowContext, Step } from './types.ts';

/** What a task became: nothing (a step without effect), or steps in groups that run one after the other. */
export type Placed = readonly (readonly Step[])[];

/** The steps that run a task, as its parent template has to write them. */
export function placeTask(id: TaskId, context: FlowContext): Placed {
  const task = taskOf(id, context);
  const placed = placeByKind(task, context);
  return wrapWithHandlers(task, placed, context);
}

export function taskOf(id: TaskId, context: FlowContext): Task {
  const task = context.graph.tasks.get(id);
  if (task === undefined) throw new Error(`no task ${id} in the graph`);
  return task;
}

/** The last name of a task's path, as steps and templates are called. */
export function shortName(task: Task): string {
  return k8sName(task.path.at(-1) ?? task.id);
}

function placeByKind(task: Task, context: FlowContext): Placed {
  switch (task.kind) {
    case 'operator':
      return placeOperator(task, context);
    case 'group':
      return placeGroup(task, context);
    case 'call':
      return task.body === undefined ? [] : renamed(placeTask(task.body, context), shortName(task));
    case 'branch':
      return placeBranch(task, context);
    case 'loop':
      return placeLoop(task, context);
    case 'require':
      context.sink.add(diagnose('FLOW_UNSUPPORTED', { construct: 'require>', task: task.id }, at(task, context)));
      return [];
    default:
      return assertNever(task);
  }
}

/** A group of several steps becomes a template of its own; a group around one step is that step. */
function placeGroup(task: Extract<Task, { kind: 'group' }>, context: FlowContext): Placed {
  // The group's place in the order comes before its children's.
  const slot = context.book.reserve();
  const filled = placeChildren(task, context);
  const only = filled[0]?.placed;
  const plain = task.retry === undefined && task.onError === undefined && task.onCheck === undefined;
  if (filled.length === 0) return [];
  if (filled.length === 1 && only?.length === 1 && only[0]?.length === 1 && plain) return only;
  return [[{ name: shortName(task), call: groupTemplate(task, filled, context, slot) }]];
}

/** What a child of a group became, and the child's name for the step that wraps it where it takes several. */
export interface PlacedChild {
  readonly name: string;
  readonly placed: Placed;
}

/** The children that have an effect. */
export function placeChildren(task: Extract<Task, { kind: 'group' }>, context: FlowContext): readonly PlacedChild[] {
  return task.children
    .map((child) => ({ name: shortName(taskOf(child, context)), placed: placeTask(child, context) }))
    .filter((child) => child.placed.length > 0);
}

/** Steps of children in the order the group demands: one after the other, side by side, or in chunks with a barrier. */
export function arrange(
  order: Extract<Task, { kind: 'group' }>['order'],
  children: readonly Placed[],
  wrap: (child: Placed, index: number) => Step,
): Placed {
  switch (order.kind) {
    case 'serial':
      return children.flat();
    case 'parallel': {
      const steps = children.map((child, index) => wrap(child, index));
      const size = order.limit !== undefined && order.limit > 0 ? order.limit : steps.length;
      return Array.from({ length: Math.ceil(steps.length / size) }, (_, chunk) =>
        steps.slice(chunk * size, (chunk + 1) * size),
      );
    }
    case 'dag':
      return children.flat();
    default:
      return assertNever(order);
  }
}

/** The steps template of a group, and the call that runs it. */
export function groupTemplate(
  task: Extract<Task, { kind: 'group' }>,
  children: readonly PlacedChild[],
  context: FlowContext,
  slot: number,
): Call {
  if (task.order.kind === 'dag')
    context.sink.add(
      diagnose('FLOW_UNSUPPORTED', { construct: '_background / _after', task: task.id }, at(task, context)),
    );
  const groups = arrange(
    task.order,
    children.map((child) => child.placed),
    (placed, index) => asOneStep(placed, children[index]?.name ?? shortName(task), task, context),
  );
  return stepsCall(shortName(task), uniqueNames(groups), task, context, { retry: task.retry, slot });
}

/** Adds a steps template to the book and says how to call it. Only the template that holds all of a task repeats its `_retry`. */
export function stepsCall(
  wish: string,
  groups: Placed,
  task: Task,
  context: FlowContext,
  { retry, slot = context.book.reserve() }: { readonly retry?: Retry | undefined; readonly slot?: number } = {},
): Call {
  const scope = new StepScope(context);
  const body = stepsBody(groups, scope, context.session, retry, { via: 'literal', span: task.span });
  const name = context.book.add(wish, body, task.id, 'flow-steps', slot);
  return { target: { kind: 'template', name }, args: scope.needs().map((need) => passDown(need, context)) };
}

function passDown(need: ReturnType<StepScope['needs']>[number], context: FlowContext): Argument {
  const from = { via: 'rule', rule: 'flow-steps', from: [] } as const;
  const name = needName(need, context.session);
  if (need.kind === 'session')
    return { name, value: runtimeText({ kind: 'session', ast: sessionIdentity(context.session) }, from) };
  return { name, value: runtimeText({ kind: 'item', loop: need.loop, key: need.key }, from) };
}

/** Several steps have to become one before they can stand beside others, be repeated by a loop or carry a hook. */
export function asOneStep(placed: Placed, name: string, origin: Task, context: FlowContext): Step {
  const only = placed[0]?.[0];
  if (placed.length === 1 && placed[0]?.length === 1 && only !== undefined) return only;
  return { name, call: stepsCall(`${name}-steps`, uniqueNames(placed), origin, context) };
}

/** Step names are unique within a template; a repeated one gets a number. */
export function uniqueNames(groups: Placed): Placed {
  const taken = new Set<string>();
  return groups.map((group) =>
    group.map((step) => {
      let name = step.name;
      for (let number = 2; taken.has(name); number++) name = `${step.name}-${number}`;
      taken.add(name);
      return name === step.name ? step : { ...step, name };
    }),
  );
}

function placeOperator(task: OperatorTask, context: FlowContext): Placed {
  const steps = task.effects.flatMap((effect, index) => {
    const call = callForEffect(task, effect, context);
    const suffix = task.effects.length > 1 ? `-${index + 1}` : '';
    return call === undefined ? [] : [{ name: `${shortName(task)}${suffix}`, call }];
  });
  // A script does one thing after the other.
  return steps.map((step) => [step]);
}

/** The call that has an effect; shared templates for notifications, a template of the workflow for the rest. */
function callForEffect(task: OperatorTask, effect: Effect, context: FlowContext): Call | undefined {
  if (effect.kind === 'none') return undefined;
  if (effect.kind === 'notify' && effect.via === 'slack') return notifyCall(effect);
  const pod = context.convertEffect(task, effect);
  if (pod === undefined) return undefined;
  const { body, args } = extractInputs(pod.body);
  const name = context.book.add(shortName(task), body, task.id, pod.rule);
  context.pods.push({ ...pod, accepted: pod.accepted.map((difference) => ({ ...difference, template: name })) });
  context.steps.push({
    task: task.id,
    span: task.span,
    what: describe(effect),
    template: name,
    rules: [...(task.launch === undefined ? [] : [task.launch.rule]), pod.rule],
  });
  return { target: { kind: 'template', name }, args };
}

/** The shared notification template takes the texts as they are; state and recovery come only from the exit handler. */
export function notifyCall(effect: Extract<Effect, { kind: 'notify' }>): Call {
  return {
    target: { kind: 'shared', name: 'slack-notify', template: 'slack-notify' },
    args: [
      { name: 'channel', value: textValue(effect.to) },
      { name: 'message', value: textValue(effect.body) },
    ],
  };
}

function textValue(value: Value): TextValue {
  return value.kind === 'text' ? value : textOf([], value.from);
}

function placeBranch(task: Extract<Task, { kind: 'branch' }>, context: FlowContext): Placed {
  const condition = conditionOf(task, context);
  if (condition === undefined) return [];
  const branch = (id: TaskId | undefined, when: TextValue): readonly Step[] => {
    if (id === undefined) return [];
    const placed = placeTask(id, context);
    if (placed.length === 0) return [];
    const step = asOneStep(placed, shortName(taskOf(id, context)), task, context);
    // A step has one `when`: the one inside moves into a template of its own.
    const inner =
      step.when === undefined
        ? step
        : { name: step.name, call: stepsCall(`${step.name}-steps`, [[step]], task, context) };
    return [{ ...inner, when }];
  };
  const steps = [...branch(task.then, condition), ...branch(task.otherwise, negated(condition))];
  return steps.length === 0 ? [] : uniqueNames([steps]);
}

function renamed(placed: Placed, name: string): Placed {
  const only = placed[0]?.[0];
  return placed.length === 1 && placed[0]?.length === 1 && only !== undefined ? [[{ ...only, name }]] : placed;
}

function at(task: Task, context: FlowContext): { span: Task['span']; job: string; environment: string } {
  return { span: task.span, job: context.graph.job, environment: context.environment };
}

function describe(effect: Effect): string {
  switch (effect.kind) {
    case 'job':
      return 'Kubernetes Job';
    case 'command':
      return 'command';
    case 'notify':
      return 'notification';
    case 'wait':
      return 'wait';
    case 'fail':
      return 'failure';
    case 'none':
      return 'nothing';
    default:
      return assertNever(effect);
  }
}
